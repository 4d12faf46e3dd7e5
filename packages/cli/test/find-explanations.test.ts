import { describe, expect, test } from '@jest/globals';
import { isDpoError } from '@dpo/core';
import { findExplanations } from '../src/find-explanations.ts';

async function hintFor(text: string): Promise<string | undefined> {
  try {
    const { explanations } = await findExplanations(text);
    return `found ${explanations.length}`;
  } catch (error) {
    if (!isDpoError(error)) throw error;
    expect(error.problems).toMatchObject([{ code: 'USAGE', message: `there is no code '${text}'` }]);
    return error.problems[0]?.hint;
  }
}

describe('N021 what dpo explain finds', () => {
  test.each(['CONFIG.TYPE', 'config.type', 'Config.Type', 'USAGE', 'usage'])('the code %s', async (text) => {
    const { exact, explanations } = await findExplanations(text);
    expect([exact, explanations.map(({ code }) => code)]).toEqual([true, [text.toUpperCase()]]);
  });

  test('the codes of an area, and all of them', async () => {
    const area = await findExplanations('state');
    expect(area.exact).toBe(false);
    expect(area.explanations.length).toBeGreaterThan(10);
    expect(new Set(area.explanations.map((each) => each.area))).toEqual(new Set(['STATE']));
    const all = await findExplanations(undefined);
    expect(all.explanations.length).toBeGreaterThan(100);
  });

  test.each([
    ['CONFIG.TIPE', "did you mean 'CONFIG.TYPE'?"],
    ['config.unknown', "did you mean 'CONFIG.UNKNOWN_KEY'?"],
    ['unknown_key', "did you mean 'CONFIG.UNKNOWN_KEY'?"],
    ['RENAME', "did you mean 'PLAN.RENAME'?"],
    ['OTHER_TARGET', "did you mean 'PLAN.OTHER_TARGET'?"],
    ['OTHER_WORKSPACE', "did you mean 'IMPORT.OTHER_WORKSPACE' or 'PLAN.OTHER_WORKSPACE' or 'STATE.OTHER_WORKSPACE'?"],
    ['STATES', "did you mean 'STATE'?"],
    ['zebra', 'list the codes: dpo explain'],
    ['', 'list the codes: dpo explain'],
    ['__proto__', 'list the codes: dpo explain'],
  ])('%j, which does not exist', async (text, hint) => {
    expect(await hintFor(text)).toBe(hint);
  });
});
