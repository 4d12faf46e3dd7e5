/** A process that must not be ended by a fault rule. */
export class KillRefusedError extends Error {
  override readonly name = 'KillRefusedError';
}

/** Ids up to 1 mean process groups and the first process; our own would take the workspace with it. */
export function refuseToKill(pid: number, own: number = process.pid): void {
  if (!Number.isInteger(pid) || pid <= 1) throw new KillRefusedError(`${pid} is not the id of a process to end`);
  if (pid === own) throw new KillRefusedError(`${pid} is the process of the embedded workspace itself`);
}

/** Ends the process at once, as a crash would. One that is gone already is no fault. */
export function killCaller(pid: number): void {
  refuseToKill(pid);
  try {
    process.kill(pid, 'SIGKILL');
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH')) throw fault;
  }
}
