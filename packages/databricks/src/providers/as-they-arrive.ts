/** Yields results in the order in which they come; the first failure is thrown, later ones are dropped. */
export async function* asTheyArrive<T>(running: readonly Promise<T>[]): AsyncGenerator<T, void, void> {
  const arrived: { readonly value: T }[] = [];
  const failures: unknown[] = [];
  let wake = () => {};
  for (const promise of running) {
    promise.then(
      (value) => {
        arrived.push({ value });
        wake();
      },
      (error: unknown) => {
        failures.push(error);
        wake();
      },
    );
  }
  for (let given = 0; given < running.length;) {
    if (failures.length > 0) throw failures[0];
    const next = arrived[given];
    if (next === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    } else {
      given += 1;
      yield next.value;
    }
  }
}
