import { dirname } from 'node:path';
import { DpoError, isJsonObject, type JsonObject, type Place, type Problem } from '@dpo/core';
import { checkIgnore } from './checks/check-ignore.ts';
import { checkCleanup } from './checks/check-cleanup.ts';
import { checkDiscovery } from './checks/check-discovery.ts';
import { checkGroups } from './checks/check-groups.ts';
import { checkPolicyFile } from './checks/check-policy-file.ts';
import { checkPolicyValues } from './checks/check-policy-values.ts';
import { checkMetrics } from './checks/metrics/check-metrics.ts';
import { checkPresence, checkWarehouse } from './checks/check-presence.ts';
import { checkState } from './checks/check-state.ts';
import { checkTables } from './checks/check-tables.ts';
import { effectiveConfig, effectiveTarget, type EffectiveConfig } from './effective-config.ts';
import { pathText, problemsOf, type Path } from './finding.ts';
import type { TargetSettings } from './generated/config-types.ts';
import { nothingIncluded, type Included } from './include/read-included.ts';
import { readFiles } from './include/read-files.ts';
import { entriesAt, spotAt, textAt, type Located } from './located.ts';
import { lintFindings } from './lint/lint-findings.ts';
import { checkedAtPlan, policyTables, type CheckedAtPlan } from './policy/file-policy.ts';
import type { PolicyTable } from './policy/check-policy.ts';
import { isBreach } from './policy/policy-rule.ts';
import { policyOf, rulesOf, type Policy } from './policy/policy.ts';
import { checkSchema } from './schema/check-schema.ts';
import { placeAt, type Sources } from './source.ts';
import { applyTarget } from './target/apply-target.ts';
import { chooseTarget, localTarget } from './target/target-name.ts';
import { conceal } from './variables/conceal.ts';
import { interpolate } from './variables/interpolate.ts';
import type { Reference } from './variables/reference.ts';
import { referencesIn } from './variables/references-in.ts';
import { variablesOf } from './variables/variables.ts';

export interface LoadRequest {
  /** Path of the file, as problems name it. */
  readonly file: string;
  readonly text: string;
  /** What `--target` says. */
  readonly target?: string | undefined;
  /** What the file includes; nothing unless given. */
  readonly included?: Included;
  /** What `--var` gives. */
  readonly variables?: ReadonlyMap<string, string>;
  /** `DPO_TARGET`, `DPO_VAR_…`, `DATABRICKS_WAREHOUSE_ID` and what the file refers to are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The day as `2027-03-31`, in UTC: exemptions end. */
  readonly today: string;
  /** Nothing will be done with the values: what the environment lacks is only a warning. */
  readonly offline?: boolean;
}

export interface LoadedConfig {
  readonly file: string;
  readonly directory: string;
  readonly targetName: string;
  /** What the target says about itself: workspace, state. The undeclared target `local` is the embedded workspace. */
  readonly target: TargetSettings;
  /** With the target's overrides; defaults are not filled in. `warehouse_id` may come from the environment. */
  readonly config: EffectiveConfig;
  /** Values that came from the environment. */
  readonly references: readonly Reference[];
  /** Where the value at a path is written, or the nearest value around it. */
  readonly placeOf: (path: Path) => Place;
  /** Where the key at the end of a path is written, or the nearest key around it. */
  readonly keyPlaceOf: (path: Path) => Place;
  /**
   * Warnings and notes, in the order of the file, and breaches of `policy`, which may be errors: what violates a rule can
   * still be looked at, refreshed and torn down, but neither validated nor planned.
   */
  readonly problems: readonly Problem[];
  readonly policy: LoadedPolicy;
  /** See `lintConfig`. */
  readonly lint: () => readonly Problem[];
}

/** The rules of `policy`, for `checkPolicy` once tables are resolved. */
export interface LoadedPolicy extends Policy {
  /** The listed tables as the file alone has them; none if there is no rule. */
  readonly tables: readonly PolicyTable[];
  /** Rules that the file alone cannot decide for all of them. */
  readonly atPlan: readonly CheckedAtPlan[];
}

/**
 * Reads one config for one target. Touches no file and no network. Throws one `DpoError` with everything that is wrong,
 * warnings too, in the order of the files; breaches of policy alone are no reason to throw.
 */
export function loadConfig(request: LoadRequest): LoadedConfig {
  const { file, text, target, environment, today, offline = false } = request;
  const included = request.included ?? nothingIncluded;
  const { sources, root, findings } = readFiles({ file, text }, included);
  const choice = chooseTarget(root, { target, variable: environment['DPO_TARGET'] });
  const given = request.variables ?? new Map<string, string>();
  const values = variablesOf({ root, target: choice.name, given, environment });
  const filled = interpolate({ root, target: choice.name, variables: values.variables, offline });
  const merged = applyTarget(filled.root, choice.name);
  const settings = targetSettings(filled.root, choice.name);
  const warehouseId = textAt(merged, 'warehouse_id') ?? (environment['DATABRICKS_WAREHOUSE_ID'] || undefined);
  const policy = policyOf(asMap(merged), today);
  // Matching every pattern with every table is only worth it for somebody who asks.
  const tables = rulesOf(policy).length === 0 ? [] : policyTables(asMap(merged));
  const references = referencesIn(merged, filled.references);
  const problems = problemsOf(sources, [
    ...findings,
    ...choice.findings,
    ...values.findings,
    ...filled.findings,
    ...checkSchema(sources, filled.root),
    ...checkPresence(merged),
    ...checkCleanup(merged),
    ...checkState(filled.root),
    ...checkTables(sources, merged),
    ...checkDiscovery(merged),
    ...checkIgnore(merged),
    ...checkGroups(sources, merged),
    ...checkPolicyValues(merged, policy),
    ...checkPolicyFile(merged, policy, tables),
    ...checkMetrics(merged),
    ...(settings.workspace === 'local' ? [] : checkWarehouse(merged, warehouseId)),
  ]).map((problem) => conceal(problem, references));
  if (problems.some(({ code, severity }) => severity === 'error' && !isBreach(code))) throw new DpoError(problems);
  return {
    file,
    directory: dirname(file),
    targetName: choice.name,
    target: settings,
    config: effectiveConfig(asMap(merged), warehouseId),
    references,
    ...placesOf(sources, merged),
    problems,
    policy: { ...policy, tables, atPlan: checkedAtPlan(policy, asMap(merged), tables) },
    lint: () =>
      problemsOf(sources, lintFindings(merged, { policy, target: settings })).map((problem) =>
        conceal(problem, references),
      ),
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

function placesOf(sources: Sources, root: Located): Pick<LoadedConfig, 'placeOf' | 'keyPlaceOf'> {
  return {
    placeOf: (path) => {
      const spot = spotAt(root, path);
      return placeAt(sources, spot.node.range, pathText(spot.path));
    },
    keyPlaceOf: (path) => {
      const spot = spotAt(root, path);
      return placeAt(sources, spot.key, pathText(spot.path));
    },
  };
}
