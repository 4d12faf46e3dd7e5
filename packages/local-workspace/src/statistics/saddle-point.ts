/**
 * Binomial and Poisson probabilities by Loader's saddle-point form ("Fast and Accurate Computation of Binomial
 * Probabilities", 2000): no subtraction of large logarithms, hence about 15 digits for every size of the arguments.
 */

const logTwoPi = Math.log(2 * Math.PI);

/** Stirling errors of 0, 0.5, 1, ... 15.5, computed with 40 digits. */
const tabulatedStirlingErrors = [
  0.0, 0.15342640972002736, 0.08106146679532726, 0.05481412105191765, 0.0413406959554093, 0.03316287351993629,
  0.02767792568499834, 0.023746163656297496, 0.020790672103765093, 0.018488450532673187, 0.016644691189821193,
  0.015134973221917378, 0.013876128823070748, 0.012810465242920227, 0.01189670994589177, 0.011104559758206917,
  0.010411265261972096, 0.009799416126158804, 0.009255462182712733, 0.008768700134139386, 0.00833056343336287,
  0.00793411456431402, 0.007573675487951841, 0.007244554301320383, 0.00694284010720953, 0.006665247032707682,
  0.006408994188004207, 0.006171712263039458, 0.0059513701127588475, 0.0057462165130101155, 0.005554733551962801,
  0.005375599032926835,
];

/** ln(n!) minus Stirling's formula. `n` is a non-negative multiple of one half. */
export function stirlingError(n: number): number {
  const tabulated = tabulatedStirlingErrors[2 * n];
  if (tabulated !== undefined) return tabulated;
  const r = 1 / (n * n);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360) * r) * r) * r) * r) * r) / n;
}

/** x ln(x / mean) + mean - x, by a series where the direct form cancels. */
export function devianceTerm(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const ratio = difference / (x + mean);
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let j = 1; j < 1000; j += 1) {
    power *= ratio * ratio;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Probability of `successes` in `trials` at success probability `p`. */
export function binomialProbability(successes: number, trials: number, p: number): number {
  const failures = trials - successes;
  if (p <= 0) return successes === 0 ? 1 : 0;
  if (p >= 1) return failures === 0 ? 1 : 0;
  if (successes === 0) return Math.exp(trials * Math.log1p(-p));
  if (failures === 0) return Math.exp(trials * Math.log(p));
  const correction = stirlingError(trials) - stirlingError(successes) - stirlingError(failures);
  const deviance = devianceTerm(successes, trials * p) + devianceTerm(failures, trials * (1 - p));
  const scale = logTwoPi + Math.log(successes) + Math.log1p(-successes / trials);
  return Math.exp(correction - deviance - 0.5 * scale);
}

/** mean^x e^-mean / Gamma(x + 1) for a non-negative multiple `x` of one half. */
export function poissonDensity(x: number, mean: number): number {
  if (mean <= 0) return x === 0 ? 1 : 0;
  if (x === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(x) - devianceTerm(x, mean)) / Math.sqrt(2 * Math.PI * x);
}
