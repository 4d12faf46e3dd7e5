import type { Event, RunSummary, TableRefresh } from './event.ts';
import type { JsonObject } from './json.ts';
import { operationsOf, type Op, type Plan } from './plan-file.ts';

/** Format of the stream, as its first line names it; its shape is `schemas/event.schema.json`. */
export const eventsFormat = 'dpo.events/1';

/**
 * The lines that an event stands for in the published stream, in order: a plan is told change by change. `seq` and `ts`
 * are added by whoever writes them.
 */
export function eventLines(event: Event): readonly JsonObject[] {
  switch (event.type) {
    case 'version':
      return [{ type: event.type, format: eventsFormat, dpo: event.dpo, command: event.command }];
    case 'planned':
      return planLines(event.plan);
    case 'applied':
      return [];
    case 'refresh':
      return [{ type: event.type, ...refreshMembers(event.refresh) }];
    case 'stopping': {
      const { type, signal, activity, running, notStarted, cutOff } = event;
      return [{ type, signal, activity, running, not_started: notStarted, cut_off: cutOff }];
    }
    case 'summary':
      return [summaryLine(event)];
    case 'reading':
    case 'waiting':
    case 'throttled':
    case 'warehouse_starting':
    case 'problem':
    case 'op_started':
    case 'op_done':
    case 'op_failed':
    case 'op_skipped':
    case 'progress':
      return [asJson(event)];
  }
}

function planLines(plan: Plan): readonly JsonObject[] {
  return [
    ...operationsOf(plan).map(changeLine),
    ...plan.drift.map((drift) => asJson({ type: 'drift', ...drift })),
    ...plan.blocked.map((blocked) => asJson({ type: 'blocked', ...blocked })),
    ...plan.skipped.map((skipped) => asJson({ type: 'left_out', ...skipped })),
    ...plan.problems.map((problem) => asJson({ type: 'problem', problem })),
    planSummary(plan),
  ];
}

/** What people read of an operation; what only carrying it out needs is in the plan document. */
function changeLine({ address, action, severity, reasons, changes, lost, notes, from }: Op): JsonObject {
  const place = from === undefined ? {} : { from };
  return asJson({ type: 'planned_change', address, action, severity, reasons, changes, lost, notes, ...place });
}

function planSummary(plan: Plan): JsonObject {
  const { mode, owner, target, base, scope, used, survives, unchanged, summary, requires } = plan;
  return asJson({
    type: 'change_summary',
    mode,
    owner,
    target,
    base,
    scope,
    summary,
    unchanged,
    blocked: plan.blocked.length,
    left_out: plan.skipped.length,
    used,
    survives,
    requires,
    applyable: plan.applyable,
    fingerprint: plan.fingerprint,
  });
}

function refreshMembers({ refreshId, ...rest }: TableRefresh): JsonObject {
  return asJson({ ...rest, refresh_id: refreshId === '' ? null : refreshId });
}

function summaryLine(summary: { readonly type: 'summary' } & RunSummary): JsonObject {
  const { type, status, exitCode, done, failed, skipped, notStarted, state } = summary;
  return asJson({ type, status, exit_code: exitCode, done, failed, skipped, not_started: notStarted, state });
}

/** Events hold JSON values only; their interfaces lack the index signature that `JsonObject` asks for. */
function asJson(value: object): JsonObject {
  return value as JsonObject;
}
