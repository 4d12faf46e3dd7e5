import { ApiError, invalidParameter } from '../api/api-error.ts';
import type { Caller } from '../principals/caller.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { Storage } from '../storage/storage.ts';
import type { RunAs } from './alert.ts';
import type { AlertConfig } from './alert-config.ts';

/**
 * The identity that an alert runs as: the one named, else the caller. A user may name only himself, a service principal needs
 * the role of its user (SDK `AlertV2RunAs`); that role is not kept here, admins and the principal itself have it.
 */
export function resolveRunAs(
  config: AlertConfig,
  options: { readonly storage: Pick<Storage, 'get'>; readonly caller: Caller; readonly current?: RunAs },
): RunAs {
  const { storage, caller, current } = options;
  const self: RunAs = {
    kind: caller.kind === 'service_principal' ? 'service_principal' : 'user',
    name: caller.userName,
  };
  const named = namedIdentity(config, storage);
  if (named === undefined || isSame(named, self)) return self;
  if (current !== undefined && isSame(named, current)) return current;
  if (named.kind === 'user') throw denied(`a user can only set run_as to himself, not to '${named.name}'`);
  if (findPrincipal(storage, named.name)?.kind !== 'service_principal') {
    throw invalidParameter(`run_as: service principal '${named.name}' does not exist`);
  }
  if (!caller.admin) throw denied(`run_as needs the role servicePrincipal.user on '${named.name}'`);
  return named;
}

/** Of both fields the one that is not deprecated counts. */
function namedIdentity(config: AlertConfig, storage: Pick<Storage, 'get'>): RunAs | undefined {
  const { run_as: runAs, run_as_user_name: deprecated } = config;
  const user = runAs?.user_name;
  const name = user ?? runAs?.service_principal_name ?? deprecated;
  if (name === undefined) return undefined;
  if (user !== undefined) return { kind: 'user', name };
  if (runAs !== undefined) return { kind: 'service_principal', name };
  return { kind: findPrincipal(storage, name)?.kind === 'service_principal' ? 'service_principal' : 'user', name };
}

function isSame(left: RunAs, right: RunAs): boolean {
  return left.kind === right.kind && left.name.toLowerCase() === right.name.toLowerCase();
}

function denied(message: string): ApiError {
  return new ApiError(403, 'PERMISSION_DENIED', message);
}
