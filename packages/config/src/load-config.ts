import { dirname } from 'node:path';
import { DpoError, isJsonObject, type JsonObject, type Place, type Problem } from '@dpo/core';
import { checkIgnore } from './checks/check-ignore.ts';
import { checkCleanup } from './checks/check-cleanup.ts';
import { checkMetrics } from './checks/metrics/check-metrics.ts';
import { checkPresence, checkWarehouse } from './checks/check-presence.ts';
import { checkReferences } from './checks/check-references.ts';
import { checkTables } from './checks/check-tables.ts';
import { effectiveConfig, effectiveTarget, type EffectiveConfig } from './effective-config.ts';
import { pathText, problemsOf, type Path } from './finding.ts';
import type { TargetSettings } from './generated/config-types.ts';
import { entriesAt, spotAt, textAt, type Located } from './located.ts';
import { checkSchema } from './schema/check-schema.ts';
import { placeAt, sourceOf, type Source } from './source.ts';
import { applyTarget } from './target/apply-target.ts';
import { chooseTarget, localTarget } from './target/target-name.ts';
import { locate } from './yaml/locate.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

export interface LoadRequest {
  /** Path of the file, as problems name it. */
  readonly file: string;
  readonly text: string;
  /** What `--target` says. */
  readonly target?: string | undefined;
  /** `DPO_TARGET` and `DATABRICKS_WAREHOUSE_ID` are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface LoadedConfig {
  readonly file: string;
  readonly directory: string;
  readonly targetName: string;
  /** What the target says about itself: workspace, state. The undeclared target `local` is the embedded workspace. */
  readonly target: TargetSettings;
  /** With the target's overrides; defaults are not filled in. `warehouse_id` may come from the environment. */
  readonly config: EffectiveConfig;
  /** Where the value at a path is written, or the nearest value around it. */
  readonly placeOf: (path: Path) => Place;
  /** Where the key at the end of a path is written, or the nearest key around it. */
  readonly keyPlaceOf: (path: Path) => Place;
  /** Warnings and notes only, in the order of the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads one config for one target. Touches no file and no network. Throws one `DpoError` with everything that is wrong,
 * warnings too, in the order of the file.
 */
export function loadConfig({ file, text, target, environment }: LoadRequest): LoadedConfig {
  const source = sourceOf(file, text);
  const parsed = parseYaml(source);
  if (parsed.status === 'failed') throw new DpoError(problemsOf(source, parsed.findings));
  const { root, findings } = locate(source, parsed.contents);
  const unread = findings.filter((finding) => finding.code === 'CONFIG.SYNTAX' || finding.code === 'CONFIG.TOO_LARGE');
  // What could not be read is empty now; the checks would only complain about that.
  if (unread.length > 0) throw new DpoError(problemsOf(source, findings));
  if (root.entries === undefined) throw new DpoError(problemsOf(source, checkSchema(source, root)));
  const choice = chooseTarget(root, { target, variable: environment['DPO_TARGET'] });
  const merged = applyTarget(root, choice.name);
  const settings = targetSettings(root, choice.name);
  const warehouseId = textAt(merged, 'warehouse_id') ?? (environment['DATABRICKS_WAREHOUSE_ID'] || undefined);
  const problems = problemsOf(source, [
    ...findings,
    ...choice.findings,
    ...checkSchema(source, root),
    ...checkReferences(root),
    ...checkPresence(merged),
    ...checkCleanup(merged),
    ...checkTables(source, merged),
    ...checkIgnore(merged),
    ...checkMetrics(merged),
    ...(settings.workspace === 'local' ? [] : checkWarehouse(merged, warehouseId)),
  ]);
  if (problems.some((problem) => problem.severity === 'error')) throw new DpoError(problems);
  return {
    file,
    directory: dirname(file),
    targetName: choice.name,
    target: settings,
    config: effectiveConfig(asMap(merged), warehouseId),
    ...placesOf(source, merged),
    problems,
  };
}

function targetSettings(root: Located, name: string): TargetSettings {
  const declared = entriesAt(root, 'targets').get(name);
  return declared === undefined && name === localTarget
    ? { workspace: 'local' }
    : effectiveTarget(declared?.node.value);
}

function asMap({ value }: Located): JsonObject {
  return isJsonObject(value) ? value : {};
}

function placesOf(source: Source, root: Located): Pick<LoadedConfig, 'placeOf' | 'keyPlaceOf'> {
  return {
    placeOf: (path) => {
      const spot = spotAt(root, path);
      return placeAt(source, spot.node.range, pathText(spot.path));
    },
    keyPlaceOf: (path) => {
      const spot = spotAt(root, path);
      return placeAt(source, spot.key, pathText(spot.path));
    },
  };
}
