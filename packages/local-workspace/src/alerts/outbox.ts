import { findDestination } from '../destinations/destination.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { Subscription } from './alert-config.ts';
import { alertMessage } from './alert-message.ts';
import type { Evaluated } from './alert-message.ts';
import type { Alert, AlertState } from './alert.ts';

/** Whom a notice went to. A destination that was deleted since has no type any more, and nothing reached it. */
export type Recipient =
  | { readonly user_email: string }
  | { readonly destination_id: string; readonly display_name?: string; readonly destination_type?: string };

/** A notice that an alert sent: the outbox stands in for e-mail and webhooks. */
export interface Notice {
  readonly id: string;
  readonly workspace_id: string;
  readonly alert_id: string;
  readonly alert_name: string;
  readonly state: AlertState;
  /** RFC 3339. */
  readonly time: string;
  readonly subject: string;
  readonly body: string;
  /** Of the body. */
  readonly format: 'HTML' | 'MARKDOWN';
  readonly recipients: readonly Recipient[];
}

/** In the order in which they were sent. */
export function listNotices(source: Pick<Storage, 'list'>): readonly Notice[] {
  return source.list('notification') as unknown as readonly Notice[];
}

export async function clearOutbox(storage: Storage): Promise<void> {
  await storage.transaction(async (transaction) => {
    for (const { id } of listNotices(transaction)) await transaction.remove('notification', id);
  });
}

/** Sends a notice to all subscribers, of whom there is one at least. */
export async function sendNotice(transaction: Transaction, evaluated: Evaluated, at: Date): Promise<void> {
  const { alert, state } = evaluated;
  const last = Number(listNotices(transaction).at(-1)?.id ?? 0);
  // Documents are listed by their ids, so that these sort as numbers do.
  const id = String(last + 1).padStart(12, '0');
  const notice: Notice = {
    id,
    workspace_id: alert.workspaceId,
    alert_id: alert.id,
    alert_name: alert.config.display_name,
    state,
    time: at.toISOString(),
    ...alertMessage(evaluated),
    recipients: recipientsOf(transaction, alert),
  };
  await transaction.put('notification', id, notice as unknown as Document);
}

export function subscriptionsOf({ config }: Alert): readonly Subscription[] {
  return config.evaluation.notification?.subscriptions ?? [];
}

/** Whom a notice of this alert goes to. */
export function recipientsOf(source: Pick<Storage, 'get'>, alert: Alert): readonly Recipient[] {
  return subscriptionsOf(alert).map((subscription) => recipientOf(source, alert.workspaceId, subscription));
}

function recipientOf(
  source: Pick<Storage, 'get'>,
  workspaceId: string,
  { user_email: email, destination_id: id }: Subscription,
): Recipient {
  if (id === undefined) return { user_email: email ?? '' };
  const destination = findDestination(source, workspaceId, id);
  if (destination === undefined) return { destination_id: id };
  return { destination_id: id, display_name: destination.displayName, destination_type: destination.config.type };
}
