"""The leadership summary as data: what page, PDF and publication all render, and what is frozen.

Tonnes are tCO2e. «Answer year» is the budget's target year; «samlet» is first_year–last_year together.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from reporting.enums import LEADER_APPROVED_STATES

T = TypeVar("T")
Tonnes = Decimal | None
# Part of the frozen data. Raised when its shape changes, so that old publications can be told apart.
FORM = 1


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


@dataclass(frozen=True, slots=True)
class TargetAnswer:
    """One emission target answered in a sentence. on_track None: the figures do not say."""

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
    """Something an approved report asks to have decided."""

    code: str
    title: str
    unit_id: int
    unit: str
    level: str
    level_label: str
    question: str
    loss: Loss | None
    new_date: date | None


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


@dataclass(frozen=True, slots=True)
class StatusRow:
    """Measures with one approved status; «missing» are those leaders have not approved anything about."""

    status: str
    label: str
    count: int
    tonnes: Decimal
    loss: Decimal
    without_tonnes: int


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
class LeadershipSummary:
    """Everything leadership reads about one period. Nothing in it depends on when it was made."""

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

    @property
    def missing(self) -> tuple[UnitRow, ...]:
        return tuple(unit for unit in self.units if not unit.approved)

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


def to_plain(summary: LeadershipSummary) -> dict[str, Any]:
    """The summary as plain JSON data: figures as exact decimal text, dates as ISO 8601."""
    return {name: _encode(value) for name, value in asdict(summary).items()}


def from_plain(data: dict[str, Any]) -> LeadershipSummary:
    """The summary again, equal to the one that was frozen. Raises KeyError for data of another form."""
    return _decode_object(LeadershipSummary, data)


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _encode(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_encode(one) for one in value]
    return value


def _decode_object(kind: type[T], data: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    return kind(**{field.name: _decode(hints[field.name], data[field.name]) for field in fields(kind)})  # type: ignore[arg-type]


def _decode(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], one) for one in value)
    if origin is UnionType:
        kind = next(one for one in get_args(kind) if one is not type(None))
    if is_dataclass(kind):
        return _decode_object(kind, value)  # type: ignore[arg-type]
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    return value
