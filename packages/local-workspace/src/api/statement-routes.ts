import { ApiError, invalidParameter, resourceDoesNotExist } from './api-error.ts';
import { filledText, integer, list, oneOf, shape, ShapeFault, text } from './reader.ts';
import type { Reader } from './reader.ts';
import { reply } from './reply.ts';
import type { ResultLinks } from './result-links.ts';
import { publicRoute, route } from './route.ts';
import type { Answer, Route } from './route.ts';
import { chunkAnswer, statementAnswer } from './statement-answers.ts';
import type { Delivery, StatementView, Statements } from './statements.ts';
import type { Warehouses } from './warehouses.ts';

export interface StatementRouteOptions {
  readonly statements: Statements;
  readonly warehouses: Warehouses;
  readonly links: ResultLinks;
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
  const { statements, chunkRows, links } = options;
  return [
    submitRoute(options),
    externalResultRoute(links),
    route(`GET ${prefix}/{statement_id}`, {
      handle: ({ parameters, header }) =>
        statementAnswer(existing(statements, parameters('statement_id')), {
          chunkRows,
          links,
          origin: originOf(header),
        }),
    }),
    route(`GET ${prefix}/{statement_id}/result/chunks/{chunk_index}`, {
      handle({ parameters, header }) {
        const view = existing(statements, parameters('statement_id'));
        const index = integer({ min: 0 })(parameters('chunk_index'), { path: ['chunk_index'] });
        const chunk = chunkAnswer(view, { index, chunkRows, links, origin: originOf(header) });
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

function submitRoute({ statements, warehouses, links, chunkRows }: StatementRouteOptions): Route {
  return route(`POST ${prefix}`, {
    body: submission,
    async handle({ body, caller, header }): Promise<Answer> {
      const { statement, warehouse_id: warehouseId, catalog, schema, parameters, wait_timeout: wait = 10_000 } = body;
      if (Buffer.byteLength(statement) > largestStatement)
        throw invalidParameter('statement: at most 16 MiB are allowed');
      if (warehouses.find(warehouseId) === undefined) {
        throw invalidParameter(`warehouse_id: ${warehouseId} is not a valid endpoint id.`);
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
        delivery: deliveryOf(body),
        rowLimit: body.row_limit,
        byteLimit: body.byte_limit,
      });
      const chunks = { chunkRows, links, origin: originOf(header) };
      if (wait === 0) return statementAnswer({ id, state: 'PENDING', delivery: deliveryOf(body) }, chunks);
      await statements.wait(id, wait);
      if (body.on_wait_timeout === 'CANCEL') statements.cancel(id);
      return statementAnswer(existing(statements, id), chunks);
    },
  });
}

/** Links are served as cloud storage does it: without a token, and refused when one is sent along. */
function externalResultRoute(links: ResultLinks): Route {
  return publicRoute('GET /external-results/{token}', {
    handle({ parameters, header }) {
      if (header('authorization') !== undefined) {
        throw invalidParameter('Authorization: a presigned link must be fetched without credentials');
      }
      const opened = links.open(parameters('token'));
      if (opened === undefined) throw new ApiError(403, 'PERMISSION_DENIED', 'the link is unknown or has expired');
      const type = opened.format === 'CSV' ? 'text/csv' : 'application/json';
      return reply(200, { headers: { 'Content-Type': type }, content: opened.content });
    },
  });
}

/** INLINE has rows as JSON only; Arrow is not made here. */
function deliveryOf({
  disposition = 'INLINE',
  format = 'JSON_ARRAY',
}: Pick<ReturnType<typeof submission>, 'disposition' | 'format'>): Delivery {
  if (format === 'ARROW_STREAM') throw invalidParameter('format: ARROW_STREAM is not served by the embedded workspace');
  if (disposition === 'EXTERNAL_LINKS') return { disposition, format };
  if (format !== 'JSON_ARRAY') throw invalidParameter(`format: ${format} needs disposition EXTERNAL_LINKS`);
  return { disposition };
}

function originOf(header: (name: string) => string | undefined): string {
  return `http://${header('host') ?? '127.0.0.1'}`;
}

function existing(statements: Statements, id: string): StatementView {
  const view = statements.find(id);
  if (view === undefined) throw resourceDoesNotExist(`The statement ${id} was not found.`);
  return view;
}
