/** The SQL warehouse of the embedded workspace: Databricks SQL in, rows out. */

import type { Caller } from '../principals/caller.ts';

export interface StatementRequest {
  readonly statement: string;
  readonly catalog?: string;
  readonly schema?: string;
  readonly parameters?: readonly { readonly name: string; readonly value?: string | null; readonly type?: string }[];
  /** Becomes the owner of what the statement creates. */
  readonly caller: Caller;
}

export interface ResultColumn {
  readonly name: string;
  /** Spark names as in a statement manifest: type_name `LONG`, type_text `BIGINT`. */
  readonly typeName: string;
  readonly typeText: string;
}

export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  /** Every cell as the statement API sends it: a string, structs and arrays as JSON text, SQL NULL as null. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface StatementEngine {
  /** Throws `SqlError` for every fault of the statement. */
  execute(request: StatementRequest): Promise<StatementResult>;
}

/** A failed statement, with the Spark error class in brackets at the head of its message. */
export class SqlError extends Error {
  readonly errorClass: string;
  readonly sqlState: string;

  constructor(errorClass: string, sqlState: string, message: string) {
    super(`[${errorClass}] ${message}`);
    this.errorClass = errorClass;
    this.sqlState = sqlState;
  }
}
