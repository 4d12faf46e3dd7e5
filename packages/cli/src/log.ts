import type { Clock, JsonObject, Problem } from '@dpo/core';
import type { Redactor, RequestEvent } from '@dpo/databricks';
import type { LogFlags } from './flags.ts';
import { openLogFile, type LogFile } from './log-file.ts';
import { logLevels, type LogLevel } from './log-level.ts';
import { levelOfEvent, requestLine, textOf } from './log-lines.ts';

/** What a run did in detail, for whoever looks for the reason of something. Never on stdout, and without secrets. */
export interface Log {
  /** Headers and bodies are wanted. */
  readonly exchanges: boolean;
  write(level: LogLevel, event: string, members?: JsonObject): void;
  request(event: RequestEvent): void;
  /** A request to whoever gives tokens. */
  signIn(event: RequestEvent): void;
  /** What people are told anyway; only in a file. */
  event(type: string, members: JsonObject): void;
  /** From now on everything passes through it. */
  guard(redactor: Redactor): void;
  close(): Problem | undefined;
}

export interface LogOptions {
  readonly flags: LogFlags;
  readonly clock: Clock;
  /** Lines for people, where no file is named. */
  readonly show: (line: string) => void;
}

/** Nothing is written unless a flag asks for it. Throws `LOG.NOT_WRITTEN`. */
export function openLog({ flags, clock, show }: LogOptions): Log {
  const exchanges = flags['debug-http'] === true;
  const path = flags['log-file'];
  const file: LogFile | undefined = path === undefined ? undefined : openLogFile(path);
  const level = levelOf(flags, file !== undefined);
  const wanted = level === undefined ? -1 : logLevels.indexOf(level);
  let redact = (text: string): string => text;
  const write: Log['write'] = (weight, event, members = {}) => {
    if (logLevels.indexOf(weight) > wanted) return;
    const time = new Date(clock.now()).toISOString();
    if (file === undefined) show(redact(textOf({ time, level: weight, event, ...members })));
    else file.write(redact(JSON.stringify({ time, level: weight, event, ...members })));
  };
  return {
    exchanges,
    write,
    request: (event) => {
      const line = requestLine(event);
      write(line.level, 'request', line.members);
    },
    signIn: (event) => {
      const line = requestLine(event);
      write(line.level, 'sign_in', line.members);
    },
    event: (type, members) => {
      if (file !== undefined) write(levelOfEvent(type, members), type, members);
    },
    guard: (redactor) => {
      redact = (text) => redactor.redact(text);
    },
    close: () => file?.close(),
  };
}

function levelOf(flags: LogFlags, toFile: boolean): LogLevel | undefined {
  const given = logLevels.find((level) => level === flags['log-level']);
  if (given !== undefined) return flags['debug-http'] === true ? 'debug' : given;
  if (flags['debug-http'] === true) return 'debug';
  return flags.verbose === true || toFile ? 'info' : undefined;
}
