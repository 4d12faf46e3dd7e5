import type { Finding, Path } from '../finding.ts';
import { spotAt, type Located } from '../located.ts';
import { isDay } from '../policy/exemption.ts';
import { longestPattern, readNamePattern } from '../policy/name-pattern.ts';
import { isTablePattern } from '../table-name.ts';
import { describePath, shorten } from '../words.ts';

/** Values under `policy` that no schema can judge: regular expressions, days, and how many globs there are. */
export function checkPolicyValues(root: Located): readonly Finding[] {
  return [...patterns(root, 'naming_patterns'), ...patterns(root, 'forbidden_patterns'), ...exemptions(root)];
}

function itemsAt(root: Located, path: Path): readonly Located[] {
  const spot = spotAt(root, path);
  return (spot.path.length === path.length ? spot.node.items : undefined) ?? [];
}

function patterns(root: Located, key: string): readonly Finding[] {
  const list: Path = ['policy', key];
  return itemsAt(root, list).flatMap(({ value, range }, index) => {
    // What is too long is a fault of its own.
    if (typeof value !== 'string' || value === '' || value.length > longestPattern) return [];
    const result = readNamePattern(value);
    if (result.status === 'read') return [];
    const path = [...list, index];
    const message = `${describePath(path)} is '${shorten(value)}', which is no regular expression: ${shorten(result.why)}`;
    return [{ ...refused, message, hint: patternHint(value), range, path }];
  });
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

/** Each glob is tried on each table that breaks the rule; names are looked up. */
const mostGlobs = 200;

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
