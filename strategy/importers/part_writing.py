"""Milestones and indicators of a confirmed file, written through the actions of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from strategy.actions.measure_plan import (
    TargetValue,
    add_indicator,
    add_milestone,
    edit_indicator,
    edit_milestone,
)
from strategy.importers.parts import PartRow
from strategy.models import Indicator, Measure, Milestone
from web.actors import Actor


def write_parts(by: Actor, rows: Sequence[PartRow]) -> None:
    """Write what is new or changed, part of the caller's operation; the measures are written before.

    Raises Refused, StaleObject and PermissionDenied.
    """
    to_write = [row for row in rows if row.outcome in ("new", "changed")]
    measures = {one.code: one for one in Measure.objects.filter(code__in={row.code for row in to_write})}
    groups: dict[tuple[str, object], list[PartRow]] = {}
    for row in to_write:
        if row.sheet.code == "milestones":
            _write_milestone(by, measures[row.code], row)
        else:
            groups.setdefault(row.identity, []).append(row)
    for group in groups.values():
        _write_indicator(by, measures[group[0].code], group)


def _write_milestone(by: Actor, measure: Measure, row: PartRow) -> None:
    due, done_on = row.values["due"], row.values["done_on"]
    if isinstance(row.record, Milestone):
        edit_milestone(
            by=by,
            milestone=row.record,
            version=row.record.version,
            title=row.title,
            due=due,
            done_on=done_on,
        )
    else:
        add_milestone(by=by, measure=measure, title=row.title, due=due, done_on=done_on)


def _write_indicator(by: Actor, measure: Measure, group: list[PartRow]) -> None:
    """The indicator as its rows say, with the targets that have no row as they were."""
    first = group[0]
    record = first.record if isinstance(first.record, Indicator) else None
    targets = {(one.year, one.tertial): one.value for one in record.targets.all()} if record else {}
    for row in group:
        if row.values.get("year") is None or "value" not in row.values:
            continue
        period, value = (row.values["year"], row.values.get("tertial")), row.values["value"]
        if value is None:
            targets.pop(period, None)
        else:
            targets[period] = value
    head = {
        "name": first.title,
        "unit_label": first.values["unit_label"],
        "direction": first.values["direction"],
        "targets": [TargetValue(*period, value) for period, value in targets.items()],
    }
    if record:
        edit_indicator(by=by, indicator=record, version=record.version, **head)
    else:
        add_indicator(by=by, measure=measure, **head)
