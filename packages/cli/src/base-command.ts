import { Command } from '@oclif/core';
import { fail, isDpoError, type Problem } from '@dpo/core';
import { renderProblems, type Style } from '@dpo/render';
import { systemClock } from './clock.ts';
import { openEventFile } from './event-file.ts';
import type { LogFlags } from './flags.ts';
import { formatFlag, formatsIn, type Format } from './format.ts';
import { openLog, type Log } from './log.ts';
import { showProgress } from './progress.ts';
import { createReport, type Report } from './report.ts';
import { styleOf } from './terminal.ts';

/** Exit statuses (C04). */
export const exits = { done: 0, error: 1, finding: 2, failed: 3, consent: 4, interrupted: 130 } as const;
export type Exit = (typeof exits)[keyof typeof exits];

const statuses = { 0: 'ok', 1: 'error', 2: 'finding', 3: 'failed', 4: 'consent', 130: 'interrupted' } as const;

/** What a command says to a machine; `command`, `status` and `problems` are added. */
export type Payload = Readonly<Record<string, unknown>>;

/**
 * A command returns its payload, writes data for people to stdout and everything else to stderr, and leaves its exit
 * status in `leave`. Problems that end it are thrown as one `DpoError`.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = { format: formatFlag() };

  protected problems: readonly Problem[] = [];
  protected configFile: string | null = null;
  #exit: Exit = exits.done;
  #report: Report | undefined;
  #log: Log | undefined;
  #notices: readonly Problem[] = [];

  /** What is written to stdout; known before the command line is read, so that faults in it are told that way too. */
  protected get format(): Format {
    return formatsIn(this.argv).format ?? (super.jsonEnabled() ? 'json' : 'text');
  }

  override jsonEnabled(): boolean {
    return this.format === 'json';
  }

  protected override async init(): Promise<void> {
    await super.init();
    const { named } = formatsIn(this.argv);
    if (named.length > 1) {
      const hint = 'give one of --format and --json';
      fail({ code: 'USAGE', message: `several formats are asked for: ${named.join(', ')}`, hint });
    }
  }

  /** What a format other than text and JSON writes about a command that fails; undefined where there is none. */
  protected async documentOf(_problems: readonly Problem[]): Promise<string | undefined> {
    return undefined;
  }

  /** Exit status of a run that ends by itself. */
  protected leave(status: Exit): void {
    this.#exit = status;
    process.exitCode = status;
  }

  protected get out(): Style {
    return styleOf(process.stdout, process.env);
  }

  protected get err(): Style {
    return styleOf(process.stderr, process.env);
  }

  /** Rendered text on stdout; silent in every other format. */
  protected show(text: string): void {
    if (this.format === 'text') this.log(text.trimEnd());
  }

  /** Events as lines on stderr, but with --json, and in the file if one is named. It ends with the command. */
  protected openReport(file: string | undefined): Report {
    const report = createReport({
      clock: systemClock,
      printer: this.format === 'text' ? showProgress(process.stderr, this.err) : undefined,
      file: file === undefined ? undefined : openEventFile(file),
      log: this.#log,
    });
    this.#report = report;
    report.emit({ type: 'version', dpo: this.config.version, command: this.#name });
    for (const problem of this.#notices) report.emit({ type: 'problem', problem });
    return report;
  }

  /** To be opened before the report, which is written to it as well. */
  protected openLog(flags: LogFlags): Log {
    const log = openLog({
      flags,
      clock: systemClock,
      show: (line) => {
        this.#report?.clear();
        process.stderr.write(`${line}\n`);
      },
    });
    this.#log = log;
    return log;
  }

  /** A line for people that is no data: progress, advice. Silent where a machine reads. */
  protected say(text: string): void {
    if (this.format === 'text') process.stderr.write(`${text.trimEnd()}\n`);
  }

  /** Says once what a command is called now; to be called before any other output. */
  protected tellNewCommand(command: string): void {
    const message = `'dpo ${this.#name}' is a former name`;
    this.#notices = [{ code: 'RUN.RENAMED', severity: 'note', message, hint: `write: ${command}` }];
    this.say(`${message}; write: ${command}`);
  }

  protected warnOf(problems: readonly Problem[]): void {
    this.problems = [...this.problems, ...problems];
    if (problems.length > 0) this.say(renderProblems(problems, this.err));
  }

  protected override toSuccessJson(payload: unknown): unknown {
    return this.#envelope(this.problems, payload as Payload | undefined);
  }

  protected override toErrorJson(error: unknown): unknown {
    return this.#envelope([...this.problems, ...problemsOf(error)]);
  }

  /** One document for machines (C23); the status says what the exit status says. */
  #envelope(problems: readonly Problem[], payload?: Payload): Payload {
    return {
      command: this.#name,
      status: statuses[this.#exit],
      config: this.configFile,
      problems: [...this.#notices, ...problems],
      ...payload,
    };
  }

  get #name(): string {
    return this.id?.replaceAll(':', ' ') ?? '';
  }

  protected override async finally(error: Error | undefined): Promise<unknown> {
    const fault = this.#report?.end(statuses[this.#exit], this.#exit);
    const faults = [fault, this.#log?.close()].filter((problem) => problem !== undefined);
    if (faults.length > 0) this.warnOf(faults);
    return super.finally(error);
  }

  protected override async catch(error: Error & { exitCode?: number }): Promise<unknown> {
    const status = this.#statusOf(error);
    this.leave(status);
    for (const problem of problemsOf(error)) this.#report?.emit({ type: 'problem', problem });
    this.#report?.clear();
    const document = await this.documentOf(problemsOf(error));
    if (document !== undefined) process.stdout.write(document);
    const told = isDpoError(error) || status === exits.interrupted;
    // The framework tells faults of usage, with the help, and bugs, with their stack.
    if (!told) return super.catch(Object.assign(error, { exitCode: status }));
    if (this.jsonEnabled()) this.logJson(this.toErrorJson(error));
    else if (document === undefined) process.stderr.write(renderProblems(problemsOf(error), this.err));
    return undefined;
  }

  #statusOf(error: Error): Exit {
    if (error.name === 'AbortError') return exits.interrupted;
    const consent = isDpoError(error) && error.problems.some((problem) => problem.code === 'CONSENT.MISSING');
    return consent ? exits.consent : exits.error;
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (isDpoError(error)) return error.problems;
  if (error instanceof Error && error.name === 'AbortError') {
    return [{ code: 'RUN.INTERRUPTED', severity: 'error', message: 'interrupted' }];
  }
  const [message = '', ...rest] = (error instanceof Error ? error.message : String(error)).split('\n');
  const hint = rest.join(' ').trim();
  const code = error instanceof Error && 'oclif' in error ? 'USAGE' : 'RUN.UNEXPECTED';
  return [{ code, severity: 'error', message, ...(hint === '' ? {} : { hint }) }];
}
