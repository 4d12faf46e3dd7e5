import { stringify } from 'yaml';
import type { ProfileType } from '../generated/config-types.ts';
import type { ProblemType } from '../problem-type.ts';
import { shorten } from '../words.ts';

export interface NewConfig {
  readonly project: string;
  readonly catalog: string;
  readonly warehouseId?: string | undefined;
  /** Workspace folder; unset: the default, which every user may manage. */
  readonly folder?: string | undefined;
  readonly mode: 'full' | 'bulk_provision_only';
  readonly profileType: ProfileType;
  /** `timestamp_column` and the like, in the order of writing. */
  readonly columns: Readonly<Record<string, string>>;
  readonly problemType?: ProblemType | undefined;
  readonly tables: readonly NewTable[];
  /** Also profile what carries this tag. */
  readonly tag?: { readonly name: string; readonly value: string } | undefined;
  /** Unset: the default. */
  readonly observabilitySchema?: string | undefined;
}

export interface NewTable {
  readonly name: string;
  /** Why it is there, for people. */
  readonly remark?: string | undefined;
}

/** The schema of the config, as it lies beside the file. */
export const schemaFileName = 'dpo.schema.json';

/** Names the schema to editors, in the first line. */
export function withSchemaLine(text: string): string {
  return `# yaml-language-server: $schema=./${schemaFileName}\n${text}`;
}

/** A first `dpo.yaml` that is short, commented and valid, without the line that names its schema. */
export function newConfigText(config: NewConfig): string {
  return `# What dpo keeps true: see what it would change with 'dpo plan', make it so with 'dpo apply'.

# The name of this config among all that share a workspace. It marks what dpo makes, so keep it.
project: ${scalar(config.project)}
# Every table is in this catalog.
catalog_name: ${scalar(config.catalog)}
${warehouse(config)}
# full: monitors, unified views, alerts and dashboards. bulk_provision_only: monitors alone.
mode: ${config.mode}
${observability(config)}
${parentFolder(config)}
# How tables are profiled. A table may have settings of its own, which go before these.
profile_defaults:
  # SNAPSHOT looks at whole tables, TIMESERIES at windows of time, INFERENCE also at the answers of a model.
  profile_type: ${config.profileType}
${profile(config)}  # The schema that the tables with the metrics go to.
  output_schema_name: monitoring_results
  # Refreshed every day at six, in Quartz syntax. Without a schedule they are refreshed by hand only.
  schedule: { cron: "0 0 6 * * ?", timezone: UTC }
${discovery(config)}${tables(config)}`;
}

function warehouse({ warehouseId }: NewConfig): string {
  const what = '# The SQL warehouse that reads tags and runs statements';
  if (warehouseId !== undefined) return `${what}.\nwarehouse_id: ${scalar(warehouseId)}\n`;
  return `${what}; or set DATABRICKS_WAREHOUSE_ID.\n# warehouse_id: 1234567890abcdef\n`;
}

function parentFolder({ folder }: NewConfig): string {
  if (folder !== undefined)
    return `# The workspace folder for what dpo keeps.\ndashboard_parent_path: ${scalar(folder)}\n`;
  return `# The workspace folder for what dpo keeps. Every user may manage the default, /Workspace/Shared/DPO: set another one before
# the first apply, as the folder of a monitor cannot be changed.
# dashboard_parent_path: /Workspace/Teams/monitoring
`;
}

function observability({ observabilitySchema }: NewConfig): string {
  if (observabilitySchema === undefined) return '';
  return `
# The schema of the unified views; global_monitoring holds views of another owner.
observability_schema: ${scalar(observabilitySchema)}
`;
}

function profile({ profileType, columns, problemType }: NewConfig): string {
  const settings = { ...columns, ...(problemType === undefined ? {} : { problem_type: problemType }) };
  const lines = Object.entries(settings).map(([key, value]) => `  ${key}: ${scalar(value)}\n`);
  if (profileType !== 'SNAPSHOT') lines.push('  # The length of a window.\n  granularity: 1 day\n');
  return lines.join('');
}

function discovery({ tag }: NewConfig): string {
  if (tag === undefined) return '';
  return `
# Tables are found by their tags, all of these.
include_tagged_tables: true
discovery:
  include_tags:
    ${scalar(tag.name)}: ${quoted(tag.value)}
  exclude_schemas: [information_schema, tmp_*, dev_*]
`;
}

function tables({ tables: list, tag }: NewConfig): string {
  if (list.length === 0 && tag !== undefined) {
    return '\n# Tables with settings of their own, by their full names, found by a tag or not.\nmonitored_tables: {}\n';
  }
  const lines = list.map(({ name, remark }) => {
    const comment = remark === undefined ? '' : ` # ${shorten(remark)}`;
    return `  ${scalar(name)}: {}${comment}\n`;
  });
  return `\n# The tables that are profiled. Inside {} stand their own settings, such as { granularity: 1 hour }.\nmonitored_tables:\n${lines.join('')}`;
}

/** On one line, quoted where it would mean something else. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd();
}

function quoted(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', blockQuote: false }).trimEnd();
}
