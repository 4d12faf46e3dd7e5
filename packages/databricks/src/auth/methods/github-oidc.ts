import { labelOf } from '../attributes.ts';
import { exchangeIdToken } from '../exchange-id-token.ts';
import { githubIdToken, githubJob } from '../github-id-token.ts';
import { missing, type Method } from '../method.ts';

/** A job of GitHub Actions, for which a federation policy of the service principal vouches: no secret at all. */
export const githubOidc: Method = {
  name: 'github-oidc',
  consider(context) {
    const job = githubJob(context);
    if (typeof job === 'string') return missing(job);
    if (context.settings.get('client_id') === undefined) return missing(`no ${labelOf('client_id')}`);
    return {
      status: 'ready',
      source: 'github-oidc with the identity of this job',
      signIn: exchangeIdToken(context, (audience, { signal }) => githubIdToken(context, { job, audience, signal })),
    };
  },
};
