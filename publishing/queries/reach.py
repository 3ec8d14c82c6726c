"""The parts of the municipality a summary can be about: all of it, an area, or one unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from organisation.enums import UnitKind
from organisation.models import Unit
from publishing.enums import DashboardLevel
from reporting.models import Period, UnitReport
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of the municipality a summary is about. `units` None is all of it."""

    level: DashboardLevel = DashboardLevel.MUNICIPALITY
    unit_id: int | None = None
    name: str = ""
    units: frozenset[int] | None = None


WHOLE = Reach()


@dataclass(frozen=True, slots=True)
class Choice:
    """A part one can choose; `depth` is how far down in the tree it stands among the choices."""

    reach: Reach
    depth: int


class Reaches:
    """The tree of units as it stands, and what of it has a report in one period. Two queries."""

    def __init__(self, period: Period) -> None:
        self._units = {unit.pk: unit for unit in Unit.objects.order_by(NorskSort("name"), "pk")}
        self._children: dict[int | None, list[Unit]] = {}
        for unit in self._units.values():
            self._children.setdefault(unit.parent_id, []).append(unit)
        reports = UnitReport.objects.filter(period=period)
        self.reporting = frozenset(reports.values_list("unit_id", flat=True))

    def of(self, unit_id: int) -> Reach | None:
        """The part below and including a unit; None where there is no such unit."""
        unit = self._units.get(unit_id)
        if unit is None:
            return None
        units = frozenset(self._below(unit))
        is_area = unit.kind == UnitKind.AREA or len(units & self.reporting) > 1
        level = DashboardLevel.AREA if is_area else DashboardLevel.UNIT
        return Reach(level, unit.pk, unit.name, units)

    def choices(self) -> tuple[Choice, ...]:
        """Every part with a report, an area before what is in it, each level in alphabetical order."""
        return tuple(self._choices(None, 0))

    def areas(self) -> tuple[Reach, ...]:
        """The parts with more than one unit in them."""
        return tuple(one.reach for one in self.choices() if one.reach.level == DashboardLevel.AREA)

    def _choices(self, parent: int | None, depth: int) -> Iterator[Choice]:
        for unit in self._children.get(parent, ()):
            reach = self.of(unit.pk)
            if reach is not None and self._has_report(reach.units or ()):
                yield Choice(reach, depth)
                yield from self._choices(unit.pk, depth + 1)

    def _has_report(self, units: Collection[int]) -> bool:
        return not self.reporting.isdisjoint(units)

    def _below(self, unit: Unit) -> Iterator[int]:
        yield unit.pk
        for child in self._children.get(unit.pk, ()):
            yield from self._below(child)
