import { resolve } from 'node:path';
import { fail } from '@dpo/core';
import type { ControlCalls, LocalWorkspaceOptions } from '@dpo/local-workspace';

export interface OpenLocalWorkspace {
  readonly url: string;
  readonly token: string;
  readonly warehouseId: string;
  close(): Promise<void>;
}

export interface LocalWorkspaceRequest {
  readonly localDirectory: string;
  readonly workingDirectory: string;
  /** `DPO_LOCAL_BEHAVIOUR` and `DPO_LOCAL_PRESET` hold for a workspace that is started here. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The embedded workspace of a folder: the one that `dpo local start` keeps running, else one in this process. Loaded only
 * when asked for; a runner that talks to a real workspace need not install its engine.
 */
export async function openLocalWorkspace(request: LocalWorkspaceRequest): Promise<OpenLocalWorkspace> {
  const { localDirectory, workingDirectory, environment } = request;
  const directory = resolve(workingDirectory, localDirectory);
  const local = await import('@dpo/local-workspace');
  const running = await local.findLocalWorkspace(directory);
  if (running !== undefined) return { ...running, warehouseId: local.seededWarehouse.id, close: async () => {} };
  const { DPO_LOCAL_BEHAVIOUR: behaviour, DPO_LOCAL_PRESET: preset } = environment;
  try {
    const settings = await localSettings({ behaviour, preset, workingDirectory });
    return await local.startLocalWorkspace({ directory, ...settings });
  } catch (error) {
    throw localProblem(error, directory);
  }
}

/** What the names of a behaviour and a preset stand for; an empty one counts as none. */
export async function localSettings(names: {
  readonly behaviour?: string | undefined;
  readonly preset?: string | undefined;
  readonly workingDirectory: string;
}): Promise<Pick<LocalWorkspaceOptions, 'behaviour' | 'realism'>> {
  const { behaviour = '', preset = '', workingDirectory } = names;
  const { readBehaviour, readPreset, shippedBehaviours } = await import('@dpo/local-workspace');
  const isShipped = Object.hasOwn(shippedBehaviours, behaviour);
  return {
    ...(behaviour === ''
      ? {}
      : { behaviour: await readBehaviour(isShipped ? behaviour : resolve(workingDirectory, behaviour)) }),
    ...(preset === '' ? {} : { realism: readPreset(preset) }),
  };
}

/** The control calls of the workspace that `dpo local start` keeps running; a problem when there is none. */
export async function runningWorkspace(directory: string): Promise<ControlCalls> {
  const { controlCalls, findLocalWorkspace } = await import('@dpo/local-workspace');
  const running = await findLocalWorkspace(resolve(directory));
  if (running !== undefined) return controlCalls(running);
  return fail({
    code: 'LOCAL.NOT_RUNNING',
    message: 'no embedded workspace is running here',
    hint: 'start one: dpo local start',
  });
}

/**
 * Lets something be done through the control calls of the workspace of a folder: of the one that runs, else of one in this
 * process. What it refuses is told as a problem.
 */
export async function withControl<T>(localDirectory: string, work: (control: ControlCalls) => Promise<T>): Promise<T> {
  const { controlCalls } = await import('@dpo/local-workspace');
  const request = { localDirectory, workingDirectory: process.cwd(), environment: process.env };
  const workspace = await openLocalWorkspace(request);
  try {
    return await work(controlCalls(workspace));
  } catch (error) {
    throw localProblem(error, localDirectory);
  } finally {
    await workspace.close();
  }
}

/** What can go wrong with the embedded workspace, in the user's terms; anything else is a bug and passes. */
export function localProblem(error: unknown, directory: string): unknown {
  if (!(error instanceof Error)) return error;
  try {
    tell(error, directory);
  } catch (known) {
    return known;
  }
  return error;
}

function tell(error: Error, directory: string): void {
  if (error.name === 'WorkspaceInUseError') {
    fail({
      code: 'LOCAL.IN_USE',
      message: `another process holds the embedded workspace in ${directory}`,
      hint: 'wait for it to end, or keep one running for all: dpo local start',
    });
  }
  if ('code' in error && error.code === 'ENOENT' && 'path' in error) {
    fail({
      code: 'LOCAL.SEED',
      message: `there is no file '${String(error.path)}'`,
      hint: 'name the seed file with --seed',
    });
  }
  if (error.name === 'SeedError') {
    fail({ code: 'LOCAL.SEED', message: error.message, hint: 'correct the seed file and start again' });
  }
  if (error.name === 'BehaviourError') {
    fail({ code: 'LOCAL.BEHAVIOUR', message: error.message, hint: 'see docs/local-workspace.md' });
  }
  if (error.name === 'PresetError') {
    fail({ code: 'LOCAL.PRESET', message: error.message, hint: 'see docs/local-workspace.md' });
  }
  if (error.name === 'ControlCallError') {
    fail({ code: 'LOCAL.REFUSED', message: error.message, hint: 'see docs/local-workspace.md' });
  }
  if (error.name === 'DuckDBMissingError') {
    fail({ code: 'LOCAL.NO_ENGINE', message: error.message, hint: 'install it: npm install @duckdb/node-api' });
  }
}
