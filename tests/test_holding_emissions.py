"""What a unit has entered of own operations, and how it moves."""

from __future__ import annotations

from datetime import date

import pytest

from emissions.models import Activity
from emissions.queries.own_operations import activity_rows, by_label
from organisation.enums import UnitKind
from organisation.models import Unit
from tests.cast import Cast
from tests.holdings import held_by, move, queries_to_ask, queries_to_move
from tests.test_own_operations import FOOTPRINT, close, enter, kind
from web.contributions import HoldingGoes

pytestmark = pytest.mark.django_db


def units_of() -> list[tuple[int, str, str]]:
    rows = Activity.objects.order_by("year", "activity_type__name", "unit__name")
    return list(rows.values_list("year", "activity_type__name", "unit__name"))


def test_figures_of_open_years_move_and_closed_ones_stay(cast: Cast) -> None:
    diesel = kind()
    for year in (2023, 2024, 2025):
        enter(cast, diesel, year, "100")
    close(2024)
    found = held_by(cast.transport)
    assert (found["activities"].sentence, found["activities"].goes) == (
        "1 tall for egen virksomhet i år som ikke er lukket",
        HoldingGoes.TO_SUCCESSOR,
    )
    assert found["activities"].url.endswith(f"/2025/for/{cast.transport.pk}/")
    assert (found["closed_activities"].sentence, found["closed_activities"].why) == (
        "2 tall for egen virksomhet i lukkede år",
        "Året er lukket som utgave.",
    )
    move(cast.transport, "activities", by=cast.admin, to=cast.kitchen)
    assert units_of() == [
        (2023, "Diesel", cast.transport.name),
        (2024, "Diesel", cast.transport.name),
        (2025, "Diesel", cast.kitchen.name),
    ]
    assert Activity.objects.get(year=2025).version == 2


def test_an_account_is_closed_by_itself(cast: Cast) -> None:
    enter(cast, kind(), 2024, "100")
    enter(cast, kind("Flyreiser", FOOTPRINT), 2024, "100")
    close(2024)
    move(cast.transport, "activities", by=cast.admin, to=cast.kitchen)
    assert units_of() == [(2024, "Diesel", cast.transport.name), (2024, "Flyreiser", cast.kitchen.name)]


def test_what_both_have_entered_stays_with_each_and_no_sum_changes(cast: Cast) -> None:
    diesel, petrol = kind(), kind("Bensin")
    for made in (diesel, petrol):
        enter(cast, made, 2025, "100")
    enter(cast, diesel, 2025, "40", unit=cast.kitchen)
    before = by_label(activity_rows(), lambda activity: activity.activity_type.name)
    move(cast.transport, "activities", by=cast.admin, to=cast.kitchen)
    assert by_label(activity_rows(), lambda activity: activity.activity_type.name) == before
    assert units_of() == [
        (2025, "Bensin", cast.kitchen.name),
        (2025, "Diesel", cast.kitchen.name),
        (2025, "Diesel", cast.transport.name),
    ]


def test_a_unit_has_no_figures_of_before_it_was_there(cast: Cast) -> None:
    new = Unit.objects.create(name="Vei og vann", kind=UnitKind.UNIT, valid_from=date(2026, 1, 1))
    for year in (2025, 2026):
        enter(cast, kind(f"Diesel {year}", first=2020), year, "100")
    move(cast.transport, "activities", by=cast.admin, to=new)
    assert [(year, unit) for year, _kind, unit in units_of()] == [
        (2025, cast.transport.name),
        (2026, new.name),
    ]


def test_what_is_emptied_is_nothing(cast: Cast) -> None:
    entered = enter(cast, kind(), 2025, "100")
    enter(cast, entered.activity_type, 2025, None, version=1)
    assert "activities" not in held_by(cast.transport)


def test_one_and_three_are_asked_and_moved_in_as_many_queries(cast: Cast) -> None:
    enter(cast, kind("A"), 2025, "1")
    asked = queries_to_ask(cast.transport)
    moved = queries_to_move(held_by(cast.transport)["activities"], by=cast.admin, to=cast.kitchen)
    for name in ("B", "C", "D"):
        enter(cast, kind(name), 2025, "1")
    assert queries_to_ask(cast.transport) == asked
    assert queries_to_move(held_by(cast.transport)["activities"], by=cast.admin, to=cast.kitchen) == moved
    assert {unit for _year, _kind, unit in units_of()} == {cast.kitchen.name}
