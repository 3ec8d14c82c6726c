"""What a file of measures would do, row by row, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from strategy.actions.measure_states import check_move
from strategy.actions.measures import MeasureHead, check_head
from strategy.actions.responsibility import refuse_unfit
from strategy.enums import Level, MeasureState
from strategy.importers.parts import PartRow, plan_parts
from strategy.importers.planned import Outcome, PlannedRow
from strategy.importers.resource import MeasureResource
from strategy.importers.table import MeasureTable, read_tables
from strategy.models import Measure
from strategy.queries.measure_table import MeasureRecord, Names, measure_names, measure_records
from strategy.words.measure_columns import BY_NAME, COLUMNS, cell, raw_value
from web.refusals import Refused
from web.sheets.dry_run import dry_run

# Columns an import may leave out of a new measure.
DEFAULTS: dict[str, Any] = {"level": Level.MUNICIPAL, "state": MeasureState.PROPOSED}


@dataclass(slots=True, kw_only=True)
class PlannedMeasure(PlannedRow):
    """One row of the measures."""

    record: MeasureRecord | None

    @property
    def is_new(self) -> bool:
        return self.record is None

    @property
    def place(self) -> str:
        return ""

    @property
    def title(self) -> str:
        return str(self.values.get("title") or (self.record.measure.title if self.record else ""))

    @property
    def new_words(self) -> str:
        return _("nytt tiltak")

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header), sentence))


@dataclass(slots=True)
class PlannedImport:
    """A whole file: the measures in it, and their milestones and indicators."""

    rows: list[PlannedMeasure]
    names: Names
    # The fields the file has a column for, and the headings it has that mean nothing to us.
    columns: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    parts: list[PartRow] = field(default_factory=list)
    unused_beside: tuple[str, ...] = ()

    @property
    def all_rows(self) -> list[PlannedMeasure | PartRow]:
        """The measures, then their milestones and indicators."""
        return [*self.rows, *self.parts]

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.all_rows)

    @property
    def to_write(self) -> int:
        return self.count("new") + self.count("changed")

    @property
    def is_ready(self) -> bool:
        return bool(self.to_write) and not self.count("error")

    @property
    def fingerprint(self) -> str:
        """Equal for two plans that would write the same onto the same measures."""
        digest = hashlib.sha256()
        for row in self.rows:
            version = row.record.measure.version if row.record else 0
            digest.update(repr((row.number, row.code, version, row.changes, row.errors)).encode())
        for part in self.parts:
            mark = (part.record.pk, part.record.version) if part.record else (0, 0)
            said = (part.sheet.code, part.number, part.code, mark, part.changes, part.errors)
            digest.update(repr(said).encode())
        return digest.hexdigest()


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
    plan = PlannedImport(rows, names, parts=parts, unused_beside=tuple(beside))
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
    _refuse_twice(rows)
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for row in rows:
        _complete(row, names)
        _check(row, units)
    _refuse_rings(rows, records, names)
    for row in rows:
        row.changes = [] if row.errors else list(_changes(row, names))
    return rows


def _parsed(
    table: MeasureTable, resource: MeasureResource, records: Mapping[str, MeasureRecord]
) -> list[PlannedMeasure]:
    rows = []
    for number, source, values, problem in dry_run(table.rows, table.numbers, resource):
        code = str(source["code"]).strip()
        row = PlannedMeasure(number=number, code=code, record=records.get(code), values=values, source=source)
        for name, sentences in (problem.message_dict if problem else {}).items():
            for sentence in sentences:
                row.refuse(name, sentence)
        rows.append(row)
    return rows


def _refuse_twice(rows: list[PlannedMeasure]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if row.code and row.code in first:
            row.refuse(
                "code",
                _("Nummeret %(code)s står også i rad %(row)s. Behold bare den ene raden.")
                % {"code": row.code, "row": first[row.code]},
            )
        first.setdefault(row.code, row.number)


def _complete(row: PlannedMeasure, names: Names) -> None:
    """Fill in what the file has no column for, or leaves to the usual."""
    for column in COLUMNS:
        stored = _stored(row.record, column.name, names)
        is_usual = column.name in DEFAULTS and not row.values.get(column.name)
        if column.name not in row.values or is_usual:
            row.values[column.name] = stored


def _stored(record: MeasureRecord | None, name: str, names: Names) -> Any:
    """What the measure has today, or what a new one begins with."""
    if record is None:
        empty: Any = frozenset() if BY_NAME[name].several else None if name in ("unit", *_YEARS) else ""
        return DEFAULTS.get(name, empty)
    if name == "needs":
        return frozenset(names.codes[pk] for pk in record.needs)
    return raw_value(record, name)


_YEARS = ("start_year", "end_year")


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
    plain = ("code", "title", "kind", "level", "description", "external_actor", "external_kind")
    more = ("start_year", "end_year", "decision_reference", "co_benefits_note", "contributing", "sources")
    return MeasureHead(
        **{name: values[name] for name in (*plain, *more)}, co_benefits=tuple(sorted(values["co_benefits"]))
    )


def _refuse_rings(rows: list[PlannedMeasure], records: Mapping[str, MeasureRecord], names: Names) -> None:
    """A ring among what is stored and what the file says together."""
    needs = {code: _stored(record, "needs", names) for code, record in records.items()}
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
        before, after = _stored(row.record, column.name, names), row.values[column.name]
        if column.name == "reason" and row.record and row.values["state"] == row.record.measure.state:
            continue
        if row.record is None:
            before = None
        if before != after:
            shown = [cell(column, value, names) for value in (before, after)]
            if shown[0] != shown[1]:
                yield str(column.header), *("" if one is None else str(one) for one in shown)  # type: ignore[misc]
