import { isJsonObject, type JsonObject } from '@dpo/core';
import { authError, harmless, shortened } from './auth-problem.ts';
import type { Redactor } from '../client/redactor.ts';
import type { MethodContext } from './method.ts';
import type { CommandResult } from './run-command.ts';
import { skewIn, objectIn, type Token } from './token-answer.ts';

/** A command that prints a token as JSON, and what people call it. */
export interface TokenCommand {
  /** `az account get-access-token` */
  readonly words: string;
  /** What to do when it fails: sign in again, mostly. */
  readonly hint: string;
}

/** What it printed. Throws `AUTH.COMMAND_FAILED` with what it said, without redactor. */
export function printed(result: CommandResult, command: TokenCommand, { redactor }: MethodContext): JsonObject {
  if (result.status === 'done') {
    const document = objectIn(result.stdout);
    if (document !== undefined && isJsonObject(document)) return document;
  }
  const message = `${command.words} ${whatHappened(result, redactor)}`;
  throw authError({ code: 'AUTH.COMMAND_FAILED', message, hint: command.hint }, redactor);
}

function whatHappened(result: CommandResult, redactor: Redactor): string {
  switch (result.status) {
    case 'done':
      return 'printed something other than a token';
    case 'timeout':
      return 'did not end in time';
    case 'not-run':
      return `cannot be run: ${result.said}`;
    case 'failed': {
      const said = shortened(harmless(result.said, redactor).replace(/^error:\s*/i, ''));
      return `failed (${result.exit})${said === '' ? '' : `: ${said}`}`;
    }
  }
}

export interface Printed {
  readonly value: unknown;
  /** Epoch milliseconds; `NaN` if it cannot be read. */
  readonly expiresAt: number;
}

/**
 * The token, good until the time that the command said. If that is over by the clock of this machine, the workspace is asked
 * what time it is: a clock that is ahead must not make every token an old one. Throws `AUTH.COMMAND_FAILED`, `AUTH.EXPIRED`.
 */
export async function checkedToken(
  { value, expiresAt }: Printed,
  command: TokenCommand,
  request: { readonly context: MethodContext; readonly signal: AbortSignal },
): Promise<Token> {
  const { context, signal } = request;
  const { redactor, clock } = context;
  if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value) || Number.isNaN(expiresAt)) {
    throw printedNoToken(command, context);
  }
  redactor.learn(value);
  if (expiresAt > clock.now()) return { value, expiresAt };
  const url = new URL('/.well-known/databricks-config', context.host);
  const answer = await context.http.send({ whom: 'the workspace', url, signal, tries: 1 }).catch(() => undefined);
  signal.throwIfAborted();
  const ahead = answer?.aheadMs ?? 0;
  if (expiresAt + ahead > clock.now()) return { value, expiresAt: expiresAt + ahead };
  const when = new Date(expiresAt).toISOString();
  throw authError(
    {
      code: 'AUTH.EXPIRED',
      message: `${command.words} gave a token that expired at ${when}${skewIn({ aheadMs: ahead })}`,
      hint: command.hint,
    },
    redactor,
  );
}

function printedNoToken(command: TokenCommand, { redactor }: MethodContext): unknown {
  const message = harmless(`${command.words} printed something other than a token`, redactor);
  return authError({ code: 'AUTH.COMMAND_FAILED', message, hint: command.hint }, redactor);
}
