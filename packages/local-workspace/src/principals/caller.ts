/** Who makes a call, and through which workspace of the metastore. */
export interface Caller {
  /** SCIM id, digits only. */
  readonly id: string;
  readonly kind: 'user' | 'service_principal' | 'system';
  /** Name in grants and owners: an e-mail address; the application id of a service principal. */
  readonly userName: string;
  readonly displayName: string;
  /** Names of the groups that count for ownership and grants. */
  readonly groups: readonly string[];
  /** Administers the workspace: sees and manages alerts, dashboards, folders and destinations of others. */
  readonly admin: boolean;
  /** Manages every object of the metastore; reads no data without a grant. */
  readonly metastoreAdmin: boolean;
  /** The workspace the call came in by; monitors belong to the one that made them. */
  readonly workspaceId: string;
}

/** Names under which a caller can own something or hold a grant. */
export function namesOf(caller: Pick<Caller, 'userName' | 'groups'>): readonly string[] {
  return [caller.userName, ...caller.groups];
}

/** The workspace itself, for seeding and refreshes: everything is allowed to it. What it makes belongs to `userName`. */
export function systemCaller(workspaceId: string, userName = 'System user'): Caller {
  return {
    id: '0',
    kind: 'system',
    userName,
    displayName: userName,
    groups: [],
    admin: true,
    metastoreAdmin: true,
    workspaceId,
  };
}
