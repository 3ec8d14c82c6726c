"""The clock stands still in every test, and no test goes round it or measures how fast the machine is."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from tests.clock import NOW, reason_for_real_clock

FOLDER = Path(__file__).parent


def test_every_clock_of_python_stands_at_the_same_moment() -> None:
    assert timezone.now() == NOW
    assert datetime.fromtimestamp(time.time(), UTC) == NOW
    assert (datetime.now(UTC), date.today()) == (NOW, NOW.date())


def test_travel_within_a_test_comes_back() -> None:
    with time_machine.travel(NOW + timedelta(days=3), tick=False) as clock:
        clock.shift(timedelta(hours=1))
        assert timezone.now() == NOW + timedelta(days=3, hours=1)
    assert timezone.now() == NOW


def test_a_signature_is_made_and_grows_old_by_the_same_clock() -> None:
    signed = signing.TimestampSigner().sign("navn")
    assert signing.TimestampSigner().unsign(signed, max_age=60) == "navn"
    with (
        time_machine.travel(NOW + timedelta(seconds=61), tick=False),
        pytest.raises(signing.SignatureExpired),
    ):
        signing.TimestampSigner().unsign(signed, max_age=60)


@pytest.fixture(scope="module")
def made_for_the_module() -> datetime:
    return timezone.now()


def test_what_is_made_once_for_many_tests_belongs_to_the_same_moment(made_for_the_module: datetime) -> None:
    assert made_for_the_module == NOW


@pytest.mark.real_clock(reason="shows that the marker gives the machine's own clock")
def test_the_marker_gives_the_real_clock(tmp_path: Path, made_for_the_module: datetime) -> None:
    file = tmp_path / "now"
    file.touch()  # the kernel writes when
    assert abs(time.time() - file.stat().st_mtime) < timedelta(hours=1).total_seconds()
    assert made_for_the_module == NOW


@pytest.mark.parametrize(
    "marker",
    [
        pytest.mark.real_clock,
        pytest.mark.real_clock(),
        pytest.mark.real_clock(reason="  "),
        pytest.mark.real_clock("a reason without its name"),
    ],
)
def test_the_marker_must_say_why(marker: pytest.MarkDecorator) -> None:
    with pytest.raises(pytest.UsageError, match="needs a reason"):
        reason_for_real_clock(marker.mark)
    assert reason_for_real_clock(pytest.mark.real_clock(reason="a drill").mark) == "a drill"


# --- Nobody goes round it ----------------------------------------------------------------------------

# Clocks that go on while Python's stands, and waiting for a number of seconds.
MACHINE = {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "sleep"}
MACHINE |= {"process_time", "process_time_ns", "thread_time", "thread_time_ns", "clock_gettime"}
TODAY = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
# Django's, which are frozen in a test, and not while its module is imported.
AT_IMPORT = {"now", "localdate", "localtime"}
MEASURED = {"elapsed", "took", "duration", "seconds_used"}

# (file, what) → why it may.
ALLOWED = {
    ("races.py", "time.sleep"): "between two looks at the database's list of who waits for a lock",
    ("test_clock.py", "time.time"): "this file shows what the fixture does to it",
    ("test_clock.py", "datetime.now"): "this file shows what the fixture does to it",
    ("test_clock.py", "date.today"): "this file shows what the fixture does to it",
}


def clocks_in(source: str) -> set[str]:
    """What a test module reads a clock by, and asserts of elapsed time."""
    tree = ast.parse(source)
    if any(_is_marked(node) for node in tree.body if isinstance(node, ast.Assign)):
        return set()
    return set(_found(tree, at_import=True))


def _is_marked(node: ast.AST) -> bool:
    """Whether the real clock is asked for there, by a decorator or `pytestmark`; it says why when it runs."""
    return any(isinstance(one, ast.Attribute) and one.attr == "real_clock" for one in ast.walk(node))


def _found(node: ast.AST, *, at_import: bool) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if any(map(_is_marked, node.decorator_list)):
            return
        for part in (*node.decorator_list, node.args):
            yield from _found(part, at_import=at_import)
        for part in node.body:
            yield from _found(part, at_import=False)
        return
    if isinstance(node, ast.Lambda):
        at_import = False
    yield from _named(node, at_import)
    for part in ast.iter_child_nodes(node):
        yield from _found(part, at_import=at_import)


def _named(node: ast.AST, at_import: bool) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        yield from (f"time.{name.name}" for name in node.names if name.name in MACHINE)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = node.value.id
        if (owner == "time" and node.attr in MACHINE) or (owner, node.attr) in TODAY:
            yield f"{owner}.{node.attr}"
        if owner == "timezone" and node.attr in AT_IMPORT and at_import:
            yield f"timezone.{node.attr} at import"
    if isinstance(node, ast.Assert):
        names = {one.id for one in ast.walk(node.test) if isinstance(one, ast.Name)}
        names |= {one.attr for one in ast.walk(node.test) if isinstance(one, ast.Attribute)}
        yield from (f"assert {name}" for name in sorted(names & MEASURED))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def test_a():\n    began = time.monotonic()\n", {"time.monotonic"}),
        ("from time import perf_counter, strftime\n", {"time.perf_counter"}),
        ("def test_a():\n    assert answer.elapsed < limit\n", {"assert elapsed"}),
        ("def test_a():\n    assert took < 5\n", {"assert took"}),
        ("def test_a():\n    assert datetime.now(UTC) > then\n", {"datetime.now"}),
        ("def test_a():\n    date.today()\n", {"date.today"}),
        ("def test_a():\n    time.sleep(0.1)\n", {"time.sleep"}),
        ("TODAY = timezone.localdate()\n", {"timezone.localdate at import"}),
        (
            "@pytest.mark.parametrize('day', [timezone.now()])\ndef test_a(day): ...\n",
            {"timezone.now at import"},
        ),
        ("class Case:\n    at = timezone.now()\n", {"timezone.now at import"}),
        # Frozen where it is read, or asked for with a reason.
        ("def test_a():\n    assert timezone.now() > then\n", set()),
        ("LATER = lambda: timezone.now()\n", set()),
        ("@pytest.mark.real_clock(reason='a drill')\ndef test_a():\n    time.monotonic()\n", set()),
        ("pytestmark = pytest.mark.real_clock(reason='drills')\ndef test_a():\n    time.time()\n", set()),
    ],
)
def test_the_search_sees_each_of_them(source: str, found: set[str]) -> None:
    assert clocks_in(source) == found


def test_no_test_reads_the_real_clock_or_measures_time() -> None:
    found = {
        (path.name, what)
        for path in sorted(FOLDER.glob("*.py"))
        if path.name != "clock.py"
        for what in clocks_in(path.read_text(encoding="utf-8"))
    }
    assert sorted(found - set(ALLOWED)) == []
    # An allowance that is used no more goes.
    assert sorted(set(ALLOWED) - found) == []
