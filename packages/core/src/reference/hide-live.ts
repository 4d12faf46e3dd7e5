import { fieldRule, type FieldRule } from '../diff/field-rule.ts';
import { leaves } from '../diff/leaves.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';
import { fillReferences, mapLeaves, mapTexts, textsIn } from './reference-leaves.ts';
import type { ReferencePaths } from './reference-paths.ts';
import { fillTemplate, type Environment } from './template.ts';

/** Shown for a live text that no template stands for: it may be what a variable held before. */
export const hiddenText = '(hidden)';

/** A spec in the form in which it is kept, and which of its leaves are templates. */
export interface KeptSpec {
  readonly spec: Spec;
  readonly references: ReferencePaths;
}

export interface HideRequest {
  readonly kind: Kind;
  readonly desired: KeptSpec | undefined;
  readonly recorded: KeptSpec | undefined;
  readonly environment: Environment;
}

/**
 * Live settings in the form in which plan and state keep them, normalised. A leaf that is wanted or recorded by reference
 * turns into the wanted (else the recorded) template if it holds what that stands for now. Otherwise only texts are left
 * that config or state show anyway, and every other text is hidden: it may be a former value of a variable.
 */
export function hideLive(live: Spec, { kind, desired, recorded, environment }: HideRequest): HiddenLive {
  const sides = [desired, recorded].flatMap((kept) => (kept === undefined ? [] : [sideOf(kind, kept, environment)]));
  const paths = [...new Set(sides.flatMap(({ references }) => [...references]))];
  if (paths.length === 0) return { fields: live, held: [] };
  const held: string[] = [];
  const last = recorded === undefined ? undefined : sideOf(kind, recorded, environment).filled;
  const fields = mapLeaves(kind.normalise(live), paths, (value, path) => {
    const rule = fieldRule(kind.rules, path);
    if (rule.compare(last?.get(path)) === rule.compare(value)) held.push(path);
    return hideLeaf(value, rule, leavesAt(sides, path, environment));
  });
  return { fields, held };
}

export interface HiddenLive {
  readonly fields: Spec;
  /** Paths in which the live object holds what was last sent, however it is kept. */
  readonly held: ReferencePaths;
}

interface Side {
  readonly references: ReadonlySet<string>;
  readonly kept: ReadonlyMap<string, Json>;
  readonly filled: ReadonlyMap<string, Json>;
}

function sideOf(kind: Kind, { spec, references }: KeptSpec, environment: Environment): Side {
  return {
    references: new Set(references),
    kept: leaves(kind.normalise(spec), kind.rules),
    filled: leaves(kind.normalise(fillReferences(spec, references, environment)), kind.rules),
  };
}

interface Leaf {
  readonly kept: Json;
  readonly filled: Json;
  /** What a text of it stands for, and the text itself. */
  readonly texts: readonly (readonly [string, string])[];
}

function leavesAt(sides: readonly Side[], path: string, environment: Environment): readonly Leaf[] {
  return sides.flatMap(({ references, kept, filled }) => {
    const [asKept, asFilled] = [kept.get(path), filled.get(path)];
    if (asKept === undefined || asFilled === undefined) return [];
    const meaning = (text: string): string | undefined =>
      references.has(path) ? fillTemplate(text, environment) : text;
    const texts = textsIn(asKept).flatMap((text) => {
      const stands = meaning(text);
      return stands === undefined ? [] : [[stands, text] as const];
    });
    return [{ kept: asKept, filled: asFilled, texts }];
  });
}

function hideLeaf(value: Json, { compare }: FieldRule, known: readonly Leaf[]): Json {
  const whole = known.find(({ filled }) => compare(filled) === compare(value));
  if (whole !== undefined) return whole.kept;
  // The wanted text wins where both sides have one: it comes first, so it is entered last.
  const texts = new Map(known.toReversed().flatMap((leaf) => leaf.texts));
  return mapTexts(value, (text) => texts.get(text) ?? hiddenText);
}
