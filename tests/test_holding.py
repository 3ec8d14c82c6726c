"""Nothing that hangs on a unit or a person is forgotten: every column that points at one is asked about.

A column is known when a room's provider of the slot asks for the rows that point at the unit or the person,
or when it stands below, with the reason why it stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.enums import HoldingKind as BudgetKind
from budget.models import Line
from emissions.enums import HoldingKind as EmissionsKind
from klimalaget.enums import HoldingKind as NetworkKind
from klimalaget.enums import SeatKind
from klimalaget.models import Membership, Seat
from organisation.actions.units import hand_all
from organisation.enums import UnitKind
from organisation.models import Unit, User
from publishing.enums import HoldingKind as PublishingKind
from reporting.actions import questions
from reporting.enums import HoldingKind as ReportingKind
from strategy.enums import HoldingKind as StrategyKind
from strategy.models import Contribution
from tests.clock import NOW
from tests.holdings import holder_of
from tests.reporting_world import World, make_measure
from tests.strategy_world import make_draft, send
from tests.test_holding_reporting import late, write
from tests.test_holding_strategy import decide
from tests.test_own_operations import enter, kind
from tests.worlds import kept
from web.actor_columns import SystemActorField
from web.actors import DEMO
from web.contributions import HoldingGoes, collect, holding

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
TODAY = NOW.date()

_OWN = "the organisation's own: its pages and its action take care of it"
_LOG = "a log: says what was"
_MADE_AT_ONCE = "an order, made within minutes; what comes of it is hers to fetch"
STAYS = {
    "organisation.Unit.parent": _OWN,
    "organisation.UnitChange.unit": _OWN,
    "organisation.UnitChange.parent": _OWN,
    "organisation.UnitChange.successor": _OWN,
    "organisation.Appointment.unit": _OWN,
    "organisation.Appointment.user": _OWN,
    "organisation.AppointmentProposal.unit": _OWN,
    "organisation.AppointmentProposal.user": _OWN,
    "organisation.Handover.successor": _OWN,
    "organisation.LoginLogEntry.user": _LOG,
    "reporting.UnitReport.handed_over_to": "says where the measures of a report went then",
    "reporting.ReportMessage.user": _LOG,
    "reporting.ReportLogEntry.person": _LOG,
    "reporting.ReportLogEntry.by_for": _LOG,
    "reporting.ReportTransition.by_for": _LOG,
    "account.EmailAddress.user": "the way in: hers as long as she is here",
    "mfa.Authenticator.user": "the way in: hers as long as she is here",
    "socialaccount.SocialAccount.user": "the way in: hers as long as she is here",
    "usersessions.UserSession.user": "the way in: hers as long as she is here",
    "budget.DocumentOrder.ordered_by": _MADE_AT_ONCE,
    "budget.Line.calculated_by_user": "says whose estimate the figures are",
    "publishing.SummaryOrder.unit": _MADE_AT_ONCE,
    "publishing.SummaryOrder.ordered_by": _MADE_AT_ONCE,
}


def pointing_at(target: type[models.Model]) -> Iterator[tuple[str, str, str]]:
    """(name, table, column) of every key to the model, but for history and who did what."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") or model._meta.app_label == "pghistory":
            continue
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is target and not _says_who(model, field):
                yield f"{model._meta.label}.{field.name}", model._meta.db_table, field.column
        for many in model._meta.local_many_to_many:
            if many.related_model is target:
                yield f"{model._meta.label}.{many.name}", many.m2m_db_table(), many.m2m_reverse_name()


def _says_who(model: type[models.Model], field: models.Field) -> bool:
    """Half of a pair of actor columns."""
    names = {one.name: one for one in model._meta.local_fields}
    return isinstance(names.get(f"{field.name}_system"), SystemActorField)


def asked_about(somebody: Unit | User) -> str:
    with CaptureQueriesContext(connection) as asked:
        collect(holding, holder_of(somebody), TODAY)
    return "\n".join(one["sql"] for one in asked)


def forgotten(columns: Iterable[tuple[str, str, str]], sql: str, pk: int) -> list[str]:
    """The names of those nobody asks about."""
    return [
        name
        for name, table, column in columns
        if not re.search(rf'"{table}"\."{column}" (= {pk}\b|IN \({pk}\b)', sql)
    ]


@pytest.fixture
def unit() -> Unit:
    """With a key no other number in a query is."""
    return Unit.objects.create(pk=987654321, name="Arealplan", kind=UnitKind.UNIT)


@pytest.fixture
def person() -> User:
    return User.objects.create(pk=987654322, name="Gro Eksempel", email="gro@drammen.example")


def test_every_column_that_points_at_a_unit_is_known(unit: Unit) -> None:
    missing = forgotten(pointing_at(Unit), asked_about(unit), unit.pk)
    assert sorted(set(missing) - set(STAYS)) == []


def test_every_column_that_points_at_a_person_is_known(person: User) -> None:
    missing = forgotten(pointing_at(User), asked_about(person), person.pk)
    assert sorted(set(missing) - set(STAYS)) == []


def names_of(target: type[models.Model]) -> set[str]:
    return {name for name, _table, _column in pointing_at(target)}


def test_what_stays_is_there() -> None:
    assert sorted(set(STAYS) - names_of(Unit) - names_of(User)) == []


def test_a_column_nobody_asks_about_is_named(unit: Unit) -> None:
    """The negative control: without one room, its columns are missed."""
    sql = "\n".join(line for line in asked_about(unit).splitlines() if "klimalaget_seat" not in line)
    assert "klimalaget.Seat.unit" in forgotten(pointing_at(Unit), sql, unit.pk)


def test_no_two_rooms_call_things_the_same() -> None:
    rooms = (BudgetKind, EmissionsKind, NetworkKind, PublishingKind, ReportingKind, StrategyKind)
    codes = [str(code) for code in chain(*rooms)]
    assert len(codes) == len(set(codes))


# --- All of it at once ---------------------------------------------------------------------------------


@kept(beside=["clock"])
def busy(world: World) -> World:
    """Samferdsel has something of everything."""
    cast = world.cast
    late(world, cast.kontakt)
    send(make_draft(), [cast.transport, cast.klima_unit])
    decide(cast.transport)
    Contribution.objects.create(measure=make_measure("X1", cast.klima_unit), unit=cast.transport)
    enter(cast, kind(), 2025, "100")
    write(world, cast.transport)
    seat = Seat.objects.create(unit=cast.transport, kind=SeatKind.VOLUNTARY)
    Membership.objects.create(seat=seat, member=cast.kontakt, valid_from=date(2024, 1, 1))
    for asker, asked in ((cast.transport, cast.klima_unit), (cast.klima_unit, cast.transport)):
        questions.ask(by=DEMO, from_unit=asker, to_unit=asked, question="Når?", due_on=date(2026, 9, 20))
    return world


def test_each_has_a_sentence_and_says_where_it_goes(busy: World) -> None:
    for somebody in (busy.cast.transport, *busy.cast.people().values()):
        for one in collect(holding, holder_of(somebody), TODAY):
            assert one.count
            assert one.sentence
            assert one.move is None or one.goes == HoldingGoes.TO_SUCCESSOR
            assert one.why or one.move is not None


def test_each_leads_to_a_page(busy: World, as_user: AsUser) -> None:
    client = as_user(busy.cast.klima)
    for somebody in (busy.cast.transport, busy.cast.kontakt, busy.cast.leder):
        for one in collect(holding, holder_of(somebody), TODAY):
            if one.url:
                assert client.get(one.url).status_code == 200, (one.kind, one.url)


def test_when_all_is_moved_only_what_stays_is_left(busy: World) -> None:
    cast = busy.cast
    lines = list(Line.objects.order_by("pk").values())
    moved = {one.kind for one in collect(holding, holder_of(cast.transport), TODAY) if one.move}
    assert len(moved) >= 9
    hand_all(by=cast.admin, unit=cast.transport, successor_id=cast.kitchen.pk, on=TODAY)
    left = collect(holding, holder_of(cast.transport), TODAY)
    assert {one.goes for one in left} == {HoldingGoes.STAYS}
    assert moved <= {one.kind for one in collect(holding, holder_of(cast.kitchen), TODAY)}
    assert list(Line.objects.order_by("pk").values()) == lines
