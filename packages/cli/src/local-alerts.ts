import { nearest } from '@dpo/config';
import { fail, matchesGlob } from '@dpo/core';
import type { ControlCalls, EvaluationAnswer, ListedAlert, Notice, Recipient } from '@dpo/local-workspace';
import type { AlertEvaluation, SentNotice } from '@dpo/render';
import { listSome } from './suggest.ts';

export interface Evaluated {
  readonly evaluations: readonly EvaluationAnswer[];
  /** Alerts that were left out, for nobody named them. */
  readonly paused: readonly ListedAlert[];
}

/** The named alerts, paused or not, or all that are not paused. A name is an id, or a display name in which `*` is any text. */
export async function evaluateNamed(control: ControlCalls, names: readonly string[]): Promise<Evaluated> {
  const alerts = await control.alerts();
  if (names.length === 0) {
    return { evaluations: await control.evaluateAlerts(), paused: alerts.filter(({ paused }) => paused) };
  }
  const chosen = new Set(names.flatMap((name) => alertsNamed(name, alerts)));
  const evaluations: EvaluationAnswer[] = [];
  for (const { alert_id: id } of alerts.filter((alert) => chosen.has(alert))) {
    evaluations.push(...(await control.evaluateAlerts(id)));
  }
  return { evaluations, paused: [] };
}

function alertsNamed(name: string, alerts: readonly ListedAlert[]): readonly ListedAlert[] {
  const found = alerts.filter((alert) => alert.alert_id === name || matchesGlob(name, alert.alert_name));
  if (found.length > 0) return found;
  const names = alerts.map(({ alert_name: known }) => known);
  const near = nearest(name, names);
  return fail({
    code: 'LOCAL.NO_ALERT',
    message: `the embedded workspace has no alert '${name}'`,
    hint:
      near === undefined
        ? `it has ${names.length === 0 ? 'none at all' : listSome(names)}; * in a name stands for any text`
        : `did you mean '${near}'?`,
  });
}

/** For people. */
export function evaluationText(answer: EvaluationAnswer): AlertEvaluation {
  const { alert_name: alert, state, value, row_count: rowCount, error, message } = answer;
  return {
    alert,
    state,
    told: toldText(answer),
    ...(value === undefined ? {} : { value }),
    ...(rowCount === undefined ? {} : { rowCount }),
    ...(error === undefined ? {} : { error }),
    ...(message === undefined ? {} : { message }),
  };
}

export function noticeText({ alert_name: alert, recipients, state, time, ...notice }: Notice): SentNotice {
  return { ...notice, alert, state, time, recipients: recipients.map(recipientText) };
}

function toldText({ silence, recipients }: EvaluationAnswer): string {
  const names = recipients.map(recipientText).join(', ');
  switch (silence) {
    case undefined:
      return `sent to ${names}`;
    case 'NO_RECIPIENTS':
      return 'nobody, for it has no recipients; they would get this';
    case 'ALREADY_TOLD':
      return `nothing sent: ${names === '' ? 'nobody' : names} was told of this incident before`;
    case 'STATE':
      return 'nothing to tell in this state';
  }
}

/** An address, or the destination by its name. */
function recipientText(recipient: Recipient): string {
  if ('user_email' in recipient) return recipient.user_email;
  const { destination_id: id, display_name: name, destination_type: type } = recipient;
  return name === undefined ? `destination ${id}, which is gone` : `${name} (${(type ?? 'destination').toLowerCase()})`;
}
