import type { Standing } from './examination.ts';

/** Objects of Unity Catalog that have an owner and grants. Views are tables. */
export interface Securable {
  readonly type: 'catalog' | 'schema' | 'table' | 'volume';
  /** Full name in lower case. */
  readonly name: string;
}

/** Who asks: grants count for a name and for the groups it is in. */
export interface Principal {
  readonly userName: string;
  readonly groups: readonly string[];
  /** `maybe`: it administers the account or the metastore. Missing: nothing speaks for it. */
  readonly metastoreAdmin?: 'yes' | 'maybe';
}

export interface Assignment {
  readonly principal: string;
  /** As the API spells them: `USE_SCHEMA`. Of the object itself and inherited ones. */
  readonly privileges: readonly string[];
}

/**
 * What could be read of who may do what with one object. `complete`: every grant to the identity and its groups is in
 * it; without that, what is missing may only be hidden (corrections, 16).
 */
export type Rights =
  | {
      readonly status: 'present';
      readonly owner: string | undefined;
      readonly assignments: readonly Assignment[];
      readonly complete: boolean;
    }
  | { readonly status: 'absent' }
  | { readonly status: 'unreadable'; readonly reason: string };

/** By `keyOf`. */
export type RightsBySecurable = ReadonlyMap<string, Rights>;

export function keyOf({ type, name }: Securable): string {
  return `${type} ${name}`;
}

/** Schema and catalog of an object, nearest first. */
export function parentsOf({ type, name }: Securable): readonly Securable[] {
  const [catalog = '', schema = ''] = name.split('.');
  if (type === 'catalog') return [];
  const inCatalog: Securable = { type: 'catalog', name: catalog };
  return type === 'schema' ? [inCatalog] : [{ type: 'schema', name: `${catalog}.${schema}` }, inCatalog];
}

/** The group of everybody in the account, of which no list of somebody's groups speaks. */
const everyone = 'account users';

/** Whether a principal is the identity or one of its groups. */
export function isOneOf(me: Principal, principal: string): boolean {
  const name = principal.toLowerCase();
  return name === everyone || [me.userName, ...me.groups].some((held) => held.toLowerCase() === name);
}

/** Privileges that give data: neither the owner of a parent nor ALL PRIVILEGES of MANAGE has them by itself. */
const data: ReadonlySet<string> = new Set(['EXECUTE', 'MODIFY', 'READ_VOLUME', 'SELECT', 'WRITE_VOLUME']);

/**
 * Whether the identity has the privilege: by ownership, by a grant on the object or above it, or by owning what is above
 * (which gives everything but data). "Manage privileges in Unity Catalog".
 */
export function standingOf(
  privilege: string,
  {
    securable,
    rights,
    me,
  }: { readonly securable: Securable; readonly rights: RightsBySecurable; readonly me: Principal },
): Standing {
  const own = rights.get(keyOf(securable));
  const above = parentsOf(securable).map((parent) => rights.get(keyOf(parent)));
  if (owns(own, me) || granted(own, privilege, me)) return 'has';
  if (above.some((parent) => granted(parent, privilege, me))) return 'has';
  if (!data.has(privilege) && (me.metastoreAdmin === 'yes' || above.some((parent) => owns(parent, me)))) return 'has';
  if (!data.has(privilege) && me.metastoreAdmin === 'maybe') return 'unknown';
  const sure = own?.status === 'present' && own.complete && above.every(isKnown);
  return sure ? 'lacks' : 'unknown';
}

/** Whether the identity owns the object, itself or through a group: the only way to alter a view (corrections, 2). */
export function ownershipOf(rights: Rights | undefined, me: Principal): Standing {
  if (rights?.status !== 'present' || rights.owner === undefined) return 'unknown';
  return isOneOf(me, rights.owner) ? 'has' : 'lacks';
}

function owns(rights: Rights | undefined, me: Principal): boolean {
  return ownershipOf(rights, me) === 'has';
}

function granted(rights: Rights | undefined, privilege: string, me: Principal): boolean {
  if (rights?.status !== 'present') return false;
  return rights.assignments.some(
    ({ principal, privileges }) => isOneOf(me, principal) && privileges.some((given) => implies(given, privilege)),
  );
}

/** ALL PRIVILEGES stands for every privilege but MANAGE, which has to be granted by name. */
function implies(given: string, wanted: string): boolean {
  return given === wanted || (given === 'ALL_PRIVILEGES' && wanted !== 'MANAGE');
}

/** The owner of a parent may hold what is missing; unless the owner is known nobody can say. */
function isKnown(rights: Rights | undefined): boolean {
  return rights?.status === 'present' && rights.owner !== undefined;
}
