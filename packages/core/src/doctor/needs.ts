import type { Securable } from './rights.ts';

/** Privileges that a mode needs on one object. */
export interface Need {
  readonly securable: Securable;
  /** As the API spells them. */
  readonly privileges: readonly string[];
  /** For people: `metric tables go there`. */
  readonly purpose: string;
  /** Asked of the schema if it exists; if it does not, it has to be made first: CREATE SCHEMA on its catalog. */
  readonly makes?: true;
  /** It need not be there yet: what is absent needs nothing. */
  readonly optional?: true;
}

/** What only its owner may change. */
export interface OwnershipNeed {
  readonly securable: Securable;
  /** `view` or `schema`, as a statement names it. */
  readonly type: 'view' | 'schema';
  readonly purpose: string;
}
