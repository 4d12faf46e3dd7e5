import { ignored, oneOf } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import { monitorsPrefix } from './monitor-paths.ts';

const objectType = oneOf('table', 'schema');
const path = `${monitorsPrefix}/{object_type}/{object_id}` as const;

/** Object types that no monitor has: refused by name, whatever else the call says. */
export function unknownTypeRoutes(): readonly Route[] {
  const typed = {
    query: ignored,
    // The routes of both types have more words in their paths and are taken first.
    handle: ({ parameters }: { readonly parameters: (name: string) => string }): Answer => ({
      object_type: objectType(parameters('object_type'), { path: ['object_type'] }),
    }),
  };
  return [
    route(`GET ${path}`, typed),
    route(`PATCH ${path}`, typed),
    route(`DELETE ${path}`, typed),
    route(`POST ${path}/refreshes`, typed),
    route(`GET ${path}/refreshes`, typed),
    route(`GET ${path}/refreshes/{refresh_id}`, typed),
    route(`POST ${path}/refreshes/{refresh_id}/cancel`, typed),
  ];
}
