import { fail, matchesGlob } from '@dpo/core';
import { findTaggedTables, viewOwners } from '@dpo/databricks';
import { systemClock } from '../clock.ts';
import type { Connected } from '../session.ts';

export interface Tag {
  readonly name: string;
  readonly value: string;
}

export interface LookRequest {
  readonly catalog: string;
  readonly project: string;
  readonly tag: Tag;
  readonly warehouseId: string | undefined;
  readonly signal: AbortSignal;
}

/** What a workspace says to somebody who starts. */
export interface Surroundings {
  /** Full names of the tables that carry the tag, in order. */
  readonly tables: readonly string[];
  /** Who else has views in the schema where ours would go by default. */
  readonly otherOwners: readonly string[];
}

/** Schemas that discovery leaves out unless the config says otherwise. */
const leftOut = ['information_schema', 'tmp_*', 'dev_*'];

const defaultSchema = 'global_monitoring';

/** One statement and one list. Throws `INIT.NOTHING_FOUND` if no table carries the tag. */
export async function lookAround({ client, connection }: Connected, request: LookRequest): Promise<Surroundings> {
  const { catalog, project, tag, signal } = request;
  const warehouseId = request.warehouseId ?? connection.warehouseId;
  if (warehouseId === undefined) {
    fail({
      code: 'USAGE',
      message: '--warehouse is missing: tags are read with a statement',
      hint: 'add --warehouse ID, or export DATABRICKS_WAREHOUSE_ID',
    });
  }
  const found = await findTaggedTables(client, { catalog, tag, warehouseId }, { clock: systemClock, signal });
  const tables = found.filter(({ schema }) => !leftOut.some((glob) => matchesGlob(glob, schema)));
  if (tables.length === 0) nothingFound(request, found.length);
  const owners = await viewOwners(client, { catalog, schema: defaultSchema }, signal);
  return {
    tables: tables.map(({ fullName }) => fullName),
    otherOwners: owners.filter((owner) => owner.split('/')[0] !== project),
  };
}

function nothingFound({ catalog, tag }: LookRequest, elsewhere: number): never {
  const inOthers = elsewhere === 0 ? '' : `, but for ${String(elsewhere)} in schemas that are left out`;
  fail({
    code: 'INIT.NOTHING_FOUND',
    message: `no table of '${catalog}' that you may see carries the tag ${tag.name} = '${tag.value}'${inOthers}`,
    hint: 'name another one with --tag NAME=VALUE, or list tables with --table',
  });
}

/** `name=value`; the value may hold further equals signs. */
export function tagOf(text: string): Tag {
  const at = text.indexOf('=');
  const name = at < 0 ? '' : text.slice(0, at).trim();
  if (name !== '') return { name, value: text.slice(at + 1) };
  return fail({ code: 'USAGE', message: `--tag: '${text}' is not a tag`, hint: 'write it as name=value' });
}
