/** Another process holds the data file. DuckDB allows one owner; others talk to that owner over HTTP. */
export class WorkspaceInUseError extends Error {
  override readonly name = 'WorkspaceInUseError';
  readonly location: string;

  constructor(location: string, options?: { readonly cause?: unknown }) {
    super(`the workspace ${location} is in use by another process; stop it or connect to it`, options);
    this.location = location;
  }
}
