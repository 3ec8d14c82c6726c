"""Klimastatus, the leadership summary, as data: what page, PDF and publication render, and what is frozen.

Put together by `words/period_summary.py:summary_of`, from what `period_facts` reads.

Tonnes are tCO2e. «Answer year» is the budget's target year; «samlet» is first_year–last_year together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from publishing.enums import DashboardLevel
from publishing.queries.plain import LATER
from reporting.enums import LEADER_APPROVED_STATES

Tonnes = Decimal | None
# Part of the frozen data. Raised when its shape changes, so that old publications can be told apart.
# 2: levels, measures by tonnes, what is off plan, and the gap by the newest edition. 3: money.
FORM = 3


@dataclass(frozen=True, slots=True)
class Basis:
    """The adopted budget the period is bound to, and the edition it was made from."""

    budget_id: int
    year: int
    last_plan_year: int
    scope: str
    scope_label: str
    revision: int
    adopted_on: date | None
    case_number: str
    is_example: bool
    municipality: str
    publisher: str
    published: date
    last_history_year: int
    base_year: int | None
    target_year: int
    percent: Tonnes
    # Of the budget's table as it was adopted.
    budget_sha256: str = ""


@dataclass(frozen=True, slots=True)
class TargetAnswer:
    """One emission target answered in a sentence, or what a part of the municipality adds to it.

    on_track None: the figures do not say.
    """

    name: str
    verdict: str
    on_track: bool | None
    text: str
    source: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of the chart and its table. History is the edition's own figure."""

    year: int
    history: Tonnes = None
    reference: Tonnes = None
    path: Tonnes = None
    ceiling: Tonnes = None
    gap: Tonnes = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What a delay takes from one measure's own cut, whole tonnes as shown, so that sums add up.

    `counts` is False for a measure outside the budget's scope: never added to the others.
    """

    total: Decimal
    answer_year: Decimal
    counts: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Something approved reports ask to have decided, and nobody has decided yet.

    `since` is the day it was first asked, when that was before the period opened.
    """

    code: str
    title: str
    unit_id: int
    unit: str
    level: str
    level_label: str
    question: str
    loss: Loss | None
    new_date: date | None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A measure whose approved status is another than in the period before. before is empty when it is new.

    loss None: the measure is off plan, but the report does not say how much, or has no figures.
    """

    code: str
    title: str
    unit_id: int
    unit: str
    before: str
    before_label: str
    now: str
    now_label: str
    cause: str
    off_plan: bool
    loss: Loss | None
    # Whether the measure has a line in the adopted budget.
    in_budget: bool = True


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, its approved status («missing» where there is none) and what it cuts in the answer year.

    tonnes None: it has no tonnes in the budget.
    """

    code: str
    title: str
    unit_id: int | None
    unit: str
    status: str
    label: str
    tonnes: Tonnes
    loss: Loss | None


@dataclass(frozen=True, slots=True)
class Remaining:
    """The measures with tonnes that are not listed one by one."""

    count: int
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class OffPlan:
    """A measure whose approved status says that the plan does not hold. `in_budget`: it has a line there."""

    code: str
    title: str
    unit: str
    status: str
    label: str
    cause: str
    corrective_action: str
    new_date: date | None
    loss: Loss | None
    in_budget: bool


@dataclass(frozen=True, slots=True)
class EditionYear:
    """Ceiling and gap of one year when the base year is taken from the newest edition."""

    year: int
    ceiling: Tonnes
    gap: Tonnes


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What the newest edition does to the adopted budget, when that is built on an older one."""

    text: str
    years: tuple[EditionYear, ...]

    def of(self, year: int) -> EditionYear:
        """The figures of a year; unknown ones where the edition has none."""
        return next((row for row in self.years if row.year == year), EditionYear(year, None, None))


@dataclass(frozen=True, slots=True)
class StatusRow:
    """Measures with one approved status; «missing» are those leaders have not approved anything about."""

    status: str
    label: str
    count: int
    tonnes: Decimal
    loss: Decimal
    without_tonnes: int

    @property
    def measures(self) -> int:
        """All measures with the status, those without tonnes too."""
        return self.count + self.without_tonnes


@dataclass(frozen=True, slots=True)
class StatusCount:
    status: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's report. Counts are only there when its leader has approved it."""

    unit_id: int
    name: str
    state: str
    measures: int
    tonnes: Decimal
    submitted_on: date | None
    counts: tuple[StatusCount, ...]
    # Of a municipal enterprise that nobody led: nobody could approve its report.
    awaits_leader: bool = field(default=False, metadata=LATER)

    @property
    def approved(self) -> bool:
        return self.state in LEADER_APPROVED_STATES


@dataclass(frozen=True, slots=True)
class Section:
    """A part from another room."""

    title: str
    lines: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaidMeasure:
    """A measure on a row of the økonomiplan, with its approved status («missing» where there is none)."""

    code: str
    title: str
    unit: str
    status: str
    label: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A row of the økonomiplan, NOK: the year's budget and forecast, and what is spent so far.

    The amounts are the measures' together. None: the file does not say.
    """

    plan_row: str
    measures: tuple[PaidMeasure, ...]
    budgeted: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None

    @property
    def deviation(self) -> Decimal | None:
        """Forecast less budget: negative is less than was budgeted."""
        if self.budgeted is None or self.forecast is None:
            return None
        return self.forecast - self.budgeted


@dataclass(frozen=True, slots=True)
class Money:
    """Accounting figures from the analysis unit, the row furthest from its budget first.

    `checked`: their step is done. `without` is the number of measures without a row with figures.
    """

    imported_on: date
    checked: bool
    is_example: bool
    rows: tuple[MoneyRow, ...]
    without: int


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """Everything leadership reads about one period, of the municipality or a part of it.

    Nothing in it depends on when it was made.
    """

    form: int
    period: str
    period_name: str
    previous_name: str
    is_final: bool
    basis: Basis
    first_year: int
    last_year: int
    answer_year: int
    answers: tuple[TargetAnswer, ...]
    decisions: tuple[Decision, ...]
    changes: tuple[Change, ...]
    years: tuple[YearRow, ...]
    statuses: tuple[StatusRow, ...]
    unknown_losses: int
    sections: tuple[Section, ...]
    units: tuple[UnitRow, ...]
    level: str = DashboardLevel.MUNICIPALITY
    level_name: str = ""
    measures: tuple[MeasureRow, ...] = ()
    remaining: Remaining | None = None
    off_plan: tuple[OffPlan, ...] = ()
    new_edition: NewEdition | None = None
    money: Money | None = None

    @property
    def missing(self) -> tuple[UnitRow, ...]:
        return tuple(unit for unit in self.units if not unit.approved)

    @property
    def awaiting_leader(self) -> tuple[str, ...]:
        """The names of those missing because nobody could approve."""
        return tuple(unit.name for unit in self.missing if unit.awaits_leader)

    @property
    def missing_tonnes(self) -> Decimal:
        """What the missing units' measures cut in the answer year, by the budget."""
        return sum((unit.tonnes for unit in self.missing), Decimal(0))

    @property
    def approved_count(self) -> int:
        return len(self.units) - len(self.missing)

    @property
    def total(self) -> StatusRow:
        rows = self.statuses
        return StatusRow(
            status="",
            label="",
            count=sum(row.count for row in rows),
            tonnes=sum((row.tonnes for row in rows), Decimal(0)),
            loss=sum((row.loss for row in rows), Decimal(0)),
            without_tonnes=sum(row.without_tonnes for row in rows),
        )

    @property
    def history(self) -> tuple[YearRow, ...]:
        return tuple(row for row in self.years if row.history is not None)

    @property
    def path_years(self) -> tuple[YearRow, ...]:
        return tuple(row for row in self.years if row.reference is not None or row.path is not None)
