"""What the climate committee and everybody else reads: figures and statuses, in plain words.

Made from the leadership summary by choosing, never by taking away: there is no place here for what units and
leaders write to each other, for a question nobody has answered yet, or for the name of a person. A measure is
named when it has a line in the adopted budget; others are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from publishing.queries.period_summary import Basis, Remaining, StatusRow, TargetAnswer, Tonnes, YearRow

# Part of the frozen data, as in `summary.py`.
FORM = 1


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """A measure of the adopted budget. `tonnes` is its cut in the answer year."""

    title: str
    unit: str
    status: str
    label: str
    tonnes: Tonnes


@dataclass(frozen=True, slots=True)
class PublicDelay:
    """A measure of the adopted budget that does not follow its plan. `lost` None: nobody has said."""

    title: str
    unit: str
    status: str
    label: str
    new_date: date | None
    lost: Tonnes


@dataclass(frozen=True, slots=True)
class PublicChange:
    title: str
    unit: str
    before: str
    before_label: str
    now: str
    now_label: str


@dataclass(frozen=True, slots=True)
class PublicSummary:
    """One period in public words. Nothing in it depends on when it was made."""

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
    sentence: str
    statuses: tuple[StatusRow, ...]
    delays: tuple[PublicDelay, ...]
    changes: tuple[PublicChange, ...]
    measures: tuple[PublicMeasure, ...]
    remaining: Remaining | None
    years: tuple[YearRow, ...]
    units: int
    units_answered: int
    missing_tonnes: Decimal

    @property
    def path_years(self) -> tuple[YearRow, ...]:
        return tuple(row for row in self.years if row.reference is not None or row.path is not None)

    @property
    def total(self) -> StatusRow:
        return StatusRow(
            "",
            "",
            sum(row.count for row in self.statuses),
            sum((row.tonnes for row in self.statuses), Decimal(0)),
            sum((row.loss for row in self.statuses), Decimal(0)),
            sum(row.without_tonnes for row in self.statuses),
        )
