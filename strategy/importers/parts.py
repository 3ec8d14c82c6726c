"""What the milestones and indicators of a file would do, row by row, before anything is written.

A row is about the milestone or indicator with its number, else the one with its name on that measure, else
a new one. What has no row is left alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from strategy.actions.measure_plan import refuse_emissions
from strategy.importers.part_resource import PartResource
from strategy.importers.part_table import PartTable
from strategy.importers.planned import CodedRow
from strategy.models import Indicator, IndicatorTarget, Milestone
from strategy.queries.measure_plan import stored_parts
from strategy.words.part_columns import INDICATORS, MILESTONES, PartSheet, empty_value
from web.formats import format_date, format_number
from web.refusals import Refused
from web.register.columns import Column
from web.register.plan import refuse_twice
from web.sheets.cells import plain_text
from web.sheets.dry_run import dry_run

Part = Milestone | Indicator


@dataclass(slots=True, kw_only=True)
class PartRow(CodedRow):
    """One row of a sheet; `record` is the milestone or indicator that is there today, if any."""

    sheet: PartSheet
    record: Part | None = None

    @property
    def place(self) -> str:
        return str(self.sheet.title)

    @property
    def outcome_word(self) -> str:
        if not self.is_new:
            return _("endres")
        return _("ny milepæl") if self.sheet.code == "milestones" else _("ny resultatindikator")

    @property
    def identity(self) -> tuple[str, object]:
        """Which milestone or indicator it is about: the one that is there, or the new one with this name."""
        return (self.code, self.record.pk if self.record else self.title)

    @property
    def target(self) -> IndicatorTarget | None:
        """The target that is there today for the row's period."""
        if not isinstance(self.record, Indicator):
            return None
        period = (self.values.get("year"), self.values.get("tertial"))
        return next((one for one in self.record.targets.all() if (one.year, one.tertial) == period), None)

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(self.sheet.column(name).header), sentence))


def plan_parts(tables: Collection[PartTable], codes: Collection[str]) -> list[PartRow]:
    """The rows of the sheets, checked; `codes` are the measures there are, those of the file among them."""
    rows = [row for table in tables for row in _parsed(table)]
    if not rows:
        return rows
    stored = stored_parts({row.code for row in rows})
    for row in rows:
        if row.code and row.code not in codes and not row.errors:
            row.refuse(
                "code",
                _("Det finnes ikke noe tiltak med nummer «%(word)s», verken i portalen eller i filen.")
                % {"word": row.code[:80]},
            )
    for table in tables:
        parts = stored.milestones if table.sheet.code == "milestones" else stored.indicators
        own = [row for row in rows if row.sheet is table.sheet]
        _find(own, parts)  # type: ignore[arg-type]
        if table.sheet.code == "milestones":
            refuse_twice(own, _part, _refuse_again)
            _check_milestones(own)
        else:
            refuse_twice(own, _target, _refuse_again)
            _check_indicators(own, stored.indicators)
    for row in rows:
        row.is_new = row.record is None
        row.mark = (row.record.pk, row.record.version) if row.record else (0, 0)
    return rows


def _parsed(table: PartTable) -> list[PartRow]:
    resource = PartResource(table.sheet, is_workbook=table.is_workbook)
    rows = []
    for number, source, values, problem in dry_run(table.rows, table.numbers, resource):
        row = PartRow(
            number=number,
            code=str(values.get("code") or "").strip(),
            values=values,
            source=source,
            sheet=table.sheet,
            title=str(values.get(table.sheet.key) or ""),
        )
        for name, sentences in (problem.message_dict if problem else {}).items():
            for sentence in sentences:
                row.refuse(name, sentence)
        rows.append(row)
    return rows


def _name(part: Part) -> str:
    return plain_text(part.title if isinstance(part, Milestone) else part.name)


def _find(rows: list[PartRow], stored: dict[str, list[Part]]) -> None:
    """Which part each row is about: by its number first, so that a name may be changed."""
    numbered: set[int] = set()
    for row in rows:
        if (pk := row.values.get("pk")) is None or row.errors:
            continue
        row.record = next((one for one in stored.get(row.code, []) if one.pk == pk), None)
        if row.record is None:
            row.refuse(
                "pk",
                _("Tiltaket har ikke noe nr. %(pk)s her. La feltet stå tomt hvis raden er ny.") % {"pk": pk},
            )
        numbered.add(pk)
    for row in rows:
        if row.values.get("pk") is not None or row.errors:
            continue
        same = [one for one in stored.get(row.code, []) if one.pk not in numbered and _name(one) == row.title]
        if len(same) > 1:
            row.refuse(
                row.sheet.key,
                _("Tiltaket har flere med dette navnet. Skriv nummeret fra filen du laster ned fra listen."),
            )
        row.record = same[0] if len(same) == 1 else None


def _refuse_again(row: PartRow, first: int) -> None:
    row.refuse(
        row.sheet.key,
        _("Det samme står også i rad %(row)s. Behold bare den ene raden.") % {"row": first},
    )


def _part(row: PartRow) -> tuple[Any, ...] | None:
    """Which part a row is about."""
    return None if row.errors else row.identity


def _target(row: PartRow) -> tuple[Any, ...] | None:
    """Which part a row is about, and which of its targets."""
    return None if row.errors else (*row.identity, row.values.get("year"), row.values.get("tertial"))


def _check_milestones(rows: list[PartRow]) -> None:
    for row in rows:
        if row.errors:
            continue
        for column in MILESTONES.own:
            before = _stored(row.record, column)
            said = row.values.get(column.name, before)
            row.values[column.name] = empty_value(column) if said is None else said
            if before != row.values[column.name]:
                _tell(row, column, before, row.values[column.name])


def _stored(part: Part | None, column: Column) -> Any:
    """What stands today, as a file holds it; nothing where the part is new."""
    value = getattr(part, column.name) if part else empty_value(column)
    return plain_text(value) if isinstance(value, str) else value


def _check_indicators(rows: list[PartRow], stored: dict[str, list[Indicator]]) -> None:
    groups: dict[tuple[Any, ...], list[PartRow]] = {}
    for row in rows:
        if not row.errors:
            groups.setdefault(row.identity, []).append(row)
    for group in groups.values():
        _agree(group)
        first = group[0]
        others = {_name(one) for one in stored.get(first.code, []) if one != first.record}
        others |= {
            other[0].title for other in groups.values() if other is not group and other[0].code == first.code
        }
        if not first.errors and first.title in others:
            first.refuse("name", _("Tiltaket har allerede en resultatindikator med det navnet."))
        if not any(row.errors for row in group):
            _changed_head(first)
            for row in group:
                _changed_target(row)


def _agree(group: list[PartRow]) -> None:
    """All rows of one indicator say the same about it; what a row leaves empty, the others may say."""
    first = group[0]
    record = first.record if isinstance(first.record, Indicator) else None
    for column in INDICATORS.own:
        name, is_needed = column.name, column.required or column.at_times
        told = next((row for row in group if row.values.get(name)), None)
        value = told.values[name] if told else getattr(record, name, None)
        emptied = told is None and name in first.values
        if is_needed and (value is None or emptied):
            first.refuse(name, _("Må fylles ut."))
        elif value is None or emptied:
            value = empty_value(column)
        for row in group:
            if told and row.values.get(name) not in (None, value):
                row.refuse(
                    name,
                    _("Det står noe annet om den samme indikatoren i rad %(row)s. Skriv det samme i begge.")
                    % {"row": told.number},
                )
            row.values[name] = value
    for row in group:
        row.title = str(row.values.get("name") or "")
        year, tertial, value = (row.values.get(name) for name in ("year", "tertial", "value"))
        if year is None and (tertial is not None or value is not None):
            row.refuse("year", _("Skriv hvilket år måltallet gjelder."))
    if not first.errors:
        try:
            refuse_emissions(first.values["unit_label"])
        except Refused as refused:
            for reason in refused.reasons:
                first.refuse(reason.field, reason.text)


def _changed_head(row: PartRow) -> None:
    for column in INDICATORS.own:
        before = _stored(row.record, column)
        if before != row.values[column.name]:
            _tell(row, column, before, row.values[column.name])


def _changed_target(row: PartRow) -> None:
    """A row with a year is about that year's target; an empty figure takes it away."""
    if row.values.get("year") is None or "value" not in row.values:
        return
    before = row.target.value if row.target else None
    if before != row.values["value"]:
        _tell(row, row.sheet.column("value"), before, row.values["value"])


def _tell(row: PartRow, column: Column, before: Any, after: Any) -> None:
    header = str(column.header)
    if column in row.sheet.targets:
        header = f"{header} {period_of(row)}"
    row.changes.append((header, _shown(column, before), _shown(column, after)))


def period_of(row: PartRow) -> str:
    return IndicatorTarget(year=row.values["year"], tertial=row.values.get("tertial")).period


def _shown(column: Column, value: Any) -> str:
    if value in (None, ""):
        return ""
    if column.kind == "choice":
        return str(column.words[value])
    if column.kind == "date":
        return format_date(value)
    return format_number(value) if column.kind == "number" else str(value)
