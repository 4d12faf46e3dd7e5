import { originOf } from '../../client/connection.ts';
import { checkedToken, printed, type TokenCommand } from '../command-token.ts';
import { bearer, missing, type Method, type MethodContext } from '../method.ts';
import type { Grant, SignInRequest } from '../renewing-credentials.ts';
import { findCommand, runCommand, type CommandResult } from '../run-command.ts';

/** The sign-in of a person, which the Databricks CLI keeps and renews. Its cache is never read, only the command is asked. */
export const databricksCli: Method = {
  name: 'databricks-cli',
  async consider(context) {
    const name = context.settings.get('databricks_cli_path')?.value ?? 'databricks';
    const file = await findCommand(name, context.environment);
    if (file === undefined) {
      return missing(
        `the Databricks CLI (${name}) is not installed; https://docs.databricks.com/dev-tools/cli/install says how`,
      );
    }
    return {
      status: 'try',
      source: `databricks-cli (${file})`,
      signIn: (request) => signIn(context, file, request),
    };
  },
};

async function signIn(context: MethodContext, file: string, request: SignInRequest): Promise<Grant> {
  const { environment } = context;
  const args = ['auth', 'token', ...whichSignIn(context)];
  const run = (...more: readonly string[]): Promise<CommandResult> =>
    runCommand({ file, args: [...args, ...more], environment, signal: request.signal });
  let result = request.force ? await run('--force-refresh') : await run();
  // Only newer ones know it; an older one renews by itself what is about to expire.
  if (request.force && result.status === 'failed' && /unknown flag/i.test(result.said)) result = await run();
  const command = commandOf(args, context, result);
  const { access_token: value, expiry } = printed(result, command, context);
  const expiresAt = typeof expiry === 'string' ? Date.parse(expiry) : Number.NaN;
  return bearer(await checkedToken({ value, expiresAt }, command, { context, signal: request.signal }));
}

/** By profile, if that is one of this host: one host may have several sign-ins. */
function whichSignIn({ settings, host }: MethodContext): readonly string[] {
  const { profile } = settings;
  const its = profile?.values['host'];
  const isIts = profile !== undefined && its !== undefined && originOf(its, profile.name) === host;
  return isIts ? ['--profile', profile.name] : ['--host', host];
}

function commandOf(args: readonly string[], { host }: MethodContext, result: CommandResult): TokenCommand {
  // https://docs.databricks.com/dev-tools/cli/migrate: up to 0.18 it was another program, which knows no `auth`.
  const isOld = result.status === 'failed' && /no such command/i.test(result.said);
  const [, , which, name] = args;
  const login = which === '--profile' ? `--profile ${name ?? ''}` : `--host ${host}`;
  return {
    words: `databricks ${args.join(' ')}`,
    hint: isOld
      ? 'this is the old Databricks CLI: install version 0.205 or later'
      : `sign in again with: databricks auth login ${login}`,
  };
}
