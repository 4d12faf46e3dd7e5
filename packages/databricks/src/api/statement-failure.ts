import { fail, isDpoError, type JsonObject } from '@dpo/core';
import type { Client } from '../client/client.ts';
import { objectField, textField } from './fields.ts';

/** PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED, CLOSED, or new to us. */
export function stateOf(answer: JsonObject): string {
  return textField(objectField(answer, 'status') ?? {}, 'state') ?? '';
}

/** Answers hold 25 MiB at most. The service says it in words; the embedded workspace also with an error class. */
export function isTooLargeInline(answer: JsonObject): boolean {
  return stateOf(answer) !== 'SUCCEEDED' && /inline byte limit exceeded|INLINE_RESULT_TOO_LARGE/i.test(errorOf(answer));
}

/** Throws `API.STATEMENT` with what the service says about a statement that did not succeed. */
export function failStatement(client: Client, answer: JsonObject): never {
  const status = objectField(answer, 'status') ?? {};
  const message = errorOf(answer) || `it ended as ${stateOf(answer)}`;
  const errorClass =
    /^\[([A-Z0-9_.]+)\]/.exec(message)?.[1] ?? textField(objectField(status, 'error') ?? {}, 'error_code');
  const sqlState = textField(status, 'sql_state') ?? /SQLSTATE: ?([0-9A-Z]{5})/.exec(message)?.[1];
  const details = [
    ...(errorClass === undefined ? [] : [errorClass]),
    ...(sqlState === undefined ? [] : [`SQLSTATE ${sqlState}`]),
  ];
  const hint = hintFor(stateOf(answer));
  return fail({
    code: 'API.STATEMENT',
    message: `a statement failed${details.length === 0 ? '' : ` (${details.join(', ')})`}: ${client.redact(message.replace(/\s+/g, ' ').trim())}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

/**
 * What a failed statement says about the tables that it names, by its error class and SQLSTATE.
 * https://docs.databricks.com/aws/en/error-messages/error-classes: INSUFFICIENT_PERMISSIONS, TABLE_OR_VIEW_NOT_FOUND
 */
export function statementClassOf(error: unknown): 'denied' | 'absent' | 'other' {
  const problem = isDpoError(error) ? error.problems[0] : undefined;
  if (problem?.code !== 'API.STATEMENT') return 'other';
  const details = /^a statement failed \(([^)]*)\)/u.exec(problem.message)?.[1] ?? '';
  if (/\b(?:INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED|SQLSTATE 42501)\b/u.test(details)) return 'denied';
  return /\b(?:TABLE_OR_VIEW_NOT_FOUND|SQLSTATE 42P01)\b/u.test(details) ? 'absent' : 'other';
}

function errorOf(answer: JsonObject): string {
  return textField(objectField(objectField(answer, 'status') ?? {}, 'error') ?? {}, 'message') ?? '';
}

function hintFor(state: string): string | undefined {
  if (state === 'CANCELED') return 'somebody cancelled it, or its warehouse was stopped; run the command again';
  if (state === 'CLOSED') return 'its result is not kept any more; run the command again';
  return undefined;
}
