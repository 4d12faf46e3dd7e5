import {
  canonical,
  decodeSnapshot,
  encodeSnapshot,
  fail,
  snapshotScope,
  type Catalog,
  type CatalogAge,
  type CatalogSnapshot,
  type Problem,
  type ReadContext,
  type SnapshotIdentity,
} from '@dpo/core';
import { readCatalog, type ReadCatalogRequest } from '@dpo/databricks';
import { systemClock } from './clock.ts';
import type { Session } from './session.ts';
import { readSnapshotFile, writeSnapshotFile, type SnapshotChoice } from './snapshot-file.ts';

export interface KeptRequest {
  readonly session: Reader;
  readonly wanted: ReadCatalogRequest;
  readonly choice: SnapshotChoice | undefined;
  /** Tables, in lower case, that the config lists by their names. */
  readonly listed: ReadonlySet<string>;
}

export interface KeptCatalog {
  readonly catalog: Catalog;
  /** Set if it is from a snapshot. */
  readonly snapshot?: CatalogAge;
  readonly problems: readonly Problem[];
}

/** Who reads where. */
type Reader = Pick<Session, 'client' | 'target'> & Partial<Pick<Session, 'userName'>>;

/** Clocks of two machines may differ by so much. */
const skewMs = 60_000;

/**
 * The catalogs from a snapshot that is young enough, or read now and kept. A snapshot is taken only if it cannot cause a
 * delete: it must find every managed table that is not listed. What it says nothing about is read now.
 */
export async function keptCatalog(request: KeptRequest, context: ReadContext): Promise<KeptCatalog> {
  const { session, wanted, choice } = request;
  if (choice === undefined) return { catalog: await readCatalog(session.client, wanted, context), problems: [] };
  const now = systemClock.now();
  const opened = await open(choice, request, now);
  if (opened.status === 'use') {
    const { readAt, catalog } = opened.snapshot;
    const whole = await completed(catalog, request, context);
    return { catalog: whole, snapshot: ageOf(readAt, now), problems: [] };
  }
  const catalog = await readCatalog(session.client, wanted, context);
  const snapshot = { readAt: now, identity: identityOf(session), scope: snapshotScope(wanted.search), catalog };
  return { catalog, problems: [...opened.problems, ...(await keep(choice, encodeSnapshot(snapshot), session))] };
}

type Opened =
  | { readonly status: 'use'; readonly snapshot: CatalogSnapshot }
  | { readonly status: 'read'; readonly problems: readonly Problem[] };

async function open({ file, maxAge }: SnapshotChoice, request: KeptRequest, now: number): Promise<Opened> {
  const text = await readSnapshotFile(file);
  if (text === undefined) return { status: 'read', problems: [] };
  const decoded = decodeSnapshot(text);
  if (decoded.status === 'damaged') return unused(file, 'is damaged');
  if (decoded.status !== 'snapshot') return refuse(file, decoded.status);
  const { snapshot } = decoded;
  const because = mismatch(snapshot, request);
  if (because !== undefined) return unused(file, because);
  if (snapshot.readAt > now + skewMs) return unused(file, 'is from the future');
  if (now - snapshot.readAt >= maxAge) return { status: 'read', problems: [] };
  const [missing] = missingIn(snapshot.catalog, request);
  // What is read of one table does not tell what it inherits.
  if (missing !== undefined && request.wanted.search?.inheritTags === true)
    return unused(file, `does not hold ${missing}`);
  const lost = lostIn(snapshot, request);
  if (lost.length === 0) return { status: 'use', snapshot };
  const tables = lost.length === 1 ? `${String(lost[0])}, which is managed` : `${String(lost.length)} managed tables`;
  return unused(file, `does not find ${tables}`);
}

/** A file that is none of ours is never written over. */
function refuse(file: string, status: 'other' | 'newer'): never {
  const what = status === 'other' ? 'is no catalog snapshot' : 'was made by a newer dpo';
  const hint = 'name another file, or delete this one';
  return fail({ code: 'CATALOG.SNAPSHOT', message: `'${file}' ${what}`, hint });
}

function unused(file: string, because: string): Opened {
  const message = `the catalog was read anew: snapshot '${file}' ${because}`;
  return { status: 'read', problems: [{ code: 'CATALOG.SNAPSHOT', severity: 'note', message }] };
}

function mismatch({ identity, scope }: CatalogSnapshot, { session, wanted }: KeptRequest): string | undefined {
  const own = identityOf(session);
  if (identity.user !== own.user) return 'was read by another identity';
  if (canonical({ ...identity }) !== canonical({ ...own })) return 'is of another workspace';
  return scope === snapshotScope(wanted.search)
    ? undefined
    : 'is of another search: catalogs, schema filters, tags or patterns';
}

/** Managed tables that a search is to find and that this one did not: only a read of now may say that they are gone. */
function lostIn({ catalog }: CatalogSnapshot, { wanted, listed }: KeptRequest): readonly string[] {
  if (wanted.search === undefined) return [];
  const found = new Set(catalog.found.map(({ name }) => name));
  return (wanted.managed ?? []).filter((name) => !found.has(name) && !listed.has(name));
}

/** With what the snapshot does not hold: a table that is asked for since then, was not there, or could not be read. */
async function completed(catalog: Catalog, request: KeptRequest, context: ReadContext): Promise<Catalog> {
  const { session, wanted } = request;
  const tables = missingIn(catalog, request);
  if (tables.length === 0) return catalog;
  const { warehouseId, tagPrefixNeeded } = wanted;
  const part = { tables, warehouseId, tagPrefixNeeded, mayBeUnreadable: catalog.findings.size > 0 };
  const { findings } = await readCatalog(session.client, part, context);
  return { ...catalog, findings: new Map([...catalog.findings, ...findings]) };
}

function missingIn(catalog: Catalog, { wanted }: KeptRequest): readonly string[] {
  const names = [...wanted.tables, ...catalog.found.map(({ name }) => name)];
  const askable = names.map((name) => name.toLowerCase()).filter((name) => name.split('.').length === 3);
  return [...new Set(askable)].filter((name) => !catalog.findings.has(name));
}

async function keep({ file }: SnapshotChoice, document: string, { client }: Reader): Promise<readonly Problem[]> {
  const warning = (message: string, hint: string): readonly Problem[] => [
    { code: 'CATALOG.SNAPSHOT', severity: 'warning', message, hint },
  ];
  if (client.redact(document) !== document)
    return warning('the catalog snapshot was not kept: a name or tag in it is a secret of this run', 'mend that tag');
  try {
    await writeSnapshotFile(file, document);
    return [];
  } catch {
    return warning(`catalog snapshot '${file}' cannot be written`, 'name a file in a folder that exists');
  }
}

function ageOf(readAt: number, now: number): CatalogAge {
  return { read_at: new Date(readAt).toISOString(), age_seconds: Math.max(0, Math.round((now - readAt) / 1000)) };
}

function identityOf({ target, userName = '' }: Reader): SnapshotIdentity {
  return { host: target.host, workspace_id: target.workspaceId, metastore_id: target.metastoreId, user: userName };
}
