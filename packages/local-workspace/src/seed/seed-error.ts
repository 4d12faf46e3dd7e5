/** A fault of a seed file. The message begins with its place: `workspace.yaml:12: …`. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly file: string;
  readonly line: number;

  constructor(place: { readonly file: string; readonly line: number }, message: string, cause?: unknown) {
    super(`${place.file}:${place.line}: ${message}`, { cause });
    this.file = place.file;
    this.line = place.line;
  }
}
