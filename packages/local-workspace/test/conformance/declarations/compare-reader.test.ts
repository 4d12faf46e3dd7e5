import { describe, expect, test } from '@jest/globals';
import { ignored, list, narrowed, oneOf, record, shape, text } from '../../../src/api/reader.ts';
import type { Reader } from '../../../src/api/reader.ts';
import { compareFields } from './compare-reader.ts';
import { readDeclarations } from './read-declarations.ts';

const source = `
type Colour = "RED" | "BLUE";
type Only = "ONE";
interface Part { colour: Colour; }
export interface Whole {
  name: string;
  "content-type"?: string;
  parts?: Array<Part>;
  labels?: Record<string, string>;
  only?: Only;
}`;

const part = shape({ required: { colour: oneOf('RED', 'BLUE') } });
const same = {
  required: { name: text },
  optional: { 'content-type': text, parts: list(part), labels: record(text), only: oneOf('ONE') },
};

async function differences(reader: Reader<unknown>): Promise<readonly string[]> {
  const declarations = await readDeclarations(source);
  const whole = declarations.get('Whole');
  if (whole?.kind !== 'fields') throw new Error('Whole is no interface');
  return compareFields({ declarations, name: 'Whole' }, whole.fields, reader).map(({ at, what }) => `${at}: ${what}`);
}

describe('comparison of a reader with a declared type', () => {
  test('finds nothing where both say the same', async () => {
    expect(await differences(shape(same))).toEqual([]);
    expect(await differences(narrowed(shape(same), (value) => value))).toEqual([]);
    expect(await differences(shape({ ...same, optional: { ...same.optional, parts: ignored } }))).toEqual([]);
  });

  const { parts: _parts, ...withoutParts } = same.optional;
  const changed: readonly (readonly [string, Reader<unknown>, readonly string[]])[] = [
    ['a field less', shape({ ...same, optional: withoutParts }), ['Whole.parts: only the client knows it']],
    [
      'a field more',
      shape({ ...same, optional: { ...same.optional, size: text } }),
      ['Whole.size: only the server knows it'],
    ],
    [
      'a nested field more',
      shape({
        ...same,
        optional: { ...same.optional, parts: list(shape({ required: { colour: oneOf('RED', 'BLUE'), size: text } })) },
      }),
      ['Part.size: only the server knows it'],
    ],
    [
      'another member of an enumeration',
      shape({
        ...same,
        optional: { ...same.optional, parts: list(shape({ required: { colour: oneOf('RED', 'TEAL') } })) },
      }),
      ['Colour:BLUE: only the client knows it', 'Colour:TEAL: only the server knows it'],
    ],
    [
      'another form',
      shape({ ...same, optional: { ...same.optional, parts: part } }),
      ['Whole.parts: the server expects something else'],
    ],
    [
      'no form at all',
      shape({ ...same, optional: { ...same.optional, parts: text } }),
      ['Whole.parts: the server takes anything of this kind'],
    ],
    [
      'an optional field required',
      shape({ required: { ...same.required, ...same.optional } }),
      [
        'Whole.content-type: the server requires it',
        'Whole.parts: the server requires it',
        'Whole.labels: the server requires it',
        'Whole.only: the server requires it',
      ],
    ],
    [
      'a required field optional',
      shape({ optional: { ...same.required, ...same.optional } }),
      ['Whole.name: the server does not require it'],
    ],
  ];

  test.each(changed)('finds %s', async (_name, reader, expected) => {
    expect(await differences(reader)).toEqual(expected);
  });
});
