import type { Files } from './files.ts';
import type { Journal } from './journal.ts';
import { isoTime } from './open-intent.ts';
import type { Operation } from './operation.ts';
import { replaceFile } from './replace-file.ts';
import type { StatePaths } from './state-paths.ts';

type OperationOutcome = 'done' | 'failed' | 'unknown' | 'interrupted';

/**
 * Adds one NDJSON line per operation of a run (N017). May be repeated after a crash: lines that are there are not added
 * again, and half a line at the end is taken out.
 */
export async function appendHistory(files: Files, paths: StatePaths, journal: Journal): Promise<void> {
  if (journal.operations.size === 0) return;
  const text = await files.read(paths.history);
  const whole = (text ?? '').slice(0, (text ?? '').lastIndexOf('\n') + 1);
  const known = knownOperations(whole, journal.header.run);
  const added = [...journal.operations]
    .filter(([n]) => !known.has(n))
    .map(([, operation]) => `${JSON.stringify(historyLine(journal, operation))}\n`)
    .join('');
  if (text !== undefined && text !== whole) {
    await replaceFile(files, paths.history, whole + added);
  } else if (added !== '') {
    const file = await files.openAppend(paths.history, 'any');
    try {
      await file.append(added);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

/** What the history says of one operation. */
export function historyLine({ header }: Journal, operation: Operation): Readonly<Record<string, string | number>> {
  const { start, result } = operation;
  return {
    run: header.run,
    n: start.n,
    at: isoTime(start.at),
    actor: header.actor,
    ...(header.commit === undefined ? {} : { commit: header.commit }),
    plan: header.plan,
    address: start.address,
    action: start.action,
    outcome: outcomeOf(operation),
    ...(result?.status === 'failed' ? { code: result.code } : {}),
  };
}

function outcomeOf({ result }: Operation): OperationOutcome {
  if (result === undefined) return 'interrupted';
  if (result.status === 'done') return 'done';
  return result.unknown ? 'unknown' : 'failed';
}

/** Lines always begin with the run and the number, so nothing needs to be parsed. */
function knownOperations(text: string, run: string): ReadonlySet<number> {
  const start = `{"run":${JSON.stringify(run)},"n":`;
  return new Set(
    text
      .split('\n')
      .filter((line) => line.startsWith(start))
      .map((line) => Number.parseInt(line.slice(start.length), 10)),
  );
}
