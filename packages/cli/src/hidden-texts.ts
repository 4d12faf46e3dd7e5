import { isNaming, type LoadedConfig } from '@dpo/config';
import {
  fillReferences,
  kindOf,
  kinds,
  leaves,
  namesIn,
  operationsOf,
  textsIn,
  type Environment,
  type Plan,
} from '@dpo/core';

/** What no answer of a service may repeat: values that a config keeps by reference, and the variables in them. */
export function hiddenTextsOf({ references }: LoadedConfig, environment: Environment): readonly string[] {
  const shown = new Set(references.filter(({ path }) => isNaming(path)).flatMap(({ names }) => names));
  const hidden = references.filter(({ path }) => !isNaming(path));
  const names = hidden.flatMap((reference) => reference.names).filter((name) => !shown.has(name));
  return known([...hidden.map(({ value }) => String(value)), ...valuesOf(names, environment)]);
}

/** The same of a plan, which may be older than the config. */
export function hiddenTextsIn(plan: Plan, environment: Environment): readonly string[] {
  const texts = operationsOf(plan).flatMap(({ address, spec = {}, references = [] }) => {
    const { rules } = kinds[kindOf(address)];
    const kept = leaves(spec, rules);
    const filled = leaves(fillReferences(spec, references, environment), rules);
    return references.flatMap((path) => {
      const templates = textsIn(kept.get(path) ?? null);
      const values = textsIn(filled.get(path) ?? null);
      const secret = values.filter((_value, index) => namesIn(templates[index] ?? '').length > 0);
      return [...secret, ...valuesOf(templates.flatMap(namesIn), environment)];
    });
  });
  return known(texts);
}

function valuesOf(names: readonly string[], environment: Environment): readonly string[] {
  return names.flatMap((name) => environment[name] ?? []);
}

function known(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}
