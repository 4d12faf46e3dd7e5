/** A Unity Catalog operation that cannot be done; the code and the message are those of the service. */
export class UnityError extends Error {
  override readonly name = 'UnityError';
  readonly code: string;
  readonly status: number;

  constructor(options: { readonly status: number; readonly code: string; readonly message: string }) {
    super(options.message);
    this.code = options.code;
    this.status = options.status;
  }
}

export type Securable = 'Catalog' | 'Schema' | 'Table' | 'Volume' | 'Function';

export function doesNotExist(securable: Securable, name: string): UnityError {
  return new UnityError({
    status: 404,
    code: `${securable.toUpperCase()}_DOES_NOT_EXIST`,
    message: `${securable} '${name}' does not exist.`,
  });
}

/** Status 400 and not 409: Unity Catalog keeps it for old clients (unitycatalog `ErrorCode.java`). */
export function alreadyExists(securable: Securable, name: string): UnityError {
  return new UnityError({
    status: 400,
    code: `${securable.toUpperCase()}_ALREADY_EXISTS`,
    message: `${securable} '${name}' already exists`,
  });
}
