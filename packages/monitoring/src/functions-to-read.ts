import type { CatalogFindings } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { textList } from './setting.ts';

/**
 * Unity Catalog functions of the objective functions that a table names, in the config or by a tag: each once, in lower
 * case (U033). Nobody has to see a function that no table uses.
 */
export function functionsToRead(loaded: LoadedConfig, findings: CatalogFindings): readonly string[] {
  const { objective_functions: objectives = {}, monitored_tables: tables, tag_prefix: prefix } = loaded.config;
  const tag = `${prefix ?? 'monitor_'}objective_function_ids`;
  const named = Object.values(tables).flatMap((entry) =>
    entry.enabled === false ? [] : (entry.objective_function_ids ?? []),
  );
  const tagged = [...findings.values()].flatMap((finding) =>
    finding.status === 'present' ? textList(finding.table.tags[tag] ?? '') : [],
  );
  const functions = [...new Set([...named, ...tagged])].flatMap((id) =>
    Object.hasOwn(objectives, id) ? (objectives[id]?.uc_function_name?.toLowerCase() ?? []) : [],
  );
  return [...new Set(functions)];
}
