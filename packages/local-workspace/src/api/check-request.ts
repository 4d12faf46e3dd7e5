import { ApiError, invalidParameter } from './api-error.ts';

/**
 * A page of a foreign site can make the browser of the user call names that resolve to 127.0.0.1 (DNS rebinding); the Host
 * header tells. Without it, or with any other name than those of this machine, nothing is answered.
 */
export function checkHost(host: string | undefined): void {
  if (host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)) return;
  throw new ApiError(
    403,
    'PERMISSION_DENIED',
    'The embedded workspace answers to 127.0.0.1, localhost and [::1] only.',
  );
}

/** Paths that cannot be decoded would be taken for a name that nobody sent. */
export function checkPath(path: string): void {
  try {
    if (path.startsWith('/') && decodeURIComponent(path) !== '') return;
  } catch {
    // Told below.
  }
  throw invalidParameter(`'${path.slice(0, 200)}' is not a valid path: percent-encoding as UTF-8 is needed`);
}
