import type { Finding } from '../../finding.ts';
import { spotAt, textAt } from '../../located.ts';
import { hasReferences } from '../../variables/text-parts.ts';
import { didYouMean, listWords } from '../../words.ts';
import { metricColumns } from './metric-columns.ts';
import { quoted, rangeIn, type Metric } from './metric.ts';
import { readTemplate } from './template.ts';

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/u;
const longestName = 255;

/** What is wrong with one metric, whatever table it is for. */
export function checkMetric(metric: Metric): readonly Finding[] {
  return [...checkName(metric), ...checkTemplate(metric)];
}

function checkName(metric: Metric): readonly Finding[] {
  const { name } = metric;
  if (name === '' || hasReferences(name)) return [];
  const at = { code: 'CONFIG.METRIC_NAME', severity: 'error', ...rangeIn(metric, 'name') } as const;
  if (metricColumns.has(name.toLowerCase())) {
    const message = `the metric ${quoted(name)} is called like a column that metric tables have anyway`;
    return [{ ...at, message, hint: `choose another name, such as own_${name.toLowerCase()}` }];
  }
  if (identifier.test(name) && name.length <= longestName) return [];
  const message = `${quoted(name)} is no name of a metric`;
  const hint = 'it becomes the name of a column: letters, digits and _, a letter or _ first, at most 255';
  return [{ ...at, message, hint }];
}

/** What a definition may fill in, by the type of its metric. */
const variables: Readonly<Record<string, readonly string[]>> = {
  aggregate: ['input_column', 'prediction_col', 'label_col'],
  derived: [],
  drift: ['current_df', 'base_df'],
};
const known = Object.values(variables).flat();

function checkTemplate(metric: Metric): readonly Finding[] {
  const { name, definition } = metric;
  const template = readTemplate(definition);
  const at = { code: 'CONFIG.METRIC_TEMPLATE', ...rangeIn(metric, 'definition') };
  if (!template.balanced) {
    const message = `the definition of the metric ${quoted(name)} has '{{' and '}}' that do not belong together`;
    return [{ ...at, severity: 'error', message, hint: 'write variables as {{input_column}}' }];
  }
  const type = textAt(metric.node, 'metric_type') ?? '';
  const columns = inputColumns(metric);
  return template.variables.flatMap((variable): readonly Finding[] => {
    const why = faultOf(variable, type, columns);
    if (why === undefined) return [];
    const message = `the metric ${quoted(name)} uses ${braced(variable)}, ${why.message}`;
    return [{ ...at, severity: 'warning', message, hint: why.hint }];
  });
}

/** A warning each, since the service knows best what it fills in (U025). */
function faultOf(
  variable: string,
  type: string,
  columns: readonly string[],
): { readonly message: string; readonly hint: string } | undefined {
  const allowed = variables[type];
  if (type === 'derived') {
    return { message: 'and is derived', hint: 'a derived metric names the metrics that it reads without braces' };
  }
  if (known.includes(variable)) {
    if (allowed?.includes(variable) === false) {
      const hint = `of the template variables it may use ${listWords(allowed.map(braced), 'and')}`;
      return { message: `which ${type} metrics do not have`, hint };
    }
    if (variable === 'input_column' && columns.every((column) => column === ':table')) {
      const hint = "list the columns in input_columns, or write the columns' names in the definition";
      return { message: "and its input_columns are only ':table'", hint };
    }
    return undefined;
  }
  if (columns.includes(variable)) return undefined;
  const candidates = [...(allowed ?? known), ...columns.filter((column) => column !== ':table')];
  const hint = didYouMean(variable, candidates)?.replace(/'(.*)'/u, '{{$1}}');
  return {
    message: 'which is no template variable',
    hint: hint ?? `known are ${listWords(known.map(braced), 'and')}, and the names of its input_columns`,
  };
}

function inputColumns({ node }: Metric): readonly string[] {
  const items = spotAt(node, ['input_columns']).node.items ?? [];
  return items.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}

function braced(variable: string): string {
  return `{{${quoted(variable).slice(1, -1)}}}`;
}
