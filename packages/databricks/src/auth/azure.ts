import { urlOf } from '../client/connection.ts';
import type { Settings } from './attributes.ts';
import { authError } from './auth-problem.ts';
import type { MethodContext } from './method.ts';

/** Endpoints of one cloud of Azure, and the application that Azure Databricks is to it. */
export interface AzureCloud {
  readonly login: string;
  /** Resource of the tokens with which Azure itself is managed. */
  readonly management: string;
  readonly application: string;
}

const application = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d';

/** https://github.com/databricks/databricks-sdk-py, `databricks/sdk/environments.py`. */
const clouds = {
  PUBLIC: {
    login: 'https://login.microsoftonline.com',
    management: 'https://management.core.windows.net/',
    application,
  },
  USGOVERNMENT: {
    login: 'https://login.microsoftonline.us',
    management: 'https://management.core.usgovcloudapi.net/',
    application,
  },
  CHINA: {
    login: 'https://login.chinacloudapi.cn',
    management: 'https://management.core.chinacloudapi.cn/',
    application,
  },
} as const satisfies Readonly<Record<string, AzureCloud>>;

const zones: Readonly<Record<string, AzureCloud>> = {
  '.azuredatabricks.net': clouds.PUBLIC,
  '.databricks.azure.us': clouds.USGOVERNMENT,
  '.databricks.azure.cn': clouds.CHINA,
};

/** The cloud that a host of Databricks is in; `undefined` for one of AWS, of GCP, or with a name of its own. */
function cloudOfHost(host: string): AzureCloud | undefined {
  const { hostname } = new URL(host);
  return Object.entries(zones).find(([zone]) => hostname.endsWith(zone))?.[1];
}

export function isAzure({ host, settings }: Pick<MethodContext, 'host' | 'settings'>): boolean {
  return (
    cloudOfHost(host) !== undefined ||
    settings.get('azure_workspace_resource_id') !== undefined ||
    settings.get('cloud')?.value.toUpperCase() === 'AZURE'
  );
}

/** By the host, else by `azure_environment`, else the public one. */
export function azureCloud({
  host,
  settings,
  redactor,
}: Pick<MethodContext, 'host' | 'settings' | 'redactor'>): AzureCloud {
  const found = cloudOfHost(host);
  const named = settings.get('azure_environment');
  if (found !== undefined || named === undefined) return found ?? clouds.PUBLIC;
  const name = named.value
    .toUpperCase()
    .replace(/^AZURE/, '')
    .replace(/CLOUD$/, '');
  const cloud = Object.entries(clouds).find(([known]) => known === (name === '' ? 'PUBLIC' : name))?.[1];
  if (cloud !== undefined) return cloud;
  throw authError(
    {
      code: 'AUTH.INCOMPLETE',
      message: `there is no cloud of Azure called ${named.value} (from ${named.source})`,
      hint: `use one of ${Object.keys(clouds).join(', ')}`,
    },
    redactor,
  );
}

/**
 * The tenant of the workspace: as it is set, else as its sign-in page points to it. `undefined`: the host says nothing, as one
 * that is not Azure's.
 */
export async function azureTenant(context: MethodContext, signal: AbortSignal): Promise<string | undefined> {
  const named = context.settings.get('azure_tenant_id');
  if (named !== undefined) return checkedTenant(named.value) ?? failTenant(named.source, context);
  const url = new URL('/aad/auth', context.host);
  const answer = await context.http.send({ whom: 'the workspace', url, signal, tries: 2 });
  if (answer.status < 300 || answer.status >= 400) return undefined;
  return checkedTenant(urlOf(answer.headers['location'] ?? '')?.pathname.split('/')[1] ?? '');
}

function checkedTenant(text: string): string | undefined {
  return /^[0-9A-Za-z][0-9A-Za-z.-]*$/.test(text) ? text : undefined;
}

function failTenant(source: string, { redactor }: MethodContext): never {
  const finding = {
    code: 'AUTH.INCOMPLETE',
    message: `the tenant from ${source} is neither an id nor a domain`,
    hint: 'copy the directory (tenant) id from the overview of Microsoft Entra ID',
  };
  throw authError(finding, redactor);
}

/** Azure Databricks lets in who may manage the workspace in Azure, if he shows that with a second token. */
export function managementHeaders(
  settings: Settings,
  management: string | undefined,
): Readonly<Record<string, string>> {
  const resource = settings.get('azure_workspace_resource_id');
  return {
    ...(resource === undefined ? {} : { 'x-databricks-azure-workspace-resource-id': resource.value }),
    ...(management === undefined ? {} : { 'x-databricks-azure-sp-management-token': management }),
  };
}
