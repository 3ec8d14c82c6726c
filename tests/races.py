"""Operations at the same moment, each on a connection of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from tests.owner import as_owner

# No operation of a test takes this long, on however busy a machine; in seconds.
TOO_LONG = 30.0
A_MOMENT = 0.02


def at_once(*operations: Callable[[], Any]) -> list[Any]:
    """Every operation in a thread and a connection of its own; their results or errors, in order."""
    results: list[Any] = [None] * len(operations)
    start = threading.Barrier(len(operations))

    def run(index: int, operation: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[index] = operation()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(operations)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TOO_LONG)
    return results


def settle(thread: threading.Thread) -> None:
    """Returns when the thread has ended, or waits for a lock somebody else has."""
    until_waiting(lambda: not thread.is_alive())


def until_waiting(done: Callable[[], bool]) -> None:
    """Returns when somebody waits for a lock somebody else has, or it is `done` without."""
    with other_connection() as other:
        other.set_autocommit(True)
        for _moment in range(int(TOO_LONG / A_MOMENT)):
            if done() or _somebody_waits(other):
                return
            time.sleep(A_MOMENT)
    raise AssertionError("Nobody waits, and it is not done.")


def _somebody_waits(other: BaseDatabaseWrapper) -> bool:
    """Whether any connection of this database waits for a lock."""
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


class Later:
    """An operation begun in a thread, which is expected to wait for what this thread holds."""

    def __init__(self, operation: Callable[[], Any]) -> None:
        self.result: Any = None
        self._thread = threading.Thread(target=self._run, args=(operation,))
        self._thread.start()

    def _run(self, operation: Callable[[], Any]) -> None:
        try:
            self.result = operation()
        except Exception as error:
            self.result = error
        finally:
            connections.close_all()

    def waits(self) -> bool:
        settle(self._thread)
        return self._thread.is_alive()

    def ended(self) -> Any:
        """The result or the error, once nobody holds it up."""
        self._thread.join(TOO_LONG)
        assert not self._thread.is_alive()
        return self.result


@contextmanager
def other_connection() -> Iterator[BaseDatabaseWrapper]:
    """A second connection with a transaction of its own, rolled back unless it is committed."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        yield other
        other.rollback()
    finally:
        other.close()


def run(other: BaseDatabaseWrapper, sql: str, *values: object) -> None:
    with other.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    """The portal's own triggers off; those of foreign keys stay on."""
    _switch(tables, "DISABLE")
    try:
        yield
    finally:
        _switch(tables, "ENABLE")


def _switch(tables: tuple[str, ...], state: str) -> None:
    with as_owner() as owners, owners.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {state} TRIGGER USER")


def without_locks(monkeypatch: pytest.MonkeyPatch, *modules: Any) -> None:
    """For negative controls: rows are read without a lock, and saved whatever version they stand at."""

    def unlocked(rows: QuerySet[Any], **_options: Any) -> QuerySet[Any]:
        return rows.all()

    def unversioned(obj: Any, *, expected: int, fields: Any) -> None:
        type(obj)._base_manager.filter(pk=obj.pk).update(version=expected + 1, **fields)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    for module in modules:
        monkeypatch.setattr(module, "save_versioned", unversioned)


def both_meet(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Two threads wait for each other where `module` calls `name`: both have read, neither has written."""
    together, original = threading.Barrier(2), getattr(module, name)

    def meet(*arguments: Any, **named: Any) -> Any:
        result = original(*arguments, **named)
        together.wait(10)
        return result

    monkeypatch.setattr(module, name, meet)
