import type { Finding, Path } from '../finding.ts';
import { spotAt, type Located } from '../located.ts';
import { isDay, mostGlobs } from '../policy/exemption.ts';
import { longestPattern } from '../policy/name-pattern.ts';
import type { Policy, RefusedPattern } from '../policy/policy.ts';
import { isTablePattern } from '../table-name.ts';
import { describePath, shorten } from '../words.ts';

/** Values under `policy` that no schema can judge: regular expressions, days, and how many globs there are. */
export function checkPolicyValues(root: Located, policy: Policy): readonly Finding[] {
  return [...policy.refused.flatMap((pattern) => refusedPattern(root, pattern)), ...exemptions(root)];
}

function itemsAt(root: Located, path: Path): readonly Located[] {
  const spot = spotAt(root, path);
  return (spot.path.length === path.length ? spot.node.items : undefined) ?? [];
}

function refusedPattern(root: Located, { rule, entry }: RefusedPattern): readonly Finding[] {
  const list: Path = ['policy', rule];
  if (entry === undefined) {
    const message = `the patterns of 'policy' are too large for so many tables`;
    const { key: range } = spotAt(root, list);
    return [{ ...refused, code: 'CONFIG.TOO_LARGE', message, hint: 'use fewer or shorter ones', range, path: list }];
  }
  const { text, index, why } = entry;
  // The schema has found what is empty or too long.
  if (text === '' || text.length > longestPattern) return [];
  const path = [...list, index];
  const message = `${describePath(path)} is '${shorten(text)}', which is no regular expression: ${shorten(why)}`;
  return [{ ...refused, message, hint: patternHint(text), range: spotAt(root, path).node.range, path }];
}

const refused = { code: 'CONFIG.VALUE', severity: 'error' } as const;

function patternHint(text: string): string {
  if (/\(\?<?[=!]/.test(text)) {
    return 'lookaround is not part of the syntax (RE2); forbidden_patterns is for what must not match';
  }
  return /\\[1-9]/.test(text)
    ? 'backreferences are not part of the syntax (RE2)'
    : "the syntax is that of RE2; '\\.' is a dot";
}

function exemptions(root: Located): readonly Finding[] {
  const list: Path = ['policy', 'exemptions'];
  const found: Finding[] = [];
  let globs = 0;
  for (const [index, item] of itemsAt(root, list).entries()) {
    const day = item.entries?.get('until')?.node;
    // What does not look like a day is found by the schema.
    if (typeof day?.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day.value) && !isDay(day.value)) {
      const message = `'until' is '${day.value}', which is no day of the calendar`;
      found.push({ ...refused, message, range: day.range, path: [...list, index, 'until'] });
    }
    const names = item.entries?.get('tables')?.node.items ?? [];
    const before = globs;
    globs += names.filter(({ value }) => typeof value === 'string' && isTablePattern(value)).length;
    if (before <= mostGlobs && globs > mostGlobs) {
      const message = `the exemptions have more than ${mostGlobs} globs of tables`;
      const { range } = item.entries?.get('tables')?.node ?? item;
      const path = [...list, index, 'tables'];
      found.push({ code: 'CONFIG.RANGE', severity: 'error', message, hint: 'use wider globs, or names', range, path });
    }
  }
  return found;
}
