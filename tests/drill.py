"""Workers that kill themselves with -9 at a given point, for the drill.

`python -m tests.drill` loads Django once, and for each line it reads it forks a process that is the worker
of production: the same command, on the test's database. What is started from zero each time is the worker,
not Python. Each answer is how the worker ended, so that nobody waits for a time.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

PROJECT = Path(__file__).resolve().parent.parent
KILLED = -signal.SIGKILL
# A worker that hangs ends like this, and the test fails.
HANGS_SECONDS = 120
# Where the work is stored, and the queue has not been told.
ENDING = "web.job_runs:OwnRuns.finish_job"


@dataclass(frozen=True, slots=True)
class Point:
    """A call at which the worker dies: the `nth` of `place` (module:name), before it or after."""

    place: str
    after: bool = False
    nth: int = 1
    task: str = ""

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} {self.place} {self.nth} {self.task}".strip()


def ending(task: str) -> Point:
    return Point(ENDING, task=task)


class Drill:
    """The process that forks workers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def work(self, at: datetime, kill: Point | None = None, recovers: bool = True) -> int:
        """A worker at that time by Python's clock, until the queue is empty; how it ended."""
        order = {"at": at.isoformat(), "kill": asdict(kill) if kill else None, "recovers": recovers}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def drill(environment: dict[str, str]) -> Iterator[Drill]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.drill"]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Drill(process)
        assert process.stdin is not None
        process.stdin.close()


# --- In the process of its own ------------------------------------------------------------------------


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "climate_portal.settings"
    django = importlib.import_module("django")
    django.setup()
    world = importlib.import_module("tests.leadership_world")
    # What a PDF looks like is tested elsewhere, and takes a second each.
    importlib.import_module("budget.jobs").render_budget = lambda _budget: b"%PDF-1.7"  # type: ignore[attr-defined]
    importlib.import_module("reporting.jobs").render_publication = world.quick  # type: ignore[attr-defined]
    importlib.import_module("web.worker_process")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _be_the_worker(**json.loads(line))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _be_the_worker(at: str, kill: dict[str, Any] | None, recovers: bool) -> None:
    """Never returns."""
    signal.alarm(HANGS_SECONDS)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the answers are the parent's
    if kill is not None:
        _set(Point(**kill))
    code = 1
    try:
        _work(datetime.fromisoformat(at), recovers)
        code = 0
    finally:
        os._exit(code)


def _work(at: datetime, recovers: bool) -> None:
    import time_machine  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    none = mock.Mock(return_value=0)
    off = mock.patch("web.worker_process.recover_stalled_jobs", none) if not recovers else mock.MagicMock()
    with time_machine.travel(at), off:
        call_command("procrastinate", "worker", "--one-shot", "--delete-jobs", "successful")


def _set(point: Point) -> None:
    module, _colon, path = point.place.partition(":")
    owner: Any = importlib.import_module(module)
    *way, name = path.split(".")
    for step in way:
        owner = getattr(owner, step)
    setattr(owner, name, _deadly(getattr(owner, name), point))


def _deadly(original: Callable[..., Any], point: Point) -> Callable[..., Any]:
    calls = 0

    def call(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        about = point.task in ("", *(getattr(one, "task_name", "") for one in [*arguments, *named.values()]))
        calls += about
        dies = about and calls == point.nth
        if dies and not point.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*arguments, **named)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return call


if __name__ == "__main__":
    main()
