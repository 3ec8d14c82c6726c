"""The dashboard per level: what each says, who sees which, and the same number of queries at any size."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from publishing.enums import Audience, DashboardLevel
from publishing.queries.measure_rows import LARGEST
from publishing.queries.reach import WHOLE, Reach, Reaches
from publishing.rules.publications import may_see_level
from publishing.words.summary_page import page_of
from reporting.actions import periods as period_actions
from reporting.actions.reports import StatusAnswers, return_report
from reporting.enums import DecisionLevel, DeviationState, PeriodKind, Status
from reporting.models import Deviation, MeasureStatus, Period
from strategy.enums import DecisionBody
from strategy.models import Decision
from tests import budget_factory as factory
from tests.html_rules import broken_rules
from tests.leadership_world import LATE, UNAPPROVED, Board, make_budget, open_period, period_summary, report
from tests.reporting_world import NOW
from web.actors import DEMO

AsUser = Callable[[User], Client]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def reach(board: Board, unit: Unit) -> Reach:
    found = Reaches(board.second).of(unit.pk)
    assert found is not None
    return found


# --- What a level says -------------------------------------------------------------------------------------


def test_an_area_says_what_its_own_measures_add(board: Board) -> None:
    """Transport cuts 300 and 100, the kitchen 50. Half of the 100 is late; the kitchen is not approved."""
    summary = period_summary(board.second, reach(board, board.cast.area))
    answer = summary.answers[0]

    assert (summary.level, summary.level_name) == (DashboardLevel.AREA, "Tjenester og drift")
    assert (answer.name, answer.verdict) == ("Tjenester og drift", "ett av to tiltak følger ikke planen")
    assert answer.text == (
        "Tiltakene kutter 450 tonn i 2030 etter klimabudsjett 2026; meldte forsinkelser endrer ikke 2030, "
        "men gir 75 tonn mindre kutt samlet 2026–2030."
    )
    assert [unit.name for unit in summary.missing] == [board.cast.kitchen.name]
    assert (summary.total.count, summary.total.tonnes) == (3, 450)


def test_the_gap_is_not_laid_on_a_part(board: Board) -> None:
    for unit in (board.cast.area, board.cast.transport):
        summary = period_summary(board.second, reach(board, unit))
        assert (summary.years, summary.sections, summary.new_edition) == ((), (), None)
        assert "rammen" not in summary.answers[0].text


def test_a_unit_lists_every_measure_with_those_without_tonnes_last(board: Board) -> None:
    own = period_summary(board.second, reach(board, board.cast.transport))
    assert [(row.code, row.status, row.tonnes) for row in own.measures] == [
        ("T1", "on_track", 300),
        ("T2", "delayed", 100),
    ]
    klima = period_summary(board.second, reach(board, board.cast.klima_unit))
    assert [(row.code, row.tonnes) for row in klima.measures] == [("V1", None)]
    assert page_of(klima, None).measures[0].tonnes == "uten tonn"
    assert klima.answers[0].text == "Ingen av tiltakene har tonn i klimabudsjett 2026."


def test_what_nobody_has_approved_is_missing_on_every_level(board: Board) -> None:
    kitchen = period_summary(board.second, reach(board, board.cast.kitchen))
    assert kitchen.answers[0].verdict == "ingen svar er godkjent av leder ennå"
    assert [(row.code, row.status) for row in kitchen.measures] == [("K1", "missing")]
    assert (kitchen.changes, kitchen.decisions, kitchen.off_plan) == ((), (), ())
    for one in (WHOLE, reach(board, board.cast.area)):
        assert UNAPPROVED not in str(period_summary(board.second, one))


def test_levels_add_up_to_the_municipality(board: Board) -> None:
    whole = period_summary(board.second)
    parts = [
        period_summary(board.second, reach(board, unit)) for unit in (board.cast.area, board.cast.klima_unit)
    ]
    for figure in ("count", "tonnes", "loss", "without_tonnes"):
        assert getattr(whole.total, figure) == sum(getattr(part.total, figure) for part in parts)


def test_only_the_largest_are_listed_and_the_others_counted(board: Board) -> None:
    lines = {f"L{number:02}": (board.cast.transport.name, number) for number in range(1, LARGEST + 4)}
    budget = factory.make_budget(2027, target=board.budget.target, edition=board.budget.edition)
    for code, (unit, tonnes) in lines.items():
        factory.make_line(budget, code, {2030: tonnes}, unit=unit)
    period = open_period(factory.adopt(budget), PeriodKind.ANNUAL, 5)
    summary = period_summary(period)

    assert [row.code for row in summary.measures] == [f"L{number:02}" for number in range(13, 3, -1)]
    assert summary.remaining is not None
    assert (summary.remaining.count, summary.remaining.tonnes) == (3, 1 + 2 + 3)
    listed = sum(row.tonnes or 0 for row in summary.measures)
    assert listed + summary.remaining.tonnes == summary.total.tonnes
    own = period_summary(period, reach(board, board.cast.transport))
    assert (len(own.measures), own.remaining) == (LARGEST + 3, None)


def test_the_choices_are_the_tree_of_those_who_report(board: Board) -> None:
    Unit.objects.create(name="Tom virksomhet", kind=UnitKind.UNIT, parent=board.cast.area)
    shown = [(one.depth, one.reach.name) for one in Reaches(board.second).choices()]
    assert shown == [
        (0, "Klima"),
        (0, "Tjenester og drift"),
        (1, "Ernæring og kjøkkendrift"),
        (1, "Samferdsel, vei- og parkforvaltning"),
    ]
    assert [one.name for one in Reaches(board.second).areas()] == ["Tjenester og drift"]


# --- The newest edition ------------------------------------------------------------------------------------


def test_the_gap_by_the_newest_edition_stands_beside_the_budgets_own(board: Board, as_user: AsUser) -> None:
    """The base year is 1 200 in the newer edition, so the ceiling of 2030 is 540 and the gap 10, not 55."""
    assert period_summary(board.second).new_edition is None
    source = factory.make_source()
    factory.make_edition({(source, 2009): 1200, (source, 2024): 1000}, published=date(2026, 6, 1))
    summary = period_summary(board.second)

    assert summary.new_edition is not None
    newest = summary.new_edition.of(2030)
    assert (newest.ceiling, newest.gap) == (540, 10)
    assert summary.answers[0].text.startswith("Tiltaksbanen i 2030 ligger 55 tonn over utslippsrammen")
    page = words(as_user(board.cast.radmann).get(board.path()).content.decode())
    assert "Over utslippsrammen, nyeste utgave" in page
    assert "Avstanden i 2030 går fra 55 tonn over rammen til 10 tonn over rammen." in page
    assert "publisert 1. juni 2026" in page


# --- Decisions that wait -----------------------------------------------------------------------------------


def open_deviation(board: Board, **fields: object) -> Deviation:
    """A deviation of T1 that 1. tertial told of, where its leader asked kommunestyret."""
    status = MeasureStatus.objects.select_related("measure", "line").get(
        report__period=board.first, measure__code="T1"
    )
    values = {
        "measure": status.measure,
        "unit": board.cast.transport,
        "line": status.line,
        "status": status,
        "opened_at": board.first.opens_at + timedelta(days=1),
        "cause": "Grunn mangler.",
        "corrective_action": "Vi søker.",
        "tonnes_at_stake": Decimal("120.4"),
        "decision_level": DecisionLevel.COUNCIL,
        "decision_question": "Skal vi kjøpe grunn?",
    }
    every = values | fields
    # The approval opened one already when the measure was off plan.
    found, _created = Deviation.objects.update_or_create(
        measure=every["measure"], state=every.pop("state", "open"), defaults=every
    )
    return found


def decided() -> Decision:
    return Decision.objects.create(
        body=DecisionBody.COUNCIL, case_number="26/1", decided_on=date(2026, 6, 1), title="Kjøp av grunn",
        text="Kjøpes.", no_unit="Gjelder alle.",
    )  # fmt: skip


def test_a_deviation_waits_for_its_decision_until_it_comes(board: Board) -> None:
    deviation = open_deviation(board)
    first, second = period_summary(board.second).decisions

    # Kommunestyret stands above the director.
    assert (first.code, first.level, first.question) == ("T1", "council", "Skal vi kjøpe grunn?")
    assert (first.loss.total if first.loss else None, first.since) == (120, date(2026, 8, 19))
    assert (second.code, second.since) == ("T2", None)

    Deviation.objects.filter(pk=deviation.pk).update(decision=decided())
    assert [one.code for one in period_summary(board.second).decisions] == ["T2"]


def test_a_question_asked_again_is_one_case_that_has_waited(board: Board) -> None:
    status = MeasureStatus.objects.get(report__period=board.second, measure__code="T2")
    open_deviation(board, measure=status.measure, line=status.line, status=status)
    (only,) = period_summary(board.second).decisions

    assert (only.code, only.question, only.since) == ("T2", LATE.decision_question, date(2026, 8, 19))


def test_what_is_decided_waits_no_longer_although_the_report_asks(board: Board) -> None:
    status = MeasureStatus.objects.get(report__period=board.second, measure__code="T2")
    open_deviation(board, measure=status.measure, line=status.line, status=status, decision=decided())
    assert period_summary(board.second).decisions == ()


def test_a_closed_deviation_and_one_without_a_question_do_not_wait(board: Board) -> None:
    open_deviation(
        board, state=DeviationState.CLOSED, closed_at=NOW, closed_by_system="demo", closing_reason="Løst."
    )
    open_deviation(board, decision_level="", decision_question="")
    assert [one.code for one in period_summary(board.second).decisions] == ["T2"]


def test_a_deviation_waits_in_its_own_part_only_and_not_before_its_report_is_approved(board: Board) -> None:
    deviation = open_deviation(board)
    area = period_summary(board.second, reach(board, board.cast.area))
    klima = period_summary(board.second, reach(board, board.cast.klima_unit))
    assert ([one.code for one in area.decisions], klima.decisions) == (["T1", "T2"], ())

    kitchen = MeasureStatus.objects.get(report__period=board.second, measure__code="K1")
    Deviation.objects.filter(pk=deviation.pk).update(status=kitchen)
    assert [one.code for one in period_summary(board.second).decisions] == ["T2"]


# --- Who sees what -----------------------------------------------------------------------------------------

EVERYTHING = {"kommunen", "area", "transport", "kitchen", "klima_unit"}
# Nothing is published here: the municipality is there only for those who read it as it stands.
SEES: dict[str, set[str]] = {
    "klima": EVERYTHING,
    "analyse": EVERYTHING,
    "radmann": EVERYTHING,
    "revisor": EVERYTHING,
    "admin": EVERYTHING,
    "direktor": {"area", "transport", "kitchen"},
    "leder": {"transport"},
    "annen_leder": {"kitchen"},
    "kontakt": set(),
    "vara": set(),
    "annen": set(),
    "utvalg": set(),
}


def level_path(board: Board, level: str) -> str:
    value = level if level == "kommunen" else str(getattr(board.cast, level).pk)
    return f"{board.path()}?niva={value}"


@pytest.mark.parametrize("name", sorted(SEES))
def test_who_sees_which_level(board: Board, as_user: AsUser, name: str) -> None:
    client = as_user(getattr(board.cast, name))
    seen = {level for level in EVERYTHING if client.get(level_path(board, level)).status_code == 200}
    refused = {client.get(level_path(board, level)).status_code for level in EVERYTHING - seen}
    assert seen == SEES[name]
    assert refused <= {404}, "a stranger's level does not exist"
    assert client.get(board.path()).status_code == (200 if seen else 404)


def test_somebody_without_a_role_sees_nothing_and_a_stranger_logs_in(board: Board, as_user: AsUser) -> None:
    assert as_user(board.cast.ingen).get(board.path()).status_code == 403
    assert Client().get(board.path()).status_code == 302


@pytest.mark.parametrize("name", ["utvalg", "kontakt", "leder", "annen"])
def test_what_is_published_is_for_all_at_the_municipalitys_level(
    board: Board, as_user: AsUser, name: str
) -> None:
    board.publish()
    page = words(as_user(getattr(board.cast, name)).get(level_path(board, "kommunen")).content.decode())
    assert "Publikasjon nr. 1" in page
    assert "Mangler: Ernæring" in page
    assert "Se saken" not in page


def test_a_leader_chooses_among_her_own_and_what_is_published(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.direktor)

    def options() -> list[str]:
        html = client.get(board.path()).content.decode().partition('name="niva"')[2].partition("</select>")[0]
        return [name.strip() for name in re.findall(r"<option[^>]*>([^<]*)", html)]

    own = ["Tjenester og drift", "Ernæring og kjøkkendrift", "Samferdsel, vei- og parkforvaltning"]
    assert options() == own
    board.publish()
    assert options() == ["Hele kommunen", *own]
    # One level is no choice.
    assert 'name="niva"' not in as_user(board.cast.kontakt).get(board.path()).content.decode()


def test_level_and_period_are_in_the_address_and_follow_each_other(board: Board, as_user: AsUser) -> None:
    client = as_user(board.cast.radmann)
    unit = board.cast.transport.pk
    html = client.get(f"{board.path()}?niva={unit}").content.decode()
    assert f'<option value="{unit}" selected>' in html
    assert "Klimastatus for Samferdsel, vei- og parkforvaltning, 2. tertial 2026" in html
    moved = client.get(board.path(), {"periode": "2026-T1", "niva": str(unit)})
    assert (moved.status_code, moved["Location"]) == (303, f"/rapportering/2026-T1/?niva={unit}")


@pytest.mark.parametrize("level", ["tull", "-1", "0", "999999", "9" * 40, "1.5", "٣", "kommune"])
def test_an_unknown_level_is_not_found(board: Board, as_user: AsUser, level: str) -> None:
    assert as_user(board.cast.klima).get(board.path(), {"niva": level}).status_code == 404


def test_a_unit_that_does_not_report_in_the_period_says_so(board: Board, as_user: AsUser) -> None:
    idle = Unit.objects.create(name="Tom virksomhet", kind=UnitKind.UNIT)
    html = as_user(board.cast.klima).get(f"{board.path()}?niva={idle.pk}").content.decode()
    assert "Ingen rapporterer her i denne perioden" in html
    assert f'<option value="{idle.pk}" selected>' in html


def test_a_leader_who_was_has_nothing_to_see(board: Board, as_user: AsUser) -> None:
    Appointment.objects.filter(user=board.cast.direktor).update(valid_to=date(2026, 1, 1))
    fresh = User.objects.get(pk=board.cast.direktor.pk)
    assert as_user(fresh).get(level_path(board, "area")).status_code == 403


def test_the_rule_by_itself(board: Board) -> None:
    from organisation.rules import read_duties  # noqa: PLC0415

    direktor = read_duties(board.cast.direktor)
    assert may_see_level(direktor, board.cast.area.pk)
    assert may_see_level(direktor, board.cast.kitchen.pk)
    assert not may_see_level(direktor, board.cast.klima_unit.pk)
    assert not may_see_level(direktor, None)
    assert may_see_level(read_duties(board.cast.revisor), None)


@pytest.mark.parametrize("level", sorted(EVERYTHING))
def test_the_page_keeps_the_rules_of_pages(board: Board, as_user: AsUser, level: str) -> None:
    open_deviation(board)
    html = as_user(board.cast.klima).get(level_path(board, level)).content.decode()
    assert broken_rules(html) == []
    assert html.count("<h1") == 1
    assert html.count('class="kp-btn"') <= 1, "at most one primary button"


def test_many_changes_are_a_click_away(board: Board, as_user: AsUser) -> None:
    codes = [f"C{number:02}" for number in range(25)]
    budget = factory.make_budget(2027, target=board.budget.target, edition=board.budget.edition)
    for code in codes:
        factory.make_line(budget, code, {2030: 1}, unit=board.cast.transport.name)
    budget = factory.adopt(budget)
    first, second = open_period(budget, PeriodKind.ANNUAL, 5), None
    report(first, board.cast.transport, "approved")
    second = period_actions.open_period(
        by=DEMO, year=2027, kind=PeriodKind.FIRST_TERTIAL, budget=budget,
        opens_at=NOW - timedelta(days=1), contact_deadline=NOW + timedelta(days=5),
        leader_deadline=NOW + timedelta(days=6), closes_at=NOW + timedelta(days=7),
    )  # fmt: skip
    report(second, board.cast.transport, "approved", dict.fromkeys(codes, LATE))
    client = as_user(board.cast.radmann)
    path = board.path(period=second)
    html = client.get(path).content.decode()
    assert "5 tiltak til har annen status enn sist." in words(html)
    assert f'href="{path}?endringer=alle#endret"' in html
    everything = words(client.get(f"{path}?endringer=alle").content.decode())
    assert "tiltak til har annen status" not in everything
    assert all(f"Tiltak {code}" in everything for code in codes)


# --- Queries -----------------------------------------------------------------------------------------------


def many_units(count: int) -> tuple[Period, Unit]:
    """An area with as many units, each with a measure that is late since last period, and a deviation."""
    area = Unit.objects.create(name="Stort område", kind=UnitKind.AREA)
    names = [f"Virksomhet {number}" for number in range(count)]
    units = [Unit.objects.create(name=name, kind=UnitKind.UNIT, parent=area) for name in names]
    budget = make_budget({f"T{number}": (name, 1) for number, name in enumerate(names)})
    first = open_period(budget, PeriodKind.FIRST_TERTIAL, 20)
    second = open_period(budget, PeriodKind.SECOND_TERTIAL, 10)
    for number, unit in enumerate(units):
        report(first, unit, "approved")
        report(second, unit, "approved", {f"T{number}": LATE})
        status = MeasureStatus.objects.get(report__period=second, report__unit=unit)
        # Opened by the approval; here it asks for something.
        Deviation.objects.filter(measure_id=status.measure_id, state="open").update(
            decision_level=DecisionLevel.DIRECTOR, decision_question="z"
        )
    return second, area


@pytest.fixture(scope="module")
def counted() -> dict[str, list[int]]:
    """The number of queries of each page, one for each size."""
    return {}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_number_of_queries_of_a_page_does_not_depend_on_units(
    counted: dict[str, list[int]], count: int
) -> None:
    with time_machine.travel(NOW, tick=False):
        period, area = many_units(count)
        klima = User.objects.create_user("klima@drammen.example", "x" * 20, name="Klima Eksempel")
        Appointment.objects.create(user=klima, role=Role.CLIMATE_EDITOR, valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(klima)
        unit = area.children.order_by("pk")[0]
        base = f"/rapportering/{period.code}/"
        pages = {
            "municipality": base,
            "area": f"{base}?niva={area.pk}",
            "unit": f"{base}?niva={unit.pk}",
            "publications": f"{base}publikasjoner/",
            "publish": f"{base}publiser/?for=klimautvalget",
            "chapter": f"{base}klimakapittel/",
        }
        client.get(base)  # what is read once per process is not counted
        for name, path in pages.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200, name
            counted.setdefault(name, []).append(len(queries))
    assert {name: len(set(found)) for name, found in counted.items()} == dict.fromkeys(pages, 1), counted
    assert max(max(found) for found in counted.values()) <= 45, counted


def test_a_status_of_every_kind_has_its_place(board: Board) -> None:
    """Worst first among the changes, whatever the statuses are."""
    stopped = StatusAnswers(status=Status.STOPPED, cause="Avlyst.", corrective_action="Et annet.")
    found = board.report(board.cast.transport)
    return_report(by=DEMO, report=found, version=found.version, comment="Rett.")
    done = StatusAnswers(status=Status.COMPLETED, what_happened="Ferdig.")
    report(board.second, board.cast.transport, "approved", {"T1": done, "T2": stopped})
    summary = period_summary(board.second)
    assert [(one.code, one.now) for one in summary.changes] == [("T2", "stopped"), ("T1", "completed")]
    assert [one.code for one in summary.off_plan] == ["T2"]


def test_an_areas_publication_is_shown_at_its_own_level(board: Board, as_user: AsUser) -> None:
    board.publish(Audience.AREA, unit=board.cast.area)
    client = as_user(board.cast.direktor)
    page = words(client.get(level_path(board, "area")).content.decode())
    assert "Publikasjon nr. 1" in page
    municipality = as_user(board.cast.klima).get(level_path(board, "kommunen")).content.decode()
    said = " ".join(re.sub(r"<[^>]+>", "", municipality).split())
    assert "Ikke publisert ennå. · Publiser sammendrag · Alle publikasjoner" in said
