import type { Access } from '../access/access.ts';
import type { Storage } from '../storage/storage.ts';
import { resourceDoesNotExist } from './api-error.ts';
import { pageOf } from './paging.ts';
import type { Paging } from './paging.ts';
import { listQuotas } from './quotas.ts';
import type { Quota } from './quotas.ts';
import { integer, shape, text } from './reader.ts';
import { route } from './route.ts';
import type { Answer, Route } from './route.ts';

const prefix = '/api/2.1/unity-catalog/resource-quotas';
const listQuery = shape({ optional: { max_results: integer({ min: 0 }), page_token: text } });

/** Counts are fresh here; the service promises nothing about that (`ResourceQuotasAPI`). */
export function quotaRoutes(options: {
  readonly storage: Storage;
  readonly access: Access;
  readonly metastoreId: string;
  readonly clock: () => Date;
  readonly paging: Paging;
}): readonly Route[] {
  const { clock, paging } = options;
  return [
    route(`GET ${prefix}/all-resource-quotas`, {
      query: listQuery,
      handle({ query, caller }) {
        const request = { maxResults: query.max_results, pageToken: query.page_token };
        const page = pageOf(listQuotas(options, caller), request, paging);
        return { quotas: page.items.map((quota) => quotaAnswer(quota, clock())), next_page_token: page.nextPageToken };
      },
    }),
    route(`GET ${prefix}/{parent_securable_type}/{parent_full_name}/{quota_name}`, {
      handle({ parameters, caller }) {
        const [type, parent, name] = ['parent_securable_type', 'parent_full_name', 'quota_name'].map((key) =>
          parameters(key).toLowerCase(),
        );
        const quota = listQuotas(options, caller).find(
          (found) => found.parent.type === type && found.parent.name === parent && found.name === name,
        );
        if (quota === undefined) throw resourceDoesNotExist(`Quota '${name}' of ${type} '${parent}' does not exist.`);
        return { quota_info: quotaAnswer(quota, clock()) };
      },
    }),
  ];
}

function quotaAnswer(quota: Quota, now: Date): Answer {
  return {
    parent_securable_type: quota.parent.type.toUpperCase(),
    parent_full_name: quota.parent.name,
    quota_name: quota.name,
    quota_count: quota.count,
    quota_limit: quota.limit,
    last_refreshed_at: now.getTime(),
  };
}
