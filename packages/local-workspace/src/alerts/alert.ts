import { resourceDoesNotExist } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Document, Storage, Transaction } from '../storage/storage.ts';
import type { AlertConfig } from './alert-config.ts';

export type AlertState = 'UNKNOWN' | 'OK' | 'TRIGGERED' | 'ERROR';

export interface RunAs {
  readonly kind: 'user' | 'service_principal';
  readonly name: string;
}

/** An alert as it is kept. */
export interface Alert {
  readonly id: string;
  readonly workspaceId: string;
  /** Place in the order of creation. */
  readonly order: number;
  readonly config: AlertConfig;
  /** The folder, without the prefix /Workspace. */
  readonly folder: string;
  readonly owner: string;
  readonly runAs: RunAs;
  /** RFC 3339, as are the other times. */
  readonly createTime: string;
  readonly updateTime: string;
  /** Set once it is in the trash. */
  readonly trashTime?: string;
  /** Absent until it is evaluated for the first time. */
  readonly state?: AlertState;
  readonly lastEvaluatedAt?: string;
  /** When its subscribers last heard that it is triggered, until it is OK again. */
  readonly triggeredNoticeAt?: string;
}

/** After so long in the trash an alert is gone for good (SDK `trash_alert`). */
const trashLifetime = 30 * 86_400_000;

export function findAlert(source: Pick<Storage, 'get'>, id: string, now: Date): Alert | undefined {
  const alert = source.get('alert', id) as Alert | undefined;
  return alert === undefined || isGone(alert, now) ? undefined : alert;
}

/** In the order of creation, those in the trash included. */
export function listAlerts(source: Pick<Storage, 'list'>, now: Date): readonly Alert[] {
  return allAlerts(source)
    .filter((alert) => !isGone(alert, now))
    .toSorted((left, right) => left.order - right.order);
}

export async function putAlert(transaction: Transaction, alert: Alert): Promise<void> {
  await transaction.put('alert', alert.id, alert as unknown as Document);
}

/** Forgets the alerts that were in the trash for too long. */
export async function removeGoneAlerts(transaction: Transaction, now: Date): Promise<void> {
  for (const alert of allAlerts(transaction)) if (isGone(alert, now)) await transaction.remove('alert', alert.id);
}

/** Text of the service (databricks/cli acceptance `alerts/basic`). */
export function alertMissing(id: string): ApiError {
  return resourceDoesNotExist(`Alert with ID '${id}' does not exist.`);
}

export function isPaused(alert: Alert): boolean {
  return alert.config.schedule.pause_status === 'PAUSED';
}

function allAlerts(source: Pick<Storage, 'list'>): readonly Alert[] {
  return source.list('alert') as unknown as readonly Alert[];
}

function isGone({ trashTime }: Alert, now: Date): boolean {
  return trashTime !== undefined && now.getTime() - Date.parse(trashTime) > trashLifetime;
}
