"""What leadership reads: only what leaders approved, the missing by name, and the same figures everywhere."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisation.enums import UnitKind
from organisation.models import Unit
from publishing.queries.period_summary import PeriodSummary
from publishing.queries.plain import from_plain, to_plain
from publishing.words.summary import state_line, state_of_unit
from publishing.words.summary_page import page_of
from reporting.actions.reports import StatusAnswers, return_report
from reporting.enums import PeriodKind, ReportState, Status
from reporting.models import Period
from tests.leadership_world import (
    LATE,
    UNAPPROVED,
    Board,
    make_budget,
    open_period,
    part_of,
    period_summary,
    report,
)
from tests.names import DRAMMEN
from tests.reporting_world import NOW
from web.actors import DEMO
from web.names import names_read_once

NBSP = "\u00a0"


def test_the_answer_agrees_with_the_budget_and_the_delays(board: Board) -> None:
    """Half of 100 tonnes is lost in 2026, and half of 182 days of 2027: 50 + 24.9."""
    answer = period_summary(board.second).answers[0]

    assert (answer.name, answer.verdict, answer.on_track) == ("Drammenssamfunnet", "ikke i rute", False)
    assert answer.text == (
        "Tiltaksbanen i 2030 ligger 55 tonn over utslippsrammen; meldte forsinkelser endrer ikke 2030, "
        "men gir 75 tonn mindre kutt samlet 2026–2030."
    )


def test_without_delays_the_answer_is_one_short_sentence(board: Board) -> None:
    assert period_summary(board.first).answers[0].text == (
        "Tiltaksbanen i 2030 ligger 55 tonn over utslippsrammen."
    )


def test_only_what_leaders_approved_is_seen(board: Board) -> None:
    summary = period_summary(board.second)

    assert UNAPPROVED not in json.dumps(to_plain(summary))
    kitchen = next(unit for unit in summary.units if unit.name == board.cast.kitchen.name)
    assert (kitchen.state, kitchen.counts, kitchen.tonnes) == (ReportState.SUBMITTED, (), 50)
    assert [unit.name for unit in summary.missing] == [board.cast.kitchen.name]
    assert page_of(summary, None).missing == "Tiltakene deres (50 tonn i 2030) er regnet som i budsjettet."


def test_a_returned_report_is_missing_again(board: Board) -> None:
    found = board.report(board.cast.transport)
    return_report(by=DEMO, report=found, version=found.version, comment="Skriv mer.")
    summary = period_summary(board.second)

    assert board.cast.transport.name in [unit.name for unit in summary.missing]
    assert summary.changes == ()
    assert summary.decisions == ()
    assert summary.missing_tonnes == 450


def test_statuses_add_up_to_the_budget(board: Board) -> None:
    summary = period_summary(board.second)
    rows = {row.status: (row.count, row.tonnes, row.loss, row.without_tonnes) for row in summary.statuses}

    assert rows == {"on_track": (1, 300, 0, 1), "delayed": (1, 100, 75, 0), "missing": (1, 50, 0, 0)}
    assert (summary.total.count, summary.total.tonnes, summary.total.loss) == (3, 450, 75)


def test_changes_are_worst_first_with_cause_and_loss(board: Board) -> None:
    stopped = StatusAnswers(status=Status.STOPPED, cause="Avlyst.", corrective_action="Vi finner et annet.")
    found = board.report(board.cast.transport)
    return_report(by=DEMO, report=found, version=found.version, comment="Rett.")
    report(board.second, board.cast.transport, "approved", {"T1": stopped, "T2": LATE})
    summary = period_summary(board.second)

    assert [(one.code, one.before, one.now) for one in summary.changes] == [
        ("T1", "on_track", "stopped"),
        ("T2", "on_track", "delayed"),
    ]
    assert [line.loss for line in page_of(summary, None).changes] == ["ikke anslått", "75"]
    assert summary.changes[1].cause == LATE.cause
    assert summary.unknown_losses == 1
    assert summary.answers[0].text.endswith("For én forsinkelse er virkningen ikke anslått.")


def test_the_first_period_has_nothing_to_compare_with(board: Board) -> None:
    summary = period_summary(board.first)
    assert (summary.previous_name, summary.changes) == ("", ())


def test_decisions_wait_with_level_question_and_tonnes(board: Board) -> None:
    summary = period_summary(board.second)
    line = page_of(summary, None).decisions[0]

    assert (line.decision.code, line.decision.level_label) == ("T2", "direktøren")
    assert line.decision.question == LATE.decision_question
    assert line.loss == "75 tonn mindre kutt samlet 2026–2030."


def test_a_loss_outside_the_scope_is_shown_and_never_added(board: Board) -> None:
    summary = period_summary(board.second)
    change = summary.changes[0]
    assert change.loss is not None
    outside = replace(change, loss=replace(change.loss, counts=False))
    page = page_of(replace(summary, changes=(outside,)), None)

    assert page.changes[0].loss == "75 utenfor systemgrensen"


def test_frozen_and_read_back_it_is_the_same(board: Board) -> None:
    summary = period_summary(board.second)
    assert from_plain(PeriodSummary, json.loads(json.dumps(to_plain(summary)))) == summary


def test_it_is_final_when_the_period_is_closed_or_all_is_assured(board: Board) -> None:
    assert period_summary(board.first).is_final
    assert not period_summary(board.second).is_final
    assert period_summary(board.second, now=board.second.closes_at).is_final


def test_the_state_line_says_how_many_and_against_what(board: Board) -> None:
    assert state_line(period_summary(board.second), NOW) == (
        f"Foreløpig, 7.{NBSP}september 2026 kl.{NBSP}10.42 · svar godkjent av leder i 2 av 3 virksomheter og "
        "foretak · mot klimabudsjett 2026"
    )


def test_waiting_is_in_days_on_the_page_and_a_date_on_paper(board: Board) -> None:
    kitchen = next(unit for unit in period_summary(board.second).units if unit.state == "submitted")

    assert state_of_unit(kitchen, date(2026, 9, 13)) == "Til godkjenning hos leder, 6 dager"
    assert state_of_unit(kitchen) == f"Til godkjenning hos leder siden 7.{NBSP}september"


def test_an_areas_part_is_only_about_its_units(board: Board) -> None:
    part = period_summary(board.second, part_of([board.cast.transport.pk]))

    assert [unit.name for unit in part.units] == [board.cast.transport.name]
    assert (part.years, part.sections, part.new_edition) == ((), (), None)
    assert (part.total.count, part.total.tonnes) == (2, 400)


def many_units(count: int) -> Period:
    """As many units with one measure each, all late since last period."""
    names = [f"Virksomhet {number}" for number in range(count)]
    units = [Unit.objects.create(name=name, kind=UnitKind.UNIT) for name in names]
    budget = make_budget({f"T{number}": (name, 1) for number, name in enumerate(names)})
    first = open_period(budget, PeriodKind.FIRST_TERTIAL, 20)
    second = open_period(budget, PeriodKind.SECOND_TERTIAL, 10)
    for unit in units:
        report(first, unit, "approved")
        report(second, unit, "approved", {f"T{number}": LATE for number in range(count)})
    return second


@pytest.fixture(scope="module")
def counted() -> list[int]:
    """The number of queries of each size, the first first."""
    return []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_number_of_queries_does_not_depend_on_units(counted: list[int], count: int) -> None:
    with time_machine.travel(NOW, tick=False):
        period = Period.objects.select_related("budget").get(pk=many_units(count).pk)
        with names_read_once(DRAMMEN), CaptureQueriesContext(connection) as queries:
            summary = period_summary(period)

    assert (len(summary.changes), summary.total.tonnes) == (count, Decimal(count))
    counted.append(len(queries))
    assert set(counted) == {counted[0]}, "\n".join(query["sql"][:120] for query in queries)
