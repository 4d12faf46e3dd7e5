import sdk from '@databricks/sdk-experimental';

/**
 * The official client, with one repair: version 0.17.0 builds the body of a PATCH and then sends it for POST and PUT only
 * (`dist/api-client.js`), so that no update of any service could carry a value.
 */
export function createClient(options) {
  const client = new sdk.WorkspaceClient({ ...options, env: {}, loaders: [] }, { product: 'dpo-conformance' });
  const { apiClient } = client;
  const request = apiClient.request.bind(apiClient);
  apiClient.request = (call, context) =>
    call.method === 'PATCH' && call.payload !== undefined ? sendPatch(apiClient, call) : request(call, context);
  return client;
}

async function sendPatch(apiClient, { path, query = {}, headers, payload }) {
  headers.set('User-Agent', apiClient.userAgent());
  await apiClient.config.authenticate(headers);
  const url = new URL(await apiClient.host);
  url.pathname = path;
  url.search = apiClient.searchParams(query);
  const response = await fetch(url, { method: 'PATCH', headers, body: JSON.stringify(payload) });
  const text = await response.text();
  const body = text === '' ? {} : JSON.parse(text);
  if (response.ok) return body;
  throw new sdk.ApiError(body.message, body.error_code, response.status, body, body.details ?? []);
}
