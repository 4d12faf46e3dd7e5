import { shorten } from './words.ts';

const partNames = ['catalog', 'schema', 'table'] as const;
// eslint-disable-next-line no-control-regex
const forbidden = /[\s/\u0000-\u001f\u007f]/;
const longestPart = 255;

/** What is wrong with a name that should be `catalog.schema.table`; `undefined` if it is one. */
export function tableNameFault(
  name: string,
  catalog: string | undefined,
): { readonly message: string; readonly hint: string } | undefined {
  const parts = name.split('.');
  const quoted = `'${shorten(name)}'`;
  const hint = `write it as catalog.schema.table, such as ${catalog ?? 'prod'}.ml.churn`;
  if (name.includes('`')) return { message: `${quoted} has backticks`, hint: 'write the name without backticks' };
  const missing = missingParts(parts, catalog);
  if (missing !== undefined) return { message: `${quoted} is not a full table name: ${missing} missing`, hint };
  if (parts.length > 3) return { message: `${quoted} has ${parts.length} parts, a table name has three`, hint };
  if (forbidden.test(name)) return { message: `${quoted} has a space, a slash or a control character`, hint };
  if (parts.some((part) => part.length > longestPart)) {
    return { message: `${quoted} has a part of more than ${longestPart} characters`, hint };
  }
  return undefined;
}

function missingParts(parts: readonly string[], catalog: string | undefined): string | undefined {
  if (parts.length === 1) return 'catalog and schema are';
  if (parts.length === 2 && parts.every((part) => part !== '')) {
    return parts[0]?.toLowerCase() === catalog?.toLowerCase() ? 'schema or table is' : 'catalog is';
  }
  if (parts.length > 3) return undefined;
  const missing = partNames.filter((_, index) => (parts[index] ?? '') === '');
  return missing.length === 0 ? undefined : `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'}`;
}

/** Selects tables rather than naming one. */
export function isTablePattern(name: string): boolean {
  return /[*?]/.test(name);
}

/** Of two patterns, the one with more of them says more about a table (C17). */
export function literalCount(pattern: string): number {
  return pattern.replaceAll(/[*?]/g, '').length;
}
