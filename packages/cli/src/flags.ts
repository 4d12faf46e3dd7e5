import { Flags } from '@oclif/core';
import { refreshModes, type RefreshMode } from '@dpo/core';

/** Which config, which target of it, and where its state is (C21, C22). */
export const projectFlags = {
  config: Flags.string({ char: 'c', description: 'config file; default dpo.yaml, then dpo.yml', helpValue: 'FILE' }),
  target: Flags.string({ description: 'target to use, of those in the config', env: 'DPO_TARGET', helpValue: 'NAME' }),
  var: Flags.string({
    description: 'value of a variable of the config; may be given more than once',
    helpValue: 'NAME=VALUE',
    multiple: true,
  }),
  state: Flags.string({
    description:
      'where the state is: a file, volume:/Volumes/…, azblob:CONTAINER/FOLDER; default state/TARGET.json beside the config',
    helpValue: 'PLACE',
  }),
};

/** What is told in detail about the requests to the workspace (U006). */
export const logFlags = {
  verbose: Flags.boolean({ char: 'v', description: 'say on stderr what is sent to the workspace; --log-level info' }),
  'log-level': Flags.option({
    description: 'how much of it is said on stderr, or written to the log file; there info unless given',
    options: ['error', 'warn', 'info', 'debug'] as const,
    env: 'DPO_LOG_LEVEL',
    helpValue: 'error|warn|info|debug',
  })(),
  'log-file': Flags.string({
    description: 'add it there instead, one JSON object a line',
    env: 'DPO_LOG_FILE',
    helpValue: 'FILE',
  }),
  'debug-http': Flags.boolean({
    description: 'with headers and bodies, without secrets; --log-level debug',
    env: 'DPO_DEBUG_HTTP',
  }),
};

/** Which workspace, and as whom (C25). */
export const workspaceFlags = {
  workspace: Flags.string({ description: 'use the embedded workspace', options: ['local'] }),
  ...logFlags,
  host: Flags.string({ description: 'URL of the workspace', helpValue: 'URL' }),
  profile: Flags.string({ description: 'profile of ~/.databrickscfg', helpValue: 'NAME' }),
  'local-directory': Flags.string({
    description: 'where the embedded workspace keeps its data',
    default: '.dpo/local',
    env: 'DPO_LOCAL_DIRECTORY',
    helpValue: 'DIR',
  }),
};

/** How an embedded workspace behaves that is started. */
export const localFlags = {
  behaviour: Flags.string({
    description: 'where sources disagree about Databricks: documented, contrary, or a file with switches',
    env: 'DPO_LOCAL_BEHAVIOUR',
    helpValue: 'NAME|FILE',
  }),
  preset: Flags.string({
    description:
      'delays, limits and mishaps: instant, flaky, rate-limited, slow, eventual, scrambled, crash-after-N-writes',
    env: 'DPO_LOCAL_PRESET',
    helpValue: 'NAME',
  }),
};

/** What a command on the state alone takes: a state in a volume is reached through its workspace. */
export const stateFlags = { ...projectFlags, ...workspaceFlags };

/** Of commands that hold the state (N016). */
export const lockFlags = {
  'lock-timeout': Flags.string({
    description: 'wait that long for another run that holds the state: 0, 30s, 10m, 1h; default 0, in CI 10m',
    helpValue: 'DURATION',
  }),
};

/** Of commands that read and change nothing (W021). */
export const snapshotFlags = {
  'catalog-snapshot': Flags.string({
    description: 'keep what is read of the catalogs there, and take it from there while it is young enough',
    helpValue: 'FILE',
  }),
  'max-age': Flags.string({
    description: 'how old a catalog snapshot may be: 30m, 2h, 0 to read anew; default 1h',
    dependsOn: ['catalog-snapshot'],
    helpValue: 'DURATION',
  }),
};

/** Consent that no approval of a plan includes (C24). */
const consentFlags = {
  'allow-deletes': Flags.integer({
    description: 'allow up to N deletes, where more than 3 or a tenth need consent',
    min: 0,
    helpValue: 'N',
  }),
  'allow-replace': Flags.boolean({ description: 'allow replaces that lose something' }),
};

/** Which part of the plan (N002). */
export const scopeFlags = {
  select: Flags.string({
    description: 'plan only what matches, with what it needs: group:ml_team & !schema:tmp_*',
    helpValue: 'SELECTION',
  }),
  exclude: Flags.string({ description: 'leave out what matches', helpValue: 'SELECTION' }),
};

/** Planning that differs from "make it what the config says". */
const modeFlags = {
  refresh: Flags.option({
    description:
      'which objects to read: full, changed (those whose settings changed), none (none that the state knows)',
    options: refreshModes,
    default: 'full',
    helpValue: 'full|changed|none',
  })(),
  'refresh-only': Flags.boolean({
    description: 'only take what changed outside dpo into the state; writes nothing to the workspace',
  }),
  'readiness-only': Flags.boolean({
    description: 'only bring views up to date with metric tables that appeared or got columns; needs no approval',
  }),
  recount: Flags.boolean({
    description: 'count again how many values the columns of slices have, of which the state keeps a count',
  }),
  replace: Flags.string({
    description: 'replace this resource although nothing forces it; may be given more than once',
    helpValue: 'ADDRESS',
    multiple: true,
  }),
};

export const outputFlags = {
  full: Flags.boolean({ description: 'show every value and every name uncut' }),
};

/** What machines read while a command works. */
export const eventFlags = {
  events: Flags.string({
    description: 'also write what happens there, one JSON object a line, while it happens',
    helpValue: 'FILE',
  }),
};

const parallelismFlags = {
  parallelism: Flags.integer({ description: 'operations at a time', default: 10, min: 1, helpValue: 'N' }),
};

const waitFlags = {
  wait: Flags.boolean({
    description: 'wait until new monitors have metrics before views are made over them; default wait_for_monitors',
    allowNo: true,
  }),
};

/** What a command that plans takes. */
export const planFlags = {
  ...projectFlags,
  ...workspaceFlags,
  ...scopeFlags,
  ...modeFlags,
  ...consentFlags,
  ...outputFlags,
  ...eventFlags,
  ...snapshotFlags,
  out: Flags.string({ description: 'save the plan for: dpo apply FILE', helpValue: 'FILE' }),
  'detailed-exitcode': Flags.boolean({ description: 'exit 2 if there is something to do' }),
};

/** What a command that applies takes, but for how it is approved. */
export const applyFlags = {
  ...projectFlags,
  ...workspaceFlags,
  ...scopeFlags,
  ...modeFlags,
  ...consentFlags,
  ...outputFlags,
  ...eventFlags,
  ...parallelismFlags,
  ...waitFlags,
  ...lockFlags,
};

/** What a command that tears down takes. */
export const destroyFlags = {
  ...projectFlags,
  ...workspaceFlags,
  ...scopeFlags,
  ...outputFlags,
  ...eventFlags,
  ...parallelismFlags,
  ...lockFlags,
};

export interface ProjectFlags {
  readonly config?: string | undefined;
  readonly target?: string | undefined;
  readonly var?: readonly string[] | undefined;
  readonly state?: string | undefined;
}

export interface LogFlags {
  readonly verbose?: boolean | undefined;
  readonly 'log-level'?: string | undefined;
  readonly 'log-file'?: string | undefined;
  readonly 'debug-http'?: boolean | undefined;
}

export interface WorkspaceFlags extends LogFlags {
  readonly workspace?: string | undefined;
  readonly host?: string | undefined;
  readonly profile?: string | undefined;
  readonly 'local-directory': string;
}

export interface SnapshotFlags {
  readonly 'catalog-snapshot'?: string | undefined;
  readonly 'max-age'?: string | undefined;
}

export interface LockFlags {
  readonly 'lock-timeout'?: string | undefined;
}

export interface ConsentFlags {
  readonly 'allow-deletes'?: number | undefined;
  readonly 'allow-replace'?: boolean | undefined;
}

export interface ScopeFlags {
  readonly select?: string | undefined;
  readonly exclude?: string | undefined;
}

export interface ModeFlags {
  readonly refresh: RefreshMode;
  readonly 'refresh-only'?: boolean | undefined;
  readonly 'readiness-only'?: boolean | undefined;
  readonly recount?: boolean | undefined;
  readonly replace?: readonly string[] | undefined;
}

export interface EventFlags {
  readonly events?: string | undefined;
}

export interface OutputFlags {
  readonly full?: boolean | undefined;
}
