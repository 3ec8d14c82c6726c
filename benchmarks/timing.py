"""Times several things in turn, so that whatever slows the machine down slows all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def medians(
    subjects: Mapping[str, Callable[[], object]], *, rounds: int, warm_up: int = 1
) -> dict[str, float]:
    """Median seconds of each subject over the rounds; every round runs all of them once.

    The rounds of the warm-up are run first and not counted: imports, caches, connections.
    """
    seconds: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(warm_up + rounds):
        for name, run in subjects.items():
            start = perf_counter()
            run()
            took = perf_counter() - start
            if number >= warm_up:
                seconds[name].append(took)
    return {name: median(series) for name, series in seconds.items()}
