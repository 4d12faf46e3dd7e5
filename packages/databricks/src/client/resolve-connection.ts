import { fail } from '@dpo/core';
import { connectionOf, originOf, type Connection } from './connection.ts';
import { readProfile } from './profile-file.ts';
import type { Environment, NamedProfile, Profile, ProfileLookup, ReadFile } from './profile-file.ts';

export interface WorkspaceChoice {
  readonly host?: string | undefined;
  readonly profile?: string | undefined;
}

export interface ConnectionRequest {
  readonly flags: WorkspaceChoice;
  /** `workspace` of the target. */
  readonly target?: WorkspaceChoice | undefined;
  readonly environment: Environment;
  readonly readFile: ReadFile;
}

/** A value and where it was found. */
interface Found {
  readonly value: string;
  readonly source: string;
}

/**
 * Flags, then the target, then the environment, then a profile, for each attribute on its own (C25). The profile file is
 * read only when a profile is named or host or token are still unknown. Throws `DpoError` with an `AUTH.*` problem.
 */
export async function resolveConnection(request: ConnectionRequest): Promise<Connection> {
  const { environment } = request;
  refuseTwoHosts(request);
  const named = namedProfile(request);
  const host = chosenHost(request);
  const token = variable(environment, 'DATABRICKS_TOKEN');
  refuseOtherAuthentication(variable(environment, 'DATABRICKS_AUTH_TYPE'));
  const lookup: ProfileLookup =
    named !== undefined || host === undefined || token === undefined
      ? await readProfile(named, environment, request.readFile)
      : { looked: 'no profile' };
  const found = {
    host: host ?? ofProfile(lookup.profile, 'host'),
    token: token ?? tokenOf(lookup.profile, environment),
  };
  if (found.host === undefined || found.token === undefined) {
    failMissing({ host: found.host, token: found.token, looked: lookup.looked });
  }
  refuseForeignToken(found.host, found.token, lookup.profile);
  return connectionOf({
    host: found.host.value,
    hostSource: found.host.source,
    token: found.token.value,
    tokenSource: found.token.source,
    warehouseId: (variable(environment, 'DATABRICKS_WAREHOUSE_ID') ?? ofProfile(lookup.profile, 'warehouse_id'))?.value,
  });
}

function variable(environment: Environment, name: string): Found | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === '' ? undefined : { value, source: name };
}

function given(value: string | undefined, source: string): Found | undefined {
  return value === undefined || value.trim() === '' ? undefined : { value: value.trim(), source };
}

function ofProfile(profile: Profile | undefined, key: string): Found | undefined {
  const value = profile?.values[key];
  return value === undefined
    ? undefined
    : { value, source: `profile ${profile?.name ?? ''} of ${profile?.path ?? ''}` };
}

function chosenHost(request: ConnectionRequest): Found | undefined {
  return (
    given(request.flags.host, '--host') ??
    given(request.target?.host, 'workspace.host of the target') ??
    variable(request.environment, 'DATABRICKS_HOST')
  );
}

function namedProfile(request: ConnectionRequest): NamedProfile | undefined {
  const found =
    given(request.flags.profile, '--profile') ??
    given(request.target?.profile, 'workspace.profile of the target') ??
    variable(request.environment, 'DATABRICKS_CONFIG_PROFILE');
  return found === undefined ? undefined : { name: found.value, source: found.source };
}

function refuseTwoHosts(request: ConnectionRequest): void {
  const target = given(request.target?.host, 'workspace.host of the target');
  const environment = variable(request.environment, 'DATABRICKS_HOST');
  if (given(request.flags.host, '--host') !== undefined || target === undefined || environment === undefined) return;
  refuseDifferent(
    target,
    environment,
    'unset DATABRICKS_HOST, choose the target that belongs to it, or decide with --host',
  );
}

/** A token stored for one host is not sent to another one that a file or a variable names; only a flag may say so. */
function refuseForeignToken(host: Found, token: Found, profile: Profile | undefined): void {
  const owner = ofProfile(profile, 'host');
  if (owner === undefined || token.source !== owner.source || host.source === '--host') return;
  refuseDifferent(host, owner, 'choose the profile of that workspace with --profile, or set DATABRICKS_TOKEN');
}

function refuseDifferent(one: Found, other: Found, hint: string): void {
  const origins = [originOf(one.value, one.source), originOf(other.value, other.source)];
  if (origins[0] === origins[1]) return;
  fail({
    code: 'AUTH.HOST_CONFLICT',
    message: `two workspaces are named: ${origins[0]} by ${one.source}, ${origins[1]} by ${other.source}`,
    hint,
  });
}

const otherCredentials = [
  'client_id',
  'username',
  'azure_client_id',
  'azure_workspace_resource_id',
  'google_service_account',
] as const;

const otherVariables = [
  'DATABRICKS_CLIENT_ID',
  'DATABRICKS_USERNAME',
  'ARM_CLIENT_ID',
  'DATABRICKS_GOOGLE_SERVICE_ACCOUNT',
];

/** The token of the profile, unless the profile or the environment is made for another way to sign in. */
function tokenOf(profile: Profile | undefined, environment: Environment): Found | undefined {
  refuseOtherAuthentication(ofProfile(profile, 'auth_type'));
  const token = ofProfile(profile, 'token');
  if (token !== undefined) return token;
  for (const key of otherCredentials) {
    const other = ofProfile(profile, key);
    if (other !== undefined) failUnsupported(`${key} in ${other.source}`);
  }
  for (const name of otherVariables) {
    if (variable(environment, name) !== undefined) failUnsupported(name);
  }
  return undefined;
}

function refuseOtherAuthentication(type: Found | undefined): void {
  if (type !== undefined && type.value !== 'pat') failUnsupported(`auth_type ${type.value} from ${type.source}`);
}

function failUnsupported(what: string): never {
  fail({
    code: 'AUTH.UNSUPPORTED',
    message: `${what} asks for a way to sign in that this version does not support; it supports personal access tokens`,
    hint: 'set DATABRICKS_TOKEN to a token, or choose a profile with a token with --profile',
  });
}

function failMissing(state: {
  readonly host: Found | undefined;
  readonly token: Found | undefined;
  readonly looked: string;
}): never {
  const missing = [
    ...(state.host === undefined ? ['host (looked at --host, workspace.host of the target, DATABRICKS_HOST'] : []),
    ...(state.token === undefined ? ['token (looked at DATABRICKS_TOKEN'] : []),
  ].map((text) => `no ${text}, ${state.looked})`);
  fail({
    code: 'AUTH.MISSING',
    message: `it is not known which workspace to use and as whom: ${missing.join('; ')}`,
    hint: 'set DATABRICKS_HOST and DATABRICKS_TOKEN, or run `databricks configure` and name the profile with --profile',
  });
}
