import type { Address, JsonObject, Place, Problem, RecordedResource } from '@dpo/core';
import { isJsonObject } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

export interface RunAsRequest {
  readonly loaded: LoadedConfig;
  /** What the state has; nothing unless given. */
  readonly recorded?: ReadonlyMap<Address, RecordedResource>;
  /** Who applies; missing where nobody knows. */
  readonly runner?: string | undefined;
}

/** Whom an alert runs as, and what that means (W012). */
export interface RunAs {
  /** In the spec; empty where the config leaves it to whoever applies. */
  readonly spec: { readonly run_as?: JsonObject };
  readonly origins: Readonly<Record<string, Place>>;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** An address is a user, anything else the application id of a service principal. */
export function runAsOf(address: Address, { loaded, recorded, runner }: RunAsRequest): RunAs {
  const name = loaded.config.alerting?.run_as;
  const known = recorded?.get(address);
  if (typeof name !== 'string') {
    // One that is there keeps whom it runs as, whoever applies.
    const maker = `runs as ${runner ?? 'whoever applies'}, who makes it (alerting.run_as is not set)`;
    return { spec: {}, origins: {}, notes: known === undefined ? [maker] : [], problems: [] };
  }
  const place = loaded.placeOf(['alerting', 'run_as']);
  const isUser = name.includes('@');
  const member = isUser ? 'user_name' : 'service_principal_name';
  const before = known?.applied['run_as'];
  const stays = isJsonObject(before) && same(before[member], name);
  const refused = isUser && !stays && runner !== undefined && !same(runner, name);
  return {
    spec: { run_as: { [member]: name } },
    origins: { [`run_as.${member}`]: place },
    notes: isUser ? [] : ['whoever sets run_as needs the user role on that service principal'],
    problems: refused ? [onlyHimself(name, runner, place)] : [],
  };
}

function same(a: unknown, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

/** https://github.com/databricks/databricks-sdk-py, `AlertV2.run_as`: a user can only set himself. */
function onlyHimself(name: string, runner: string, place: Place): Problem {
  return {
    code: 'PLAN.RUN_AS',
    severity: 'warning',
    message: `alerts are to run as ${name}, which only ${name} can set, and these credentials are those of ${runner}`,
    hint: `apply with the credentials of ${name}, or name a service principal in alerting.run_as`,
    place,
  };
}
