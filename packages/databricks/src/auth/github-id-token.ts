import { urlOf } from '../client/connection.ts';
import { isLoopback } from '../client/loopback.ts';
import { variable, type Found } from './attributes.ts';
import { authError, type AuthFinding } from './auth-problem.ts';
import type { MethodContext } from './method.ts';
import { documentOf } from './token-answer.ts';

/** Where a job of GitHub Actions gets tokens that say which repository, branch and environment it is. */
export interface GitHubJob {
  readonly url: Found;
  readonly token: Found;
}

/** The variables are there in jobs with the permission `id-token: write` only; the text says what to do about it. */
export function githubJob({
  environment,
  redactor,
}: Pick<MethodContext, 'environment' | 'redactor'>): GitHubJob | string {
  const url = variable(environment, 'ACTIONS_ID_TOKEN_REQUEST_URL');
  const token = variable(environment, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  if (url !== undefined && token !== undefined) {
    redactor.learn(token.value);
    return { url, token };
  }
  return environment['GITHUB_ACTIONS'] === 'true'
    ? 'this job of GitHub Actions lacks the permission id-token: write'
    : 'not in a job of GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN)';
}

/** Throws `AUTH.*`. */
export async function githubIdToken(
  context: MethodContext,
  request: { readonly job: GitHubJob; readonly audience: string; readonly signal: AbortSignal },
): Promise<string> {
  const { job, audience, signal } = request;
  const { http, clock, redactor } = context;
  const url = urlOf(job.url.value);
  if (url === undefined || (url.protocol !== 'https:' && !isLoopback(url.hostname))) {
    throw authError(malformed('ACTIONS_ID_TOKEN_REQUEST_URL is not the URL of a service with encryption'), redactor);
  }
  url.searchParams.set('audience', audience);
  const whom = `GitHub's service for tokens (${url.origin})`;
  const answer = await http.send({
    whom: "GitHub's service for tokens",
    url,
    headers: { authorization: `Bearer ${job.token.value}` },
    signal,
  });
  const refusedHint = (): string => 'a job gets tokens while it runs, and with the permission id-token: write only';
  const { value } = documentOf(answer, { whom, refusedHint, clock, redactor });
  if (typeof value === 'string' && value !== '') {
    redactor.learn(value);
    return value;
  }
  throw authError(malformed(`${whom} gave no token`), redactor);
}

function malformed(message: string): AuthFinding {
  return { code: 'AUTH.MALFORMED', message, hint: 'run the job again; GitHub sets both variables by itself' };
}
