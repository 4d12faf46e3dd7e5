export { readTemplate } from './checks/metrics/template.ts';
export type { Template } from './checks/metrics/template.ts';
export { convertConfig } from './convert/convert-config.ts';
export type { Conversion, ConversionRequest } from './convert/convert-config.ts';
export type { EffectiveConfig } from './effective-config.ts';
export { pathText } from './finding.ts';
export type { Path } from './finding.ts';
export { configSchema } from './generated/config-schema.ts';
export type {
  Config,
  CustomMetric,
  Granularity,
  MonitoredTables,
  ProfileDefaults,
  ProfileType,
  Schedule,
  TableSettings,
  TargetSettings,
  Workspace,
} from './generated/config-types.ts';
export { nodeFiles } from './include/node-files.ts';
export { readIncluded } from './include/read-included.ts';
export type { ConfigText, Included, IncludeFiles } from './include/read-included.ts';
export { granularities, isGranularity } from './granularity.ts';
export { lintConfig } from './lint/lint-config.ts';
export { lintRules } from './lint/lint-rules.ts';
export { lintedTables, lintSeverity, liveLintCodes } from './lint/live-lint.ts';
export { newConfigText, schemaFileName, withSchemaLine } from './init/new-config.ts';
export type { NewConfig, NewTable } from './init/new-config.ts';
export { settingFault } from './init/setting-fault.ts';
export { loadConfig } from './load-config.ts';
export type { LoadedConfig, LoadedPolicy, LoadRequest } from './load-config.ts';
export { checkPolicy } from './policy/check-policy.ts';
export type { Breach, PolicyTable, SlicedColumn } from './policy/check-policy.ts';
export type { CheckedAtPlan } from './policy/file-policy.ts';
export type { Policy } from './policy/policy.ts';
export { isBreach, policyCode, policyRules } from './policy/policy-rule.ts';
export type { PolicyRule } from './policy/policy-rule.ts';
export { normaliseProblemType } from './problem-type.ts';
export type { ProblemType } from './problem-type.ts';
export { configFileNames, findConfigFile, readConfigFile } from './read-config-file.ts';
export { isTablePattern, literalCount, tableNameFault } from './table-name.ts';
export { localTarget, targetNamePattern } from './target/target-name.ts';
export { conceal } from './variables/conceal.ts';
export { isNaming } from './variables/reference.ts';
export type { Reference } from './variables/reference.ts';
export { didYouMean, nearest } from './words.ts';
