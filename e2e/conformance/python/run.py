"""Runs the checks of all areas and tells each failure and, last, how many passed.

A check is a function of an area's module whose name begins with `check_`; the first line of its text names it.
"""

import importlib
import inspect
import json
import os
import sys
import traceback

from world import World

CLIENT = "python"


def checks_of(area: str):
    module = importlib.import_module(area.replace("-", "_"))
    functions = [value for name, value in vars(module).items() if name.startswith("check_")]
    return sorted(functions, key=lambda function: inspect.getsourcelines(function)[1])


def reason_of(fault: BaseException) -> str:
    """The fault and the line of the check that met it."""
    frames = traceback.extract_tb(fault.__traceback__)
    here = [frame for frame in frames if os.path.dirname(frame.filename) == os.path.dirname(os.path.abspath(__file__))]
    code = getattr(fault, "error_code", None)
    kind = type(fault).__name__ if code is None else f"{type(fault).__name__} {code}"
    lines = f"{kind}: {fault}".splitlines()[:6]
    return "\n  ".join([*lines, *(f"at {frame.filename.split(os.sep)[-1]}:{frame.lineno}" for frame in here[1:2])])


def main() -> int:
    task = json.loads(os.environ["DPO_CONFORMANCE"])
    world = World(task["connection"])
    passed = failed = 0
    for area in task["areas"]:
        for check in checks_of(area):
            try:
                check(world)
                passed += 1
            except Exception as fault:
                failed += 1
                name = inspect.getdoc(check).splitlines()[0]
                print(f"{CLIENT} {area}: {name}\n  {reason_of(fault)}", flush=True)
    print(f"{CLIENT}: {passed} passed, {failed} failed", flush=True)
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
