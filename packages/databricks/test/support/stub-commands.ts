import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StubCommands {
  /** In front of nothing else: what is not made here is not installed. */
  readonly path: string;
  /** Writes a program; `script` is that of a POSIX shell. Its arguments are noted down, one call a line. */
  make(name: string, script: string): Promise<void>;
  /** The arguments of each call, in order. */
  calls(name: string): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** A folder with programs in the place of `az` and `databricks`. */
export async function createStubCommands(): Promise<StubCommands> {
  const path = await mkdtemp(join(tmpdir(), 'dpo-commands-'));
  return {
    path,
    make: async (name, script) => {
      const file = join(path, name);
      await writeFile(file, `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$*" >> '${file}.calls'\n${script}\n`);
      await chmod(file, 0o755);
    },
    calls: async (name) => {
      const text = await readFile(join(path, `${name}.calls`), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A script that prints one line to stdout. */
export function prints(value: unknown): string {
  return `cat <<'END'\n${JSON.stringify(value)}\nEND`;
}
