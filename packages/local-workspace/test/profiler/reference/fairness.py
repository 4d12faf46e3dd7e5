"""Rates of one class in one half of the rows minus those in the other half, by class."""

import math

import numpy
from sklearn import metrics

from class_text import by_class

names = ["predictive_parity", "predictive_equality", "equal_opportunity", "statistical_parity"]


def fairness(random):
    cases = []
    for name, type, classes, size, hit in [
        ("two classes", "string", ["no", "yes"], 120, 0.7),
        ("four classes", "string", ["a", "b", "c", "d"], 200, 0.5),
        ("numbers", "int", [0, 1], 60, 0.6),
        ("numbers whose order as text is another", "int", [2, 10, 100], 150, 0.8),
        ("Booleans", "boolean", [False, True], 90, 0.75),
        ("few rows, so that some rates are undefined", "string", ["a", "b", "c", "d", "e"], 14, 0.4),
    ]:
        labels, others = random.choice(classes, size).tolist(), random.choice(classes, size).tolist()
        halves = (random.random(size) < 0.4).tolist()
        # The one half is predicted worse than the other.
        hits = random.random(size) < numpy.where(halves, hit, hit - 0.2)
        predictions = [a if right else b for a, b, right in zip(labels, others, hits)]
        cases.append(fairness_case(name, type, labels, predictions, halves))
    labels = random.choice(["a", "b", "c"], 100).tolist()
    predictions = random.choice(["a", "b", "c"], 100).tolist()
    halves = (random.random(100) < 0.5).tolist()
    for values in (labels, predictions, halves):
        for row in random.choice(100, 12, replace=False):
            values[row] = None
    cases.append(fairness_case("rows without a label, prediction or half", "string", labels, predictions, halves))
    halves = [prediction == "a" for prediction in predictions]
    cases.append(fairness_case("a class that only one half predicts", "string", labels, predictions, halves))
    return cases


def fairness_case(name, type, labels, predictions, halves):
    rows = [row for row in zip(labels, predictions, halves) if None not in row]
    classes = sorted({value for label, prediction, _ in rows for value in (label, prediction)})
    rates = {half: [class_rates(rows, c, half) for c in classes] for half in (False, True)}
    slices = []
    for half in (False, True):
        gaps = {rate: {} for rate in names}
        for c, one, other in zip(classes, rates[half], rates[not half]):
            for rate in names:
                gap = one[rate] - other[rate]
                gaps[rate][c] = None if math.isnan(gap) else float(gap)
        slices.append({"slice_value": str(half).lower(), **{rate: by_class(gaps[rate]) for rate in names}})
    return {"name": name, "type": type, "labels": labels, "predictions": predictions, "halves": halves, "slices": slices}


def class_rates(rows, c, half):
    truth = [label == c for label, _, h in rows if h == half]
    guess = [prediction == c for _, prediction, h in rows if h == half]
    (true_negatives, false_positives), _ = metrics.confusion_matrix(truth, guess, labels=[False, True])
    negatives = true_negatives + false_positives
    return {
        "predictive_parity": metrics.precision_score(truth, guess, zero_division=math.nan),
        "predictive_equality": false_positives / negatives if negatives > 0 else math.nan,
        "equal_opportunity": metrics.recall_score(truth, guess, zero_division=math.nan),
        "statistical_parity": sum(guess) / len(guess),
    }
