"""The grid's part of the budget page: the lines as somebody wants to see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from budget.enums import COST_FIGURES
from budget.models import ClimateBudget, Funding
from budget.queries.grid_figures import Figures, costs, estimates, fundings, line_sectors, net_sum
from budget.queries.tables import BudgetTable, TableLine
from budget.views.grid import (
    CellErrors,
    GridGroup,
    Notes,
    ShownGroup,
    cell_url,
    effect_groups,
    form_id_of,
    outside_group,
    outside_title,
    save_group_url,
    undo_url,
)
from budget.views.grid_choice import (
    GROUPING_LABELS,
    VIEW_LABELS,
    GridChoice,
    GridView,
    Grouping,
    Sectors,
    among,
    grouped,
    read_choice,
)
from budget.views.grid_rows import RANGE_ROWS, FigureRows, funding_group
from budget.views.sums import FOOT, SumRow, cost_cell, sum_rows
from organisation.rules import AuthenticatedRequest


@dataclass(frozen=True, slots=True)
class Choice:
    """A link or an option, and whether it is the one that is shown."""

    text: str
    value: str
    current: bool


def grid_context(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    table: BudgetTable,
    *,
    editable: bool,
    errors: CellErrors,
) -> dict[str, Any]:
    """Context of budget/grid.html and of the lines beyond the boundary, which stand by themselves."""
    everything = (*table.lines, *table.outside)
    choice = among(read_choice(request), everything)
    is_effect = choice.view == GridView.EFFECT
    sectors = _sectors(budget, choice)
    by_title, outside = _arranged(table, choice, sectors)
    notes = _notes(sectors)
    foot: list[SumRow] = []
    if is_effect:
        groups = effect_groups(table, by_title, editable=editable, errors=errors, notes=notes)
        foot = sum_rows(FOOT, table.years)
    elif choice.view == GridView.FUNDING:
        groups = _funding(budget, by_title, editable=editable)
    else:
        stored = estimates(budget) if choice.view == GridView.RANGE else costs(budget)
        rows = RANGE_ROWS if choice.view == GridView.RANGE else COST_FIGURES
        writer = FigureRows(rows, stored, table.horizon, editable, errors, notes)
        groups = [writer.group(title, lines) for title, lines in by_title.items()]
        if choice.view == GridView.COST:
            foot = [_total_cost(stored, everything, table.horizon)]
    beyond = outside_group(table, outside, editable=editable, errors=errors)
    return {
        "choice": choice,
        "groups": groups,
        "foot": foot,
        "outside": beyond,
        "late_markup": [*(group.rows for group in groups), beyond.rows],
        "views": _views(budget, choice),
        "groupings": [
            Choice(str(label), grouping.value, grouping == choice.grouping)
            for grouping, label in GROUPING_LABELS.items()
        ],
        "units": _units(everything, choice),
        "grid_editable": editable and choice.view != GridView.FUNDING,
        "grid_label": _label(choice),
        "save_url": choice.appended(_save_url(budget, choice)),
        "cell_url": cell_url(),
        "undo_url": choice.appended(undo_url(budget)) if editable else "",
    }


def shown_with(
    request: AuthenticatedRequest, budget: ClimateBudget, table: BudgetTable, line_id: int
) -> ShownGroup | None:
    """The group a line stands in on the page the request came from; None where it does not stand."""
    choice = among(read_choice(request), (*table.lines, *table.outside))
    by_title, outside = _arranged(table, choice, _sectors(budget, choice))
    for title, lines in [*by_title.items(), (outside_title(), outside)]:
        ids = tuple(line.pk for line in lines)
        if line_id in ids:
            return ShownGroup(form_id_of(title), ids)
    return None


def _sectors(budget: ClimateBudget, choice: GridChoice) -> Sectors:
    return line_sectors(budget) if choice.grouping == Grouping.SECTOR else {}


def _arranged(
    table: BudgetTable, choice: GridChoice, sectors: Sectors
) -> tuple[dict[str, list[TableLine]], list[TableLine]]:
    """(lines by title, lines beyond the boundary); kroner are the same on both sides of it."""
    wanted = [line for line in _lines(table, choice.view) if choice.shows(line)]
    outside = [line for line in table.outside if choice.shows(line)]
    by_title = grouped(wanted, choice.grouping, sectors)
    if choice.view == GridView.EFFECT or not outside:
        return by_title, outside
    return {**by_title, outside_title(): outside}, []


def _lines(table: BudgetTable, view: GridView) -> Iterable[TableLine]:
    """Costs and funding may be known where tonnes are not."""
    return table.quantified if view in (GridView.EFFECT, GridView.RANGE) else table.lines


def _notes(sectors: Sectors) -> Notes:
    several = _("Virker i flere sektorer. Står under den med størst andel.")
    return {line: several for line, sector in sectors.items() if sector.and_more}


def _funding(
    budget: ClimateBudget, by_title: Mapping[str, list[TableLine]], *, editable: bool
) -> list[GridGroup]:
    schemes: dict[int, list[Funding]] = defaultdict(list)
    for scheme in fundings(budget):
        schemes[scheme.line_id].append(scheme)
    return [funding_group(title, lines, schemes, editable=editable) for title, lines in by_title.items()]


def _total_cost(stored: Figures, lines: Iterable[TableLine], years: Iterable[int]) -> SumRow:
    ids = [line.pk for line in lines]
    cells = tuple(cost_cell(year, net_sum(stored, ids, year)) for year in years)
    return SumRow(_("Merkostnad i hele budsjettet"), cells)


def _save_url(budget: ClimateBudget, choice: GridChoice) -> str:
    address = save_group_url(budget)
    return address if choice.view == GridView.EFFECT else f"{address}{choice.view}/"


def _views(budget: ClimateBudget, choice: GridChoice) -> list[Choice]:
    return [
        Choice(str(label), replace(choice, view=view).url(budget), view == choice.view)
        for view, label in VIEW_LABELS.items()
    ]


def _units(lines: Iterable[TableLine], choice: GridChoice) -> list[Choice]:
    """The units that answer for lines, in alphabetical order; nothing to choose between where one does."""
    names = {line.unit_id: line.unit for line in lines if line.unit_id is not None}
    return [
        Choice(name, str(unit), unit == choice.unit_id)
        for unit, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _label(choice: GridChoice) -> str:
    return {
        GridView.EFFECT: _("Effekt per tiltak og år, tonn CO₂e"),
        GridView.RANGE: _("Lavt og høyt anslag per tiltak og år, tonn CO₂e"),
        GridView.COST: _("Merkostnad per tiltak og år, kroner"),
        GridView.FUNDING: _("Finansiering per tiltak, kroner"),
    }[choice.view]
