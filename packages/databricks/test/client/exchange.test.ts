import { describe, expect, test } from '@jest/globals';
import { createRedactor, type RequestEvent } from '../../src/index.ts';
import { shownQuery } from '../../src/client/exchange.ts';
import { mockWorkspace, plantedToken } from '../support/mock-workspace.ts';

async function eventOf(
  sent: object,
  answer: Parameters<ReturnType<typeof mockWorkspace>['reply']>[2],
): Promise<RequestEvent> {
  const events: RequestEvent[] = [];
  const workspace = mockWorkspace({ exchanges: true, onRequest: (event) => events.push(event) });
  workspace.reply('POST', '/api/x', answer);
  await workspace.client.send({ method: 'POST', path: '/api/x', body: { ...sent } });
  await workspace.done();
  const [event] = events;
  if (event === undefined) throw new Error('no event');
  return event;
}

describe('what went over the wire', () => {
  test('is told with headers and bodies', async () => {
    const { exchange, requestId } = await eventOf({ a: 1 }, { body: { b: 2 }, headers: { 'x-request-id': 'r-1' } });
    expect(requestId).toBe('r-1');
    expect(exchange).toMatchObject({
      requestHeaders: { 'user-agent': 'dpo/0.1.0 test', authorization: '[redacted]' },
      requestBody: '{"a":1}',
      responseHeaders: { 'x-request-id': 'r-1' },
      responseBody: '{"b":2}',
    });
  });

  test('N018: without secrets, by name and by value', async () => {
    const { exchange } = await eventOf(
      { client_secret: 'planted-client-secret', note: plantedToken },
      {
        body: {
          access_token: 'planted-access',
          next_page_token: 'harmless',
          nested: [{ external_link: 'https://s/?sig=planted-sig', password: null }],
          echo: `Bearer ${plantedToken}`,
        },
        headers: { 'set-cookie': 'session=planted-cookie', 'x-echo': plantedToken },
      },
    );
    const text = JSON.stringify(exchange);
    expect(text).not.toContain('planted');
    expect(text).toContain('harmless');
  });

  test('is cut', async () => {
    const { exchange } = await eventOf({}, { body: { long: 'x'.repeat(20_000) } });
    expect(exchange?.responseBody?.length).toBeLessThan(10_100);
    expect(exchange?.responseBody).toMatch(/… \d+ more characters$/);
  });

  test('N018: secrets in a query are masked', () => {
    const query = { page_token: 'p', access_token: 'planted', max_results: '0', q: 'say planted-word' };
    expect(shownQuery(query, createRedactor(['planted-word']))).toBe(
      '?page_token=p&access_token=[redacted]&max_results=0&q=say+[redacted]',
    );
  });
});
