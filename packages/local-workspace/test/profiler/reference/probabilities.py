"""Log loss and areas under the curve of predicted probabilities, as PROFILER.md reads them, by slice."""

import numpy

from class_text import class_text
from probability_samples import binary_samples, multiclass_samples
from probability_scores import map_scores, number_scores


def probabilities(random):
    return [probability_case(**sample) for sample in [*binary_samples(random), *multiclass_samples(random)]]


def probability_case(name, label_type, probability_type, labels, chances, slices=None, key=class_text):
    """A chance is a number, a dictionary from class to weight, or None; `key` gives the key that a map has for a class."""
    rows = list(zip(labels, chances, slices or [None] * len(labels)))
    is_map = probability_type.startswith("map")
    known = sorted({label for label in labels if label is not None})
    usable = [row for row in rows if row[0] is not None and (usable_map(row[1]) if is_map else usable_number(row[1]))]
    groups = []
    for value in [None, *sorted({value for value in slices or [] if value is not None})]:
        group = [(label, chance) for label, chance, slice_value in usable if value in (None, slice_value)]
        classes = sorted({label for label, _ in group})
        if len(classes) < 2:
            scores = {"log_loss": None, "roc_auc_score": None}
        else:
            scores = map_scores(group, classes) if is_map else number_scores(group, known)
        groups.append({"slice_value": value, **scores})
    return {
        "name": name,
        "labelType": label_type,
        "probabilityType": probability_type,
        "labels": labels,
        "probabilities": [keyed(chance, key) for chance in chances],
        **({} if slices is None else {"slices": slices}),
        "groups": groups,
    }


def usable_number(chance):
    return chance is not None and 0 <= chance <= 1


def usable_map(chance):
    if chance is None or any(weight is None or weight < 0 for weight in chance.values()):
        return False
    return numpy.sum(list(chance.values())) > 0


def keyed(chance, key):
    return {key(c): weight for c, weight in chance.items()} if isinstance(chance, dict) else chance
