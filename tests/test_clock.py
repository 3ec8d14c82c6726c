"""The clock stands still in every test, and no test goes round it or measures how fast the machine is."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator, Mapping
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

# Clocks that go on while Python's stands, and waiting for a number of seconds. And today, read past Django.
CLOCKS = {
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "sleep"}
    | {
        "process_time",
        "process_time_ns",
        "thread_time",
        "thread_time_ns",
        "clock_gettime",
        "clock_gettime_ns",
    }
    | {"clock_gettime_ns", "gmtime", "localtime", "ctime"},
    "timeit": {"default_timer", "timeit", "repeat", "Timer"},
    "os": {"times"},
    "resource": {"getrusage"},
    "datetime.datetime": {"now", "utcnow", "today"},
    "datetime.date": {"today"},
}
# Django's, which are frozen in a test, and not while its module is imported.
AT_IMPORT = {"django.utils.timezone": {"now", "localdate", "localtime"}}
MEASURED = {"elapsed", "took", "duration", "seconds_used"}
# What a name is where the module does not say: in the examples below.
USUAL = {
    **{name: name for name in ("time", "timeit", "os")},
    "datetime": "datetime.datetime",
    "date": "datetime.date",
    "timezone": "django.utils.timezone",
}

# (file, what) → why it may.
ALLOWED = {
    ("races.py", "time.sleep"): "between two looks at the database's list of who waits for a lock",
    ("test_clock.py", "time.time"): "this file shows what the fixture does to it",
    ("test_clock.py", "datetime.now"): "this file shows what the fixture does to it",
    ("test_clock.py", "date.today"): "this file shows what the fixture does to it",
}
WHAT_TO_DO = (
    "{file}:{line}: {what}. Read timezone.now() inside the test, or assert what the speed comes from. A test "
    'that needs the machine\'s clock is marked @pytest.mark.real_clock(reason="…"); a helper that does, gets '
    "({file!r}, {what!r}) with the reason in ALLOWED of tests/test_clock.py."
)


def clocks_in(source: str) -> list[tuple[int, str]]:
    """Line and name of what a test module reads a clock by, and asserts of elapsed time.

    Names are followed through imports and plain assignments, not through what only runs (`getattr`).
    """
    tree = ast.parse(source)
    if any(_is_marked(node) for node in tree.body if isinstance(node, ast.Assign)):
        return []
    return sorted(set(_found(tree, USUAL | _imported(tree), at_import=True)))


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name is: «dt» → «datetime.datetime». A module given another name is that module."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                names |= {one.asname: one.name} if one.asname else {(top := one.name.split(".")[0]): top}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute):
            path = _path(node.value, USUAL | names)
            if path in {*CLOCKS, *AT_IMPORT, "datetime"}:
                names |= {target.id: path for target in node.targets if isinstance(target, ast.Name)}
    return names


def _path(node: ast.AST, names: Mapping[str, str]) -> str:
    """The dotted name of what stands there; empty for what is no name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = _path(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def _is_marked(node: ast.AST) -> bool:
    """Whether the real clock is asked for there, by a decorator or `pytestmark`; it says why when it runs."""
    return any(isinstance(one, ast.Attribute) and one.attr == "real_clock" for one in ast.walk(node))


def _found(node: ast.AST, names: Mapping[str, str], *, at_import: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        if any(map(_is_marked, node.decorator_list)):
            return
        for part in (*node.decorator_list, node.args):
            yield from _found(part, names, at_import=at_import)
        for part in node.body:
            yield from _found(part, names, at_import=False)
        return
    if isinstance(node, ast.Lambda):
        at_import = False
    if isinstance(node, ast.stmt | ast.expr):
        yield from ((node.lineno, what) for what in _named(node, names, at_import))
    for part in ast.iter_child_nodes(node):
        yield from _found(part, names, at_import=at_import)


def _named(node: ast.AST, names: Mapping[str, str], at_import: bool) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        yield from (
            f"{node.module}.{one.name}" for one in node.names if one.name in CLOCKS.get(str(node.module), ())
        )
    if isinstance(node, ast.Name | ast.Attribute):
        owner, _dot, name = _path(node, names).rpartition(".")
        short = f"{owner.rpartition('.')[2]}.{name}"
        if isinstance(node, ast.Attribute) and name in CLOCKS.get(owner, ()):
            yield short
        if at_import and name in AT_IMPORT.get(owner, ()):
            yield f"{short} at import"
    if isinstance(node, ast.Assert):
        said = {one.id for one in ast.walk(node.test) if isinstance(one, ast.Name)}
        said |= {one.attr for one in ast.walk(node.test) if isinstance(one, ast.Attribute)}
        yield from (f"assert {name}" for name in sorted(said & MEASURED))


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
        # By another name.
        ("import time as t\ndef test_a():\n    t.time()\n", {"time.time"}),
        ("from datetime import datetime as dt\ndef test_a():\n    dt.now()\n", {"datetime.now"}),
        ("import datetime\ndef test_a():\n    datetime.datetime.now()\n", {"datetime.now"}),
        ("import datetime as d\ndef test_a():\n    d.date.today()\n", {"date.today"}),
        ("import timeit\ndef test_a():\n    timeit.default_timer()\n", {"timeit.default_timer"}),
        ("from timeit import default_timer as clock\n", {"timeit.default_timer"}),
        ("def test_a():\n    import os\n    os.times()\n", {"os.times"}),
        ("import time\nt = time\ndef test_a():\n    t.sleep(1)\n", {"time.sleep"}),
        ("from django.utils import timezone as tz\nNOW = tz.now()\n", {"timezone.now at import"}),
        ("from django.utils.timezone import now\nNOW = now()\n", {"timezone.now at import"}),
        ("def test_a():\n    assert answer.elapsed < 5\n", {"assert elapsed"}),
        ("def test_a():\n    assert answer.elapsed.total_seconds() < 5\n", {"assert elapsed"}),
        # Frozen where it is read, or asked for with a reason.
        ("def test_a():\n    assert timezone.now() > then\n", set()),
        ("LATER = lambda: timezone.now()\n", set()),
        ("from tests import clock as time\ndef test_a():\n    time.time()\n", set()),
        ("@pytest.mark.real_clock(reason='a drill')\ndef test_a():\n    time.monotonic()\n", set()),
        ("pytestmark = pytest.mark.real_clock(reason='drills')\ndef test_a():\n    time.time()\n", set()),
    ],
)
def test_the_search_sees_each_of_them(source: str, found: set[str]) -> None:
    assert {what for _line, what in clocks_in(source)} == found


def test_it_says_where_and_what_to_do() -> None:
    source = "import time as t\n\n\ndef test_a():\n    x = 1\n    assert t.time() > x\n"
    assert clocks_in(source) == [(6, "time.time")]
    told = WHAT_TO_DO.format(file="test_a.py", line=6, what="time.time")
    assert told.startswith("test_a.py:6: time.time. ")
    assert "('test_a.py', 'time.time')" in told


def test_no_test_reads_the_real_clock_or_measures_time() -> None:
    found = {
        (path.name, what): line
        for path in sorted(FOLDER.glob("*.py"))
        if path.name != "clock.py"
        for line, what in clocks_in(path.read_text(encoding="utf-8"))
    }
    told = [
        WHAT_TO_DO.format(file=file, line=line, what=what)
        for (file, what), line in sorted(found.items())
        if (file, what) not in ALLOWED
    ]
    assert not told, "\n".join(told)
    # An allowance that is used no more goes.
    assert sorted(set(ALLOWED) - set(found)) == []
