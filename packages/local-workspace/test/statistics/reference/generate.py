"""Writes expected.json: what SciPy answers, for the tests of the statistics.

Run it with the versions named below to make the file anew; the tests read the file only.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python generate.py
"""

import json
import sys
from pathlib import Path

import numpy
import scipy
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2, chi2_contingency, ks_2samp, wasserstein_distance

random = numpy.random.default_rng(20260715)


def kolmogorov_smirnov():
    """Two evenly spread samples, one shifted: a statistic of about the shift, for every regime of the distribution."""
    rows = []
    sizes = [
        (1, 7), (2, 2), (3, 5), (7, 9), (10, 15), (20, 20), (30, 60), (100, 100), (139, 141), (250, 260),
        (279, 283), (282, 282), (300, 300), (523, 941), (941, 1192), (1192, 1344), (2000, 2000), (5000, 50), (5000, 5000),
        (33333, 33333), (150000, 150000), (199000, 201500), (250000, 500000), (400000, 400000), (1000000, 1000000),
        (1, 1000000), (5, 1000000), (100, 1000000),
    ]
    shifts = [0, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.038, 0.049, 0.062, 0.1, 0.15, 0.2, 0.3, 0.45, 0.55, 0.8, 0.95, 0.999]
    seen = set()
    for n, m in sizes:
        for shift in shifts:
            current = (numpy.arange(n) + 0.5) / n + shift
            reference = (numpy.arange(m) + 0.5) / m
            result = ks_2samp(current, reference, method="asymp")
            key = (n, m, float(result.statistic))
            if key not in seen:
                seen.add(key)
                rows.append([float(result.statistic), n, m, float(result.pvalue)])
    return rows


def chi_squared_tail():
    degrees = [1, 2, 3, 5, 12, 50, 99, 100, 1000, 1500]
    ratios = [0, 1e-8, 1e-3, 0.1, 0.5, 0.9, 1, 1.1, 1.5, 2, 4, 10, 40]
    return [[ratio * df, df, float(chi2.sf(ratio * df, df))] for df in degrees for ratio in ratios]


def categories():
    samples = [
        ([46, 54], [1, 99]),
        ([40, 7, 3], [116, 133, 251]),
        ([10, 0], [0, 10]),
        ([1, 1, 1], [2, 2, 2]),
        ([5000001, 4999999], [5000000, 5000001]),
        ([3, 0, 0, 9], [0, 4, 1, 9]),
    ]
    for size, total in [(5, 30), (12, 10000), (100, 5000), (101, 1000000)]:
        shares = random.dirichlet(numpy.ones(size), 2)
        samples.append(tuple(random.multinomial(total, share).tolist() for share in shares))
    rows = []
    for current, reference in samples:
        kept = [(a, b) for a, b in zip(current, reference) if a + b > 0]
        current, reference = [list(side) for side in zip(*kept)]
        test = chi2_contingency([current, reference], correction=False)
        p, q = (numpy.array(side) / sum(side) for side in (current, reference))
        rows.append({
            "current": current,
            "reference": reference,
            "chi2": float(test.statistic),
            "p": float(test.pvalue),
            "js": float(jensenshannon(p, q)),
            "tv": float(numpy.abs(p - q).sum() / 2),
            "linf": float(numpy.abs(p - q).max()),
        })
    return rows


def stability_index(current, reference):
    """Ours: bins at the deciles of the reference, closed above, 0.0001 for an empty share."""
    edges = sorted({reference[len(reference) * decile // 10] for decile in range(1, 10)})
    shares = []
    for values in (current, reference):
        counts = numpy.bincount(numpy.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
        shares.append(numpy.maximum(counts / len(values), 1e-4))
    return float(((shares[0] - shares[1]) * numpy.log(shares[0] / shares[1])).sum())


def values():
    samples = [
        (random.normal(0, 1, 20), random.normal(0.5, 2, 20)),
        (random.normal(0, 1, 1000), random.normal(0, 1, 1000)),
        (random.exponential(3, 1000), random.normal(2, 1, 1000)),
        (random.integers(0, 4, 1000), random.integers(0, 6, 1000)),
        (random.normal(1e9, 1, 100), random.normal(1e9, 3, 100)),
        (numpy.zeros(10), numpy.ones(10)),
    ]
    rows = []
    for pair in samples:
        current, reference = (numpy.sort(numpy.round(side.astype(float), 4)).tolist() for side in pair)
        rows.append({
            "current": current,
            "reference": reference,
            "ks": float(ks_2samp(current, reference).statistic),
            "wasserstein": float(wasserstein_distance(current, reference)),
            "psi": stability_index(current, reference),
        })
    return rows


expected = {
    "versions": {
        "python": ".".join(map(str, sys.version_info[:2])),
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
    },
    "kolmogorovSmirnov": kolmogorov_smirnov(),
    "chiSquaredTail": chi_squared_tail(),
    "categories": categories(),
    "values": values(),
}
target = Path(__file__).with_name("expected.json")
target.write_text(json.dumps(expected, allow_nan=False, separators=(",", ":")) + "\n", encoding="utf-8")
