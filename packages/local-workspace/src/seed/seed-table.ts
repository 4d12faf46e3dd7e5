import type { StatementEngine } from '../sql/statement-engine.ts';
import type { Storage } from '../storage/storage.ts';
import type { Unity } from '../unity/unity.ts';
import type { SeedTableFields } from './seed-shape.ts';

export interface SeedPorts {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly engine: StatementEngine;
  readonly clock: () => Date;
  /** Owner of everything that names no other. */
  readonly principal: string;
  readonly workspaceId: string;
}

/** A table of the file with its place in it. */
export interface SeedTable {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  readonly fields: SeedTableFields;
  readonly path: readonly string[];
}
