import { isJsonObject } from '@dpo/core';
import { mapAt } from '../settings-in-file.ts';
import { shorten } from '../words.ts';
import type { LintRule } from './lint-rule.ts';

const defaultFolder = '/Workspace/Shared/DPO';

/** W014: what lies there can be changed or deleted by everybody, and the marker of an alert is its folder. */
export const sharedFolder: LintRule = {
  code: 'LINT.SHARED_FOLDER',
  wide: true,
  check: ({ config, target }) => {
    const set = config['dashboard_parent_path'];
    const folder = typeof set === 'string' ? set : defaultFolder;
    if (target.workspace === 'local' || !/^(?:\/Workspace)?\/Shared(?:\/|$)/.test(folder)) return [];
    const which = set === undefined ? `'${folder}', the default folder,` : `'${shorten(folder)}'`;
    const message = `what dpo keeps in ${which} may be managed by every user of the workspace`;
    const hint = 'set dashboard_parent_path to a folder that only your team may manage, before the first apply';
    return [{ message, hint, at: 'value', path: ['dashboard_parent_path'] }];
  },
};

/** W015: two configs without a name own each other's objects. */
export const defaultProject: LintRule = {
  code: 'LINT.DEFAULT_PROJECT',
  wide: true,
  check: ({ config }) => {
    if (config['project'] !== undefined) return [];
    const real = Object.entries(mapAt(config, 'targets')).find(
      ([, target]) => isJsonObject(target) && isJsonObject(target['workspace']) && target['project'] === undefined,
    );
    if (real === undefined) return [];
    const [name] = real;
    const message = `'project' is not set, and target '${name}' is a real workspace: every config without a name is 'dpo' there`;
    const hint = 'add project: NAME; an apply that nobody confirms is refused without it';
    return [{ message, hint, at: 'key', path: ['targets', name, 'workspace'] }];
  },
};
