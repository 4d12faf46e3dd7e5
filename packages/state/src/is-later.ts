/** Whether a version of dpo comes after another one; false if one of them is none. What follows a `-` does not count. */
export function isLater(version: string | undefined, than: string | undefined): boolean {
  const [a, b] = [partsOf(version), partsOf(than)];
  if (a === undefined || b === undefined) return false;
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs !== -1 && (a[differs] ?? 0) > (b[differs] ?? 0);
}

function partsOf(version: string | undefined): readonly number[] | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)(-|$)/.exec(version ?? '');
  return parts?.slice(1, 4).map(Number);
}
