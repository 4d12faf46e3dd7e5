import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How other processes reach a running workspace. */
export interface ServerAddress {
  readonly url: string;
  readonly token: string;
}

interface ServerFile extends ServerAddress {
  readonly pid: number;
  readonly started_at: string;
}

const probeMilliseconds = 10_000;

/** Writes `server.json` so that it is never seen half written; only the user may read it, as it holds the token. */
export async function writeServerFile(directory: string, content: ServerFile): Promise<void> {
  const temporary = join(directory, `server.json.${content.pid}`);
  await writeFile(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, join(directory, 'server.json'));
}

/** Removes the file unless another server has written its own in the meantime. */
export async function removeServerFile(directory: string, url: string): Promise<void> {
  const content = await readServerFile(directory);
  if (content?.url === url) await rm(join(directory, 'server.json'), { force: true });
}

/** The workspace that runs on a directory, if it answers; the file of a server that was killed is ignored. */
export async function findLocalWorkspace(directory: string): Promise<ServerAddress | undefined> {
  const content = await readServerFile(directory);
  if (content === undefined) return undefined;
  try {
    // A control call: faults and limits do not touch it, and it is not in the request log.
    const response = await fetch(`${content.url}/__local/clock`, {
      headers: { Authorization: `Bearer ${content.token}` },
      signal: AbortSignal.timeout(probeMilliseconds),
    });
    await response.arrayBuffer();
    return response.ok ? { url: content.url, token: content.token } : undefined;
  } catch {
    return undefined;
  }
}

async function readServerFile(directory: string): Promise<ServerAddress | undefined> {
  try {
    const { url, token } = JSON.parse(await readFile(join(directory, 'server.json'), 'utf8')) as Partial<ServerFile>;
    return typeof url === 'string' && typeof token === 'string' ? { url, token } : undefined;
  } catch {
    return undefined;
  }
}
