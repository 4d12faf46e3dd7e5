"""Writes expected.json: what scikit-learn answers, for the tests of model quality.

Run it with the versions named below to make the file anew; the tests read the file only.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    venv/bin/python generate.py
"""

import json
import sys
from pathlib import Path

import numpy
import scipy
import sklearn

from classification import classification
from fairness import fairness
from probabilities import probabilities
from regression import regression


def random(offset):
    """A source of its own for each table, so that a new case of one leaves the others as they are."""
    return numpy.random.default_rng(20260715 + offset)


expected = {
    "versions": {
        "python": ".".join(map(str, sys.version_info[:2])),
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "classification": classification(random(1)),
    "regression": regression(random(2)),
    "probabilities": probabilities(random(3)),
    "fairness": fairness(random(4)),
}
target = Path(__file__).with_name("expected.json")
target.write_text(json.dumps(expected, allow_nan=False, separators=(",", ":")) + "\n", encoding="utf-8")
