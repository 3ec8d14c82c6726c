"""Milestones and indicators of a confirmed file, written through the actions of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from strategy.actions.measure_plan import (
    TargetValue,
    add_indicator,
    add_milestone,
    edit_indicator,
    edit_milestone,
)
from strategy.importers.parts import PartRow
from strategy.models import Indicator, Measure, Milestone
from strategy.words.part_columns import INDICATORS, MILESTONES
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
    said = {column.name: row.values[column.name] for column in MILESTONES.own}
    if isinstance(row.record, Milestone):
        edit_milestone(by=by, milestone=row.record, version=row.record.version, **said)
    else:
        add_milestone(by=by, measure=measure, **said)


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
    head: dict[str, Any] = {column.name: first.values[column.name] for column in INDICATORS.own}
    head["targets"] = [TargetValue(*period, value) for period, value in targets.items()]
    if record:
        edit_indicator(by=by, indicator=record, version=record.version, **head)
    else:
        add_indicator(by=by, measure=measure, **head)
