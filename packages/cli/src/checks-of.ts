import type { Problem } from '@dpo/core';
import type { Check } from '@dpo/render';

interface Kind {
  readonly name: string;
  /** Areas whose codes are all of this check. */
  readonly areas?: readonly string[];
  /** Names of codes of the area CONFIG. */
  readonly names?: readonly string[];
}

/** In the order in which they are made. A code that is in none of them is of the settings. */
const kinds: readonly Kind[] = [
  { name: 'files', names: ['NOT_FOUND', 'UNREADABLE', 'NO_FILE', 'INCLUDE'] },
  { name: 'syntax', names: ['SYNTAX', 'EMPTY', 'TOO_LARGE'] },
  {
    name: 'schema',
    names: ['UNKNOWN_KEY', 'TYPE', 'VALUE', 'RANGE', 'REQUIRED', 'DUPLICATE_KEY', 'FORBIDDEN_KEY'],
  },
  { name: 'target', names: ['UNKNOWN_TARGET', 'TARGET_NAME'] },
  { name: 'variables', names: ['VARIABLE', 'UNSET', 'REFERENCE'] },
  { name: 'tables', names: ['TABLE_NAME', 'WRONG_CATALOG', 'INCOMPLETE'] },
  { name: 'settings' },
  { name: 'policy', areas: ['POLICY'] },
  { name: 'lint', areas: ['LINT'] },
];

/**
 * What loading a config checked, and how each check went, told from the problems that it found. A check of an area that
 * has no codes is not made. Undefined if a problem is none of a config.
 */
export function checksOf(problems: readonly Problem[], areas: ReadonlySet<string>): readonly Check[] | undefined {
  const found = problems.map((problem) => ({ problem, name: nameOf(problem) }));
  if (found.some(({ name }) => name === undefined)) return undefined;
  const made = kinds.filter((kind) => kind.areas === undefined || kind.areas.some((area) => areas.has(area)));
  const stop = made.findIndex(({ name }) => found.some((each) => each.name === name && stops(each.problem)));
  return made.map(({ name }, index) => {
    const ours = found.filter((each) => each.name === name).map(({ problem }) => problem);
    const errors = ours.filter(({ severity }) => severity === 'error').length;
    const warnings = ours.filter(({ severity }) => severity === 'warning').length;
    const skipped = stop !== -1 && index > stop;
    const status = errors > 0 ? 'failed' : warnings > 0 ? 'warned' : skipped ? 'skipped' : 'passed';
    return { name, status, errors, warnings };
  });
}

/** The count of problems that are not shown (MORE) says nothing of its own. */
function nameOf({ code }: Problem): string | undefined {
  const [area = '', name = ''] = code.split('.');
  const ofArea = kinds.find(({ areas }) => areas?.includes(area));
  if (ofArea !== undefined) return ofArea.name;
  if (area !== 'CONFIG') return undefined;
  if (name === 'MORE') return 'more';
  return kinds.find(({ names }) => names?.includes(name))?.name ?? 'settings';
}

/** Nothing is known of a config whose root file is not there, that is not YAML, or that is no map. */
function stops({ code, place }: Problem): boolean {
  const path = place !== undefined && 'file' in place ? place.path : undefined;
  if (place === undefined || code === 'CONFIG.SYNTAX' || code === 'CONFIG.EMPTY') return true;
  if (code === 'CONFIG.TOO_LARGE') return path?.startsWith('include') !== true;
  return code === 'CONFIG.TYPE' && path === undefined;
}
