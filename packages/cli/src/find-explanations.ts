import { nearest } from '@dpo/config';
import { fail } from '@dpo/core';
import type { Explanation } from '@dpo/render';

export interface FoundExplanations {
  /** The text names one code, not an area. */
  readonly exact: boolean;
  readonly explanations: readonly Explanation[];
}

/** A code, the codes of an area, or without a text all of them; a fault of usage for anything else. */
export async function findExplanations(text: string | undefined): Promise<FoundExplanations> {
  // Only loaded here: no other command needs so much text.
  const { explanations } = await import('./generated/explanations.ts');
  if (text === undefined) return { exact: false, explanations };
  const wanted = text.toUpperCase();
  const one = explanations.find(({ code }) => code === wanted);
  if (one !== undefined) return { exact: true, explanations: [one] };
  const ofArea = explanations.filter(({ area }) => area === wanted);
  if (ofArea.length > 0) return { exact: false, explanations: ofArea };
  return fail({
    code: 'USAGE',
    message: `there is no code '${text}'`,
    hint: suggest(wanted, explanations) ?? 'list the codes: dpo explain',
  });
}

/** A code that is spelt alike; a name without its area is found as well. */
function suggest(wanted: string, explanations: readonly Explanation[]): string | undefined {
  const sameName = explanations.filter(({ code }) => code.endsWith(`.${wanted}`)).map(({ code }) => code);
  const codes = explanations.map(({ code }) => code);
  const names = new Map(codes.map((code) => [code.slice(code.indexOf('.') + 1), code]));
  const name = nearest(wanted, [...names.keys()]);
  const areas = [...new Set(explanations.map(({ area }) => area))];
  const likely = nearest(wanted, codes) ?? nearest(wanted, areas) ?? (name === undefined ? undefined : names.get(name));
  const found = sameName.length > 0 ? sameName : likely === undefined ? [] : [likely];
  return found.length === 0 ? undefined : `did you mean ${found.map((code) => `'${code}'`).join(' or ')}?`;
}
