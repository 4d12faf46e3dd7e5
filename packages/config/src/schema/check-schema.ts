import { isJsonObject } from '@dpo/core';
import { more, mostProblems, type Finding, type Path } from '../finding.ts';
import { spotAt, type Located } from '../located.ts';
import { hasReferences } from '../variables/text-parts.ts';
import { explain, type Fault } from './explain-fault.ts';
import type { Sources } from '../source.ts';
import { schemaErrors, type SchemaError } from './validate-schema.ts';

/** Faults beyond this number are not even looked at: each takes memory, and nobody reads them. */
const mostFaults = 20_000;

/** Everything in which a file differs from the schema. */
export function checkSchema(sources: Sources, root: Located): readonly Finding[] {
  const errors = schemaErrors(root.value).filter((error) => error.keyword !== 'if' && error.propertyName === undefined);
  const faults = errors.slice(0, mostFaults).map((error) => faultOf(root, error));
  const mistyped = new Set(
    faults.filter(({ error }) => error.keyword === 'type').map(({ error }) => error.instancePath),
  );
  const wrong = faults
    .filter(({ error }) => !isReference(error))
    .filter(({ error }) => error.keyword === 'type' || !mistyped.has(error.instancePath))
    .toSorted((a, b) => a.range[0] - b.range[0]);
  const context = { sources, catalog: catalogOf(root) };
  const shown = wrong.slice(0, mostProblems).map((fault) => explain(fault, context));
  return [...shown, ...notShown(wrong[mostProblems], errors.length)];
}

/** Text with `${…}` in it: not the value that will be there. */
function isReference({ keyword, data }: SchemaError): boolean {
  return keyword !== 'propertyNames' && typeof data === 'string' && hasReferences(data);
}

function notShown(next: Fault | undefined, faults: number): readonly Finding[] {
  if (next === undefined) return [];
  const message = `${faults - mostProblems} more faults are not shown`;
  return [{ code: more, severity: 'error', message, range: next.range, path: next.path }];
}

function catalogOf({ value }: Located): string | undefined {
  const name = isJsonObject(value) ? value['catalog_name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** An unknown or badly named key is placed at the key, a wrong value at the value, a missing key at the map's key. */
function faultOf(root: Located, error: SchemaError): Fault {
  const path = pathOf(root, error.instancePath);
  const name = keyOf(error);
  if (name !== undefined) return { error, path: [...path, name], range: spotAt(root, [...path, name]).key };
  const spot = spotAt(root, path);
  return { error, path, range: error.keyword === 'required' ? spot.key : spot.node.range };
}

function keyOf({ keyword, params }: SchemaError): string | undefined {
  const name: unknown =
    keyword === 'additionalProperties'
      ? params['additionalProperty']
      : keyword === 'propertyNames'
        ? params['propertyName']
        : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** A JSON pointer as a path; a step is an index where the file has a list. */
function pathOf(root: Located, pointer: string): Path {
  let node: Located | undefined = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = node?.items === undefined ? name : Number(name);
      node = typeof step === 'number' ? node?.items?.[step] : node?.entries?.get(step)?.node;
      return step;
    });
}
