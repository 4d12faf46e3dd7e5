import { readFileSync } from 'node:fs';
import { isDpoError, type Problem } from '@dpo/core';
import { loadConfig, type LoadedConfig } from '../src/index.ts';

type Options = {
  readonly target?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly today?: string;
};

export const head = 'catalog_name: prod\nwarehouse_id: w\n';
export const snapshot = 'monitored_tables:\n  prod.ml.churn:\n    profile_type: SNAPSHOT\n';

export function example(name: string): string {
  return readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8');
}

export function load(text: string, { target, environment = {}, today = '2027-01-01' }: Options = {}): LoadedConfig {
  return loadConfig({ file: 'dpo.yaml', text, target, environment, today });
}

/** What loading a text finds, whether it succeeds or not. */
export function problemsIn(text: string, options: Options = {}): readonly Problem[] {
  try {
    return load(text, options).problems;
  } catch (error) {
    if (isDpoError(error)) return error.problems;
    throw error;
  }
}

/** `line:column severity CODE`. */
export function brief({ code, severity, place }: Problem): string {
  const at = place !== undefined && 'start' in place ? `${place.start.line}:${place.start.column}` : 'nowhere';
  return severity === 'error' ? `${at} ${code}` : `${at} ${severity} ${code}`;
}

/** `file:line:column severity CODE`. */
export function placed(problem: Problem): string {
  const { place } = problem;
  return `${place !== undefined && 'file' in place ? place.file : 'nowhere'}:${brief(problem)}`;
}
