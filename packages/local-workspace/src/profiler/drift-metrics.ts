import { alignCounts } from '../statistics/aligned-counts.ts';
import { chiSquaredTest } from '../statistics/chi-squared.ts';
import { jensenShannonDistance } from '../statistics/jensen-shannon.ts';
import { kolmogorovSmirnovTest } from '../statistics/kolmogorov-smirnov.ts';
import { lInfinityDistance } from '../statistics/l-infinity.ts';
import { populationStabilityIndex } from '../statistics/population-stability-index.ts';
import type { TestResult } from '../statistics/test-result.ts';
import { totalVariationDistance } from '../statistics/total-variation.ts';
import { wassersteinDistance } from '../statistics/wasserstein.ts';
import type { ColumnProfile } from './column-profile.ts';

export interface DriftMetrics {
  readonly countDelta: number;
  readonly averageDelta: number | null;
  readonly percentNullDelta: number | null;
  readonly percentZerosDelta: number | null;
  readonly percentDistinctDelta: number | null;
  readonly nonNullColumnsDelta: { readonly added: number; readonly missing: number } | null;
  readonly jensenShannon: number | null;
  readonly kolmogorovSmirnov: TestResult | null;
  readonly wasserstein: number | null;
  readonly populationStability: number | null;
  readonly chiSquared: TestResult | null;
  readonly totalVariation: number | null;
  readonly lInfinity: number | null;
}

const noDistribution = {
  jensenShannon: null,
  kolmogorovSmirnov: null,
  wasserstein: null,
  populationStability: null,
  chiSquared: null,
  totalVariation: null,
  lInfinity: null,
};

/**
 * Differences are current minus reference. Numbers fill the Kolmogorov-Smirnov test, Wasserstein distance and
 * stability index, categories the other four; the family that does not apply is NULL, as in published rows, and so
 * are both when a side has no values.
 */
export function driftMetrics(current: ColumnProfile, reference: ColumnProfile): DriftMetrics {
  return {
    countDelta: current.count - reference.count,
    averageDelta: difference(current.average, reference.average),
    percentNullDelta: difference(current.percentNull, reference.percentNull),
    percentZerosDelta: difference(current.percentZeros, reference.percentZeros),
    percentDistinctDelta: difference(current.percentDistinct, reference.percentDistinct),
    nonNullColumnsDelta: columnsDelta(current.nonNullColumns, reference.nonNullColumns),
    ...noDistribution,
    ...numericDrift(current, reference),
    ...categoricalDrift(current, reference),
  };
}

function numericDrift(current: ColumnProfile, reference: ColumnProfile): Partial<DriftMetrics> {
  if (current.quantiles === null || reference.quantiles === null) return {};
  const sizes = { current: current.values, reference: reference.values };
  return {
    kolmogorovSmirnov: kolmogorovSmirnovTest(current.quantiles, reference.quantiles, sizes),
    wasserstein: finite(wassersteinDistance(current.quantiles, reference.quantiles)),
    populationStability: populationStabilityIndex(current.quantiles, reference.quantiles),
  };
}

function categoricalDrift(current: ColumnProfile, reference: ColumnProfile): Partial<DriftMetrics> {
  if (current.frequencies === null || reference.frequencies === null) return {};
  const counts = alignCounts(current.frequencies, reference.frequencies);
  if (counts === undefined) return {};
  return {
    jensenShannon: jensenShannonDistance(counts),
    chiSquared: chiSquaredTest(counts),
    totalVariation: totalVariationDistance(counts),
    lInfinity: lInfinityDistance(counts),
  };
}

function columnsDelta(
  current: readonly string[] | null,
  reference: readonly string[] | null,
): DriftMetrics['nonNullColumnsDelta'] {
  if (current === null || reference === null) return null;
  return {
    added: current.filter((name) => !reference.includes(name)).length,
    missing: reference.filter((name) => !current.includes(name)).length,
  };
}

function difference(current: number | null, reference: number | null): number | null {
  return current === null || reference === null ? null : finite(current - reference);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
