import { ProxyError } from './proxy-pool.ts';

const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  'PROXY_TUNNEL',
]);

/** `code` of a system, TLS or undici error. */
export function codeOf(error: unknown): string {
  const code = memberOf(error, 'code');
  return typeof code === 'string' ? code : '';
}

/** True if the request cannot have been received: no connection came about, so that even a create may be repeated. */
export function wasNotSent(error: unknown): boolean {
  return causes(error).every(
    (cause) =>
      beforeSending.has(codeOf(cause)) ||
      memberOf(cause, 'syscall') === 'connect' ||
      isCertificateError(cause) ||
      textOf(cause).includes('before secure TLS connection was established'),
  );
}

/** A certificate that is not trusted stays so: trying again only makes people wait. */
export function isCertificateError(error: unknown): boolean {
  return withReasons(error).some((cause) =>
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA)/.test(codeOf(cause)),
  );
}

/** Trying again would give the same: a certificate, or a proxy that says no. */
export function isPermanent(error: unknown): boolean {
  const status = error instanceof ProxyError ? (error.status ?? 0) : 0;
  return isCertificateError(error) || (status >= 400 && status < 500);
}

/** What people read about a failed connection. */
export function describeNetworkError(error: unknown): string {
  const [first] = causes(error);
  const code = codeOf(first);
  const text = textOf(first);
  return code === '' || text.includes(code) ? text : `${text} (${code})`;
}

/** Node tries the addresses of a name in turn and gives an error with one error for each of them. */
function causes(error: unknown): readonly unknown[] {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error];
}

/** With what a proxy or the way to it was the reason of. */
function withReasons(error: unknown): readonly unknown[] {
  return causes(error).flatMap((cause) => {
    const reason = memberOf(cause, 'cause');
    return reason === undefined ? [cause] : [cause, ...causes(reason)];
  });
}

function memberOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
