import type { FaultRule } from './fault-rules.ts';
import { refuseToKill } from './kill-caller.ts';
import type { Realism } from './realism.ts';

/** A preset that does not exist; the message lists those that do. */
export class PresetError extends Error {
  override readonly name = 'PresetError';
}

const minute = 60_000;

/** Calls of the service proper; discovery and sign-in are left alone so that a client gets as far as to retry. */
const service = '* /api/*';

/** Named settings. `crash-after-<n>-writes` comes on top. */
export const realismPresets = {
  /** Everything answers at once and nothing goes wrong. */
  instant: {},
  /**
   * One call in twenty goes wrong by the dice: refused before it takes effect, with and without Retry-After, or its answer
   * is lost after it did. What every official client retries (429, 503, broken connections).
   */
  flaky: {
    faults: [
      flakyRule({ status: 429, errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests.', retryAfter: 1 }),
      flakyRule({ status: 429, errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests.' }),
      flakyRule({
        status: 503,
        errorCode: 'TEMPORARILY_UNAVAILABLE',
        message: 'The service is temporarily unavailable.',
      }),
      flakyRule({ dropConnection: 'after' }),
    ],
  },
  /**
   * The few request rates that could be read about (permissions, workspace import and export), and ten calls a second for
   * everything else, whose rates are not published.
   */
  'rate-limited': {
    rateLimits: [
      { match: 'GET /api/2.0/permissions/*', perSecond: 100 },
      { match: 'WRITE /api/2.0/permissions/*', perSecond: 30 },
      { match: 'POST /api/2.0/workspace/import', perSecond: 30 },
      { match: 'GET /api/2.0/workspace/export*', perSecond: 60 },
      { match: service, perSecond: 10 },
    ],
  },
  /** Delays as users report them: ACTIVE in seconds, metric tables after minutes (TF #3859), warehouses in seconds. */
  slow: {
    latency: [
      { match: 'WRITE *', ms: [200, 900] },
      { match: service, ms: [60, 300] },
    ],
    lifecycle: {
      activeAfterMs: 5_000,
      refreshDelayMs: 2 * minute,
      refreshDurationMs: 8 * minute,
      warehouseStartMs: 8_000,
    },
  },
  /** Reads are behind writes: new tables and dashboards show late, changed dashboards show their former state once. */
  eventual: { eventualReads: true, tableVisibleAfterReads: 2 },
  /** Every answer comes in another of the forms that mean the same. */
  scrambled: { normalise: true },
} as const satisfies Readonly<Record<string, Realism>>;

export const presetNames: readonly string[] = [...Object.keys(realismPresets), 'crash-after-<n>-writes'];

/**
 * The settings of a name. `crash-after-<n>-writes` takes the world away from the client once n writes took effect: it
 * kills the process `killCaller` before the answer of the last of them; without a process to kill, that answer is lost
 * and no later write takes effect or is answered. Throws `PresetError`.
 */
export function readPreset(
  name: string,
  options: { readonly seed?: number; readonly killCaller?: number } = {},
): Realism {
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  const shipped = Object.entries<Realism>(realismPresets).find(([known]) => known === name)?.[1];
  if (shipped !== undefined) return { ...shipped, ...seed };
  const writes = Number(/^crash-after-([1-9]\d{0,5})-writes$/.exec(name)?.[1]);
  if (Number.isNaN(writes)) throw new PresetError(`preset '${name}' is not one of ${presetNames.join(', ')}`);
  return { ...crashAfter(writes, options.killCaller), ...seed };
}

function crashAfter(writes: number, pid: number | undefined): Realism {
  const last = { match: 'WRITE *', offset: writes - 1 };
  if (pid !== undefined) {
    refuseToKill(pid);
    return { faults: [{ ...last, killCaller: pid, after: true }] };
  }
  return {
    faults: [
      { ...last, dropConnection: 'after' },
      { ...last, offset: writes, dropConnection: 'before', times: 'unlimited' },
    ],
  };
}

function flakyRule(fault: Omit<FaultRule, 'match'>): FaultRule {
  return { match: service, probability: 0.0125, times: 'unlimited', ...fault };
}
