import type { Reader } from '../../../src/api/reader.ts';
import type { Route } from '../../../src/api/route.ts';
import { compareFields } from './compare-reader.ts';
import type { Difference } from './compare-reader.ts';
import type { DeclaredField, Declarations } from './read-declarations.ts';

/** A request type of the client: its fields travel in the path, the query and the body of one call. */
export interface RequestType {
  readonly type: string;
  /** The field that holds the whole body, such as `monitor` of CreateMonitorRequest. */
  readonly body?: string;
  /** Fields that the path of the call says in words of its own. */
  readonly inPath?: readonly string[];
  /** Reads the body where the route takes bytes and reads them itself. */
  readonly reader?: Reader<unknown>;
}

/** How what a route takes differs from the request that the client makes. */
export function compareRequest(
  declarations: Declarations,
  { type, body: bodyField, inPath = [], reader }: RequestType,
  route: Route,
): readonly Difference[] {
  const request = fieldsOf(declarations, type);
  const parameters = [...route.path.matchAll(/\{(\w+)\*?\}/g)].map(([, name]) => String(name));
  const unknown = parameters.filter((name) => !request.has(name));
  const elsewhere = [...parameters, ...inPath, ...(bodyField === undefined ? [] : [bodyField])];
  const rest = new Map([...request].filter(([name]) => !elsewhere.includes(name)));
  const own = bodyField === undefined ? (reader ?? route.body) : undefined;
  return [
    ...unknown.map((name): Difference => ({ at: `${type}.{${name}}`, what: 'only the server knows it' })),
    ...compareFields({ declarations, name: type }, rest, together([...parameters, ...inPath], route.query, own)),
    ...(bodyField === undefined ? [] : compareBody(declarations, request.get(bodyField), route.body)),
  ];
}

function compareBody(
  declarations: Declarations,
  field: DeclaredField | undefined,
  reader: Reader<unknown> | undefined,
): readonly Difference[] {
  if (field?.type.kind !== 'named' || reader === undefined) throw new Error('the request has no such body');
  const { name } = field.type;
  return compareFields({ declarations, name }, fieldsOf(declarations, name), reader);
}

function fieldsOf(declarations: Declarations, type: string): ReadonlyMap<string, DeclaredField> {
  const declared = declarations.get(type);
  if (declared?.kind !== 'fields') throw new Error(`the client has no type ${type}`);
  return declared.fields;
}

/** One reader for query and body, as the client has both in one type; a body may repeat what stands in the path. */
function together(
  parameters: readonly string[],
  query: Reader<unknown>,
  body: Reader<unknown> | undefined,
): Reader<unknown> {
  const accepted = [query, body].flatMap((reader) => (reader?.accepts?.kind === 'fields' ? [reader.accepts] : []));
  const without = (readers: Readonly<Record<string, Reader<unknown>>>): [string, Reader<unknown>][] =>
    Object.entries(readers).filter(([name]) => !parameters.includes(name));
  const accepts = {
    kind: 'fields' as const,
    required: Object.fromEntries(accepted.flatMap(({ required }) => without(required))),
    optional: Object.fromEntries(accepted.flatMap(({ optional }) => without(optional))),
  };
  return Object.assign((value: unknown) => value, { accepts });
}
