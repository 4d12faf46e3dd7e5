import { kindOf, nameOf, type Address, type Problem, type Skip } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { watchedSettings } from './watched-settings.ts';

const mostNames = 10;

/**
 * For the tables beyond the budget (W011): one monitor of a schema watches all of its tables, coarsely (W010). A note with the
 * lines for the config; nothing where a schema is watched already, or the config says that it is not to be.
 */
export function proposeAnomalies(
  loaded: LoadedConfig,
  { skipped, watched }: { readonly skipped: readonly Skip[]; readonly watched: readonly Address[] },
): readonly Problem[] {
  const known = new Set(watched.map(nameOf));
  const late = skipped
    .filter(({ address, code }) => code === 'PLAN.MONITOR_LIMIT' && kindOf(address) === 'monitor')
    .map(({ address }) => nameOf(address).split('.').slice(0, 2).join('.'))
    .filter((schema) => !known.has(schema) && isOpen(loaded, schema));
  const schemas = [...new Set(late)].toSorted();
  if (schemas.length === 0) return [];
  const shown = schemas.slice(0, mostNames);
  const lines = [...new Set(shown.map((schema) => yamlKey(schema.slice(schema.indexOf('.') + 1))))];
  const more = schemas.length - shown.length;
  const [tables, places] = [
    late.length === 1 ? '1 table' : `${String(late.length)} tables`,
    schemas.length === 1 ? 'schema' : 'schemas',
  ];
  const exists = loaded.config.anomaly_detection !== undefined;
  return [
    {
      code: 'PLAN.ANOMALY_DETECTION',
      severity: 'note',
      message: `${tables} beyond the limit ${late.length === 1 ? 'is' : 'are'} in ${places} ${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}, which anomaly detection can watch as a whole`,
      hint: exists
        ? `add to anomaly_detection: ${lines.map((key) => `${key}: {}`).join(', ')}`
        : `add to the config: anomaly_detection: { ${lines.map((key) => `${key}: {}`).join(', ')} }`,
      place: loaded.placeOf(['anomaly_detection']),
    },
  ];
}

/** Nobody said anything about it, and a key can name it. */
function isOpen(loaded: LoadedConfig, fullName: string): boolean {
  const schema = fullName.slice(fullName.indexOf('.') + 1);
  return watchedSettings(loaded, schema)?.value('enabled')?.value !== false && !/[\s./`*?]/u.test(schema);
}

/** A plain word stands for itself, unless YAML would read something else. */
function yamlKey(schema: string): string {
  const isPlain = /^[A-Za-z_][\w-]*$/u.test(schema) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(schema);
  return isPlain ? schema : JSON.stringify(schema);
}
