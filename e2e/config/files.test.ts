import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { nastyFiles } from '../../packages/config/test/nasty-cases.js';
import { runProgram } from '../support/run-dpo.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const originals = [
  '../../packages/config/test/examples/everything.yaml',
  '../../packages/config/test/examples/readme-1.yaml',
  '../../packages/config/test/examples/readme-2.yaml',
  '../../packages/config/test/examples/readme-3.yaml',
  '../../packages/config/test/examples/policy.yaml',
  '../../examples/quickstart/dpo.yaml',
].map(here);

async function run<T>(script: string, args: readonly string[]): Promise<T> {
  const ran = await runProgram(here(script), args, { home: tmpdir() });
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(ran.stdout) as T;
}

interface Mutants {
  readonly loaded: number;
  readonly refused: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly peakMegabytes: number;
  readonly faults: readonly unknown[];
}

interface Nasty {
  readonly quarter: number;
  readonly whole: number;
  readonly peakMegabytes: number;
}

describe('files that are broken', () => {
  test('N022 10,000 of them give a config or a diagnostic with a place, never anything else', async () => {
    const count = 10_000;
    const { faults, loaded, refused, codes, slowestMs, peakMegabytes } = await run<Mutants>('load-mutants.js', [
      String(Number(process.env['DPO_MUTANTS_SEED'] ?? 1)),
      String(count),
      ...originals,
    ]);
    expect(faults).toEqual([]);
    expect(loaded + refused).toBe(count);
    // Enough of both, and many ways of being wrong, or the changes are too tame.
    expect(loaded).toBeGreaterThan(500);
    expect(Object.keys(codes).length).toBeGreaterThan(15);
    expect(slowestMs).toBeLessThan(2000);
    expect(peakMegabytes).toBeLessThan(300);
  }, 120_000);

  test.each(nastyFiles.map(([name], index) => [name, index] as const))(
    '%s take less than 2 CPU seconds and 300 MB just below a megabyte, and time in proportion to their size',
    async (_name, index) => {
      const { quarter, whole, peakMegabytes } = await run<Nasty>('load-nasty.js', [String(index)]);
      expect(whole).toBeLessThan(2000);
      expect(peakMegabytes).toBeLessThan(300);
      // Four times the size: 4 if linear, 16 if quadratic. What takes no time has no proportion.
      if (whole > 200) expect(whole / quarter).toBeLessThan(8);
    },
    60_000,
  );
});
