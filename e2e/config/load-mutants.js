// Loads many broken configs and tells what came of them: node load-mutants.js SEED COUNT FILE…
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, readConfigFile } from '@dpo/config';
import { isDpoError } from '@dpo/core';
import { createRandom, mutate } from './mutate.js';

const [seed, count, ...files] = process.argv.slice(2);
const random = createRandom(Number(seed));
const originals = files.map((file) => readFileSync(file));
const folder = mkdtempSync(join(tmpdir(), 'dpo-mutants-'));
const path = join(folder, 'dpo.yaml');
const result = { loaded: 0, refused: 0, codes: {}, slowestMs: 0, faults: [] };

/** What is wrong with a problem itself. */
function faultOf({ code, message, place, snippet }, lines) {
  if (!/^[A-Z]+\.[A-Z_]+$/.test(code)) return `code ${code}`;
  // oxlint-disable-next-line no-control-regex
  if (/[\n\u0000-\u001f\u007f]|must NOT|must be (?:string|object|equal)|undefined|\[object|NaN/.test(message))
    return message;
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(snippet?.text ?? '')) return `snippet of ${code}`;
  if (code === 'CONFIG.UNREADABLE') return undefined;
  const line = place?.start?.line ?? 0;
  return line >= 1 && line <= lines ? undefined : `${code} at line ${line} of ${lines}`;
}

for (let index = 0; index < Number(count); index += 1) {
  const bytes = mutate(originals[Math.floor(random() * originals.length)], random);
  writeFileSync(path, bytes);
  const before = process.cpuUsage();
  let problems = [];
  try {
    problems = loadConfig({
      file: 'dpo.yaml',
      text: await readConfigFile(path),
      environment: {},
      today: '2027-01-01',
    }).problems;
    result.loaded += 1;
  } catch (error) {
    if (!isDpoError(error)) result.faults.push({ index, thrown: String(error.stack), file: bytes.toString('base64') });
    else {
      problems = error.problems;
      result.refused += 1;
      if (!problems.some(({ severity }) => severity === 'error'))
        result.faults.push({ index, what: 'refused without an error' });
    }
  }
  const { user, system } = process.cpuUsage(before);
  result.slowestMs = Math.max(result.slowestMs, (user + system) / 1000);
  const lines = bytes.toString('latin1').split('\n').length;
  for (const problem of problems) {
    result.codes[problem.code] = (result.codes[problem.code] ?? 0) + 1;
    const what = faultOf(problem, lines);
    if (what !== undefined) result.faults.push({ index, what, file: bytes.toString('base64') });
  }
}
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify({ ...result, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
