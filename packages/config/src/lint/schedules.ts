import { isJsonObject, type Json } from '@dpo/core';
import type { Path } from '../finding.ts';
import { mapAt } from '../settings-in-file.ts';
import { are, causesOf, homeFor, namesOf, profileTypeOf, type Lint, type LintRule } from './lint-rule.ts';
import { quartzRate } from './quartz-rate.ts';

export const noSchedule: LintRule = {
  code: 'LINT.NO_SCHEDULE',
  check: (context) => {
    const { tables, config, mayFind, listed } = context;
    const lacking = tables.filter((table) => table.find('schedule') === undefined);
    const found = mayFind && !Object.hasOwn(mapAt(config, 'profile_defaults'), 'schedule');
    if (lacking.length === 0 && !found) return [];
    const all = lacking.length === listed && listed > 1;
    const who = lacking.length === 0 ? 'what is found by tag or pattern' : all ? 'no table' : namesOf(lacking);
    const has = lacking.length > 1 && !all ? 'have no' : all ? 'has a' : 'has no';
    const message = `${who} ${has} schedule: profiles are refreshed only by hand`;
    const hint = "set schedule, for example '0 0 6 * * ?' for six every morning; null says that it is meant";
    return [{ message, hint, ...homeFor(context, lacking) }];
  },
};

/** An alert or a refresh every quarter of an hour is common; more than that keeps compute running all day. */
const mostPerHour = 4;
/** A snapshot reads the whole table again. */
const mostSnapshots = 12;

export const frequentSchedule: LintRule = {
  code: 'LINT.FREQUENT_SCHEDULE',
  check: ({ tables, config }) => [
    ...causesOf(tables, 'schedule').flatMap(({ value, path, tables: users }) => {
      const cron = cronOf(value, path);
      if (cron === undefined) return [];
      const { perHour, perDay } = quartzRate(cron.text);
      if (perHour > mostPerHour)
        return [tooOften(`${namesOf(users)} ${are(users)} refreshed ${perHour} times an hour`, cron.path)];
      const snapshots = users.filter((table) => profileTypeOf(table) === 'SNAPSHOT');
      if (perDay < mostSnapshots || snapshots.length === 0) return [];
      const message = `${namesOf(snapshots)} ${are(snapshots)} read as a whole, as SNAPSHOT, ${perDay} times a day`;
      return [{ message, hint: 'once a day is mostly enough', at: 'value' as const, path: cron.path }];
    }),
    ...alertSchedule(mapAt(config, 'alerting')['alert_cron_schedule']),
  ],
};

function alertSchedule(value: Json | undefined): readonly Lint[] {
  const cron = cronOf(value, ['alerting', 'alert_cron_schedule']);
  const { perHour } = quartzRate(cron?.text ?? '');
  if (cron === undefined || perHour <= mostPerHour) return [];
  return [tooOften(`alerts are evaluated ${perHour} times an hour, which keeps the warehouse awake`, cron.path)];
}

function tooOften(message: string, path: Path): Lint {
  return { message, hint: "Quartz begins with seconds: '0 0 * * * ?' is once an hour", at: 'value', path };
}

function cronOf(value: Json | undefined, path: Path): { readonly text: string; readonly path: Path } | undefined {
  if (typeof value === 'string') return { text: value, path };
  const cron = isJsonObject(value) ? value['cron'] : undefined;
  return typeof cron === 'string' ? { text: cron, path: [...path, 'cron'] } : undefined;
}
