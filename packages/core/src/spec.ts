import type { JsonObject } from './json.ts';

/** The declared part of a resource, in the API's field names; may hold references (`value.ts`). */
export type Spec = JsonObject;
