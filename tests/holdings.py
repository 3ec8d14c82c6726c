"""What hangs on a unit or a person, as tests ask for it and move it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.models import Unit, User
from web.contributions import Holder, Holding, collect, holding

DAY = date(2026, 10, 1)


def holder_of(somebody: Unit | User) -> Holder:
    return Holder(unit=somebody.pk) if isinstance(somebody, Unit) else Holder(person=somebody.pk)


def held_by(somebody: Unit | User, day: date = DAY) -> dict[str, Holding]:
    """By kind; of several of one kind, the last."""
    return {str(one.kind): one for one in collect(holding, holder_of(somebody), day)}


def all_held_by(somebody: Unit | User, kind: str, day: date = DAY) -> list[Holding]:
    return [one for one in collect(holding, holder_of(somebody), day) if one.kind == kind]


def move(somebody: Unit | User, kind: str, *, by: Any, to: Unit | User, day: date = DAY) -> None:
    """Moves every holding of the kind, as the organisation's action does."""
    for one in all_held_by(somebody, kind, day):
        assert one.move is not None
        one.move(by, to.pk, day)


def queries_to_ask(somebody: Unit | User, day: date = DAY) -> int:
    with CaptureQueriesContext(connection) as asked:
        collect(holding, holder_of(somebody), day)
    return len(asked)


def queries_to_move(one: Holding, *, by: Any, to: Unit | User, day: date = DAY) -> int:
    assert one.move is not None
    with CaptureQueriesContext(connection) as asked:
        one.move(by, to.pk, day)
    return len(asked)
