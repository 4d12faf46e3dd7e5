"""Classes as the metric tables name them."""


def class_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def by_class(values):
    """A map as a query answers it, by the text of the class."""
    return [{"key": key, "value": value} for key, value in sorted((class_text(c), v) for c, v in values.items())]
