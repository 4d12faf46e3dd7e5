import { filledText, ignored, shape, text } from '../api/reader.ts';
import { fileName, workspacePath } from '../workspace-files/workspace-path.ts';

/** Fields that the server fills; what a client sends in them is ignored, as clients send back what they read. */
const outputFields = {
  dashboard_id: ignored,
  path: ignored,
  lifecycle_state: ignored,
  create_time: ignored,
  update_time: ignored,
};

const changeable = {
  display_name: fileName,
  serialized_dashboard: text,
  warehouse_id: filledText,
  etag: text,
  parent_path: workspacePath,
};

export const newDraft = shape({ optional: { ...changeable, ...outputFields } });
export const changedDraft = shape({ optional: { ...changeable, ...outputFields } });
export const datasetQuery = shape({ optional: { dataset_catalog: filledText, dataset_schema: filledText } });

/** An empty dashboard is `{}` (databricks/cli acceptance of dashboards). */
export const emptyContent = '{}';
