import { isAddress } from '../address.ts';
import { isJsonArray } from '../json.ts';
import type { Spec } from '../spec.ts';
import { refsIn } from '../value.ts';
import { accessRules, folderAccessRules, withAccess, workspaceLevels } from './access.ts';
import type { Edge, Kind } from './kind.ts';

/**
 * A Lakeview dashboard over the views of a group, or of all groups. Spec:
 * - `display_name`, `parent_path` (the owner's folder, which is the marker), `warehouse_id`;
 * - `serialized_dashboard`: the content, as JSON text; how it is spelt does not matter;
 * - `published`: `embed_credentials`, `warehouse_id`, and `current`: viewers see this content, not an older one;
 * - `views`: references to what the datasets read, which has to be there first;
 * - `after`: addresses that are to have ended before, however they did;
 * - `access`: who may see or run it, `folder_access` the same of the folder that it is in (W006).
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
    views: { rules: [{ writeOnly: true }], enforced: 'the views are what the dashboard is about' },
    after: { rules: [{ list: 'set' }, { writeOnly: true }], enforced: 'it is the order of the work' },
    access: accessRules(workspaceLevels),
    folder_access: folderAccessRules,
  },
  normalise: (spec) => spec,
  lookup: (address, spec, recorded) =>
    withAccess(
      recorded === undefined ? { by: 'name', address, name: fileOf(spec) } : { by: 'id', address, id: recorded.id },
      spec,
      recorded,
    ),
  edges,
  upgrade: (_from, stored) => stored,
  lost: () => ['its schedules and subscriptions'],
};

function edges(spec: Spec): readonly Edge[] {
  const { after } = spec;
  const earlier = isJsonArray(after) ? after.filter((item) => typeof item === 'string').filter(isAddress) : [];
  return [
    ...refsIn(spec).map((reference): Edge => ({ to: reference.$ref, need: 'exists' })),
    ...earlier.map((to): Edge => ({ to, need: 'order' })),
  ];
}

/** The file of a dashboard is named after it. */
function fileOf(spec: Spec | undefined): string {
  const { parent_path: folder, display_name: name } = spec ?? {};
  return typeof folder === 'string' && typeof name === 'string' ? `${folder}/${name}.lvdash.json` : '';
}
