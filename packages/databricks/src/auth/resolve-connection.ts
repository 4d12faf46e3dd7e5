import { fail, type Clock } from '@dpo/core';
import type { Dispatcher } from 'undici';
import { originOf, type Connection } from '../client/connection.ts';
import type { Network } from '../client/network.ts';
import type { RequestEvent } from '../client/request-event.ts';
import { createRedactor } from '../client/redactor.ts';
import { attributeNames, familyOf, ofProfile, settingsOf, variable, type Found, type Settings } from './attributes.ts';
import { createAuthHttp } from './auth-http.ts';
import { chooseMethod } from './choose-method.ts';
import { chooseProfile } from './choose-profile.ts';
import type { Environment, NamedProfile, ReadFile } from './profile-file.ts';

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
  readonly clock: Clock;
  /** `dpo/<version> …` */
  readonly userAgent: string;
  /** Ends what happens here: commands and requests that find out whether a way to sign in applies. */
  readonly signal?: AbortSignal | undefined;
  /** Ends sign-ins later on, when tokens are renewed. */
  readonly life?: AbortSignal | undefined;
  /** Proxies and certificates; the way is direct unless given. */
  readonly network?: Network | undefined;
  /** Instead of connections of its own, for tests. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Told of each request of a sign-in, without anything secret; with headers and bodies if `exchanges`. */
  readonly onSignIn?: ((event: RequestEvent) => void) | undefined;
  readonly exchanges?: boolean | undefined;
  /** Time for one sign-in; 60 s unless given. */
  readonly patienceMs?: number | undefined;
}

/**
 * Flags, then the target, then the environment, then a profile, for each attribute on its own (C25); then the first way to
 * sign in that applies, or the one that `auth_type` asks for. Throws `DpoError` with an `AUTH.*` problem. Nothing is written.
 */
export async function resolveConnection(request: ConnectionRequest): Promise<Connection> {
  const { environment, readFile, clock } = request;
  refuseTwoHosts(request);
  const known = chosenHost(request);
  const named = namedProfile(request);
  const { profile, looked } = await chooseProfile({ named, host: known, environment, readFile });
  const settings = settingsOf(environment, profile);
  const host = known ?? ofProfile(profile, 'host');
  if (host === undefined) return failNoHost(looked);
  refuseForeignCredentials(host, settings);
  const origin = originOf(host.value, host.source);
  const redactor = createRedactor();
  const http = createAuthHttp({ ...request, redactor });
  const warehouse = settings.get('warehouse_id');
  const { name, credentials, source } = await chooseMethod({
    context: { host: origin, settings, environment, readFile, clock, http, redactor },
    host: { value: origin, source: host.source },
    looked,
    signal: request.signal,
    life: request.life,
    patienceMs: request.patienceMs,
  });
  return {
    host: origin,
    hostSource: host.source,
    credentials,
    redactor,
    authType: name,
    tokenSource: source,
    ...(warehouse === undefined ? {} : { warehouseId: warehouse.value }),
  };
}

function given(value: string | undefined, source: string): Found | undefined {
  return value === undefined || value.trim() === '' ? undefined : { value: value.trim(), source };
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

/** Credentials stored for one host are not sent to another one that a file or a variable names; only a flag may say so. */
function refuseForeignCredentials(host: Found, settings: Settings): void {
  const owner = ofProfile(settings.profile, 'host');
  if (owner === undefined || host.source === '--host') return;
  const stored = attributeNames.some(
    (name) => familyOf(name) !== undefined && settings.get(name)?.source === owner.source,
  );
  if (!stored) return;
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

function failNoHost(looked: string): never {
  fail({
    code: 'AUTH.MISSING',
    message: `it is not known which workspace to use: no host (looked at --host, workspace.host of the target, DATABRICKS_HOST, ${looked})`,
    hint: 'set DATABRICKS_HOST to the URL of the workspace, or run `databricks auth login --host URL` and name the profile with --profile',
  });
}
