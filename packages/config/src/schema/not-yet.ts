import type { Finding } from '../finding.ts';
import { describePath } from '../words.ts';
import type { Fault } from './explain-fault.ts';
import { schemaNodeOf } from './explain-fault.ts';

/**
 * Keys of the language that this version does not act on. A warning for each key, at its first place; an error for each
 * place where going on without the key would give another result than the file asks for.
 */
export function notYetFindings(faults: readonly Fault[]): readonly Finding[] {
  const first = new Map<string, { readonly fault: Fault; count: number }>();
  const refused: Finding[] = [];
  for (const fault of faults.toSorted((a, b) => a.range[0] - b.range[0])) {
    const key = String(fault.path.at(-1));
    if (schemaNodeOf(fault.error)['x-dpo-ignoring'] === 'refused') {
      refused.push(notYet(fault, 'error', 'remove it, or wait for a version that knows it'));
    } else {
      const met = first.get(key) ?? { fault, count: 0 };
      met.count += 1;
      first.set(key, met);
    }
  }
  return [...refused, ...[...first.values()].map(({ fault, count }) => warning(fault, count))];
}

function warning(fault: Fault, count: number): Finding {
  return notYet(fault, 'warning', count > 1 ? `it is ignored here and at ${count - 1} more places` : 'it is ignored');
}

function notYet({ path, range }: Fault, severity: 'error' | 'warning', hint: string): Finding {
  const message = `${describePath(path)} is not acted on by this version of dpo`;
  return { code: 'CONFIG.NOT_YET', severity, message, hint, range, path };
}
