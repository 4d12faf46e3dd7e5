import { durbinMatrixCdf } from './durbin-matrix.ts';
import { pelzGoodCdf } from './pelz-good.ts';
import { smirnovSurvival } from './smirnov.ts';

/**
 * P(D_n > d) of the two-sided one-sample Kolmogorov-Smirnov statistic, for integer n >= 1. The regimes are those of
 * Simard and L'Ecuyer (2011) as SciPy's `kstwo.sf` applies them, with Durbin's matrix where SciPy uses Pomeranz.
 */
export function kolmogorovSurvival(d: number, n: number): number {
  if (Number.isNaN(d)) return Number.NaN;
  if (d >= 1) return 0;
  const t = n * d;
  if (t <= 0.5) return 1;
  if (t <= 1) return clip(1 - smallestCdf(n, t));
  if (t >= n - 1) return clip(2 * (1 - d) ** n);
  const square = t * d;
  if (square >= 370) return 0;
  if (d >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) return clip(2 * smirnovSurvival(d, n));
  if (n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4)) return clip(1 - durbinMatrixCdf(d, n));
  return clip(1 - pelzGoodCdf(d, n));
}

/** P(D_n <= d) = n! ((2nd - 1) / n)^n for nd <= 1 (Ruben and Gambino). */
function smallestCdf(n: number, t: number): number {
  let product = 1;
  for (let i = 1; i <= n && product > 0; i += 1) product *= (i / n) * (2 * t - 1);
  return product;
}

function clip(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}
