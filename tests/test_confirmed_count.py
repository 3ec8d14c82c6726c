"""«Bekreftet» is counted by the rule of sending wherever it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import User
from reporting.actions.reports import StatusAnswers
from reporting.enums import Status
from reporting.queries import completeness
from reporting.queries.completeness import completeness_of, sendable_counts
from reporting.queries.message_material import material_of
from reporting.queries.reports import reports_in
from reporting.queries.waiting import waiting_reports
from reporting.words.waiting import waiting_tasks
from tests.html_rules import parse
from tests.reporting_world import ON_TRACK, World

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
LACKS_CAUSE = StatusAnswers(status=Status.DELAYED, what_happened="Seint.", corrective_action="Vi leier.")


@pytest.fixture
def half(world: World) -> World:
    """Two answers that can be sent, and two that are late with neither cause nor date."""
    world.answer(ON_TRACK, ON_TRACK, LACKS_CAUSE)
    return world


def row_of(client: Client, url: str, unit: str) -> list[str]:
    rows = [node for node in parse(client.get(url).content.decode()).walk() if node.tag == "tr"]
    (row,) = (row for row in rows if unit in row.all_text())
    return [" ".join(cell.all_text().split()) for cell in row.walk() if cell.tag == "td"]


def test_an_answer_that_lacks_something_is_not_counted(half: World) -> None:
    assert completeness_of(half.report()).confirmed == 2
    (report,) = reports_in([half.period], [half.cast.transport.pk])
    assert (report.answered, report.measures) == (2, 4)  # type: ignore[attr-defined]
    assert material_of([half.report()])[report.pk].answered == 2


def test_every_page_says_the_same(half: World, as_user: AsUser) -> None:
    unit = half.cast.transport.name
    (task,) = waiting_tasks(waiting_reports(half.cast.kontakt, timezone.now()))
    assert task.detail == "Fire tiltak. To er bekreftet, to gjenstår."
    contact, klima = as_user(half.cast.kontakt), as_user(half.cast.klima)
    assert task.detail in contact.get("/").content.decode()
    form = " ".join(parse(contact.get(half.path()).content.decode()).all_text().split())
    assert "2 av 4 tiltak er bekreftet." in form
    assert row_of(klima, "/rapportering/", unit)[-2] == "2"
    assert row_of(klima, f"/rapportering/{half.period.code}/framdrift/", unit)[-1] == "2 av 4"


def test_what_is_sent_stays_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What leadership decides afterwards is asked of the next report, not of the one that is sent."""
    everything = {status.measure_id for status in world.statuses()}
    world.answer(ON_TRACK)
    monkeypatch.setattr(completeness, "decided_measures", lambda measures: everything & set(measures))
    assert sendable_counts([world.report()]) == {world.report().pk: 0}
    monkeypatch.undo()
    report = world.submit()
    monkeypatch.setattr(completeness, "decided_measures", lambda measures: everything & set(measures))
    assert sendable_counts([report]) == {report.pk: 4}


def test_queries_do_not_grow(half: World) -> None:
    half.answer(LACKS_CAUSE, unit=half.cast.kitchen)

    def read(units: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            reports_in([half.period], units)
        return len(queries)

    units = [half.cast.transport.pk, half.cast.kitchen.pk]
    assert read(units[:1]) == read(units) == 3
