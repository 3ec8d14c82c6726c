"""Composes reading a workbook of activities with what stands: the preview, and the writing of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.actions.activity_uploads import finish_activity_upload, is_too_old, lock_activity_upload
from emissions.actions.own_operations import (
    ActivityChange,
    check_place,
    check_quantity,
    set_activities,
)
from emissions.actions.uploads import DraftGone
from emissions.calculations import factor_in
from emissions.enums import MeasuredIn
from emissions.importers.activities import (
    QUANTITY,
    UNIT,
    YEAR,
    KnownType,
    ReadWorkbook,
    Register,
    RowProblem,
    read_activities,
)
from emissions.models import MEASURED_IN_LABELS, Activity, ActivityType, ActivityUpload
from emissions.queries.own_operations import activities_at, factors_by_type
from emissions.rules import may_enter
from organisation.models import Unit, User
from organisation.rules import NO_DUTIES, Duties, read_duties
from web.actors import Actor, acting
from web.refusals import Refused


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of the workbook beside what stands in the portal."""

    row: int
    change: ActivityChange
    before: Activity | None

    @property
    def is_new(self) -> bool:
        return (
            self.before is None
            or self.before.quantity != self.change.quantity
            or self.before.missing_reason != (self.change.reason or "")
            or self.change.note not in (None, self.before.note)
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What the workbook would change. `seen` names the state it was compared with."""

    comparisons: tuple[Comparison, ...]
    problems: tuple[RowProblem, ...]
    empty_rows: int
    seen: str

    @property
    def changes(self) -> tuple[Comparison, ...]:
        return tuple(one for one in self.comparisons if one.is_new)


class PreviewMoved(Exception):
    """Something the workbook touches was changed after the preview was shown."""


def preview_activities(content: bytes, file_name: str, held: Duties) -> Preview:
    """What the workbook would change for somebody with these duties. Raises UnreadableFile."""
    units = list(Unit.objects.all())
    types = list(ActivityType.objects.all())
    read = read_activities(content, file_name, _register(units, types, held))
    return _compare(read, {unit.pk: unit for unit in units}, {kind.pk: kind for kind in types})


def confirm_activities(*, by: Actor, upload_id: int, seen: str) -> tuple[ActivityUpload, int]:
    """Write every row of the workbook or none; returns how many changed. Sent twice, it writes once.

    Raises PreviewMoved, DraftGone, UnreadableFile, Refused when a row has become wrong, and
    ActivityUpload.DoesNotExist for somebody else's.
    """
    with acting(by, _("Aktiviteter ført fra regneark")):
        upload = lock_activity_upload(by=by, upload_id=upload_id)
        if upload.confirmed_at:
            return upload, 0
        if is_too_old(upload):
            raise DraftGone
        held = read_duties(by) if isinstance(by, User) else NO_DUTIES
        preview = preview_activities(bytes(upload.content), upload.file_name, held)
        if preview.problems:
            raise Refused(preview.problems[0].sentence)
        if preview.seen != seen:
            raise PreviewMoved
        set_activities(by=by, changes=[one.change for one in preview.changes])
        finish_activity_upload(by=by, upload=upload)
    return upload, len(preview.changes)


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
            text = _("«{activity}» har ingen utslippsfaktor for {year}. Rett året, eller be Klima om en.")
            return YEAR, text.format(activity=names[kind], year=year)
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


def _compare(read: ReadWorkbook, units: dict[int, Unit], types: dict[int, ActivityType]) -> Preview:
    keys = [(one.unit_id, one.type_id, one.year) for one in read.activities]
    standing = activities_at(keys)
    comparisons = []
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
        comparisons.append(Comparison(one.row, change, before))
    versions = sorted((*key, standing[key].version if key in standing else 0) for key in keys)
    seen = hashlib.sha256(repr(versions).encode()).hexdigest()
    return Preview(tuple(comparisons), read.problems, read.empty_rows, seen)
