import { columnOf, type DeclaredMetric } from './metric-layers.ts';

const types = ['aggregate', 'derived', 'drift'] as const;

/**
 * Aggregates, then what is derived from them, then what compares windows; else as declared. A derived metric comes after
 * those that it names: the service computes the list from front to back, and lists that differ in order only are alike.
 */
export function inOrder(metrics: readonly DeclaredMetric[]): readonly DeclaredMetric[] {
  return types.flatMap((type) => {
    const ofType = metrics.filter(({ metric }) => metric.metric_type === type);
    return type === 'derived' ? byReference(ofType) : ofType;
  });
}

/** Where two name one another the order of the config stays. */
function byReference(metrics: readonly DeclaredMetric[]): readonly DeclaredMetric[] {
  const byColumn = new Map(metrics.map((declared) => [columnOf(declared), declared]));
  const done = new Set<DeclaredMetric>();
  const begun = new Set<DeclaredMetric>();
  const add = (declared: DeclaredMetric): void => {
    if (begun.has(declared)) return;
    begun.add(declared);
    for (const word of declared.metric.definition.toLowerCase().match(/\w+/gu) ?? []) {
      const other = byColumn.get(word);
      if (other !== undefined) add(other);
    }
    done.add(declared);
  };
  metrics.forEach(add);
  return [...done];
}
