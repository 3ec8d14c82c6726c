"""«Ca. 3 minutter», held against what people do: a median of many, and nothing about anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from organisation.enums import UnitKind
from organisation.models import Unit, User
from reporting.actions.periods import open_period
from reporting.actions.reports import save_status, submit_report
from reporting.enums import PeriodKind
from reporting.models import Period, UnitReport
from reporting.queries.usage import active_minutes, median_minutes
from reporting.words.usage import minutes_words
from tests.cast import Cast
from tests.report_forms import text_of
from tests.reporting_world import ON_TRACK, adopt, deadlines, make_budget, make_line, make_measure
from web.actors import DEMO

pytestmark = pytest.mark.django_db
START = datetime(2026, 9, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [
        ([0], 0),
        ([0, 90, 180], 3),
        # Lunch, and a whole night: five minutes each.
        ([0, 60, 60 + 3600], 6),
        ([0, 86_400, 86_400 + 120], 7),
    ],
)
def test_pauses_are_left_out(seconds: list[int], minutes: int) -> None:
    assert active_minutes([START + timedelta(seconds=second) for second in seconds]) == minutes


def period_with(units: int) -> Period:
    """So many units have reported in it, each on one measure."""
    budget = make_budget()
    for number in range(units):
        unit = Unit.objects.create(name=f"Virksomhet {number}", kind=UnitKind.UNIT)
        make_line(budget, make_measure(f"T{number}", unit), unit, number, {2026: 10})
    adopt(budget)
    period = open_period(by=DEMO, year=2026, kind=PeriodKind.SECOND_TERTIAL, budget=budget, **deadlines())
    for report in UnitReport.objects.filter(period=period):
        status = report.statuses.get()
        save_status(by=DEMO, status=status, version=1, answers=ON_TRACK)
        submit_report(by=DEMO, report=report, version=report.version)
    return period


@pytest.mark.parametrize(("units", "said"), [(4, ""), (5, "ett minutt")])
def test_few_reports_say_nothing(clock: object, units: int, said: str) -> None:
    assert minutes_words(median_minutes(period_with(units))) == said


def test_only_klima_is_told(clock: object, cast: Cast, as_user: Callable[[User], Client]) -> None:
    period = period_with(5)
    sentence = "Halvparten av virksomhetene brukte ett minutt eller mindre"
    for name in ("klima", "analyse", "radmann", "revisor"):
        page = as_user(cast.people()[name]).get(f"/rapportering/{period.code}/framdrift/")
        assert page.status_code == 200
        assert (name, sentence in text_of(page)) == (name, name == "klima")


def test_it_takes_two_queries(clock: object, django_assert_num_queries: Callable[[int], Any]) -> None:
    period = period_with(6)
    with django_assert_num_queries(2):
        median_minutes(period)
