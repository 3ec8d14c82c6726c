"""How a budget's lines are grouped and added up for readers. Tonnes are counted effects before overlap."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from budget.queries.tables import BudgetTable, TableLine
from strategy.enums import Level
from strategy.models import LEVEL_LABELS

Sums = dict[int, Decimal | None]
Name = TypeVar("Name", bound=Hashable)


def line_groups(lines: Iterable[TableLine]) -> dict[str, list[TableLine]]:
    """Municipal lines by focus area in the document's order, then the state's and the county's together."""
    groups: dict[str, list[TableLine]] = {}
    others: dict[str, list[TableLine]] = {}
    for line in lines:
        title = group_title(line.level, line.focus_area)
        (groups if line.level == Level.MUNICIPAL else others).setdefault(title, []).append(line)
    return {**groups, **others}


def group_title(level: str, focus_area: str) -> str:
    """The group a line in scope stands in."""
    if level != Level.MUNICIPAL:
        return _("Statlige og regionale tiltak")
    return focus_area or _("Uten innsatsområde")


def responsible(line: TableLine) -> str:
    """«Staten – følges opp av Plan og miljø», or the responsible unit alone."""
    if line.external_actor:
        text = _("{actor} – følges opp av {unit}")
        return text.format(actor=line.external_actor, unit=line.unit or _("ingen ennå"))
    return line.unit or _("Ingen ennå")


def level_title(level: Level) -> str:
    """«Kommunale tiltak»"""
    return _("{level} tiltak").format(level=str(LEVEL_LABELS[level]).capitalize().removesuffix("t") + "e")


def known_sum(lines: Iterable[TableLine], year: int) -> Decimal | None:
    """What the lines count in a year; None when none of them has a figure."""
    known = [figure for line in lines if (figure := line.effects[year]) is not None]
    return sum(known, Decimal(0)) if known else None


def sums_by_unit(table: BudgetTable) -> dict[str, Sums]:
    """Per unit that carries lines out, in their order; the state and others outside have rows of their own.

    Units of the same name are one.
    """
    return _sums(table.quantified, table, carried_out_by)


def carried_out_by(line: TableLine) -> str:
    """Whose cut it is: «Staten», not the unit that follows it up; or the responsible unit."""
    return line.external_actor or line.unit or _("Ingen ansvarlig")


def sums_by_level(table: BudgetTable) -> dict[str, Sums]:
    """Per level, municipal first; levels without lines are left out."""
    found = _sums(table.quantified, table, lambda line: line.level)
    return {level_title(level): found[level] for level in Level if level in found}


def sums_by_focus_area(table: BudgetTable) -> dict[str, Sums]:
    """The groups of the table of effects, so that no name has two sums: state and county by themselves."""
    lines = [line for own in line_groups(table.quantified).values() for line in own]
    return _sums(lines, table, lambda line: group_title(line.level, line.focus_area))


def _sums(
    shown: Iterable[TableLine], table: BudgetTable, name_of: Callable[[TableLine], Name]
) -> dict[Name, Sums]:
    lines: dict[Name, list[TableLine]] = {}
    for line in shown:
        lines.setdefault(name_of(line), []).append(line)
    return {name: {year: known_sum(own, year) for year in table.horizon} for name, own in lines.items()}
