import type { Spec } from '../spec.ts';
import { refsIn } from '../value.ts';
import { isJsonArray } from '../json.ts';
import type { Edge, Kind } from './kind.ts';

/**
 * A Lakeview dashboard over the views of a group, or of all groups. Spec:
 * - `display_name`, `parent_path` (the owner's folder, which is the marker), `warehouse_id`;
 * - `serialized_dashboard`: the content, as JSON text; how it is spelt does not matter;
 * - `published`: `embed_credentials`, `warehouse_id`, and `current`: viewers see this content, not an older one;
 * - `views`: references to what the datasets read, which has to be there first;
 * - `optional_views`: the same of what may be missing; it is only waited for (U089, ruling 41).
 */
export const dashboardKind: Kind = {
  name: 'dashboard',
  version: 1,
  existing: 'foreign',
  rules: {
    display_name: { label: 'name', rules: [] },
    parent_path: { rules: [{ createOnly: true }, { same: 'workspace-path' }] },
    warehouse_id: { label: 'warehouse_id', rules: [] },
    serialized_dashboard: { label: 'content', rules: [{ same: 'json' }] },
    'published.embed_credentials': { label: 'dashboards.embed_credentials', rules: [] },
    'published.warehouse_id': { rules: [] },
    'published.current': { label: 'published', rules: [] },
    optional_views: { rules: [{ writeOnly: true }], enforced: 'the views are what the dashboard is about' },
    views: { rules: [{ writeOnly: true }], enforced: 'the views are what the dashboard is about' },
  },
  normalise: (spec) => spec,
  lookup: (address, spec, recorded) =>
    recorded === undefined ? { by: 'name', address, name: fileOf(spec) } : { by: 'id', address, id: recorded.id },
  edges: ({ optional_views: optional = [], ...spec }) => [
    ...refsIn(spec).map((reference): Edge => ({ to: reference.$ref, need: 'exists' })),
    ...refsIn(optional).map((reference): Edge => ({ to: reference.$ref, need: 'order' })),
  ],
  reduced: (spec) => {
    const { optional_views: optional } = spec;
    if (!isJsonArray(optional)) return spec;
    return { ...spec, optional_views: optional.filter((view) => refsIn(view).length === 0) };
  },
  upgrade: (_from, stored) => stored,
  lost: () => ['its schedules and subscriptions'],
};

/** The file of a dashboard is named after it. */
function fileOf(spec: Spec | undefined): string {
  const { parent_path: folder, display_name: name } = spec ?? {};
  return typeof folder === 'string' && typeof name === 'string' ? `${folder}/${name}.lvdash.json` : '';
}
