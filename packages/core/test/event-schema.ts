import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from '@jest/globals';
import { eventLines } from '../src/event-lines.ts';
import type { Emit, Event } from '../src/event.ts';
import type { Json } from '../src/json.ts';

function schemaOf(name: string): object {
  const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}

/** Validates lines of the published stream against `schemas/event.schema.json`. */
export function compileEventSchema(): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  ajv.addSchema(schemaOf('plan'));
  return ajv.compile(schemaOf('event'));
}

/** Fails unless every line is of the published shape, numbered from 1, and the first one names the format. */
export function expectStream(lines: readonly Json[], isEvent: ValidateFunction): void {
  for (const line of lines) expect({ line, errors: isEvent(line) ? [] : isEvent.errors }).toEqual({ line, errors: [] });
  expect(lines.map((line) => (line as { readonly seq: number }).seq)).toEqual(lines.map((_, index) => index + 1));
  expect(lines[0]).toMatchObject({ type: 'version', format: 'dpo.events/1' });
}

/** Collects what is emitted, and fails for what the schema does not know. */
export function collectEvents(events: Event[] = []): Emit {
  const isEvent = compileEventSchema();
  return (event) => {
    expectEvent(event, isEvent);
    events.push(event);
  };
}

/** An event as it would be written. */
export function expectEvent(event: Event, isEvent: ValidateFunction): void {
  for (const [index, line] of eventLines(event).entries()) {
    const { type, ...rest } = JSON.parse(JSON.stringify(line)) as { readonly type: Json };
    const written = { type, seq: index + 1, ts: '2026-01-01T00:00:00.000Z', ...rest };
    expect({ written, errors: isEvent(written) ? [] : isEvent.errors }).toEqual({ written, errors: [] });
  }
}
