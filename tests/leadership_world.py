"""Two periods against one small adopted budget, as leadership sees them. The clock stands still.

The budget has R = 1000 and a ceiling of 495 in 2030. T1 cuts 300, T2 100 and K1 50 a year from 2026, so the
path of 2030 is 550, 55 over the ceiling. V1 is a virkemiddel without tonnes. 1. tertial is assured, all on
track. In 2. tertial Samferdsel is approved with T2 late, Klima is approved, the kitchen is only submitted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from budget.models import ClimateBudget
from organisation.models import Unit
from publishing.actions import publications
from publishing.actions.publications import Imprint, Rendering
from publishing.enums import Audience, DashboardLevel
from publishing.models import Publication
from publishing.queries.chapter import Chapter
from publishing.queries.documents import Frozen
from publishing.queries.period_facts import period_facts
from publishing.queries.period_summary import PeriodSummary
from publishing.queries.reach import WHOLE, Reach
from publishing.words.period_summary import summary_of
from reporting.actions import periods as period_actions
from reporting.actions.reports import StatusAnswers, approve_report, assure_report, save_status, submit_report
from reporting.enums import DecisionLevel, PeriodKind, Status
from reporting.models import MeasureStatus, Period, UnitReport
from strategy.enums import MeasureKind, StrategyState
from strategy.models import Strategy
from tests import budget_factory as factory
from tests.cast import Cast
from tests.reporting_world import NOW, deadlines, make_measure
from tests.worlds import kept
from web.actors import DEMO

YEARS = range(2026, 2031)
FINE = StatusAnswers(status=Status.ON_TRACK, what_happened="Vi følger planen.")
LATE = StatusAnswers(
    status=Status.DELAYED,
    what_happened="Halvparten er levert.",
    cause="Leverandøren er forsinket.",
    corrective_action="Vi leier biler.",
    new_date=date(2027, 7, 2),
    delayed_share=Decimal(50),
    decision_level=DecisionLevel.DIRECTOR,
    decision_question="Skal vi leie eller kjøpe elbiler?",
)
# Stands in a report nobody has approved: must never be seen by leadership.
UNAPPROVED = "KANARI-IKKE-GODKJENT"


def period_summary(period: Period, reach: Reach = WHOLE, *, now: datetime | None = None) -> PeriodSummary:
    """What leadership reads of the period as it stands."""
    return summary_of(period_facts(period, reach, now=now))


def part_of(units: Collection[int]) -> Reach:
    """What is about these units alone."""
    return Reach(DashboardLevel.AREA, units=frozenset(units))


def quick_pdf(frozen: Frozen, imprint: Imprint | None) -> bytes:
    """Stands in for the PDF where its looks do not matter."""
    return f"PDF {frozen.period} {imprint.number if imprint else None}".encode()


def quick(frozen: Frozen, imprint: Imprint) -> Rendering:
    """Stands in for every file of a publication."""
    pdf = quick_pdf(frozen, imprint)
    return Rendering(pdf, b"ARKIV " + pdf, "<main>kapittel</main>" if isinstance(frozen, Chapter) else "")


@dataclass
class Board:
    cast: Cast
    budget: ClimateBudget
    first: Period
    second: Period

    def report(self, unit: Unit, period: Period | None = None) -> UnitReport:
        return UnitReport.objects.select_related("unit", "period").get(
            unit=unit, period=period or self.second
        )

    def publish(self, audience: str = Audience.LEADERSHIP, **more: Any) -> Publication:
        """The newest period, published as it stands."""
        given = {"by": DEMO, "period": self.second, "render": quick} | more
        return publications.publish_summary(audience=audience, **given)

    def path(self, *parts: object, period: Period | None = None) -> str:
        rest = "".join(f"{part}/" for part in parts)
        return f"/rapportering/{(period or self.second).code}/{rest}"


def report(period: Period, unit: Unit, until: str, answers: dict[str, StatusAnswers] | None = None) -> None:
    """The unit reports, everything on track where nothing else is said, as far as `until`."""
    found = UnitReport.objects.get(period=period, unit=unit)
    for status in MeasureStatus.objects.filter(report=found).select_related("measure"):
        said = (answers or {}).get(status.measure.code, FINE)
        save_status(by=DEMO, status=status, version=status.version, answers=said)
    steps = {
        "submitted": submit_report,
        "approved": approve_report,
        "assured": assure_report,
    }
    for name, step in steps.items():
        found.refresh_from_db()
        step(by=DEMO, report=found, version=found.version)
        if name == until:
            return


def open_period(budget: ClimateBudget, kind: PeriodKind, days_ago: int) -> Period:
    return period_actions.open_period(
        by=DEMO, year=2026, kind=kind, budget=budget, **deadlines(NOW - timedelta(days=days_ago))
    )


def make_budget(lines: dict[str, tuple[str, int]]) -> ClimateBudget:
    """An adopted budget 2026: code → (unit, tonnes a year)."""
    budget = factory.make_budget(2026)
    for code, (unit, tonnes) in lines.items():
        factory.make_line(budget, code, dict.fromkeys(YEARS, tonnes), unit=unit)
    Strategy.objects.update(state=StrategyState.ADOPTED, covers="drammenssamfunnet")
    return factory.adopt(budget)


def build(cast: Cast) -> Board:
    road, kitchen = cast.transport.name, cast.kitchen.name
    budget = make_budget({"T1": (road, 300), "T2": (road, 100), "K1": (kitchen, 50)})
    make_measure("V1", cast.klima_unit, kind=MeasureKind.VIRKEMIDDEL)
    first = open_period(budget, PeriodKind.FIRST_TERTIAL, 20)
    for unit in (cast.transport, cast.kitchen, cast.klima_unit):
        report(first, unit, "assured")
    second = open_period(budget, PeriodKind.SECOND_TERTIAL, 10)
    report(second, cast.transport, "approved", {"T2": LATE})
    report(second, cast.klima_unit, "assured")
    report(
        second,
        cast.kitchen,
        "submitted",
        {"K1": StatusAnswers(status=Status.ON_TRACK, what_happened=UNAPPROVED)},
    )
    return Board(cast, budget, first, second)


@kept(beside=["clock"])
def board(cast: Cast) -> Board:
    return build(cast)
