import { describe, expect, test } from '@jest/globals';
import { unreturnedPaths } from '../../src/diff/unreturned.ts';
import { monitorKind } from '../../src/kinds/monitor.ts';
import type { Spec } from '../../src/spec.ts';

const log = { prediction_column: 'p', prediction_probability_column: 'score' };
const answered = { prediction_column: 'p' };

describe('W019 what a service does not return of what was sent', () => {
  test.each<[string, readonly [Spec, Spec], readonly string[]]>([
    ['nothing, if all of it comes back', [{ inference_log: log }, { inference_log: log }], []],
    [
      'a field that is missing',
      [{ inference_log: log }, { inference_log: answered }],
      ['inference_log.prediction_probability_column'],
    ],
    ['every leaf of an object that is missing', [{ schedule: { timezone_id: 'UTC' } }, {}], ['schedule.timezone_id']],
    ['not a field with another value', [{ baseline_table_name: 'a' }, { baseline_table_name: 'b' }], []],
    ['not a value that means the same as none', [{ slicing_exprs: [] }, {}], []],
    ['not what is sent on create only', [{ assets_dir: '/a', warehouse_id: 'w' }, {}], []],
  ])('%s', (_name, [sent, returned], expected) => {
    expect(unreturnedPaths(monitorKind, sent, returned)).toEqual(expected);
  });
});
