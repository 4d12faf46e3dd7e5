import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readBehaviour,
  startLocalWorkspace,
  type Behaviour,
  type LocalWorkspace,
  type LocalWorkspaceOptions,
} from '@dpo/local-workspace';
import { binary, startProgram, type Ran, type Started } from './run-dpo.ts';

/** A folder with a config and an embedded workspace that the built binary finds there. */
export interface SmallWorld {
  readonly home: string;
  readonly workspace: LocalWorkspace;
  /** What the workspace answers where sources disagree. */
  readonly behaviour: Behaviour;
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  dpo(...args: readonly string[]): Promise<Ran>;
  dpoWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran>;
  start(env: NodeJS.ProcessEnv, ...args: readonly string[]): Started;
  /** Stops the next request of this method and path before it has an effect. */
  hold(method: string, path: string): Held;
  /** `POST /path` of every request that can change something, without statements. */
  writes(): readonly string[];
  /** Name, bytes and time of change of everything in the state folder. */
  stateFiles(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A request that waits to be let go. */
export interface Held {
  /** Settles when the request has come. */
  readonly came: Promise<void>;
  readonly letGo: () => void;
}

const seed = `
catalogs:
  prod:
    schemas:
      ml:
        tables:
          churn_predictions:
            sql: "SELECT 1 AS id, 0.5 AS churn_probability, true AS churned, 'v1' AS model, 'eu' AS region, TIMESTAMP '2026-01-01' AS timestamp"
          churn_baseline:
            sql: "SELECT 1 AS id, 0.5 AS churn_probability, true AS churned, 'v1' AS model, 'eu' AS region, TIMESTAMP '2026-01-01' AS timestamp"
          fraud_detection:
            sql: "SELECT 1 AS id, 'yes' AS prediction, 'no' AS is_fraud, 'v1' AS model, TIMESTAMP '2026-01-01' AS timestamp"
          churn:
            sql: "SELECT 1 AS id, 'a' AS prediction, 'b' AS actual_label, TIMESTAMP '2026-01-01' AS ts"
          orders:
            sql: "SELECT 1 AS id, 'eu' AS region, TIMESTAMP '2026-01-01' AS ordered_at"
`;

/** `realism`: delays, limits and mishaps. */
export async function createSmallWorld(
  realism: LocalWorkspaceOptions['realism'] = {},
  firstRefresh: LocalWorkspaceOptions['firstRefresh'] = 'held',
): Promise<SmallWorld> {
  const home = await mkdtemp(join(tmpdir(), 'dpo-e2e-'));
  const behaviour = await readBehaviour(process.env['DPO_LOCAL_BEHAVIOUR'] ?? 'documented');
  let meet: (request: string) => Promise<void> | void = () => {};
  let release = (): void => {};
  const workspace = await startLocalWorkspace({
    directory: join(home, '.dpo', 'local'),
    firstRefresh,
    lifecycle: { activeAfterMs: 0 },
    realism,
    behaviour,
    onExchange: ({ phase, method, path }) => (phase === 'received' ? meet(`${method} ${path}`) : undefined),
  });
  const hold = (method: string, path: string): Held => {
    let arrive = (): void => {};
    const came = new Promise<void>((resolve) => (arrive = resolve));
    const gone = new Promise<void>((resolve) => (release = resolve));
    meet = (request) => {
      if (!request.startsWith(`${method} ${path}`)) return undefined;
      meet = () => {};
      arrive();
      return gone;
    };
    return { came, letGo: () => release() };
  };
  const write = (name: string, text: string): Promise<void> => writeFile(join(home, name), text);
  await write('workspace.yaml', seed);
  await workspace.seed(join(home, 'workspace.yaml'));
  workspace.clearRequests();
  const start = (env: NodeJS.ProcessEnv, ...args: readonly string[]): Started =>
    startProgram(binary, args, { home, env });
  const dpoWith = (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> => start(env, ...args).ended;
  return {
    home,
    workspace,
    behaviour,
    write,
    read: (name) => readFile(join(home, name), 'utf8'),
    dpo: (...args) => dpoWith({}, ...args),
    dpoWith,
    start,
    hold,
    writes: () =>
      workspace
        .requests()
        .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/2.0/sql/statements'))
        .map(({ method, path }) => `${method} ${path}`),
    stateFiles: async () => {
      const folder = join(home, 'state');
      const names = await readdir(folder).catch(() => []);
      const lines = await Promise.all(
        names.map(
          async (name) =>
            `${name} ${String((await stat(join(folder, name))).mtimeMs)} ${await readFile(join(folder, name), 'utf8')}`,
        ),
      );
      return lines.toSorted((a, b) => (a < b ? -1 : 1));
    },
    close: async () => {
      release();
      await workspace.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Ids and times differ from run to run; everything else is compared. */
export function steady(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu, '<uuid>')
    .replace(/\b[0-9a-f]{32}\b/gu, '<id>')
    .replace(/fp:[0-9a-f]{4}(-[0-9a-f]{4})+/gu, 'fp:<hash>')
    .replace(/\b\d+(\.\d+)? m?s\b/gu, '<time>');
}
