import { access } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
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
import { systemClock } from './clock.ts';
import { developerName, developerTarget } from './developer.ts';
import type { ProjectFlags, WorkspaceFlags } from './flags.ts';
import { variablesOf } from './variable-flags.ts';
import { createClientSlot, createStateStore, type ClientSlot } from './state-store.ts';
import { localStateFile, statePlaceOf, type StatePlace } from './state-place.ts';
import { stateWords } from './state-words.ts';

/** A loaded config with the decisions that need no workspace. */
export interface OpenedProject {
  readonly loaded: LoadedConfig;
  /** Name of the project. */
  readonly name: string;
  /** The embedded workspace was asked for, by flag or by the target. */
  readonly local: boolean;
  readonly store: ManagedStateStore;
  /** To be filled by whoever connects: a state in a volume waits for it. */
  readonly slot?: ClientSlot;
}

/** The same, with where the state is and may be. */
export interface PlacedProject extends OpenedProject {
  readonly place: StatePlace;
  readonly slot: ClientSlot;
  readonly storeAt: (place: StatePlace) => ManagedStateStore;
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

export async function openProject(request: ProjectRequest): Promise<PlacedProject> {
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
  const place = statePlaceOf(flags.state, { loaded, file, directory: request.directory });
  const slot = createClientSlot();
  const { directory, environment, version } = request;
  const localFile = resolve(dirname(resolve(directory, file)), localStateFile(loaded.targetName));
  const named = { config: flags.config ?? positional, target, state: flags.state };
  const connection = place.backend === 'volume' ? { host: flags.host, profile: flags.profile } : {};
  const command = stateWords({ ...named, ...connection });
  const storeAt = (where: StatePlace): ManagedStateStore =>
    createStateStore({ place: where, slot, directory, environment, version, localFile, command });
  return { loaded, name: loaded.config.project ?? 'dpo', local, store: storeAt(place), place, slot, storeAt };
}

/** `2027-03-31`, in UTC. */
function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
