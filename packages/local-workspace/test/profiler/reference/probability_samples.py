"""Labels and chances with the peculiarities that the tables hold."""

import numpy

letters, insects = ["a", "b", "c"], ["ant", "bee", "cat", "dog", "eel"]


def binary_samples(random):
    def sample(name, classes, type, size, chances=None, **more):
        picks = random.integers(0, 2, size)
        raw = numpy.clip(0.5 + (picks - 0.5) * 0.4 + random.normal(0, 0.25, size), 0, 1)
        return {
            "name": name,
            "label_type": type,
            "probability_type": "double",
            "labels": [classes[pick] for pick in picks],
            "chances": (raw if chances is None else chances(picks, raw)).tolist(),
            **more,
        }

    def rounded(picks, raw):
        return numpy.round(raw, 2)

    def certain(picks, raw):
        return numpy.round(raw)

    def tiny(picks, raw):
        return 10.0 ** -random.uniform(3 + 10 * (1 - picks), 30)

    def unusable(picks, raw):
        chances = raw.astype(object)
        chances[random.choice(len(raw), 20, replace=False)] = [None] * 8 + [1.5] * 4 + [-0.25] * 4 + [1.0000001] * 4
        return chances

    yield sample("a number of all digits", ["no", "yes"], "string", 60)
    yield sample("a number with ties", [0, 1], "int", 120, rounded)
    yield sample("numeric classes whose order as text is another", [9, 10], "bigint", 50, rounded)
    yield sample("classes that are fractions", [-0.5, 1.5], "double", 40, rounded)
    yield sample("Boolean classes", [False, True], "boolean", 80, rounded)
    yield sample("probabilities of 0 and 1, some of them wrong", ["a", "b"], "string", 60, certain)
    yield sample("the same probability in every row", [0, 1], "int", 30, lambda picks, raw: numpy.full(30, 0.25))
    yield sample("probabilities so small that one minus them is 1", [0, 1], "int", 80, tiny)
    yield unlabelled(random, sample("rows without a label or a usable number", ["n", "y"], "string", 100, unusable))
    slices = random.choice(["north", "south", "west"], 90).tolist()
    sliced = sample("slices, one with a single class", [0, 1], "int", 90, rounded, slices=slices)
    sliced["labels"] = [1 if value == "west" else label for label, value in zip(sliced["labels"], slices)]
    yield sliced


def multiclass_samples(random):
    def sample(name, classes, type, size, shares=lambda shares: shares, **more):
        picks = random.choice(len(classes), size, p=random.dirichlet(numpy.ones(len(classes)) * 3))
        raw = random.dirichlet(numpy.ones(len(classes)), size)
        raw[numpy.arange(size), picks] += 0.4
        rows = shares(raw / raw.sum(axis=1, keepdims=True)).tolist()
        return {
            "name": name,
            "label_type": type,
            "probability_type": f"map<{type},double>",
            "labels": [classes[pick] for pick in picks],
            "chances": [dict(zip(classes, row)) for row in rows],
            **more,
        }

    def rounded(shares, digits=2):
        parts = numpy.round(shares, digits)
        # The last share takes the rounding, so that the rows sum to one.
        parts[:, -1] = numpy.abs(numpy.round(1 - parts[:, :-1].sum(axis=1), digits))
        return parts

    def counts(shares):
        return numpy.rint(shares * 8)

    def small(shares):
        return shares * random.uniform(1e-4, 1e-2, (len(shares), 1))

    def certain(shares):
        return (shares == shares.max(axis=1, keepdims=True)).astype(float)

    yield sample("a map with ties", letters, "string", 90, lambda shares: rounded(shares, 1))
    yield sample("a map of all digits", insects, "string", 80)
    yield sample("numeric keys", [0, 1, 2, 3], "int", 100, rounded)
    yield {**sample("numeric classes, text keys", [2, 10, 100], "int", 60, rounded), "probability_type": "map<string,double>"}
    doubles = sample("doubles for classes, whole numbers for keys", [1.0, 2.0, 3.0], "double", 50, rounded)
    yield {**doubles, "probability_type": "map<int,double>", "key": lambda c: str(int(c))}
    yield sample("Boolean keys", [False, True], "boolean", 60, rounded)
    yield sample("two classes in a map", ["no", "yes"], "string", 60, rounded)
    yield sample("maps of counts, divided by their sum", letters, "string", 90, counts)
    yield sample("maps of weights about 0.001, divided by their sum", letters, "string", 60, small)
    yield sample("maps of weights below 1e-12, divided by their sum", letters, "string", 40, lambda shares: shares * 1e-13)
    yield sample("a single certain class, at times the wrong one", letters, "string", 60, certain)
    yield shortened(sample("labels that the map lacks", insects, "string", 80, rounded))
    spare = sample("a key that is never a label", insects, "string", 90, rounded)
    yield {**spare, "labels": ["bee" if label == "dog" else label for label in spare["labels"]]}
    unusable = unlabelled(random, sample("rows without a label or a usable map", letters, "string", 90, rounded))
    maps = [None, {}, {"a": 0, "b": 0}, {"a": -0.5, "b": 1.5}, {"a": None, "b": 1}]
    for row, chance in zip(random.choice(90, 15, replace=False), maps * 3):
        unusable["chances"][row] = chance
    yield unusable
    slices = random.choice(["north", "south", "west", "east"], 160).tolist()
    sliced = sample("slices that lack classes", letters, "string", 160, rounded, slices=slices)
    sliced["labels"] = [occurring(value, label) for label, value in zip(sliced["labels"], slices)]
    yield sliced


def unlabelled(random, sample):
    for row in random.choice(len(sample["labels"]), 15, replace=False):
        sample["labels"][row] = None
    return sample


def shortened(sample):
    """Leaves the three likeliest classes, and of every eighth row all but the label."""
    rows = [dict(sorted(row.items(), key=lambda item: -item[1])[:3]) for row in sample["chances"]]
    for row, label in list(zip(rows, sample["labels"]))[::8]:
        row.pop(label, None)
    return {**sample, "chances": rows}


def occurring(slice_value, label):
    """South has no c, west nothing but c."""
    if slice_value == "west":
        return "c"
    return "a" if slice_value == "south" and label == "c" else label
