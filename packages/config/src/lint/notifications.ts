import { isJsonArray, type Json, type JsonObject } from '@dpo/core';
import { mapAt } from '../settings-in-file.ts';
import { listWords, shorten } from '../words.ts';
import { homeFor, namesOf, type Lint, type LintContext, type LintRule } from './lint-rule.ts';

const where =
  'name them in alerting.default_notifications, or make no alerts: alerting.enable_aggregated_alerts: false';

/** Alerts are made for each group in mode `full`. A group with a list of its own, also an empty one, is told nobody else (U100). */
export const noRecipients: LintRule = {
  code: 'LINT.NO_RECIPIENTS',
  wide: true,
  check: (context) => {
    const { config } = context;
    const alerting = mapAt(config, 'alerting');
    if (config['mode'] === 'bulk_provision_only' || alerting['enable_aggregated_alerts'] === false) return [];
    const byGroup = mapAt(alerting, 'group_notifications');
    const muted = Object.keys(byGroup).filter((group) => isNobody(byGroup[group]));
    if (isNobody(alerting['default_notifications'])) {
      if (muted.length === Object.keys(byGroup).length) return [nobody(config)];
      return [...uncovered(context, byGroup), ...muted.map((group) => mutedGroup(group))];
    }
    return muted.map((group) => mutedGroup(group));
  },
};

function isNobody(list: Json | undefined): boolean {
  return !isJsonArray(list) || list.length === 0;
}

function nobody(config: JsonObject): Lint {
  const message = 'alerts reach nobody: no recipient is named';
  const alerting = mapAt(config, 'alerting');
  if (isJsonArray(alerting['default_notifications']))
    return { message, hint: where, at: 'key', path: ['alerting', 'default_notifications'] };
  return { message, hint: where, at: 'key', path: [config['alerting'] === undefined ? 'mode' : 'alerting'] };
}

function uncovered({ tables, mayFind }: LintContext, byGroup: JsonObject): readonly Lint[] {
  const named = tables.map((table) => table.own('monitor_group')?.value ?? 'default');
  const groups = new Set([...named, ...(mayFind ? ['default'] : [])].filter((name) => typeof name === 'string'));
  const silent = [...groups].filter((group) => !Object.hasOwn(byGroup, group)).map((group) => `'${shorten(group)}'`);
  if (silent.length === 0) return [];
  const which = `group${silent.length === 1 ? '' : 's'} ${listWords(silent, 'and')}`;
  const message = `alerts of ${which} reach nobody: there is no default_notifications`;
  return [{ message, hint: where, at: 'key', path: ['alerting', 'group_notifications'] }];
}

function mutedGroup(group: string): Lint {
  const message = `alerts of group '${shorten(group)}' reach nobody: its list is empty`;
  const hint = 'name somebody, or remove the list for default_notifications to hold';
  return { message, hint, severity: 'note', at: 'key', path: ['alerting', 'group_notifications', group] };
}

export const noFailureNotifications: LintRule = {
  code: 'LINT.NO_FAILURE_NOTIFICATIONS',
  check: (context) => {
    const runs = (value: Json | undefined): boolean => value !== undefined && value !== null;
    const silent = context.tables.filter(
      (table) => runs(table.find('schedule')?.value) && table.find('failure_notifications') === undefined,
    );
    if (silent.length === 0) return [];
    const message = `nobody is told when a scheduled refresh of ${namesOf(silent)} fails`;
    const hint = 'name addresses in failure_notifications; [] says that nobody is meant';
    return [{ message, hint, severity: 'note', ...homeFor(context, silent) }];
  },
};
