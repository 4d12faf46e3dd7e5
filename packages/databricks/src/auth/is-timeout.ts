/** The reason of a signal that ended because time was up (`AbortSignal.timeout`). */
export function isTimeout(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && Reflect.get(reason, 'name') === 'TimeoutError';
}
