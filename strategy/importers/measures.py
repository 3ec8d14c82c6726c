"""What a file of measures would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from strategy.actions.measure_states import check_move
from strategy.actions.measures import MeasureHead, check_head, head_with
from strategy.actions.responsibility import refuse_unfit
from strategy.importers.parts import PartRow, plan_parts
from strategy.importers.planned import CodedRow
from strategy.importers.resource import MeasureResource
from strategy.importers.table import MeasureTable, read_tables
from strategy.models import Measure
from strategy.queries.measure_table import MeasureRecord, Names, measure_names, measure_records
from strategy.words.measure_columns import BY_NAME, COLUMNS, DEFAULTS, cell, empty_value, raw_value
from web.refusals import Refused
from web.register.columns import Column
from web.register.plan import Plan, refuse_twice
from web.sheets.dry_run import dry_run


@dataclass(slots=True, kw_only=True)
class PlannedMeasure(CodedRow):
    """One row of the measures."""

    record: MeasureRecord | None

    @property
    def outcome_word(self) -> str:
        return _("nytt tiltak") if self.is_new else _("endres")

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header), sentence))


@dataclass(slots=True, kw_only=True)
class PlannedImport(Plan):
    """A whole file: its rows are the measures in it, and then their milestones and indicators.

    `columns` are the fields the file has a column for, `unused_beside` headings on the sheets beside.
    """

    measures: list[PlannedMeasure]
    parts: list[PartRow]
    names: Names
    columns: tuple[str, ...] = ()
    unused_beside: tuple[str, ...] = ()


def plan_measures(content: bytes, file_name: str, chosen: Mapping[str, str] | None = None) -> PlannedImport:
    """Read, parse and check the whole file; a handful of queries whatever its size. Nothing is written.

    `chosen` says which heading of the file each field is read from, where they are not the template's.
    Raises UnreadableFile for a file that cannot be read as rows of measures.
    """
    tables = read_tables(content, file_name, chosen)
    records = {one.measure.code: one for one in measure_records(Measure.objects.all())}
    names = measure_names()
    rows = _planned_measures(tables.measures, records, names) if tables.measures else []
    parts = plan_parts(tables.parts.values(), {*records, *(row.code for row in rows)})
    beside = dict.fromkeys(header for table in tables.parts.values() for header in table.unused)
    plan = PlannedImport(
        rows=[*rows, *parts], measures=rows, parts=parts, names=names, unused_beside=tuple(beside)
    )
    if tables.measures:
        matched = tables.measures.matched
        plan.columns = tuple(column.name for column in COLUMNS if column.name in matched)
        plan.unused = tables.measures.unused
    return plan


def _planned_measures(
    table: MeasureTable, records: Mapping[str, MeasureRecord], names: Names
) -> list[PlannedMeasure]:
    codes = {str(row["code"]) for row in table.rows.dict if row["code"]}
    rows = _parsed(table, MeasureResource(records, names, codes), records)
    refuse_twice(rows, lambda row: row.code or None, _refuse_again)
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for row in rows:
        _complete(row, names)
        _check(row, units)
    _refuse_rings(rows, records, names)
    for row in rows:
        row.title = str(row.values.get("title") or (row.record.measure.title if row.record else ""))
        row.changes = [] if row.errors else list(_changes(row, names))
    return rows


def _parsed(
    table: MeasureTable, resource: MeasureResource, records: Mapping[str, MeasureRecord]
) -> list[PlannedMeasure]:
    rows = []
    for number, source, values, problem in dry_run(table.rows, table.numbers, resource):
        code = str(source["code"]).strip()
        record = records.get(code)
        row = PlannedMeasure(
            number=number,
            code=code,
            record=record,
            values=values,
            source=source,
            is_new=record is None,
            mark=record.measure.version if record else 0,
        )
        for name, sentences in (problem.message_dict if problem else {}).items():
            for sentence in sentences:
                row.refuse(name, sentence)
        rows.append(row)
    return rows


def _refuse_again(row: PlannedMeasure, first: int) -> None:
    row.refuse(
        "code",
        _("Nummeret %(code)s står også i rad %(row)s. Behold bare den ene raden.")
        % {"code": row.code, "row": first},
    )


def _complete(row: PlannedMeasure, names: Names) -> None:
    """Fill in what the file has no column for, or leaves to the usual."""
    for column in COLUMNS:
        stored = _stored(row.record, column, names)
        is_usual = column.name in DEFAULTS and not row.values.get(column.name)
        if column.name not in row.values or is_usual:
            row.values[column.name] = stored


def _stored(record: MeasureRecord | None, column: Column, names: Names) -> Any:
    """What the measure has today, or what a new one begins with."""
    if record is None:
        return DEFAULTS.get(column.name, empty_value(column))
    if column.name == "needs":
        return frozenset(names.codes[pk] for pk in record.needs)
    return raw_value(record, column)


def _check(row: PlannedMeasure, units: Mapping[int, Unit]) -> None:
    """The rules of the actions, so that the preview tells everything at once."""
    if row.errors:
        return
    values, record = row.values, row.record
    try:
        check_head(head_from(values), has_unit=values["unit"] is not None)
        if record and values["state"] != record.measure.state:
            check_move(record.measure.state, values["state"], values["reason"] or "")
    except Refused as refused:
        for reason in refused.reasons:
            row.refuse(reason.field, reason.text)
    if values["unit"] is None:
        if record and record.unit is not None:
            row.refuse("unit", _("Tiltaket kan ikke stå uten ansvarlig. Skriv hvem som tar over."))
    elif record is None or values["unit"] != record.unit:
        try:
            refuse_unfit(units[values["unit"]], timezone.localdate())
        except Refused as refused:
            row.refuse("unit", str(refused))
    _refuse_closed(row, units)


def _refuse_closed(row: PlannedMeasure, units: Mapping[int, Unit]) -> None:
    new = row.values["contributing"] - (row.record.contributing if row.record else frozenset())
    for pk in sorted(new):
        try:
            refuse_unfit(units[pk], timezone.localdate())
        except Refused as refused:
            row.refuse("contributing", str(refused))


def head_from(values: Mapping[str, Any]) -> MeasureHead:
    """The head without its dependencies, which are written when every measure of the file is there."""
    return head_with({**values, "needs": frozenset(), "co_benefits": tuple(sorted(values["co_benefits"]))})


def _refuse_rings(rows: list[PlannedMeasure], records: Mapping[str, MeasureRecord], names: Names) -> None:
    """A ring among what is stored and what the file says together."""
    needs = {code: _stored(record, BY_NAME["needs"], names) for code, record in records.items()}
    needs |= {row.code: row.values["needs"] for row in rows if not row.errors}
    for row in rows:
        if row.errors or not row.values["needs"]:
            continue
        ring = _way_back(row.code, needs)
        if ring:
            row.refuse(
                "needs",
                _("Tiltakene venter på hverandre i ring: %(ring)s. Ta bort en av avhengighetene.")
                % {"ring": " → ".join(ring)},
            )


def _way_back(code: str, needs: Mapping[str, frozenset[str]]) -> list[str]:
    """The measures from `code` back to itself; empty when there is no ring through it."""
    came_from: dict[str, str] = {}
    waiting = [code]
    while waiting:
        here = waiting.pop()
        for further in sorted(needs.get(here, ())):
            if further == code:
                way = [here]
                while way[-1] != code:
                    way.append(came_from[way[-1]])
                return [*reversed(way), code]
            if further not in came_from:
                came_from[further] = here
                waiting.append(further)
    return []


def _changes(row: PlannedMeasure, names: Names) -> Iterator[tuple[str, str, str]]:
    """What differs from today, in words. A reason is told beside the state it belongs to."""
    for column in COLUMNS:
        before, after = _stored(row.record, column, names), row.values[column.name]
        if column.name == "reason" and row.record and row.values["state"] == row.record.measure.state:
            continue
        if row.record is None:
            before = None
        if before != after:
            shown = [cell(column, value, names) for value in (before, after)]
            if shown[0] != shown[1]:
                yield str(column.header), *("" if one is None else str(one) for one in shown)  # type: ignore[misc]
