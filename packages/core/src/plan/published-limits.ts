import { kindOf } from '../address.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { Live } from '../live.ts';
import type { Op } from '../plan-file.ts';
import type { Problem } from '../problem.ts';

/** https://github.com/databricks/cli/issues/4505: a workspace holds so many alerts, those in the trash counted. */
const mostAlerts = 1000;

/** https://docs.databricks.com/aws/en/dashboards/limits */
const mostPages = 15;
const mostDatasets = 100;
const mostWidgets = 100;

const code = 'PLAN.LIMIT';

/** What the service would refuse in the middle of an apply (W027). */
export function limitProblems(ops: readonly Op[], live: Live): readonly Problem[] {
  return [...tooManyAlerts(ops, live), ...ops.flatMap(tooLargeDashboard)];
}

/** Those in the trash are in no list, so that there may be more than the service showed. */
function tooManyAlerts(ops: readonly Op[], live: Live): readonly Problem[] {
  const made = ops.filter(({ address, action }) => kindOf(address) === 'alert' && action === 'create');
  const there = Math.max(
    0,
    ...made.map(({ address }) => {
      const seen = live.get(address);
      return seen?.status === 'absent' ? (seen.among ?? 0) : 0;
    }),
  );
  if (made.length === 0 || there + made.length <= mostAlerts) return [];
  return [
    {
      code,
      severity: 'error',
      message: `the workspace has at least ${String(there)} alerts and would get ${String(made.length)} more: ${String(mostAlerts)} is the most, those in the trash counted`,
      hint: 'delete alerts for good, also those in the trash; or make fewer groups, or no alerts: alerting.enable_aggregated_alerts: false',
    },
  ];
}

function tooLargeDashboard({ address, spec, action }: Op): readonly Problem[] {
  const content =
    kindOf(address) === 'dashboard' && action !== 'delete' ? contentOf(spec?.['serialized_dashboard']) : {};
  const { pages, datasets } = content;
  const widgets = Math.max(0, ...(isJsonArray(pages) ? pages : []).map((page) => lengthOf(memberOf(page, 'layout'))));
  const counts: readonly (readonly [count: number, most: number, what: string])[] = [
    [lengthOf(pages), mostPages, 'pages'],
    [lengthOf(datasets), mostDatasets, 'datasets'],
    [widgets, mostWidgets, 'widgets on a page'],
  ];
  return counts
    .filter(([count, most]) => count > most)
    .map(([count, most, what]) => ({
      code,
      severity: 'error',
      address,
      message: `the dashboard would have ${String(count)} ${what}, and ${String(most)} is the most`,
      hint: 'make smaller groups, or no dashboards: deploy_aggregated_dashboard: false, deploy_executive_rollup: false',
    }));
}

function contentOf(text: Json | undefined): Readonly<Record<string, Json>> {
  if (typeof text !== 'string') return {};
  try {
    const content: unknown = JSON.parse(text);
    return isJsonObject(content) ? content : {};
  } catch {
    return {};
  }
}

function memberOf(value: Json, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function lengthOf(value: Json | undefined): number {
  return isJsonArray(value) ? value.length : 0;
}
