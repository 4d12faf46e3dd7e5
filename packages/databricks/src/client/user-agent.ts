import type { Environment } from '../auth/profile-file.ts';

export interface Caller {
  /** Of dpo. */
  readonly version: string;
  readonly environment: Environment;
  /** Of Node. */
  readonly runtime: string;
  readonly platform: string;
  /** How it signs in, as `auth_type` names it. */
  readonly authType?: string | undefined;
}

type Detector = readonly [provider: string, isThere: (environment: Environment) => boolean];

const given = (name: string) => (environment: Environment) => (environment[name] ?? '') !== '';
const is = (name: string, value: string) => (environment: Environment) => environment[name] === value;

/** https://github.com/databricks/databricks-sdk-py, `databricks/sdk/useragent.py`. */
const providers: readonly Detector[] = [
  ['github', is('GITHUB_ACTIONS', 'true')],
  ['gitlab', is('GITLAB_CI', 'true')],
  ['jenkins', given('JENKINS_URL')],
  ['azure-devops', is('TF_BUILD', 'True')],
  ['circle', is('CIRCLECI', 'true')],
  ['travis', is('TRAVIS', 'true')],
  ['bitbucket', given('BITBUCKET_BUILD_NUMBER')],
  ['google-cloud-build', (environment) => ['PROJECT_ID', 'BUILD_ID'].every((name) => given(name)(environment))],
  ['aws-code-build', given('CODEBUILD_BUILD_ARN')],
  ['tf-cloud', given('TFC_RUN_ID')],
];

/** `dpo/1.2.3 node/20.19.0 os/linux upstream/x cicd/github`, by which the service tells its callers apart. */
export function userAgentOf({ version, environment, runtime, platform, authType }: Caller): string {
  const provider = providers.find(([, isThere]) => isThere(environment))?.[0];
  const upstream = word(environment['DATABRICKS_SDK_UPSTREAM']);
  const upstreamVersion = word(environment['DATABRICKS_SDK_UPSTREAM_VERSION']);
  return [
    `dpo/${version}`,
    `node/${runtime}`,
    `os/${platform}`,
    ...(authType === undefined ? [] : [`auth/${authType}`]),
    ...(upstream === undefined ? [] : [`upstream/${upstream}`]),
    ...(upstream === undefined || upstreamVersion === undefined ? [] : [`upstream-version/${upstreamVersion}`]),
    ...(provider === undefined ? [] : [`cicd/${provider}`]),
  ].join(' ');
}

/** Anything else would break the header or its form. */
function word(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w.+-]+$/.test(value) ? value : undefined;
}
