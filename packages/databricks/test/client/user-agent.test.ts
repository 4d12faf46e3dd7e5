import { describe, expect, test } from '@jest/globals';
import { userAgentOf } from '../../src/index.ts';

const caller = { version: '1.2.3', runtime: '20.19.0', platform: 'linux' };

describe('the user agent', () => {
  test.each<[string, Record<string, string>, string]>([
    ['no provider', {}, ''],
    ['GitHub', { GITHUB_ACTIONS: 'true', GITLAB_CI: 'true' }, ' cicd/github'],
    ['GitLab', { GITLAB_CI: 'true' }, ' cicd/gitlab'],
    ['Jenkins', { JENKINS_URL: 'https://ci' }, ' cicd/jenkins'],
    ['Azure DevOps', { TF_BUILD: 'True' }, ' cicd/azure-devops'],
    ['CircleCI', { CIRCLECI: 'true' }, ' cicd/circle'],
    ['Travis', { TRAVIS: 'true' }, ' cicd/travis'],
    ['Bitbucket', { BITBUCKET_BUILD_NUMBER: '7' }, ' cicd/bitbucket'],
    ['Google Cloud Build', { PROJECT_ID: 'p', BUILD_ID: 'b' }, ' cicd/google-cloud-build'],
    ['AWS CodeBuild', { CODEBUILD_BUILD_ARN: 'arn:x' }, ' cicd/aws-code-build'],
    ['Terraform Cloud', { TFC_RUN_ID: 'run-1' }, ' cicd/tf-cloud'],
    [
      'a program around it',
      { DATABRICKS_SDK_UPSTREAM: 'acme', DATABRICKS_SDK_UPSTREAM_VERSION: '2.0', GITLAB_CI: 'true' },
      ' upstream/acme upstream-version/2.0 cicd/gitlab',
    ],
    ['a program whose name would break the header', { DATABRICKS_SDK_UPSTREAM: 'a\r\nx-evil: 1' }, ''],
  ])('names the version, and %s', (_name, environment, rest) => {
    expect(userAgentOf({ ...caller, environment })).toBe(`dpo/1.2.3 node/20.19.0 os/linux${rest}`);
  });
});
