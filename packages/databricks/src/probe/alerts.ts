import type { JsonObject } from '@dpo/core';
import { objectField, objectsField, textField } from '../api/fields.ts';
import type { Scratch } from './scratch.ts';
import { answered, type Answered, type Sighting } from './sighting.ts';

const path = '/api/2.0/alerts';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Ids, paths, name clashes and the trash, seen on paused alerts. */
export async function probeAlerts(scratch: Scratch): Promise<readonly Sighting[]> {
  const emails = [scratch.userName, 'dpo-probe@example.com'].map((email) => ({ user_email: email }));
  const both = await create(scratch, 'one', { subscriptions: emails });
  const first = both.status === 'done' ? both : await create(scratch, 'one', undefined);
  if (first.status === 'refused') return [];
  const alert = first.value;
  const id = textField(alert, 'id') ?? '';
  return [
    { name: 'alert_id', value: uuid.test(id) ? 'uuid' : 'digits' },
    ...(both.status === 'done' ? order(alert, emails) : []),
    {
      name: 'alert_parent_path',
      value: (textField(alert, 'parent_path') ?? '').startsWith('/Workspace/') ? 'prefixed' : 'echoed',
    },
    ...(await clash(scratch)),
    ...(await trash(scratch)),
  ];
}

function order(alert: JsonObject, emails: readonly { readonly user_email: string }[]): readonly Sighting[] {
  const seen = objectsField(objectField(objectField(alert, 'evaluation') ?? {}, 'notification') ?? {}, 'subscriptions');
  const names = seen.map((one) => textField(one, 'user_email'));
  if (names.length !== emails.length) return [];
  const kept = emails.every(({ user_email: email }, index) => names[index] === email);
  return [{ name: 'alert_subscriptions', value: kept ? 'kept' : 'reordered' }];
}

async function clash(scratch: Scratch): Promise<readonly Sighting[]> {
  const second = await create(scratch, 'one', undefined);
  if (second.status === 'refused') return [{ name: 'alert_name_clash', value: 'refused' }];
  return isNamed(scratch, second.value, 'one') ? [] : [{ name: 'alert_name_clash', value: 'renamed' }];
}

async function trash(scratch: Scratch): Promise<readonly Sighting[]> {
  const first = await create(scratch, 'trashed', undefined);
  if (first.status === 'refused') return [];
  await scratch.send({ method: 'DELETE', path: `${path}/${textField(first.value, 'id') ?? ''}` });
  const again = await create(scratch, 'trashed', undefined);
  const free = again.status === 'done' && isNamed(scratch, again.value, 'trashed');
  return [{ name: 'alert_trash', value: free ? 'frees_name' : 'blocks_name' }];
}

function isNamed(scratch: Scratch, alert: JsonObject, name: string): boolean {
  return textField(alert, 'display_name') === `${scratch.mark} ${name}`;
}

/** Paused, so that it never runs; without `/Workspace` before its folder. */
async function create(
  scratch: Scratch,
  name: string,
  notification: JsonObject | undefined,
): Promise<Answered<JsonObject>> {
  const evaluation = {
    source: { name: 'n' },
    comparison_operator: 'GREATER_THAN',
    threshold: { value: { double_value: 1 } },
    empty_result_state: 'OK',
    ...(notification === undefined ? {} : { notification }),
  };
  const made = await answered(
    scratch.send({
      method: 'POST',
      path,
      body: {
        display_name: `${scratch.mark} ${name}`,
        query_text: 'SELECT 0 AS n',
        warehouse_id: scratch.warehouseId,
        parent_path: scratch.folder.replace(/^\/Workspace/u, ''),
        evaluation,
        schedule: { quartz_cron_schedule: '0 0 6 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
      },
    }),
  );
  if (made.status === 'done') {
    const purge = {
      method: 'DELETE',
      path: `${path}/${textField(made.value, 'id') ?? ''}`,
      query: { purge: 'true' },
    } as const;
    scratch.owe(`alert ${textField(made.value, 'id') ?? ''}`, () => scratch.client.send(purge));
  }
  return made;
}
