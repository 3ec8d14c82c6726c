"""Worlds made once per module: `@kept` in place of `@pytest.fixture` above a function that makes rows.

    @kept
    def budget() -> ClimateBudget: ...

    @kept
    def world(cast: Cast) -> World: ...

The rows are made in a transaction that stays open while the module's tests use them, each test in a
savepoint of its own (Django's `setUpTestData`, for fixtures that build on each other). A test gets copies of
the objects, so neither its rows nor its attributes reach the next one. The world of `cast` lies under those
that need it: a test that asks for `cast` alone sees nothing of `world`, whatever ran before it.

A test that commits (`transaction=True`) cannot live in somebody's open transaction: for it the world is made
again, as with an ordinary fixture.

The clock stands at NOW while a world is made. A world's parameters are worlds; what its tests need beside it,
such as a clock to move, is named in `beside=`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django.plugin import blocking_manager_key

from tests.clock import NOW


@dataclass(frozen=True, eq=False)
class Kept:
    """A world by its recipe."""

    name: str
    build: Callable[..., Any]
    needs: tuple[str, ...]

    def made(self, values: dict[str, Any]) -> Any:
        with time_machine.travel(NOW, tick=False):
            return self.build(**{name: values[name] for name in self.needs})


class WorldNotMade(Exception):
    """What builds the world failed, and why."""

    def __init__(self, world: Kept, why: Exception) -> None:
        super().__init__(world.name)
        self.world, self.why = world, why


@dataclass
class Level:
    """A world whose rows are there, with all it stands on as it left them."""

    kept: Kept
    values: dict[str, Any]
    atomic: transaction.Atomic


_levels: list[Level] = []
_copies: dict[str, Any] = {}
# Why a world could not be made: told by its own fixture.
_broken: dict[Kept, Exception] = {}


def kept(build: Callable[..., Any] | None = None, *, beside: Sequence[str] = ()) -> Any:
    """Makes a fixture of what builds a world; the world is built once for the tests of a module."""
    if build is None:
        return lambda build: kept(build, beside=beside)
    world = Kept(build.__name__, build, tuple(signature(build).parameters))

    def give(request: pytest.FixtureRequest, **values: Any) -> Any:
        if world in _broken:
            raise _broken[world]
        if world not in [level.kept for level in _levels]:
            return world.made(values)
        if not _copies:
            _copies.update(deepcopy(_levels[-1].values))
        return _copies[world.name]

    names = ["request", "db", *beside, *world.needs]
    give.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    )
    give.__doc__ = build.__doc__
    give.__module__ = build.__module__
    give.kept = world  # type: ignore[attr-defined]
    return pytest.fixture(name=world.name)(give)


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (marker and marker.kwargs.get("transaction")))


def worlds_of(item: pytest.Item) -> tuple[Kept, ...]:
    """The worlds a test stands on, the lowest first; none when it commits."""
    known = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    found: dict[str, Kept] = {}

    def add(name: str) -> None:
        world = getattr(known[name][-1].func, "kept", None) if name in known else None
        if world is None or name in found:
            return
        for below in world.needs:
            add(below)
        found[name] = world

    if not commits(item):
        for name in sorted(item.fixturenames if isinstance(item, pytest.Function) else ()):
            add(name)
    return tuple(found.values())


def open_worlds(wanted: Sequence[Kept]) -> None:
    """Make those of the worlds that are not there yet."""
    for world in wanted[len(_levels) :]:
        values = deepcopy(_levels[-1].values) if _levels else {}
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]  # as the transaction of a test
        atomic.__enter__()
        try:
            values[world.name] = world.made(values)
            # What waits for the commit is asked now, once, and not at the end of every test.
            connection.check_constraints()
        except Exception as why:
            roll_back(atomic)
            raise WorldNotMade(world, why) from why
        _levels.append(Level(world, values, atomic))


def close_worlds(still_wanted: Sequence[Kept] = ()) -> None:
    """Roll back all but the worlds at the bottom that are wanted still."""
    _copies.clear()
    pairs = itertools.takewhile(
        lambda pair: pair[0].kept is pair[1], zip(_levels, still_wanted, strict=False)
    )
    staying = len(list(pairs))
    while len(_levels) > staying:
        roll_back(_levels.pop().atomic)


def roll_back(atomic: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)


def in_turn(item: pytest.Item) -> tuple[bool, list[str]]:
    """Tests of the demo's database come last in a module: from the first of them, all else is made in it."""
    return "demo" in getattr(item, "fixturenames", ()), [world.name for world in worlds_of(item)]


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts the tests that commit last
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a module, tests of one world stand together, so that it is made once."""
    runs = itertools.groupby(items, key=lambda item: (item.path, commits(item)))
    items[:] = [item for _where, run in runs for item in sorted(run, key=in_turn)]


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    # This fixture of pytest-django opens a test's own transaction, which has to lie within the worlds'.
    if fixturedef.argname == "_django_db_helper":
        _broken.clear()
        with request.config.stash[blocking_manager_key].unblock():
            try:
                open_worlds(worlds_of(request.node))
            except WorldNotMade as problem:
                # An error in this hook would leave pytest's fixture half made, for all tests to come.
                _broken[problem.world] = problem.why


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """What the next test has no use for is rolled back before any of its fixtures is made."""
    try:
        return (yield)
    finally:
        if _levels:
            same = nextitem is not None and nextitem.path == item.path
            with item.config.stash[blocking_manager_key].unblock():
                close_worlds(worlds_of(nextitem) if nextitem is not None and same else ())
