import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bareEnvironment, binary, runProgram, type Ran } from './run-dpo.ts';

/** A folder in which the built binary runs, without any workspace. */
export interface PlainFolder {
  readonly home: string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  read(name: string): Promise<string>;
  /** Names of everything in it. */
  names(): Promise<readonly string[]>;
  dpo(...args: readonly string[]): Promise<Ran>;
  dpoWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

export async function createPlainFolder(): Promise<PlainFolder> {
  const home = await mkdtemp(join(tmpdir(), 'dpo-e2e-'));
  const dpoWith: PlainFolder['dpoWith'] = async (env, ...args) =>
    runProgram(binary, args, { home, env: { ...bareEnvironment(home), ...env } });
  return {
    home,
    write: async (name, content) => {
      await mkdir(dirname(join(home, name)), { recursive: true });
      await writeFile(join(home, name), content);
    },
    read: async (name) => readFile(join(home, name), 'utf8'),
    names: async () => (await readdir(home)).toSorted(),
    dpo: async (...args) => dpoWith({}, ...args),
    dpoWith,
    remove: async () => rm(home, { recursive: true }),
  };
}
