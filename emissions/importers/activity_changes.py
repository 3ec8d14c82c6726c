"""Composes reading a workbook of activities with what stands: the preview, and the writing of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.actions.own_operations import (
    ActivityChange,
    check_place,
    check_quantity,
    set_activities,
)
from emissions.calculations import factor_in
from emissions.enums import MeasuredIn, MissingReason
from emissions.importers.activities import KnownType, ReadWorkbook, Register, read_activities
from emissions.models import MEASURED_IN_LABELS, MISSING_LABELS, Activity, ActivityType
from emissions.queries.own_operations import activities_at, factors_by_type
from emissions.rules import may_enter
from emissions.words.activity_columns import ACTIVITY, NOTE, QUANTITY, UNIT, YEAR
from organisation.models import Unit
from organisation.rules import Duties
from web.actors import Actor
from web.formats import format_number
from web.names import naming
from web.refusals import Refused
from web.register.plan import Plan, PlannedRow


@dataclass(slots=True, kw_only=True)
class ActivityPlan(Plan):
    """What the workbook would change. `changes` are written; `empty_rows` say nothing: no quantity."""

    changes: list[ActivityChange]
    empty_rows: int


def plan_activities(content: bytes, file_name: str, held: Duties) -> ActivityPlan:
    """What the workbook would change for somebody with these duties. Raises UnreadableFile."""
    units = list(Unit.objects.all())
    types = list(ActivityType.objects.all())
    read = read_activities(content, file_name, _register(units, types, held))
    return _compare(read, {unit.pk: unit for unit in units}, {kind.pk: kind for kind in types})


def write_activities(*, by: Actor, plan: ActivityPlan) -> int:
    """Writes what was previewed, and says how many rows. Raises as `set_activities` does."""
    set_activities(by=by, changes=plan.changes)
    return len(plan.changes)


def _register(units: list[Unit], types: list[ActivityType], held: Duties) -> Register:
    factors = factors_by_type()
    by_id = {unit.pk: unit for unit in units}
    names = {kind.pk: kind.name for kind in types}

    def refusal(unit: int, kind: int, year: int, quantity: Decimal | None) -> tuple[str, str] | None:
        if not may_enter(held, unit):
            text = _("Du kan ikke føre for {unit}. Ta bort raden.")
            return UNIT, text.format(unit=by_id[unit].name)
        try:
            check_place(by_id[unit], year)
        except Refused as refused:
            return YEAR, str(refused)
        if quantity is None:
            return None
        if factor_in(year, factors.get(kind, ())) is None:
            text = _(
                "«{activity}» har ingen utslippsfaktor for {year}. Rett året, eller be {climate_name} om en."
            )
            return YEAR, naming(text, activity=names[kind], year=year)
        try:
            check_quantity(quantity)
        except Refused as refused:
            return QUANTITY, str(refused)
        return None

    return Register(
        # Of two units of one name, the one that came last: its predecessor is closed.
        units={unit.name.casefold(): unit.pk for unit in sorted(units, key=lambda unit: unit.valid_from)},
        types={
            kind.name.casefold(): KnownType(kind.pk, str(MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)]))
            for kind in types
        },
        refusal=refusal,
    )


def _compare(read: ReadWorkbook, units: dict[int, Unit], types: dict[int, ActivityType]) -> ActivityPlan:
    keys = [(one.unit_id, one.type_id, one.year) for one in read.activities]
    standing = activities_at(keys)
    rows: list[PlannedRow] = []
    written = []
    for one, key in zip(read.activities, keys, strict=True):
        before = standing.get(key)
        change = ActivityChange(
            units[one.unit_id],
            types[one.type_id],
            one.year,
            one.quantity,
            one.reason,
            before.version if before else 0,
            one.note or None,
        )
        rows.append(_planned(one.row, change, before))
        if rows[-1].outcome != "unchanged":
            written.append(change)
    rows += [
        PlannedRow(
            number=problem.row,
            title=str(problem.cells.get(ACTIVITY) or ""),
            detail=str(problem.cells.get(UNIT) or ""),
            errors=[(problem.column, problem.sentence)],
            source=problem.cells,
        )
        for problem in read.problems
    ]
    return ActivityPlan(rows=rows, changes=written, empty_rows=read.empty_rows)


def _planned(number: int, change: ActivityChange, before: Activity | None) -> PlannedRow:
    measure = MEASURED_IN_LABELS[MeasuredIn(change.activity_type.measured_in)]
    row = PlannedRow(
        number=number,
        title=f"{change.activity_type.name} ({measure})",
        detail=f"{change.unit.name}, {change.year}",
        is_new=before is None,
        mark=change.version,
    )
    stood = (before.quantity, before.missing_reason) if before else (None, "")
    if stood != (change.quantity, change.reason or ""):
        now = quantity_text(change.quantity, change.reason or "")
        row.changes.append((QUANTITY, quantity_text(*stood), now))
    if change.note not in (None, before.note if before else ""):
        row.changes.append((NOTE, before.note if before else "", str(change.note)))
    return row


def quantity_text(quantity: Decimal | None, reason: str) -> str:
    """A quantity in its own unit, or why it is missing, as people read it; empty for neither."""
    if quantity is not None:
        return format_number(quantity)
    return str(MISSING_LABELS[MissingReason(reason)]) if reason else ""
