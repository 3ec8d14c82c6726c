"""What a report does to the municipality's gap: for Klima and leadership, and never for the unit itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, reverse

import publishing.urls
import reporting.urls
from budget.actions.overlaps import add_overlap
from budget.enums import OverlapMethod
from budget.models import ClimateBudget
from climate_portal.urls import ROUTES
from organisation.models import User
from reporting.actions.reports import return_report, submit_report
from reporting.enums import PeriodKind
from reporting.models import MeasureStatus
from reporting.queries.delays import estimate_of
from reporting.queries.gaps import gap_effect
from strategy.enums import StrategyState
from strategy.models import Strategy
from tests import budget_factory as factory
from tests.cast import Cast
from tests.leadership_world import LATE, YEARS, Board, open_period, report
from tests.report_forms import HTMX, fields, text_of
from tests.worlds import kept
from web.actors import DEMO

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
INSIDE = ["klima", "analyse", "radmann", "revisor", "admin"]
UNIT = ["kontakt", "vara", "leder", "direktor"]
OTHERS = ["annen", "annen_leder", "utvalg", "ingen"]
# Half of 100 t in 2026, and half of 100 t for 182 of the 365 days of 2027.
OWN = "75 tonn mindre kutt samlet 2026–2030"
# T1 already takes half of what T2 acts on, so half of that is all it does to the path.
NET = "37 tonn høyere samlet 2026–2030"
CANARIES = (NET, "Virkning på avstanden", "Over rammen i budsjettet", "Med rapporten")


def overlapping_budget(road: str, kitchen: str) -> ClimateBudget:
    """R = 1000. T1 and T2 share a basis of 600: 600 · (1 − 300/600)(1 − 100/600) is left, so 350 is cut, and
    K1 cuts 50 more. The path is 600; the ceiling is 610 in 2026 and 581 in 2027.
    """
    budget = factory.make_budget(2026)
    first = factory.make_line(budget, "T1", dict.fromkeys(YEARS, 300), unit=road)
    second = factory.make_line(budget, "T2", dict.fromkeys(YEARS, 100), unit=road)
    factory.make_line(budget, "K1", dict.fromkeys(YEARS, 50), unit=kitchen)
    add_overlap(
        by=DEMO,
        budget=budget,
        source=factory.make_source(),
        method=OverlapMethod.PRODUCT,
        lines=[first, second],
        years={year: Decimal(600) for year in YEARS},
        reason="Samme biler",
        decided_by="Klima",
    )
    Strategy.objects.update(state=StrategyState.ADOPTED, covers="drammenssamfunnet")
    return factory.adopt(budget)


@kept(beside=["clock"])
def board(cast: Cast) -> Board:
    """Samferdsel's report is approved with T2 late; the kitchen has not answered."""
    budget = overlapping_budget(cast.transport.name, cast.kitchen.name)
    first = open_period(budget, PeriodKind.FIRST_TERTIAL, 20)
    report(first, cast.transport, "assured")
    second = open_period(budget, PeriodKind.SECOND_TERTIAL, 10)
    report(second, cast.transport, "approved", {"T2": LATE})
    return Board(cast, budget, first, second)


def page(board: Board, name: str) -> str:
    return reverse(f"reporting:{name}", args=[board.second.code, board.cast.transport.pk])


def statuses(board: Board) -> list[MeasureStatus]:
    return list(board.report(board.cast.transport).statuses.select_related("line", "measure"))


def test_the_effect_counts_overlap(board: Board) -> None:
    late = next(one for one in statuses(board) if one.measure.code == "T2")
    own = estimate_of(late, board.second)
    assert own is not None
    assert round(own.tonnes, 2) == Decimal("74.93")
    effect = gap_effect(board.second, statuses(board))
    assert effect is not None
    assert round(effect.total, 2) == Decimal("37.47")
    assert effect.total < own.tonnes
    rows = [
        (row.year, *(round(one or 0, 1) for one in (row.gap_before, row.gap_after))) for row in effect.rows
    ]
    assert rows == [(2026, Decimal("-10.2"), Decimal("14.8")), (2027, Decimal("18.6"), Decimal("31.0"))]


def test_without_a_delay_to_count_there_is_no_effect(board: Board) -> None:
    on_track = [one for one in statuses(board) if one.measure.code == "T1"]
    assert gap_effect(board.second, on_track) is None
    late = next(one for one in statuses(board) if one.measure.code == "T2")
    late.delayed_share = None
    assert gap_effect(board.second, [late]) is None


@pytest.mark.parametrize("name", INSIDE)
def test_those_inside_see_it_beside_the_report(board: Board, as_user: AsUser, name: str) -> None:
    text = text_of(as_user(board.cast.people()[name]).get(page(board, "report")))
    assert NET in text
    assert OWN in text
    assert all(words in text for words in CANARIES)


def test_klima_sees_it_before_assuring(board: Board, as_user: AsUser) -> None:
    text = text_of(as_user(board.cast.klima).get(page(board, "assure")))
    assert NET in text
    assert OWN in text


def test_a_report_nobody_has_approved_moves_no_gap(board: Board, as_user: AsUser) -> None:
    found = board.report(board.cast.transport)
    return_report(by=board.cast.klima, report=found, version=found.version, comment="Mer.")
    assert NET not in text_of(as_user(board.cast.klima).get(page(board, "report")))


def patterns(found: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns(one.url_patterns)


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route of what is reported, and of what is read and published of it."""
    for room, urls in {"reporting": reporting.urls, "publishing": publishing.urls}.items():
        yield from ((f"{room}:{one.name}", one) for one in patterns(urls.urlpatterns))


def test_every_page_about_a_period_is_among_those_looked_at() -> None:
    assert {name for name, _pattern in routes()} == {
        name for name in ROUTES if name.partition(":")[0] in ("reporting", "publishing")
    }


def addresses(board: Board, *codes: str) -> Iterator[str]:
    """Every page about these periods, this unit and this report's first measure."""
    status = statuses(board)[0]
    for name_of_route, pattern in routes():
        for code in codes:
            values = {"code": code, "unit": board.cast.transport.pk, "pk": status.pk, "number": 1}
            values |= {"year": 2026, "file_format": "csv", "kind": "nytt-tiltak"}
            values |= {"item": "milestone", "whom": "klimakapittel", "line": status.line_id}
            values |= {"area": board.cast.area.pk}
            wanted = pattern.pattern.converters
            yield reverse(name_of_route, kwargs={name: values[name] for name in wanted})


@pytest.mark.parametrize("name", [*UNIT, *OTHERS])
def test_the_unit_never_gets_it(board: Board, as_user: AsUser, name: str) -> None:
    """No page, whatever state the report is in, and no answer to what is typed or sent."""
    client = as_user(board.cast.people()[name])
    seen = []

    def look(*codes: str) -> None:
        for address in addresses(board, *codes):
            seen.append(client.get(address).content.decode())

    look(board.first.code, board.second.code)
    klima, found = board.cast.klima, board.report(board.cast.transport)
    return_report(by=klima, report=found, version=found.version, comment="Mer.")
    look(board.second.code)
    late = next(one for one in statuses(board) if one.measure.code == "T2")
    typed = {"status": "delayed", "cause": "a", "corrective_action": "b", "new_date": "2.7.2027"}
    for target in (f"avvik-{late.pk}", f"lagret-{late.pk}", f"kort-{late.pk}"):
        late.refresh_from_db()
        seen.append(
            client.post(
                reverse("reporting:save_status", args=[board.second.code, board.cast.transport.pk, late.pk]),
                fields(late, **typed, delayed_share="50"),
                headers=HTMX | {"HX-Target": target},
            ).content.decode()
        )
    found.refresh_from_db()
    submit_report(by=DEMO, report=found, version=found.version)
    look(board.second.code)
    assert not [words for words in CANARIES for html in seen if words in html]
    # The unit's own people do get what the delay means for their own measure.
    assert any(OWN in html for html in seen) == (name in UNIT)


def test_queries_do_not_grow_with_delays(board: Board) -> None:
    both = statuses(board)
    counts = set()
    for late in (both[1:], both):
        for one in late:
            one.status, one.delayed_share, one.new_date = "delayed", Decimal(10), LATE.new_date
        with CaptureQueriesContext(connection) as queries:
            assert gap_effect(board.second, late) is not None
        counts.add(len(queries))
    assert len(counts) == 1
