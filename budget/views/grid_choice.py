"""How somebody wants to see the lines: which figures, grouped by what, whose. All stands in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.models import ClimateBudget
from budget.queries.grid_figures import LineSector
from budget.queries.tables import TableLine
from organisation.rules import AuthenticatedRequest
from strategy.enums import Level
from web.formats import whole_number


class GridView(StrEnum):
    """The figures of the same lines, by their word in the address."""

    EFFECT = "effekt"
    RANGE = "spenn"
    COST = "kostnad"
    FUNDING = "finansiering"


class Grouping(StrEnum):
    FOCUS_AREA = "innsatsomrade"
    SECTOR = "sektor"
    UNIT = "virksomhet"


VIEW_LABELS = {
    GridView.EFFECT: gettext_lazy("Effekt"),
    GridView.RANGE: gettext_lazy("Lavt og høyt anslag"),
    GridView.COST: gettext_lazy("Kostnad"),
    GridView.FUNDING: gettext_lazy("Finansiering"),
}
GROUPING_LABELS = {
    Grouping.FOCUS_AREA: gettext_lazy("Innsatsområde"),
    Grouping.SECTOR: gettext_lazy("Sektor"),
    Grouping.UNIT: gettext_lazy("Virksomhet"),
}


@dataclass(frozen=True, slots=True)
class GridChoice:
    view: GridView = GridView.EFFECT
    grouping: Grouping = Grouping.FOCUS_AREA
    unit_id: int | None = None

    def query(self) -> dict[str, str]:
        """What the address says beyond the usual."""
        said = {}
        if self.view != GridView.EFFECT:
            said["visning"] = self.view.value
        if self.grouping != Grouping.FOCUS_AREA:
            said["grupper"] = self.grouping.value
        if self.unit_id is not None:
            said["virksomhet"] = str(self.unit_id)
        return said

    def appended(self, address: str) -> str:
        """The address with this choice in it."""
        query = urlencode(self.query())
        return f"{address}{'&' if '?' in address else '?'}{query}" if query else address

    def url(self, budget: ClimateBudget) -> str:
        return self.appended(budget.get_absolute_url())

    def shows(self, line: TableLine) -> bool:
        return self.unit_id is None or line.unit_id == self.unit_id


def read_choice(request: AuthenticatedRequest) -> GridChoice:
    """The choice in the address; what nobody can choose is as if it did not stand there."""
    said = request.GET
    view, grouping, unit = said.get("visning", ""), said.get("grupper", ""), said.get("virksomhet", "")
    return GridChoice(
        GridView(view) if view in set(GridView) else GridView.EFFECT,
        Grouping(grouping) if grouping in set(Grouping) else Grouping.FOCUS_AREA,
        None if (pk := whole_number(unit, -1)) < 0 else pk,
    )


def among(choice: GridChoice, lines: Iterable[TableLine]) -> GridChoice:
    """Without a unit that answers for none of the lines: an empty grid would help nobody."""
    if any(line.unit_id == choice.unit_id for line in lines):
        return choice
    return replace(choice, unit_id=None)


Sectors = Mapping[int, LineSector]


def grouped(lines: Iterable[TableLine], grouping: Grouping, sectors: Sectors) -> dict[str, list[TableLine]]:
    """Municipal lines by focus area in the document's order, then the state's and the county's together;
    or all lines by sector or unit, in alphabetical order and those without one last.
    """
    if grouping == Grouping.FOCUS_AREA:
        return _by_focus_area(lines)
    groups: dict[tuple[bool, str], list[TableLine]] = {}
    for line in lines:
        if grouping == Grouping.UNIT:
            name, otherwise = line.unit, _("Ingen ansvarlig")
        else:
            name, otherwise = sectors[line.pk].name if line.pk in sectors else "", _("Uten utslippskilde")
        groups.setdefault((not name, name or otherwise), []).append(line)
    return {title: groups[key] for key in sorted(groups) for title in (key[1],)}


def _by_focus_area(lines: Iterable[TableLine]) -> dict[str, list[TableLine]]:
    groups: dict[str, list[TableLine]] = {}
    others: dict[str, list[TableLine]] = {}
    for line in lines:
        if line.level == Level.MUNICIPAL:
            groups.setdefault(line.focus_area or _("Uten innsatsområde"), []).append(line)
        else:
            others.setdefault(_("Statlige og regionale tiltak"), []).append(line)
    return {**groups, **others}
