"""Errors of predicted numbers."""

import numpy
from sklearn import metrics


def regression(random):
    cases = []
    for size, scale in [(5, 1), (100, 1000), (200, 0.001)]:
        labels = numpy.round(random.normal(2, 1, size) * scale, 6)
        predictions = numpy.round(labels + random.normal(0, 0.3, size) * scale, 6)
        # Labels of 0 are left out of the percentage error.
        known = labels != 0
        cases.append({
            "labels": labels.tolist(),
            "predictions": predictions.tolist(),
            "mean_squared_error": float(metrics.mean_squared_error(labels, predictions)),
            "root_mean_squared_error": float(metrics.root_mean_squared_error(labels, predictions)),
            "mean_average_error": float(metrics.mean_absolute_error(labels, predictions)),
            "mean_absolute_percentage_error": float(
                metrics.mean_absolute_percentage_error(labels[known], predictions[known])
            ),
            "r2_score": float(metrics.r2_score(labels, predictions)),
        })
    return cases
