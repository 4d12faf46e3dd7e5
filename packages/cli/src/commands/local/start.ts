import { join, resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { localFlags, workspaceFlags } from '../../flags.ts';
import { localProblem, localSettings } from '../../local-workspace.ts';
import { listenToSignals } from '../../signals.ts';
import { readyLine, startInBackground } from '../../start-in-background.ts';

export default class LocalStart extends BaseCommand {
  static override summary = 'Keep an embedded workspace running for other commands and clients';
  static override description =
    'A Databricks workspace in one process, on DuckDB, reachable from this machine only. Commands with --workspace local find it by its folder.';
  static override examples = [
    '<%= config.bin %> local start --seed workspace.yaml',
    '<%= config.bin %> local start --foreground --port 8080',
    '<%= config.bin %> local start --behaviour contrary --preset flaky',
  ];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    seed: Flags.string({
      description: 'tables, principals and more to load first; what is there already is left as it is',
      helpValue: 'FILE',
    }),
    port: Flags.integer({
      description: 'port on 127.0.0.1; any free one if not given',
      helpValue: 'N',
      min: 0,
      max: 65_535,
    }),
    ...localFlags,
    foreground: Flags.boolean({ description: 'stay here until interrupted' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalStart);
    const { seed, port, behaviour, preset } = flags;
    const directory = resolve(flags['local-directory']);
    const local = await import('@dpo/local-workspace');
    const running = await local.findLocalWorkspace(directory);
    if (running !== undefined) {
      this.log(`an embedded workspace is running already at ${running.url}`);
      return { url: running.url, started: false };
    }
    const settings = await localSettings({ behaviour, preset, workingDirectory: process.cwd() }).catch(
      (error: unknown) => {
        throw localProblem(error, directory);
      },
    );
    if (!flags.foreground) {
      const more = [
        ...(seed === undefined ? [] : ['--seed', resolve(seed)]),
        ...(port === undefined ? [] : ['--port', String(port)]),
        ...(behaviour === undefined ? [] : ['--behaviour', behaviour]),
        ...(preset === undefined ? [] : ['--preset', preset]),
      ];
      const words = ['local', 'start', '--foreground', '--local-directory', directory, ...more];
      const url = await startInBackground({ script: join(this.config.root, 'bin', 'run.js'), words, directory });
      this.log(`${readyLine(url)}, data in ${flags['local-directory']}`);
      return { url, started: true };
    }
    const signals = listenToSignals(() => {});
    try {
      const workspace = await local.startLocalWorkspace({
        directory,
        ...settings,
        ...(port === undefined ? {} : { port }),
        ...(seed === undefined ? {} : { seed: resolve(seed) }),
      });
      try {
        this.log(readyLine(workspace.url));
        await Promise.race([workspace.closed, once(signals.stop)]);
      } finally {
        await workspace.close();
      }
      return { url: workspace.url, started: true };
    } catch (error) {
      throw localProblem(error, directory);
    } finally {
      signals.release();
    }
  }
}

async function once(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
}
