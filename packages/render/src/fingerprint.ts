/** A fingerprint as people see and type it: `fp:` and the first 16 hex digits in groups of four. */
export function fingerprintText(fingerprint: string): string {
  const groups = fingerprint.slice(0, 16).match(/.{1,4}/gu) ?? [];
  return `fp:${groups.join('-')}`;
}
