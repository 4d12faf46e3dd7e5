"""The scores of one group of rows, each a label and its chance."""

from itertools import combinations

import numpy
from sklearn import metrics


def number_scores(group, known):
    """A number is the probability of the greater class, so that there is one area only."""
    labels = [known.index(label) for label, _ in group]
    greater = numpy.array([chance for _, chance in group], dtype=float)
    area = float(metrics.roc_auc_score(labels, greater))
    areas = {"macro": area, "weighted": area}
    return {
        "log_loss": float(metrics.log_loss(labels, numpy.column_stack([1 - greater, greater]), labels=[0, 1])),
        "roc_auc_score": {"one_vs_one": areas, "one_vs_all": areas},
    }


def map_scores(group, classes):
    columns = sorted({c for _, chance in group for c in chance} | set(classes))
    # Positions stand for classes: scikit-learn refuses fractions.
    labels = numpy.array([columns.index(label) for label, _ in group])
    shares = numpy.array([normalised(chance, columns) for _, chance in group])
    is_multiclass = len(columns) == len(classes) > 2
    return {
        "log_loss": float(metrics.log_loss(labels, shares, labels=list(range(len(columns))))),
        "roc_auc_score": (multiclass_areas if is_multiclass else averaged_areas)(labels, shares),
    }


def normalised(chance, columns):
    """What adds up to one but for rounding is left alone, as scikit-learn does."""
    weights = numpy.array([chance.get(c, 0) for c in columns], dtype=float)
    total = sum(chance.values())
    return weights if abs(total - 1) < 1e-9 else weights / total


def multiclass_areas(labels, shares):
    return {
        kind: {
            average: float(metrics.roc_auc_score(labels, shares, multi_class=short, average=average))
            for average in ("macro", "weighted")
        }
        for kind, short in [("one_vs_one", "ovo"), ("one_vs_all", "ovr")]
    }


def averaged_areas(labels, shares):
    """
    The same averages of binary areas. scikit-learn has no multiclass area of two classes, nor where a column is no label.
    """
    classes, sizes = numpy.unique(labels, return_counts=True)
    duels, weights = [], []
    for a, b in combinations(classes, 2):
        rows = (labels == a) | (labels == b)
        duels.append(numpy.mean([metrics.roc_auc_score(labels[rows] == c, shares[rows, c]) for c in (a, b)]))
        weights.append(rows.sum())
    rest = [metrics.roc_auc_score(labels == c, shares[:, c]) for c in classes]
    return {
        "one_vs_one": {"macro": float(numpy.mean(duels)), "weighted": float(numpy.average(duels, weights=weights))},
        "one_vs_all": {"macro": float(numpy.mean(rest)), "weighted": float(numpy.average(rest, weights=sizes))},
    }
