import { describe, expect, test } from '@jest/globals';
import { readOutputDataType } from '../../src/profiler/output-data-type.ts';
import { columnTypeText } from '../../src/sql/spark-type.ts';

const field = (type: unknown): string => JSON.stringify({ metadata: {}, name: 'output', nullable: true, type });

describe('F15 an output data type', () => {
  test.each([
    [field('double'), 'struct_field', 'double'],
    [field('string'), 'struct_field', 'string'],
    [field('long'), 'struct_field', 'bigint'],
    [field('decimal(10,2)'), 'struct_field', 'decimal(10,2)'],
    [field({ type: 'array', elementType: 'double', containsNull: true }), 'struct_field', 'array<double>'],
    [field({ type: 'map', keyType: 'string', valueType: 'integer' }), 'struct_field', 'map<string,int>'],
    [field({ type: 'struct', fields: [{ name: 'a', type: 'date' }] }), 'struct_field', 'struct<a:date>'],
    ['double', 'bare', 'double'],
    [' BIGINT ', 'bare', 'bigint'],
    ['array<int>', 'bare', 'array<int>'],
  ])('%s is a %s of %s', (text, form, type) => {
    const read = readOutputDataType(text);
    expect({ form: read.form, type: columnTypeText(read.type) }).toEqual({ form, type });
  });

  test.each(['', '{}', '"double"', 'doubel', field('doubel'), field({ type: 'set' }), 'double double', '[]', '12'])(
    '%s is refused with its text',
    (text) => {
      expect(() => readOutputDataType(text)).toThrow(`output_data_type '${text}' is neither`);
    },
  );
});
