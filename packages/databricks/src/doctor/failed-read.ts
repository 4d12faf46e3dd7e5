import { isDpoError, type Examination, type Verdict } from '@dpo/core';

/** What a read that failed says about a check. What is no problem of the workspace, such as an abort, is thrown on. */
export function failedRead(
  error: unknown,
  about: { readonly check: string; readonly subject?: string; readonly verdict: Verdict },
): Examination {
  const [problem] = isDpoError(error) ? error.problems : [];
  if (problem === undefined) throw error;
  const { code, message, hint } = problem;
  return { ...about, message, code, ...(hint === undefined ? {} : { hint }) };
}
