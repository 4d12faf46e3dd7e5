/** An answer that is not a success; the server turns it into `{error_code, message, details}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** Typed details, such as an `ErrorInfo` with a reason; see `withReason`. */
  readonly details: readonly Readonly<Record<string, unknown>>[] = [];

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The same error with an `ErrorInfo` that clients can branch on. */
export function withReason(error: ApiError, reason: string): ApiError {
  const detail = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'databricks.com',
    metadata: {},
  };
  return Object.assign(new ApiError(error.status, error.code, error.message), { details: [detail] });
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(400, 'INVALID_PARAMETER_VALUE', message);
}

export function resourceDoesNotExist(message: string): ApiError {
  return new ApiError(404, 'RESOURCE_DOES_NOT_EXIST', message);
}
