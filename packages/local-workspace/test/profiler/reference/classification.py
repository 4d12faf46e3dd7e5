"""Accuracy, confusion matrix, precision, recall and F1 of predicted classes."""

from sklearn import metrics

from class_text import by_class, class_text


def classification(random):
    cases = []
    for type, classes, size, hit in [
        ("string", ["no", "yes"], 60, 0.8),
        ("string", ["a", "b", "c", "d"], 200, 0.6),
        ("int", [0, 1], 25, 0.5),
        ("int", [0, 2, 10], 90, 0.7),
        ("double", [-0.5, 1.0, 1.5], 40, 0.3),
        ("boolean", [False, True], 70, 0.9),
    ]:
        labels = random.choice(classes, size).tolist()
        others = random.choice(classes, size).tolist()
        predictions = [a if u < hit else b for a, b, u in zip(labels, others, random.random(size))]
        cases.append({"type": type, "labels": labels, "predictions": predictions, **scores(labels, predictions)})
    lopsided = {"labels": ["a"] * 9 + ["b"], "predictions": ["a"] * 8 + ["c", "a"]}
    return [*cases, {"type": "string", **lopsided, **scores(**lopsided)}]


def scores(labels, predictions):
    classes = sorted(set(labels) | set(predictions))
    # Positions stand for classes: scikit-learn refuses fractions.
    truth, guess = ([classes.index(value) for value in side] for side in (labels, predictions))
    positions = list(range(len(classes)))
    row = {"accuracy_score": float(metrics.accuracy_score(truth, guess))}
    for name, score in [("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1_score", metrics.f1_score)]:
        one_vs_all = score(truth, guess, labels=positions, average=None, zero_division=0)
        row[name] = {
            "one_vs_all": by_class(dict(zip(classes, map(float, one_vs_all)))),
            "macro": float(score(truth, guess, labels=positions, average="macro", zero_division=0)),
            "weighted": float(score(truth, guess, labels=positions, average="weighted", zero_division=0)),
        }
    matrix = metrics.confusion_matrix(truth, guess, labels=positions)
    cells = [
        (class_text(prediction), class_text(label), str(matrix[j][i]))
        for i, prediction in enumerate(classes)
        for j, label in enumerate(classes)
        if matrix[j][i] > 0
    ]
    row["confusion_matrix"] = [dict(zip(("prediction", "label", "count"), cell)) for cell in sorted(cells)]
    return row
