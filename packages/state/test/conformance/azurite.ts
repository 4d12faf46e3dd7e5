import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The account that Azurite has from the start, with its published key. */
export const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

export interface Azurite {
  readonly endpoint: string;
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** Azurite in a process of its own, in memory, on a free port. It answers versions of the API that it does not know yet. */
export async function startAzurite(): Promise<Azurite> {
  const root = dirname(createRequire(import.meta.url).resolve('azurite/package.json'));
  const flags = ['--blobPort', '0', '--inMemoryPersistence', '--disableTelemetry', '--skipApiVersionCheck', '--silent'];
  const child = spawn(process.execPath, [join(root, 'dist/src/blob/main.js'), ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = `${await addressOf(child)}/${account}`;
  const parts = [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${endpoint}`,
  ];
  return {
    endpoint,
    connectionString: `${parts.join(';')};`,
    stop: async () => {
      await new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      });
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const url = /listens on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`Azurite did not start: ${said}`)));
  });
}
