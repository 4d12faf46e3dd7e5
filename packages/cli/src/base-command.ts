import { Command } from '@oclif/core';
import { DpoError, isDpoError, type Problem } from '@dpo/core';
import { renderProblems, type Style } from '@dpo/render';
import { showProgress, type Progress } from './progress.ts';
import { styleOf } from './terminal.ts';

/** Exit statuses (C04). */
export const exits = { done: 0, error: 1, finding: 2, failed: 3, consent: 4, interrupted: 130 } as const;
export type Exit = (typeof exits)[keyof typeof exits];

/** What a command says to a machine; `command`, `status` and `problems` are added. */
export type Payload = Readonly<Record<string, unknown>>;

/**
 * A command returns its payload, writes data for people to stdout and everything else to stderr, and leaves its exit
 * status in `leave`. Problems that end it are thrown as one `DpoError`.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  protected problems: readonly Problem[] = [];
  protected configFile: string | null = null;
  #exit: Exit = exits.done;

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

  /** Rendered text on stdout; silent with --json. */
  protected show(text: string): void {
    this.log(text.trimEnd());
  }

  /** Events as lines on stderr; silent with --json. */
  protected progress(): Progress {
    return this.jsonEnabled() ? { emit: () => {}, done: () => {} } : showProgress(process.stderr, this.err);
  }

  /** A line for people that is no data: progress, advice. Silent with --json. */
  protected say(text: string): void {
    if (!this.jsonEnabled()) process.stderr.write(`${text.trimEnd()}\n`);
  }

  protected warnOf(problems: readonly Problem[]): void {
    this.problems = [...this.problems, ...problems];
    if (problems.length > 0) this.say(renderProblems(problems, this.err));
  }

  /** The envelope of C23. */
  protected override toSuccessJson(payload: unknown): unknown {
    const status = { 0: 'ok', 1: 'error', 2: 'finding', 3: 'failed', 4: 'consent', 130: 'interrupted' }[this.#exit];
    return {
      command: this.id,
      status,
      config: this.configFile,
      problems: this.problems,
      ...(payload as Payload | undefined),
    };
  }

  protected override toErrorJson(error: unknown): unknown {
    return {
      command: this.id,
      status: 'error',
      config: this.configFile,
      problems: [...this.problems, ...problemsOf(error)],
    };
  }

  protected override async catch(error: Error & { exitCode?: number }): Promise<unknown> {
    const interrupted =
      error.name === 'AbortError' || (isDpoError(error) && error.problems[0]?.code === 'RUN.INTERRUPTED');
    const status = interrupted ? exits.interrupted : (this.#statusOf(error) ?? exits.error);
    if (!isDpoError(error) && !interrupted) return super.catch(Object.assign(error, { exitCode: status }));
    if (this.jsonEnabled()) this.logJson(this.toErrorJson(error));
    else process.stderr.write(renderProblems(problemsOf(error), this.err));
    this.leave(status);
    return undefined;
  }

  #statusOf(error: Error): Exit | undefined {
    if (!isDpoError(error)) return undefined;
    return error.problems.some((problem) => problem.code === 'CONSENT.MISSING') ? exits.consent : exits.error;
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (isDpoError(error)) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  return new DpoError([{ code: 'USAGE', severity: 'error', message }]).problems;
}
