import { isJsonObject } from '@dpo/core';
import { azureCloud, azureTenant, isAzure, managementHeaders } from '../azure.ts';
import { checkedToken, printed, type TokenCommand } from '../command-token.ts';
import { claimsOf } from '../jwt-claims.ts';
import { missing, type Method, type MethodContext } from '../method.ts';
import type { Grant } from '../renewing-credentials.ts';
import { findCommand, runCommand, type CommandResult } from '../run-command.ts';
import { objectIn, type Token } from '../token-answer.ts';

/** Whoever is signed in to the Azure CLI, for workspaces of Azure. */
export const azureCli: Method = {
  name: 'azure-cli',
  async consider(context) {
    if (!context.forced && !isAzure(context)) return missing(`${context.host} is no host of Azure`);
    const file = await findCommand('az', context.environment);
    if (file === undefined) {
      return missing('the Azure CLI (az) is not installed; https://aka.ms/installazurecli says how');
    }
    return {
      status: 'try',
      source: `azure-cli (${file})`,
      signIn: ({ signal }) => signIn({ context, file, signal }),
    };
  },
};

interface Asking {
  readonly context: MethodContext;
  readonly file: string;
  readonly signal: AbortSignal;
}

async function signIn(asking: Asking): Promise<Grant> {
  const { context, signal } = asking;
  const cloud = azureCloud(context);
  // A guest of several tenants gets a token of his own one unless told which.
  const tenant = await azureTenant(context, signal).catch((error: unknown) => {
    if (context.settings.get('azure_tenant_id') !== undefined) throw error;
    signal.throwIfAborted();
    return undefined;
  });
  const wished = tenant === undefined || (await isManagedIdentity(asking)) ? [] : ['--tenant', tenant];
  const token = await tokenFor(asking, cloud.application, wished);
  const isPerson = claimsOf(token.value)?.['upn'] !== undefined;
  const needsSecond = context.settings.get('azure_workspace_resource_id') !== undefined && !isPerson;
  const second = needsSecond ? await tokenFor(asking, cloud.management, wished).catch(() => undefined) : undefined;
  signal.throwIfAborted();
  return {
    token: token.value,
    headers: managementHeaders(context.settings, second?.value),
    expiresAt: Math.min(token.expiresAt ?? Infinity, second?.expiresAt ?? Infinity),
  };
}

/** In the subscription of the workspace first; who may use the workspace need not see the subscription. */
async function tokenFor(asking: Asking, resource: string, wished: readonly string[]): Promise<Token> {
  const { context, signal } = asking;
  const args = ['account', 'get-access-token', '--resource', resource, '--output', 'json'];
  const subscription = context.settings.get('azure_workspace_resource_id')?.value.split('/')[2];
  let result: CommandResult | undefined;
  if (subscription !== undefined && subscription !== '') {
    result = await run(asking, [...args, '--subscription', subscription, ...wished]);
  }
  if (result?.status !== 'done') result = await run(asking, [...args, ...wished]);
  const command: TokenCommand = { words: 'az account get-access-token', hint: hintOf(wished) };
  const { accessToken: value, ...rest } = printed(result, command, context);
  return checkedToken({ value, expiresAt: expiryOf(rest) }, command, { context, signal });
}

function hintOf([, tenant]: readonly string[]): string {
  return `sign in again with: az login${tenant === undefined ? '' : ` --tenant ${tenant}`}`;
}

/** `expires_on` is epoch seconds, from Azure CLI 2.54 on; `expiresOn` is local time (https://aka.ms/azclilogin). */
function expiryOf({ expires_on: seconds, expiresOn: local }: { readonly [name: string]: unknown }): number {
  if (typeof seconds === 'number' || (typeof seconds === 'string' && /^\d+$/.test(seconds)))
    return Number(seconds) * 1000;
  return typeof local === 'string' ? Date.parse(local.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')) : Number.NaN;
}

/** A managed identity belongs to one tenant, and az refuses to be told which. */
async function isManagedIdentity(asking: Asking): Promise<boolean> {
  const result = await run(asking, ['account', 'show', '--output', 'json']);
  const user = result.status === 'done' ? objectIn(result.stdout)?.['user'] : undefined;
  if (user === undefined || !isJsonObject(user)) return false;
  const { type, name } = user;
  return type === 'servicePrincipal' && (name === 'systemAssignedIdentity' || name === 'userAssignedIdentity');
}

async function run({ context, file, signal }: Asking, args: readonly string[]): Promise<CommandResult> {
  return runCommand({ file, args, environment: context.environment, signal });
}
