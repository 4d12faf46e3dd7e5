import { poissonDensity } from './saddle-point.ts';

/** Enough for 5,000 degrees of freedom near the mode; the loops stop when a term no longer changes the sum. */
const maximumTerms = 100_000;

/**
 * Upper regularised incomplete gamma function Q(a, x), for `a` a positive multiple of one half and `x` >= 0.
 * Series below `a + 1`, Lentz's continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const density = poissonDensity(a, x);
  return x < a + 1 ? 1 - density * lowerSeries(a, x) : density * a * upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < maximumTerms; n += 1) {
    term *= x / (a + n);
    if (sum + term === sum) break;
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < maximumTerms; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b, tiny);
    c = nonZero(b + numerator / c, tiny);
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return fraction;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
