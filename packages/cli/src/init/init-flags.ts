import { Flags } from '@oclif/core';
import { workspaceFlags } from '../flags.ts';
import { ciChoices } from './answers.ts';

/** What a conversion takes from the old file, or has no use for. */
const notWithFrom = [
  'catalog',
  'table',
  'warehouse',
  'mode',
  'folder',
  'profile-type',
  'timestamp-column',
  'prediction-column',
  'model-id-column',
  'label-column',
  'problem-type',
  'from-tags',
];

/** Answers in advance, and where to look and to write. */
export const initFlags = {
  project: Flags.string({ description: 'name of the config; default the name of the folder', helpValue: 'NAME' }),
  catalog: Flags.string({ description: 'catalog of the tables; default that of the first', helpValue: 'NAME' }),
  table: Flags.string({
    description: 'table to profile; may be given more than once',
    helpValue: 'NAME',
    multiple: true,
    exclusive: ['from-tags'],
  }),
  warehouse: Flags.string({ description: 'SQL warehouse', helpValue: 'ID' }),
  mode: Flags.string({ description: 'full or bulk_provision_only; default full', helpValue: 'MODE' }),
  folder: Flags.string({
    description: 'workspace folder for what dpo keeps, that only your team may manage',
    helpValue: 'PATH',
  }),
  'profile-type': Flags.string({
    description: 'SNAPSHOT, TIMESERIES or INFERENCE; default SNAPSHOT',
    helpValue: 'TYPE',
  }),
  'timestamp-column': Flags.string({
    description: 'column of time, for TIMESERIES and INFERENCE',
    helpValue: 'NAME',
  }),
  'prediction-column': Flags.string({
    description: "column of the model's answer, for INFERENCE",
    helpValue: 'NAME',
  }),
  'model-id-column': Flags.string({ description: "column of the model's id, for INFERENCE", helpValue: 'NAME' }),
  'label-column': Flags.string({ description: 'column of the true answer, for INFERENCE', helpValue: 'NAME' }),
  'problem-type': Flags.string({ description: 'CLASSIFICATION or REGRESSION, for INFERENCE', helpValue: 'TYPE' }),
  from: Flags.string({ description: 'config of the Python DPO to convert', helpValue: 'FILE', exclusive: notWithFrom }),
  'from-tags': Flags.boolean({ description: 'look for tables with a tag in the workspace' }),
  tag: Flags.string({
    description: 'the tag; default monitor_enabled=true',
    helpValue: 'NAME=VALUE',
    dependsOn: ['from-tags'],
  }),
  explicit: Flags.boolean({
    description: 'list the tables that were found, instead of the tag to find them by',
    dependsOn: ['from-tags'],
  }),
  ...workspaceFlags,
  ci: Flags.string({ description: `CI workflow: ${ciChoices.join(', ')}; default github`, helpValue: 'NAME' }),
  directory: Flags.string({ description: 'folder to write to', default: '.', helpValue: 'DIR' }),
  force: Flags.boolean({ description: 'replace files that exist' }),
  yes: Flags.boolean({ description: 'do not ask' }),
};
