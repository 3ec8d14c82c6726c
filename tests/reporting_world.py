"""An adopted climate budget 2026 with measures, and a period open to report in. The clock stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from budget.enums import BudgetState
from budget.models import ClimateBudget, Effect, Line
from emissions.enums import Scope
from emissions.models import Edition, Municipality
from organisation.models import Unit
from reporting.actions.periods import open_period
from reporting.actions.reports import StatusAnswers, approve_report, return_report, save_status, submit_report
from reporting.enums import PeriodKind, Status
from reporting.models import MeasureStatus, Period, UnitReport
from strategy.enums import MeasureKind, MeasureState, TargetKind
from strategy.models import Indicator, IndicatorTarget, Measure, Responsibility, Strategy, Target
from tests.cast import Cast
from tests.clock import NOW
from tests.worlds import kept
from web.actors import DEMO

DEADLINE = datetime(2026, 9, 10, 21, 59, tzinfo=UTC)
IN_JANUARY = NOW + timedelta(days=130)
ON_TRACK = StatusAnswers(status=Status.ON_TRACK, what_happened="Vi følger planen.")
DELAYED = StatusAnswers(
    status=Status.DELAYED,
    indicator_value=Decimal(11),
    what_happened="Elleve av 24 biler er levert.",
    cause="Forsinket levering fra leverandøren.",
    corrective_action="Vi leier fire elbiler fra oktober.",
    new_date=date(2027, 5, 31),
    delayed_share=Decimal(50),
)


def deadlines(opens_at: datetime = NOW - timedelta(days=10)) -> dict[str, datetime]:
    shift = opens_at - (NOW - timedelta(days=10))
    return {
        "opens_at": opens_at,
        "contact_deadline": DEADLINE + shift,
        "leader_deadline": DEADLINE + timedelta(days=7) + shift,
        "closes_at": DEADLINE + timedelta(days=14) + shift,
    }


def make_budget(year: int = 2026) -> ClimateBudget:
    """A draft with nothing in it yet."""
    strategy, _ = Strategy.objects.get_or_create(
        slug="egen",
        defaults={"title": "Egen virksomhet", "covers": "Kommunen"},
    )
    target, _ = Target.objects.get_or_create(
        strategy=strategy,
        title="−55 % fra 2021",
        defaults={
            "kind": TargetKind.EMISSION,
            "scope": Scope.OWN_OPERATIONS_DIRECT,
            "base_year": 2021,
            "target_year": 2030,
            "percent": Decimal(55),
        },
    )
    drammen, _ = Municipality.objects.get_or_create(name="Drammen", defaults={"number": "3301"})
    edition, _ = Edition.objects.get_or_create(
        municipality=drammen,
        scope=Scope.OWN_OPERATIONS_DIRECT,
        publisher="Klima",
        published=date(2025, 3, 1),
        defaults={
            "file_name": "egen.csv",
            "file_sha256": "0" * 64,
            "shape": "detailed",
            "rows_read": 1,
            "rows_used": 1,
            "imported_by_system": DEMO.code,
        },
    )
    return ClimateBudget.objects.create(
        year=year, scope=Scope.OWN_OPERATIONS_DIRECT, target=target, edition=edition
    )


def make_measure(code: str, unit: Unit | None, **fields: object) -> Measure:
    values = {"title": f"Tiltak {code}", "kind": MeasureKind.TILTAK, "state": MeasureState.ONGOING, **fields}
    measure = Measure.objects.create(code=code, **values)
    if unit is not None:
        Responsibility.objects.create(measure=measure, unit=unit)
    return measure


def make_line(
    budget: ClimateBudget, measure: Measure, unit: Unit, order: int, effects: dict[int, int] | None = None
) -> Line:
    line = Line.objects.create(
        budget=budget,
        measure=measure,
        scope=budget.scope,
        order=order,
        adopted_unit=unit,
        adopted_unit_name=unit.name,
        adopted_code=measure.code,
        adopted_title=measure.title,
        adopted_level=measure.level,
    )
    for year, tonnes in (effects or {}).items():
        Effect.objects.create(line=line, year=year, tonnes=Decimal(tonnes))
    return line


def adopt(budget: ClimateBudget) -> ClimateBudget:
    """Past the budget's own actions: only the rows reporting reads."""
    row = ClimateBudget.objects.filter(pk=budget.pk)
    row.update(state=BudgetState.HANDED_OVER)
    row.update(state=BudgetState.PROPOSED)
    row.update(
        state=BudgetState.ADOPTED,
        adopted_on=date(2025, 12, 9),
        case_number="25/1234",
        adopted_target_year=2030,
        table_sha256="a" * 64,
        table_form=1,
    )
    budget.refresh_from_db()
    return budget


@dataclass
class World:
    cast: Cast
    budget: ClimateBudget
    period: Period

    def report(self, unit: Unit | None = None, period: Period | None = None) -> UnitReport:
        """The unit's report as it stands now; Samferdsel's when no other is asked for."""
        return UnitReport.objects.select_related("period", "unit").get(
            period=period or self.period, unit=unit or self.cast.transport
        )

    def statuses(self, unit: Unit | None = None) -> list[MeasureStatus]:
        return list(self.report(unit).statuses.select_related("measure").order_by("order"))

    def status(self, code: str = "T2") -> MeasureStatus:
        return MeasureStatus.objects.select_related("measure", "report").get(
            report__period=self.period, measure__code=code
        )

    def answer(self, *given: StatusAnswers, unit: Unit | None = None) -> None:
        """The contact answers every measure; the last answer given stands for the rest."""
        answers = list(given) or [ON_TRACK]
        by = self.cast.annen if unit == self.cast.kitchen else self.cast.kontakt
        for index, status in enumerate(self.statuses(unit)):
            chosen = answers[min(index, len(answers) - 1)]
            save_status(by=by, status=status, version=status.version, answers=chosen)

    def submit(self) -> UnitReport:
        report = self.report()
        submit_report(by=self.cast.kontakt, report=report, version=report.version)
        return self.report()

    def approve(self, comment: str = "") -> UnitReport:
        report = self.report()
        approve_report(by=self.cast.leder, report=report, version=report.version, comment=comment)
        return self.report()

    def give_back(self, comment: str = "Skriv mer om bilene.", **about: str) -> UnitReport:
        """The leader returns the report; `about` are comments on measures, by code."""
        report = self.report()
        comments = {self.status(code).pk: text for code, text in about.items()}
        return_report(
            by=self.cast.leder, report=report, version=report.version, comment=comment, comments=comments
        )
        return self.report()

    def path(self, *parts: object, unit: Unit | None = None) -> str:
        rest = "".join(f"{part}/" for part in parts)
        return f"/rapportering/{self.period.code}/{(unit or self.cast.transport).pk}/{rest}"


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def build(cast: Cast, measures: int = 4, *, year: int = 2026, prefix: str = "") -> World:
    """Samferdsel has `measures` lines, T1 onwards, T2 with an indicator; the kitchen has one, K1.

    A second world in the same test has another year, and a prefix for its measures' codes.
    """
    budget = make_budget(year)
    effects = {year: 40} | {year + more: 90 for more in range(1, 5)}
    for number in range(1, measures + 1):
        measure = make_measure(f"{prefix}T{number}", cast.transport)
        make_line(budget, measure, cast.transport, number, effects)
        if number == min(2, measures):
            indicator = Indicator.objects.create(measure=measure, name="Elbiler levert", unit_label="biler")
            IndicatorTarget.objects.create(indicator=indicator, year=year, value=24)
    make_line(budget, make_measure(f"{prefix}K1", cast.kitchen), cast.kitchen, 90)
    adopt(budget)
    period = open_period(by=DEMO, year=year, kind=PeriodKind.SECOND_TERTIAL, budget=budget, **deadlines())
    return World(cast, budget, period)


@kept(beside=["clock"])
def world(cast: Cast) -> World:
    return build(cast)


@kept(beside=["clock"])
def with_annual(world: World) -> World:
    world.answer(ON_TRACK, replace(DELAYED, what_happened="Fem biler levert."), ON_TRACK)
    world.submit()
    with time_machine.travel(IN_JANUARY, tick=False):
        period = open_period(
            by=DEMO,
            year=2026,
            kind=PeriodKind.ANNUAL,
            budget=world.budget,
            **deadlines(IN_JANUARY - timedelta(days=2)),
        )
    return World(world.cast, world.budget, period)


@pytest.fixture
def second_period(with_annual: World, clock: time_machine.Coordinates) -> World:
    """The period before is answered and submitted, T2 late; årsrapporten is open in January."""
    clock.move_to(IN_JANUARY)
    return with_annual
