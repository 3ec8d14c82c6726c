"""From a previewed file to measures: one operation, all or nothing; and what its headings mean."""

from __future__ import annotations

from organisation.models import Unit
from organisation.rules import Permission, hold_units, require
from strategy.actions.measure_states import move_measure
from strategy.actions.measures import create_measure, edit_measure, head_of, with_needs, write_needs
from strategy.actions.responsibility import change_responsible
from strategy.enums import MeasureState
from strategy.importers.measures import PlannedImport, PlannedMeasure, head_from
from strategy.importers.part_writing import write_parts
from strategy.importers.table import read_tables, recognised
from strategy.models import Measure
from strategy.words.measure_columns import REQUIRED
from web.actors import Actor
from web.models import Upload
from web.register.uploads import content_of
from web.sheets.errors import UnreadableFile


def can_match(refusal: UnreadableFile) -> bool:
    """Whether the file has headings enough for somebody to say which is which."""
    return len(refusal.headers) >= len(REQUIRED)


def headers_of(upload: Upload) -> tuple[tuple[str, ...], dict[str, str]]:
    """The file's headings, and what those that are known or chosen mean: field → heading.

    Raises UnreadableFile where there are none to choose among, as in a file of milestones only.
    """
    try:
        table = read_tables(content_of(upload), upload.file_name, upload.columns).measures
    except UnreadableFile as refusal:
        if not can_match(refusal):
            raise
        return refusal.headers, recognised(refusal.headers)
    if table is None:
        raise UnreadableFile("no_header", "")
    return tuple(header for header in dict.fromkeys(table.headers) if header), dict(table.matched)


def write_measures(*, by: Actor, plan: PlannedImport) -> int:
    """Write what was previewed, part of the caller's operation, and say how many rows.

    Raises StaleObject, PermissionDenied, and Refused for what a rule has come to stand against.
    """
    require(by, Permission.EDIT_STRATEGY)
    _write(by, [row for row in plan.measures if row.outcome in ("new", "changed")])
    write_parts(by, plan.parts)
    return plan.to_write


def _write(by: Actor, rows: list[PlannedMeasure]) -> None:
    units = hold_units()
    written = {row.code: _write_row(by, row, units) for row in rows}
    wanted = {row.code: row.values["needs"] for row in rows}
    ids = dict(Measure.objects.values_list("code", "pk"))
    # What is taken away goes first: a link may have turned around.
    for code, measure in written.items():
        stays = {ids[need] for need in wanted[code]}
        measure.needs_links.exclude(needs_id__in=stays).delete()
    for code, measure in written.items():
        write_needs(measure, {ids[need] for need in wanted[code]})


def _write_row(by: Actor, row: PlannedMeasure, units: dict[int, Unit]) -> Measure:
    values, record = row.values, row.record
    unit = units.get(values["unit"])
    if record is None:
        made = create_measure(by=by, head=head_from(values), state=MeasureState(values["state"]), unit=unit)
        assert made is not None
        return made
    measure = record.measure
    if unit and unit.pk != record.unit:
        change_responsible(by=by, measure=measure, unit=unit, version=measure.version)
    head = head_from(values)
    links = {"contributing": record.contributing, "sources": record.sources, "needs": record.needs}
    now = head_of(measure, links)
    kept = with_needs(head, record.needs)
    if kept != now:
        measure = edit_measure(by=by, measure=measure, version=measure.version, head=kept)
    if values["state"] != measure.state:
        measure = move_measure(
            by=by,
            measure=measure,
            version=measure.version,
            state=MeasureState(values["state"]),
            reason=values["reason"] or "",
        )
    return measure
