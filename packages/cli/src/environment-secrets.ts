/** Variables of ways to sign in, to the workspace or to who vouches for it, whose values nothing may show. */
const secretVariables = [
  'DATABRICKS_TOKEN',
  'DATABRICKS_PASSWORD',
  'DATABRICKS_CLIENT_SECRET',
  'DATABRICKS_OIDC_TOKEN',
  'ARM_CLIENT_SECRET',
  'ARM_ACCESS_KEY',
  'AZURE_CLIENT_SECRET',
  'AZURE_STORAGE_KEY',
  'AZURE_STORAGE_CONNECTION_STRING',
  'AZURE_STORAGE_SAS_TOKEN',
  'GOOGLE_CREDENTIALS',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'SYSTEM_ACCESSTOKEN',
  'CI_JOB_TOKEN',
  'GITHUB_TOKEN',
  'GITLAB_TOKEN',
] as const;

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'] as const;

/** What of the environment must not be told, logged or kept, whether it is used or not. */
export function secretsIn(environment: NodeJS.ProcessEnv): readonly string[] {
  const named = environment['DATABRICKS_OIDC_TOKEN_ENV'];
  const names = [...secretVariables, ...(named === undefined ? [] : [named])];
  return [
    ...names.map((name) => environment[name]),
    ...proxyVariables.map((name) => passwordIn(environment[name])),
  ].filter((secret) => secret !== undefined && secret !== '') as string[];
}

function passwordIn(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? decodeURIComponent(new URL(url).password) : undefined;
}
