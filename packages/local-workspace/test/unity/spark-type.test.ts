import { describe, expect, test } from '@jest/globals';
import { parseSparkType, structFieldJson } from '../../src/unity/spark-type.ts';

describe('spark types', () => {
  test.each<readonly [string, string, unknown]>([
    ['bigint', 'LONG', 'long'],
    ['int', 'INT', 'integer'],
    ['array<string>', 'ARRAY', { type: 'array', elementType: 'string', containsNull: true }],
    [
      'map<string,array<int>>',
      'MAP',
      {
        type: 'map',
        keyType: 'string',
        valueType: { type: 'array', elementType: 'integer', containsNull: true },
        valueContainsNull: true,
      },
    ],
  ])('%s is %s in the API', (ddl, name, json) => {
    expect(parseSparkType(ddl)).toMatchObject({ name, json });
  });

  test('a struct keeps names, order and nested types', () => {
    const column = { name: 'w', typeText: 'struct<Start:timestamp,amount:decimal(9,2)>', nullable: false };
    expect(JSON.parse(structFieldJson(column))).toEqual({
      name: 'w',
      nullable: false,
      metadata: {},
      type: {
        type: 'struct',
        fields: [
          { name: 'Start', type: 'timestamp', nullable: true, metadata: {} },
          { name: 'amount', type: 'decimal(9,2)', nullable: true, metadata: {} },
        ],
      },
    });
  });
});
