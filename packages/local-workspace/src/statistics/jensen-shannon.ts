import type { AlignedCounts } from './aligned-counts.ts';

/**
 * Jensen-Shannon distance: the square root of the divergence, natural logarithm as in SciPy's `jensenshannon`;
 * between 0 and sqrt(ln 2) = 0.8326. The service does not document its base. Shares that hardly differ keep about 15
 * digits, where SciPy loses six of them.
 */
export function jensenShannonDistance({ current, reference }: AlignedCounts): number {
  const currentTotal = current.reduce((sum, count) => sum + count, 0);
  const referenceTotal = reference.reduce((sum, count) => sum + count, 0);
  let divergence = 0;
  for (const [index, count] of current.entries()) {
    // Products of counts are whole numbers: their difference is exact, that of two shares is not.
    const a = count * referenceTotal;
    const b = (reference[index] ?? 0) * currentTotal;
    if (a + b > 0) divergence += (a + b) * spread((a - b) / (a + b));
  }
  return Math.sqrt(divergence / (currentTotal * referenceTotal)) / 2;
}

/** (1 + t) ln(1 + t) + (1 - t) ln(1 - t), by its series t^2 + t^4 / 6 + t^6 / 15 + ... where the direct form cancels. */
function spread(t: number): number {
  if (Math.abs(t) > 0.3) return entropy(1 + t) + entropy(1 - t);
  let sum = 0;
  let power = 1;
  for (let k = 1; k < 40; k += 1) {
    power *= t * t;
    const next = sum + power / (k * (2 * k - 1));
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

function entropy(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}
