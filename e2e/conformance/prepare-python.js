import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/conformance-python', import.meta.url));

/**
 * A Python environment that holds the given requirements, made once per interpreter and kept for the next run. Answers its
 * executable, or the reason why there is none.
 */
export async function preparePython(requirements) {
  let step = 'there is no python3';
  try {
    const { stdout: version } = await execute('python3', ['-c', 'import sys; print(sys.version)']);
    const content = await readFile(requirements);
    const home = join(cache, createHash('sha256').update(version).update(content).digest('hex').slice(0, 16));
    const executable = join(home, 'bin', 'python');
    const mark = join(home, 'complete');
    if (await exists(mark)) return { executable };
    await rm(home, { recursive: true, force: true });
    await mkdir(cache, { recursive: true });
    step = 'python3 cannot make a virtual environment';
    await execute('python3', ['-m', 'venv', home]);
    step = 'pip cannot install the client';
    const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
    await execute(executable, ['-m', 'pip', 'install', ...quietly, '-r', requirements], { timeout: 300_000 });
    step = 'the installed client cannot be imported';
    await execute(executable, ['-c', 'import databricks.sdk']);
    await writeFile(mark, '');
    return { executable };
  } catch (fault) {
    return { reason: `${step} (${lastLine(fault)})` };
  }
}

function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastLine({ stderr, message }) {
  const text = stderr === undefined || stderr === '' ? message : stderr;
  return text.trim().split('\n').at(-1);
}
