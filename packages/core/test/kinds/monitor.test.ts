import { describe, expect, test } from '@jest/globals';
import { monitorKind } from '../../src/kinds/monitor.ts';

describe('monitor', () => {
  test('T07 a plain slice is the same with and without back-ticks, any other keeps them', () => {
    const slices = ['`region`', ' region ', '`order date`', '`a``b`', 'amount > 10'];
    const once = monitorKind.normalise({ slicing_exprs: slices });
    expect(once).toEqual({ slicing_exprs: ['region', 'region', '`order date`', '`a``b`', 'amount > 10'] });
    expect(monitorKind.normalise(once)).toEqual(once);
  });

  test('T09 the type of a custom metric is compared as JSON; a bare one stays bare, and so does what is no JSON', () => {
    const typed = (type: string): unknown =>
      monitorKind.normalise({ custom_metrics: [{ name: 'a', output_data_type: type }] })['custom_metrics'];
    const long = '{"metadata":{},"name":"output","nullable":true,"type":"double"}';
    expect(typed('{ "type": "double", "nullable": true, "name": "output", "metadata": {} }')).toEqual([
      { name: 'a', output_data_type: long },
    ]);
    expect(typed('double')).toEqual([{ name: 'a', output_data_type: 'double' }]);
    expect(typed('{nonsense')).toEqual([{ name: 'a', output_data_type: '{nonsense' }]);
  });

  test('F03 is looked up by the id of its table, wanted before recorded', () => {
    const recorded = { version: 1, id: 'old', status: 'ok', applied: {}, out: {}, needs: [] } as const;
    const address = 'monitor:prod.ml.churn';
    expect(monitorKind.lookup(address, { object_id: 'new' }, recorded)).toEqual({ by: 'id', address, id: 'new' });
    expect(monitorKind.lookup(address, undefined, recorded)).toEqual({ by: 'id', address, id: 'old' });
  });

  test('rests on the schema that its output goes to', () => {
    const spec = { output_schema_id: { $ref: 'schema:prod.out', path: 'schema_id' } };
    expect(monitorKind.edges(spec)).toEqual([{ to: 'schema:prod.out', need: 'exists' }]);
  });
});
