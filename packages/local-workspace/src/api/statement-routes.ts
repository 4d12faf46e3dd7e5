import { invalidParameter, resourceDoesNotExist } from './api-error.ts';
import { filledText, integer, list, oneOf, shape, ShapeFault, text } from './reader.ts';
import type { Reader } from './reader.ts';
import { route } from './route.ts';
import type { Answer, Route } from './route.ts';
import { chunkAnswer, statementAnswer } from './statement-answers.ts';
import type { StatementView, Statements } from './statements.ts';
import type { Warehouses } from './warehouses.ts';

export interface StatementRouteOptions {
  readonly statements: Statements;
  readonly warehouses: Warehouses;
  /** Rows of one result chunk. */
  readonly chunkRows: number;
}

/** `0s`, or 5 to 50 seconds; milliseconds when read. */
const waitTimeout: Reader<number> = (value, place) => {
  const seconds = Number(/^(\d+)s$/.exec(text(value, place))?.[1] ?? Number.NaN);
  if (seconds === 0 || (seconds >= 5 && seconds <= 50)) return seconds * 1000;
  throw new ShapeFault(place.path, `must be '0s' or between '5s' and '50s' but is '${String(value)}'`);
};
const parameter = shape({ required: { name: filledText }, optional: { value: text, type: text } });
const queryTag = shape({ required: { key: filledText }, optional: { value: text } });
const submission = shape({
  required: { statement: filledText, warehouse_id: filledText },
  optional: {
    catalog: text,
    schema: text,
    parameters: list(parameter),
    wait_timeout: waitTimeout,
    on_wait_timeout: oneOf('CONTINUE', 'CANCEL'),
    disposition: oneOf('INLINE', 'EXTERNAL_LINKS'),
    format: oneOf('JSON_ARRAY', 'ARROW_STREAM', 'CSV'),
    row_limit: integer({ min: 1 }),
    byte_limit: integer({ min: 1 }),
    query_tags: list(queryTag, { max: 20 }),
  },
});
const cancellation = shape({ optional: { statement_id: text } });
const largestStatement = 16 * 1024 * 1024;
const prefix = '/api/2.0/sql/statements';

/** A failed statement is an answer with status 200; only requests that cannot be taken are HTTP errors. */
export function statementRoutes(options: StatementRouteOptions): readonly Route[] {
  const { statements, chunkRows } = options;
  return [
    submitRoute(options),
    route(`GET ${prefix}/{statement_id}`, {
      handle: ({ parameters }) => statementAnswer(existing(statements, parameters('statement_id')), chunkRows),
    }),
    route(`GET ${prefix}/{statement_id}/result/chunks/{chunk_index}`, {
      handle({ parameters }) {
        const view = existing(statements, parameters('statement_id'));
        const index = integer({ min: 0 })(parameters('chunk_index'), { path: ['chunk_index'] });
        const chunk = chunkAnswer(view, { index, chunkRows });
        if (chunk === undefined) throw invalidParameter(`chunk_index: the result has no chunk ${index}`);
        return chunk;
      },
    }),
    route(`POST ${prefix}/{statement_id}/cancel`, {
      body: cancellation,
      handle({ parameters }) {
        statements.cancel(existing(statements, parameters('statement_id')).id);
        return {};
      },
    }),
  ];
}

function submitRoute({ statements, warehouses, chunkRows }: StatementRouteOptions): Route {
  return route(`POST ${prefix}`, {
    body: submission,
    async handle({ body, caller }): Promise<Answer> {
      const { statement, warehouse_id: warehouseId, catalog, schema, parameters, wait_timeout: wait = 10_000 } = body;
      if (Buffer.byteLength(statement) > largestStatement)
        throw invalidParameter('statement: at most 16 MiB are allowed');
      if (warehouses.find(warehouseId) === undefined) {
        throw invalidParameter(`warehouse_id: ${warehouseId} is not a valid endpoint id.`);
      }
      if (body.disposition === 'EXTERNAL_LINKS' || (body.format !== undefined && body.format !== 'JSON_ARRAY')) {
        throw invalidParameter('disposition: the embedded workspace answers INLINE with JSON_ARRAY only');
      }
      if (body.on_wait_timeout === 'CANCEL' && wait === 0) {
        throw invalidParameter("on_wait_timeout: CANCEL needs a wait_timeout of more than '0s'");
      }
      const id = statements.submit({
        request: {
          statement,
          caller,
          ...(catalog === undefined ? {} : { catalog }),
          ...(schema === undefined ? {} : { schema }),
          ...(parameters === undefined ? {} : { parameters }),
        },
        warehouseId,
        rowLimit: body.row_limit,
        byteLimit: body.byte_limit,
      });
      if (wait === 0) return statementAnswer({ id, state: 'PENDING' }, chunkRows);
      await statements.wait(id, wait);
      if (body.on_wait_timeout === 'CANCEL') statements.cancel(id);
      return statementAnswer(existing(statements, id), chunkRows);
    },
  });
}

function existing(statements: Statements, id: string): StatementView {
  const view = statements.find(id);
  if (view === undefined) throw resourceDoesNotExist(`The statement ${id} was not found.`);
  return view;
}
