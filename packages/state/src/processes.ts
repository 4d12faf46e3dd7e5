import { readFile, readlink } from 'node:fs/promises';
import process from 'node:process';
import { systemCode } from './node-files.ts';

/** What a lock asks about the processes of this host. */
export interface Processes {
  /** Tells a process from a later one with the same pid; empty where the system has nothing to tell. */
  startMark(pid: number): Promise<string>;
  /** False only if it is certain that the process with this pid and mark is gone. */
  isAlive(pid: number, mark: string): Promise<boolean>;
}

/** Of this system. The mark is `boot id/pid namespace/start time` where /proc has them. */
export const nodeProcesses: Processes = {
  startMark,
  isAlive: async (pid, mark) => {
    const [boot, namespace] = mark.split('/');
    const here = await surroundings();
    // A process of another container of this machine cannot be seen from here.
    if (mark !== '' && boot === here.boot && namespace !== here.namespace) return true;
    if (!exists(pid)) return false;
    const stat = await statOf(pid);
    if (stat === undefined || mark === '') return true;
    return !hasEnded(stat) && mark === (await startMark(pid));
  },
};

async function startMark(pid: number): Promise<string> {
  const stat = await statOf(pid);
  if (stat === undefined) return '';
  const { boot, namespace } = await surroundings();
  return `${boot}/${namespace}/${stat.started}`;
}

/** A process of another user exists although it may not be signalled. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

async function surroundings(): Promise<{ readonly boot: string; readonly namespace: string }> {
  const boot = (await orEmpty(readFile('/proc/sys/kernel/random/boot_id', 'utf8'))).trim();
  return { boot, namespace: await orEmpty(readlink('/proc/self/ns/pid')) };
}

interface Stat {
  readonly status: string;
  readonly threads: string;
  readonly started: string;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name may hold spaces and parentheses. */
async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await orEmpty(readFile(`/proc/${pid}/stat`, 'utf8'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [status, threads, started] = [fields[0], fields[17], fields[19]];
  return status === undefined || threads === undefined || started === undefined
    ? undefined
    : { status, threads, started };
}

/** The first thread of a killed process ends while another one may still be renaming a file. */
export function hasEnded({ status, threads }: Pick<Stat, 'status' | 'threads'>): boolean {
  return status === 'X' || (status === 'Z' && Number(threads) <= 1);
}

async function orEmpty(text: Promise<string>): Promise<string> {
  return text.catch(() => '');
}
