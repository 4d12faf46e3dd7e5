/**
 * Groups the values of an array by a key and keeps the groups as long as the array lives. The document store answers the
 * same array until something changes, so that look-ups in a catalog of thousands of tables are made once per change.
 */
export function indexBy<T>(keyOf: (value: T) => string): (values: readonly T[], key: string) => readonly T[] {
  const indexes = new WeakMap<readonly T[], ReadonlyMap<string, readonly T[]>>();
  return (values, key) => {
    const index = indexes.get(values) ?? group(values, keyOf);
    indexes.set(values, index);
    return index.get(key) ?? [];
  };
}

function group<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [value]);
    else members.push(value);
  }
  return groups;
}
