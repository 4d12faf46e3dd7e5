import { record, ShapeFault } from '../../api/reader.ts';

/** A live data file of a Delta table. */
export interface DeltaFile {
  /** Relative to the table, decoded. */
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string | null>>;
}

export interface DeltaMetadata {
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
}

/** What the actions read so far add up to. */
export interface DeltaState {
  readonly files: Map<string, DeltaFile>;
  metadata: DeltaMetadata | undefined;
}

type Action = Readonly<Record<string, unknown>>;

/** Features that change nothing for somebody who only reads whole files. Deletion vectors are refused where one is used. */
const readable = ['deletionVectors', 'timestampNtz', 'vacuumProtocolCheck', 'v2Checkpoint', 'columnMapping'];

/** Takes one line of a commit or one row of a checkpoint in. What is not known here cannot change which rows are read. */
export function applyAction(state: DeltaState, action: Action): void {
  const { add, remove, metaData, protocol, sidecar } = action as Readonly<Record<string, Action | null | undefined>>;
  if (isObject(protocol)) checkProtocol(protocol);
  if (isObject(sidecar)) throw new Error('a V2 checkpoint with sidecar files cannot be read here');
  if (isObject(metaData)) state.metadata = metadataOf(metaData);
  if (isObject(remove)) state.files.delete(pathOf(remove));
  if (isObject(add)) {
    if (isObject(add['deletionVector'])) {
      throw new Error(
        'deletion vectors cannot be read here; write the table anew without them: REORG TABLE … APPLY (PURGE)',
      );
    }
    const path = pathOf(add);
    state.files.set(path, { path, partitionValues: partitionValues(add['partitionValues'] ?? {}, { path: ['add'] }) });
  }
}

const partitionValues = record((value, { path }): string | null => {
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw new ShapeFault(path, 'expected a string');
  return value;
});

function metadataOf(action: Action): DeltaMetadata {
  const configuration = isObject(action['configuration']) ? action['configuration'] : {};
  const mapping = configuration['delta.columnMapping.mode'];
  if (mapping !== undefined && mapping !== null && mapping !== 'none') {
    throw new Error(
      `column mapping (${JSON.stringify(mapping)}) cannot be read here: the files hold other column names`,
    );
  }
  const columns = action['partitionColumns'];
  return {
    schemaString: String(action['schemaString']),
    partitionColumns: Array.isArray(columns) ? columns.map(String) : [],
  };
}

function checkProtocol(protocol: Action): void {
  const version = Number(protocol['minReaderVersion'] ?? 1);
  if (version > 3) throw new Error(`reader version ${version} of Delta is not known here`);
  const features = protocol['readerFeatures'];
  const unknown = Array.isArray(features) ? features.map(String).find((name) => !readable.includes(name)) : undefined;
  if (unknown !== undefined) throw new Error(`the Delta feature '${unknown}' cannot be read here`);
}

/** Paths are URL-encoded and relative; a shallow clone names files of another table. */
function pathOf(action: Action): string {
  const path = String(action['path']);
  if (/^([a-z][\w+.-]*:|\/)/i.test(path))
    throw new Error(`the data file '${path}' is outside of the folder of the table`);
  return decodeURIComponent(path);
}

function isObject(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
