import { isDpoError, type Problem } from '@dpo/core';
import { apiCodeOf, isSignInFailure } from '../client/api-error.ts';

export type Tried<T> =
  | { readonly status: 'read'; readonly value: T }
  | { readonly status: 'absent' }
  | { readonly status: 'failed'; readonly problem: Problem };

/**
 * `API.NOT_FOUND` is `absent`, any other failure of one object is `failed`. Refused credentials, an abort and bugs are
 * thrown: they are not about this object.
 */
export async function tryRead<T>(read: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { status: 'read', value: await read() };
  } catch (error) {
    const code = apiCodeOf(error);
    if (code === 'API.NOT_FOUND') return { status: 'absent' };
    const [problem] = isDpoError(error) ? error.problems : [];
    if (problem === undefined || isSignInFailure(error)) throw error;
    return { status: 'failed', problem };
  }
}
