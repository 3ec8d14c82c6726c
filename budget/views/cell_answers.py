"""What an answer to one cell moves on the page beyond the cell itself."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from budget.enums import CellFigure
from budget.models import Line
from budget.queries.budgets import LatestChange
from budget.queries.grid_figures import net_costs
from budget.queries.totals import cell_totals
from budget.views.grid import ShownGroup, posted_form_id
from budget.views.sums import FOOT, SUMMARY, SumCell, cost_cell, group_cell, level_cell, sum_rows, unit_cell
from budget.words.answers import answer_of_year
from budget.words.budgets import changed_sentence
from organisation.rules import AuthenticatedRequest
from web.actors import actor_name
from web.grid import FORM_PARAMETER, LINES_PARAMETER

_MOST_LINES = 1000


def sums_after(line: Line, year: int, figure: CellFigure, group: ShownGroup) -> dict[str, Any]:
    """`sums` as markup for the answer, and the `answer` sentence when the year is the target's."""
    cells: list[SumCell] = []
    answer = None
    if figure == CellFigure.EFFECT:
        if line.scope == line.budget.scope:
            cells, answer = _after_effect(line, year, group)
    elif figure not in (CellFigure.LOW, CellFigure.HIGH):
        own, whole = net_costs(line.budget, group.lines, year)
        cells = [cost_cell(year, whole)]
        cells += [group_cell(group.form_id, year, own)] if group.form_id and group.lines else []
    return {
        "sums": SafeString("".join(cell.markup(out_of_band=True) for cell in cells)),
        "answer": answer,
    }


def _after_effect(line: Line, year: int, group: ShownGroup) -> tuple[list[SumCell], Any]:
    """Every sum of this year, and of the line's group when the page said which lines it shows."""
    totals = cell_totals(line, year, group.lines)
    rows = [*sum_rows(SUMMARY, [totals.year]), *sum_rows(FOOT, [totals.year])]
    cells = [cell for row in rows for cell in row.cells]
    cells.append(unit_cell(totals.unit_id, line.measure.external_actor, year, totals.unit_sum))
    cells.append(level_cell(totals.level, totals.year))
    if group.form_id and group.lines:
        cells.append(group_cell(group.form_id, year, totals.group_sum))
    is_target_year = year == line.budget.target.target_year
    return cells, answer_of_year(totals.year) if is_target_year else None


def posted_group(data: QueryDict) -> ShownGroup:
    """The group as the cell's page wrote it; empty for anything no page has written."""
    form_id = posted_form_id(data.get(FORM_PARAMETER, ""))
    parts = data.get(LINES_PARAMETER, "").split(",")
    if len(parts) > _MOST_LINES or not all(_is_id(part) for part in parts):
        return ShownGroup(form_id, ())
    return ShownGroup(form_id, tuple(map(int, parts)))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def just_changed(request: AuthenticatedRequest, line: Line) -> str:
    """«Utkast. Sist endret av … kl. …», by whoever asks, now."""
    change = LatestChange(actor_name(request.user), timezone.now())
    return changed_sentence(line.budget, change)
