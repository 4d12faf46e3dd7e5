import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from '../realism/fault-rules.ts';
import { garbled, htmlPage } from '../realism/garbled.ts';
import { killCaller } from '../realism/kill-caller.ts';
import type { Result } from './result.ts';

/** Runs a call under the fault rules that spoil it: what it would answer, or what they put in place of that. */
export async function strike(
  rules: readonly FaultRule[],
  call: { readonly perform: () => Promise<Result>; readonly pageToken: string | undefined },
  handled: () => Promise<void>,
): Promise<Result> {
  const latency = rules.reduce((sum, rule) => sum + (rule.latencyMs ?? 0), 0);
  if (latency > 0) await sleep(latency);
  // Whoever is gone before its call was looked at has not made it.
  if (kill(rules, 'before')) return { status: 0, body: undefined, broken: 'dropped' };
  const before = rules.map((rule) => faultResult(rule, 'before')).find((result) => result !== undefined);
  if (before !== undefined) return before;
  const result = await call.perform();
  await handled();
  kill(rules, 'after');
  const replaced = rules.map((rule) => faultResult(rule, 'after')).find((after) => after !== undefined);
  if (replaced !== undefined) return replaced;
  const spoiled = rules.reduce((answer, { garble }) => {
    return garble === undefined ? answer : garbled(garble, answer, call.pageToken);
  }, result);
  return rules.some(({ truncateBody }) => truncateBody === true) ? { ...spoiled, broken: 'truncated' } : spoiled;
}

function kill(rules: readonly FaultRule[], moment: 'before' | 'after'): boolean {
  const due = rules.filter(({ after = false }) => (after ? 'after' : 'before') === moment);
  const pids = due.flatMap(({ killCaller: pid }) => pid ?? []);
  for (const pid of pids) killCaller(pid);
  return pids.length > 0;
}

function faultResult(rule: FaultRule, moment: 'before' | 'after'): Result | undefined {
  if (rule.dropConnection === moment) return { status: 0, body: undefined, broken: 'dropped' };
  if (rule.hold === moment) return { status: 0, body: undefined, broken: 'held' };
  if (rule.garble === 'html' && rule.after !== true && moment === 'before') return htmlPage;
  if (rule.status === undefined || (rule.after === true ? 'after' : 'before') !== moment) return undefined;
  return {
    status: rule.status,
    body: { error_code: rule.errorCode ?? codeOf(rule.status), message: rule.message ?? 'injected fault', details: [] },
    ...(rule.retryAfter === undefined ? {} : { headers: { 'Retry-After': String(rule.retryAfter) } }),
  };
}

/** The code that goes with a status where the rule names none (section 8.6 of the API reference). */
function codeOf(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    429: 'REQUEST_LIMIT_EXCEEDED',
    503: 'TEMPORARILY_UNAVAILABLE',
    504: 'DEADLINE_EXCEEDED',
  };
  return codes[status] ?? 'INTERNAL_ERROR';
}
