import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import {
  findConfigFile,
  loadConfig,
  nodeFiles as configFiles,
  readConfigFile,
  readIncluded,
  type LoadedConfig,
} from '@dpo/config';
import { fail, type Owner, type ManagedStateStore } from '@dpo/core';
import type { Development } from '@dpo/monitoring';
import { createLocalStore, nodeFiles } from '@dpo/state';
import { systemClock } from './clock.ts';
import { developerName, developerTarget } from './developer.ts';
import type { ProjectFlags, WorkspaceFlags } from './flags.ts';
import { variablesOf } from './variable-flags.ts';
import { stateWords } from './state-words.ts';

/** A loaded config with the decisions that need no workspace. */
export interface OpenedProject {
  readonly loaded: LoadedConfig;
  /** Name of the project. */
  readonly name: string;
  /** The embedded workspace was asked for, by flag or by the target. */
  readonly local: boolean;
  readonly store: ManagedStateStore;
}

/** The same once it is known who works on it. */
export interface Project extends OpenedProject {
  readonly owner: Owner;
  /** Of a development target. */
  readonly development?: Development;
}

/** Who owns what is made: in a development target the person, so that two people never own the same objects (ruling 20). */
export function ownedBy(userName: string, opened: OpenedProject): Project {
  const { loaded, name } = opened;
  if (loaded.target.development !== true) return { ...opened, owner: { project: name, target: loaded.targetName } };
  const target = developerTarget(loaded.targetName, userName);
  return { ...opened, owner: { project: name, target }, development: { user: developerName(userName) } };
}

export interface ProjectRequest {
  readonly flags: ProjectFlags & Pick<WorkspaceFlags, 'workspace' | 'host' | 'profile'>;
  /** Config given as the only positional argument of some commands (C21). */
  readonly positional?: string | undefined;
  readonly version: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  /** Only the config is looked at. */
  readonly offline?: true;
}

/** The config that is named, or the one in the working directory; a problem if there is none, or two are named. */
export async function configFileOf(
  request: Pick<ProjectRequest, 'flags' | 'positional' | 'directory'>,
): Promise<string> {
  const { flags, positional, directory } = request;
  if (flags.config !== undefined && positional !== undefined && flags.config !== positional) {
    fail({
      code: 'USAGE',
      message: `two configs are named: '${positional}' and --config '${flags.config}'`,
      hint: 'name one',
    });
  }
  return flags.config ?? positional ?? relative(directory, await findConfigFile(directory, isReadable));
}

export async function openProject(request: ProjectRequest): Promise<OpenedProject> {
  const { flags, positional } = request;
  const file = await configFileOf(request);
  const text = await readConfigFile(file);
  // Trying dpo out never makes a state that a real workspace then refuses (C22).
  const target = flags.target ?? (flags.workspace === 'local' ? 'local' : undefined);
  const loaded = loadConfig({
    file,
    text,
    included: await readIncluded({ file, text }, configFiles),
    target,
    variables: variablesOf(flags.var ?? []),
    environment: request.environment,
    today: dayOf(systemClock.now()),
    offline: request.offline === true,
  });
  const chosen = loaded.target.workspace;
  const local =
    flags.workspace === 'local' || (chosen === 'local' && flags.host === undefined && flags.profile === undefined);
  const store = createLocalStore({
    // Relative, so that what is printed and planned is the same on every machine.
    path: relative(request.directory, statePath(request, loaded, file)),
    files: nodeFiles,
    clock: systemClock,
    randomId: () => randomUUID(),
    writer: request.version,
    command: stateWords({ config: flags.config ?? positional, target, state: flags.state }),
  });
  return { loaded, name: loaded.config.project ?? 'dpo', local, store };
}

/** `2027-03-31`, in UTC. */
function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Beside the root config file, not in the working directory (C22). */
function statePath({ flags, directory }: ProjectRequest, loaded: LoadedConfig, file: string): string {
  if (flags.state !== undefined) return resolve(directory, flags.state);
  const beside = dirname(resolve(directory, file));
  return resolve(beside, loaded.target.state?.path ?? join('state', `${loaded.targetName}.json`));
}

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
