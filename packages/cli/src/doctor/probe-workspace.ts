import { randomBytes } from 'node:crypto';
import { fail, type Emit } from '@dpo/core';
import { getMe, probe, type Probed } from '@dpo/databricks';
import { systemClock } from '../clock.ts';
import { askConsent } from '../consent.ts';
import type { OpenedProject } from '../project.ts';
import type { Connected } from '../session.ts';
import { checkBehaviourFile, profileOf, writeBehaviourFile, type BehaviourProfile } from './behaviour-file.ts';

export interface ProbeWorkspaceRequest {
  readonly project: OpenedProject;
  /** `catalog.schema`. */
  readonly schema: string;
  readonly file: string;
  readonly autoApprove: boolean;
  readonly connect: () => Promise<Connected>;
  readonly emit: Emit;
  /** A line for people. */
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface ProbedWorkspace {
  readonly profile: BehaviourProfile;
  /** What could not be removed. */
  readonly left: readonly string[];
}

/** Asks, probes, removes what it made, and writes the profile (W005). After an abort nothing is written. */
export async function probeWorkspace(request: ProbeWorkspaceRequest): Promise<ProbedWorkspace> {
  const { project, schema, file, signal, say } = request;
  requireSchema(schema);
  await checkBehaviourFile(file);
  const connected = await request.connect();
  const { client, connection } = connected;
  try {
    const { userName } = await getMe(client, signal);
    const warehouseId = project.local
      ? connection.warehouseId
      : (project.loaded.config.warehouse_id ?? connection.warehouseId);
    if (warehouseId === undefined) needWarehouse();
    if (!request.autoApprove) await consent(request, connection.host);
    const mark = `dpo_probe_${randomBytes(4).toString('hex')}`;
    const probed = await probe(
      { client, warehouseId, schema, userName, mark, tell: say },
      { clock: systemClock, signal },
    );
    tellLeft(probed, request);
    if (probed.aborted !== undefined) throw probed.aborted;
    const profile = profileOf(probed, project.local ? 'embedded workspace' : connection.host, systemClock.now());
    await writeBehaviourFile(file, profile);
    return { profile, left: probed.left };
  } finally {
    await connected.close();
  }
}

/** In the problems of an aborted run too. */
function tellLeft({ left }: Probed, { emit, say }: ProbeWorkspaceRequest): void {
  if (left.length === 0) return;
  const message = `not removed: ${left.join(', ')}`;
  emit({
    type: 'problem',
    problem: { code: 'DOCTOR.LEFT', severity: 'warning', message, hint: 'remove it by hand' },
  });
  say(`${message}; remove it by hand`);
}

async function consent({ schema, file, signal }: ProbeWorkspaceRequest, host: string): Promise<void> {
  const text = [
    `dpo makes tables, a view, a volume, monitors, alerts, a dashboard and a schema beside it in ${host},`,
    `in the schema ${schema} and in your folder, looks how the workspace answers, and removes all of it.`,
    `It starts the warehouse; the monitors compute metrics of one row. What it sees goes to ${file}.`,
    `Type the name of the schema to go on: `,
  ].join('\n');
  const hint = `dpo doctor --probe ${schema} --auto-approve`;
  await askConsent({ text, answer: schema, hint, signal });
}

function requireSchema(schema: string): void {
  if (/^[^.\s`]+\.[^.\s`]+$/u.test(schema)) return;
  const message = `'${schema}' is no schema`;
  fail({ code: 'USAGE', message, hint: 'write it as catalog.schema: dpo doctor --probe dev.dpo_scratch' });
}

function needWarehouse(): never {
  fail({
    code: 'CATALOG.WAREHOUSE_NEEDED',
    message: 'tables are made by SQL statements, and no warehouse is set',
    hint: 'set warehouse_id in the config or in the target, or DATABRICKS_WAREHOUSE_ID',
  });
}
