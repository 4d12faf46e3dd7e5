import { baselineItself, noBaseline } from './baselines.ts';
import { fineGranularity } from './fine-granularity.ts';
import type { LintRule } from './lint-rule.ts';
import { noFailureNotifications, noRecipients } from './notifications.ts';
import { defaultProject, sharedFolder } from './places.ts';
import { frequentSchedule, noSchedule } from './schedules.ts';
import { thresholdExtreme } from './thresholds.ts';
import { unusedGroup, unusedObjective } from './unused.ts';

/** What a file can be told without a workspace; the codes are those of the schema, in its order. */
export const lintRules: readonly LintRule[] = [
  noBaseline,
  baselineItself,
  noSchedule,
  frequentSchedule,
  noRecipients,
  noFailureNotifications,
  fineGranularity,
  thresholdExtreme,
  sharedFolder,
  defaultProject,
  unusedObjective,
  unusedGroup,
];
