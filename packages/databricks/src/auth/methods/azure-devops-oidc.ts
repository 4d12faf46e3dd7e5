import { urlOf } from '../../client/connection.ts';
import { labelOf, variable } from '../attributes.ts';
import { authError } from '../auth-problem.ts';
import { exchangeIdToken } from '../exchange-id-token.ts';
import { missing, type Method, type MethodContext } from '../method.ts';
import { documentOf } from '../token-answer.ts';

const variables = [
  'SYSTEM_ACCESSTOKEN',
  'SYSTEM_TEAMFOUNDATIONCOLLECTIONURI',
  'SYSTEM_TEAMPROJECTID',
  'SYSTEM_HOSTTYPE',
  'SYSTEM_PLANID',
  'SYSTEM_JOBID',
] as const;

/** A job of Azure Pipelines, for which a federation policy of the service principal vouches. */
export const azureDevopsOidc: Method = {
  name: 'azure-devops-oidc',
  consider(context) {
    const found = variables.map((name) => variable(context.environment, name)?.value);
    const absent = variables.filter((_name, index) => found[index] === undefined);
    if (absent.length > 0) {
      return missing(
        context.environment['TF_BUILD'] === undefined
          ? `not in a job of Azure Pipelines (${variables[0]})`
          : `not set in this job: ${absent.join(', ')}; pass SYSTEM_ACCESSTOKEN: $(System.AccessToken) to the step`,
      );
    }
    if (context.settings.get('client_id') === undefined) return missing(`no ${labelOf('client_id')}`);
    const [accessToken = '', collection = '', ...ids] = found.map((value) => value ?? '');
    context.redactor.learn(accessToken);
    return {
      status: 'ready',
      source: 'azure-devops-oidc with the identity of this job',
      signIn: exchangeIdToken(context, (_audience, { signal }) =>
        idToken(context, { accessToken, collection, ids, signal }),
      ),
    };
  },
};

/** https://github.com/databricks/databricks-sdk-py, `databricks/sdk/oidc_token_supplier.py`; the audience is fixed there. */
async function idToken(
  context: MethodContext,
  job: {
    readonly accessToken: string;
    readonly collection: string;
    readonly ids: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<string> {
  const { http, clock, redactor } = context;
  const [project = '', hub = '', plan = '', id = ''] = job.ids.map(encodeURIComponent);
  const path = `${project}/_apis/distributedtask/hubs/${hub}/plans/${plan}/jobs/${id}/oidctoken?api-version=7.2-preview.1`;
  const url = urlOf(`${job.collection.replace(/\/*$/, '/')}${path}`);
  const whom = `Azure DevOps (${url?.origin ?? job.collection})`;
  const fail = (message: string): unknown =>
    authError(
      { code: 'AUTH.MALFORMED', message, hint: 'run the job again; Azure Pipelines sets the variables' },
      redactor,
    );
  if (url?.protocol !== 'https:')
    throw fail('SYSTEM_TEAMFOUNDATIONCOLLECTIONURI is not the URL of a service with encryption');
  const answer = await http.send({
    whom: 'Azure DevOps',
    url,
    method: 'POST',
    headers: { authorization: `Bearer ${job.accessToken}`, 'content-type': 'application/json' },
    signal: job.signal,
  });
  const refusedHint = (): string => 'pass SYSTEM_ACCESSTOKEN: $(System.AccessToken) to the step';
  const { oidcToken } = documentOf(answer, { whom, refusedHint, clock, redactor });
  if (typeof oidcToken === 'string' && oidcToken !== '') return oidcToken;
  throw fail(`${whom} gave no token`);
}
