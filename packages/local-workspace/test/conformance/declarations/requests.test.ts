import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Route } from '../../../src/api/route.ts';
import { allowedDifferences } from './allowed-differences.ts';
import type { Difference } from './compare-reader.ts';
import { compareRequest } from './compare-request.ts';
import { readService } from './read-declarations.ts';
import { callsWithoutType, requestTypes } from './request-types.ts';
import { routeTable } from './route-table.ts';

const calls = Object.entries(requestTypes).flatMap(([service, types]) =>
  Object.entries(types).map(([call, request]) => ({ service, call, request })),
);

describe('requests of the official TypeScript client', () => {
  let routes: ReadonlyMap<string, Route>;
  beforeAll(async () => {
    routes = new Map((await routeTable()).map((route) => [`${route.method} ${route.path}`, route]));
  });

  test.each(calls)('$call takes the fields of $request.type', async ({ service, call, request }) => {
    const route = routes.get(call);
    if (route === undefined) throw new Error(`there is no route ${call}`);
    const allowed = allowedDifferences[service] ?? {};
    const found = compareRequest(await readService(service), request, route);
    expect(found.filter((difference) => allowed[textOf(difference)] === undefined)).toEqual([]);
  });

  test('every call of the server is compared or has a reason why not', () => {
    const known = [...calls.map(({ call }) => call), ...Object.keys(callsWithoutType)];
    expect([...routes.keys()].filter((call) => !known.includes(call))).toEqual([]);
  });

  test('every allowed difference is still there', async () => {
    const found = new Map<string, Set<string>>();
    for (const { service, call, request } of calls) {
      const route = routes.get(call);
      if (route === undefined) continue;
      const texts = compareRequest(await readService(service), request, route).map(textOf);
      found.set(service, new Set([...(found.get(service) ?? []), ...texts]));
    }
    for (const [service, allowed] of Object.entries(allowedDifferences)) {
      expect(Object.keys(allowed).filter((text) => found.get(service)?.has(text) !== true)).toEqual([]);
    }
  });
});

function textOf({ at, what }: Difference): string {
  return `${at}: ${what}`;
}
