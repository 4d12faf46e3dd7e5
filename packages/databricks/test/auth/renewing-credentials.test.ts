import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { renewingCredentials, type Grant, type SignInRequest } from '../../src/auth/renewing-credentials.ts';
import type { Credentials } from '../../src/index.ts';
import { createRedactor } from '../../src/client/redactor.ts';
import { fakeClock, type FakeClock } from '../support/fake-clock.ts';
import { errorOf } from '../support/mock-workspace.ts';

interface Provider {
  readonly credentials: Credentials;
  readonly clock: FakeClock;
  readonly asked: SignInRequest[];
  /** Settles when every waiting sign-in is let go. */
  letGo(): void;
  fail(with_: Error | undefined): void;
}

const second = 1000;
const minute = 60 * second;

/** Gives `token-1`, `token-2`, …, each good for an hour unless said. */
function provider(
  options: { readonly lifeMs?: number; readonly held?: boolean; readonly same?: boolean } = {},
): Provider {
  const clock = fakeClock();
  const asked: SignInRequest[] = [];
  const waiting: (() => void)[] = [];
  let failure: Error | undefined;
  const signIn = async (request: SignInRequest): Promise<Grant> => {
    asked.push(request);
    const name = options.same === true ? 'token' : `token-${String(asked.length)}`;
    if (options.held === true) await new Promise<void>((resolve) => waiting.push(resolve));
    if (failure !== undefined) throw failure;
    const expiresAt = options.lifeMs === Infinity ? undefined : clock.now() + (options.lifeMs ?? 60 * minute);
    return { token: name, expiresAt };
  };
  return {
    clock,
    asked,
    credentials: renewingCredentials({ signIn, clock, redactor: createRedactor() }),
    letGo: () => waiting.splice(0).forEach((go) => go()),
    fail: (error) => (failure = error),
  };
}

async function tokenOf({ credentials }: Provider): Promise<string> {
  return credentials.token();
}

describe('tokens are renewed before they expire', () => {
  test.each([
    ['of an hour: 20 minutes before', 60 * minute, 40 * minute],
    ['of ten minutes: at half time', 10 * minute, 5 * minute],
    ['of a second: at half time', second, second / 2],
  ])('a token %s', async (_name, lifeMs, staleAt) => {
    const given = provider({ lifeMs });
    expect(await tokenOf(given)).toBe('token-1');
    await given.clock.sleep(staleAt - 1);
    expect(await tokenOf(given)).toBe('token-1');
    await given.clock.sleep(1);
    expect(await tokenOf(given)).toBe('token-2');
    expect(given.asked).toHaveLength(2);
  });

  test('a token of which nobody knows the end is kept', async () => {
    const given = provider({ lifeMs: Infinity });
    await tokenOf(given);
    await given.clock.sleep(365 * 24 * 60 * minute);
    expect(await tokenOf(given)).toBe('token-1');
  });

  test('a provider that fails before the end is asked again in a minute, and the token used on', async () => {
    const given = provider();
    await tokenOf(given);
    await given.clock.sleep(41 * minute);
    given.fail(new Error('provider is down'));
    expect(await tokenOf(given)).toBe('token-1');
    expect(await tokenOf(given)).toBe('token-1');
    expect(given.asked).toHaveLength(2);
    await given.clock.sleep(minute);
    expect(await tokenOf(given)).toBe('token-1');
    expect(given.asked).toHaveLength(3);
    given.fail(undefined);
    await given.clock.sleep(minute);
    expect(await tokenOf(given)).toBe('token-4');
  });

  test('a provider that still fails 40 seconds before the end fails the request', async () => {
    const given = provider();
    await tokenOf(given);
    given.fail(new Error('provider is down'));
    await given.clock.sleep(60 * minute - 41 * second);
    expect(await tokenOf(given)).toBe('token-1');
    await given.clock.sleep(second);
    expect(await errorOf(tokenOf(given))).toMatchObject({ message: 'provider is down' });
  });
});

describe('one renewal at a time', () => {
  test('however many requests wait, one sign-in is under way', async () => {
    const given = provider({ held: true });
    const waiting = Array.from({ length: 200 }, () => tokenOf(given));
    expect(given.asked).toHaveLength(1);
    given.letGo();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['token-1']));
  });

  test('its failure is that of all who waited, and the next request tries again', async () => {
    const given = provider({ held: true });
    given.fail(new Error('no'));
    const waiting = Array.from({ length: 20 }, () => errorOf(tokenOf(given)));
    given.letGo();
    expect((await Promise.all(waiting)).map(String)).toEqual(Array.from({ length: 20 }, () => 'Error: no'));
    given.fail(undefined);
    const next = tokenOf(given);
    given.letGo();
    expect(await next).toBe('token-2');
  });

  test('who stops waiting takes the sign-in from nobody else', async () => {
    const given = provider({ held: true });
    const control = new AbortController();
    const one = errorOf(given.credentials.token(control.signal));
    const other = tokenOf(given);
    control.abort(new Error('stopped'));
    expect(await one).toMatchObject({ message: 'stopped' });
    expect(given.asked[0]?.signal.aborted).toBe(false);
    given.letGo();
    expect(await other).toBe('token-1');
  });

  test('a sign-in for which nobody waits any more is told to end, and the next request starts another', async () => {
    const given = provider({ held: true });
    const control = new AbortController();
    const waiting = [1, 2].map(() => errorOf(given.credentials.token(control.signal)));
    control.abort(new Error('stopped'));
    expect((await Promise.all(waiting)).map(String)).toEqual(['Error: stopped', 'Error: stopped']);
    expect(given.asked[0]?.signal.aborted).toBe(true);
    const next = tokenOf(given);
    given.letGo();
    expect([await next, given.asked.length]).toEqual(['token-2', 2]);
  });

  test('a sign-in that hangs is told to end when its time is up', async () => {
    const clock = fakeClock();
    const signIn = async ({ signal }: SignInRequest): Promise<Grant> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const credentials = renewingCredentials({
      signIn,
      clock,
      redactor: createRedactor(),
      patienceMs: 20,
    });
    // Keeps the process alive: the timer of the deadline does not.
    const alive = setInterval(() => {}, 1000);
    expect(await errorOf(credentials.token())).toMatchObject({ name: 'TimeoutError' });
    clearInterval(alive);
  });
});

describe('tokens that the workspace refuses', () => {
  test('lead to one renewal, asked for with force, however many requests were refused', async () => {
    const given = provider();
    const refused = await tokenOf(given);
    const renewed = await Promise.all(
      Array.from({ length: 50 }, async () => [given.credentials.refused?.(refused), await tokenOf(given)]),
    );
    expect(new Set(renewed.map(String))).toEqual(new Set(['true,token-2']));
    expect(given.asked.map(({ force }) => force)).toEqual([false, true]);
    // A late refusal of the old one costs no further sign-in.
    expect([given.credentials.refused?.(refused), await tokenOf(given)]).toEqual([true, 'token-2']);
    expect(given.asked).toHaveLength(2);
  });

  test('a new token that is refused at once is not for its age: no further renewal for half a minute', async () => {
    const given = provider();
    given.credentials.refused?.(await tokenOf(given));
    expect(given.credentials.refused?.(await tokenOf(given))).toBe(false);
    expect(given.asked).toHaveLength(2);
    await given.clock.sleep(30 * second);
    expect(given.credentials.refused?.(await tokenOf(given))).toBe(true);
    expect(await tokenOf(given)).toBe('token-3');
  });

  test('a provider that gives the same token again is asked once', async () => {
    const given = provider({ same: true });
    expect(given.credentials.refused?.(await tokenOf(given))).toBe(true);
    expect(given.credentials.refused?.(await tokenOf(given))).toBe(false);
    expect(given.asked).toHaveLength(2);
  });

  test('a renewal that fails is the error of the request', async () => {
    const given = provider();
    given.credentials.refused?.(await tokenOf(given));
    given.fail(new Error('revoked'));
    expect(await errorOf(tokenOf(given))).toMatchObject({ message: 'revoked' });
  });
});

test('N018 credentials show themselves nowhere', async () => {
  const given = provider();
  await tokenOf(given);
  const shown = [inspect(given.credentials, { depth: Infinity, showHidden: true }), JSON.stringify(given.credentials)];
  expect(shown).toEqual(['[redacted]', '"[redacted]"']);
});
