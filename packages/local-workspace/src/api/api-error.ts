/** An answer that is not a success; the server turns it into `{error_code, message, details}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** Typed details, such as an `ErrorInfo` with a reason; see `withReason`. */
  readonly details: readonly Readonly<Record<string, unknown>>[] = [];
  /** Sent with the answer; see `withHeaders`. */
  readonly headers: Readonly<Record<string, string>> = {};

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
  return Object.assign(copyOf(error), { details: [detail] });
}

/** The same error with headers such as Retry-After. */
export function withHeaders(error: ApiError, headers: Readonly<Record<string, string>>): ApiError {
  return Object.assign(copyOf(error), { headers });
}

function copyOf(error: ApiError): ApiError {
  const { status, code, message, details, headers } = error;
  return Object.assign(new ApiError(status, code, message), { details, headers });
}

export function invalidParameter(message: string): ApiError {
  return new ApiError(400, 'INVALID_PARAMETER_VALUE', message);
}

export function resourceDoesNotExist(message: string): ApiError {
  return new ApiError(404, 'RESOURCE_DOES_NOT_EXIST', message);
}
