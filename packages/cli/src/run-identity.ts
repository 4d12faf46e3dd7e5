import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { Run } from '@dpo/core';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Sortable by time, unique: 10 characters of milliseconds and 16 of chance, Crockford base 32. */
export function newRunId(now: number): string {
  let time = '';
  for (let rest = now, digit = 0; digit < 10; digit += 1, rest = Math.floor(rest / 32))
    time = (alphabet[rest % 32] ?? '0') + time;
  return time + [...randomBytes(16)].map((byte) => alphabet[byte % 32] ?? '0').join('');
}

/** Who runs, for lock, journal and history. CI variables are those of GitHub, GitLab and Azure DevOps. */
export function runIdentity(
  environment: NodeJS.ProcessEnv,
  now: number,
): Pick<Run, 'id' | 'actor' | 'host' | 'pid' | 'commit' | 'url'> {
  const actor = first(environment, 'GITHUB_ACTOR', 'GITLAB_USER_LOGIN', 'BUILD_REQUESTEDFOR') ?? userName();
  const commit = first(environment, 'GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION');
  const url = githubRun(environment) ?? first(environment, 'CI_JOB_URL');
  return {
    id: newRunId(now),
    actor,
    host: hostname(),
    pid: process.pid,
    ...(commit === undefined ? {} : { commit }),
    ...(url === undefined ? {} : { url }),
  };
}

function first(environment: NodeJS.ProcessEnv, ...names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
}

function githubRun(environment: NodeJS.ProcessEnv): string | undefined {
  const server = environment['GITHUB_SERVER_URL'];
  const repository = environment['GITHUB_REPOSITORY'];
  const run = environment['GITHUB_RUN_ID'];
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}

/** A container may run under a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
