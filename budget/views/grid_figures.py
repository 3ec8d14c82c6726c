"""Saving the budget's grid: effects, estimates and costs, one cell or a whole group of lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from budget.actions.figures_saved import FigureNow, FigureSaved
from budget.actions.grid_figures import FigureChange, set_figure, set_figures
from budget.enums import ESTIMATES, CellFigure
from budget.models import ClimateBudget, Line
from budget.queries.grid_figures import Figures, costs, effects, estimates, figure_before
from budget.views.access import get_budget, get_cell_line
from budget.views.budget_page import page_context
from budget.views.cell_answers import just_changed, posted_group, sums_after
from budget.views.grid import CellErrors, Place, posted_form_id
from budget.views.grid_choice import GridView, read_choice
from budget.views.grid_rows import FIGURE_WORDS, FIGURES_BY_WORD, cell_label
from organisation.rules import AuthenticatedRequest
from web.formats import format_number, parse_norsk_tall, without_spaces
from web.grid import EFFECT, FORM_PARAMETER, OTHER, cell_key
from web.grid_cells import At, Grid, Posted, Standing, Told, posted_cells, save_cell, save_cells
from web.http import invalid

TEMPLATE = "budget/cell_answer.html"
_WORDS = "|".join(FIGURES_BY_WORD)
_CELL = re.compile(rf"(?:{EFFECT}|{OTHER})-([0-9]{{1,18}})-([0-9]{{4}})(?:-({_WORDS}))?")
_VIEWS = {GridView.RANGE, GridView.COST}


def save_figure(request: AuthenticatedRequest, line_id: int, year: int, figure: str = "") -> HttpResponse:
    """One figure; the effect when the address names no other. Answers with the sums it moved."""
    if figure and figure not in FIGURES_BY_WORD:
        raise Http404
    line = get_cell_line(request, line_id)
    place = (line_id, year, FIGURES_BY_WORD.get(figure, CellFigure.EFFECT))

    def save(change: FigureChange) -> FigureSaved:
        return set_figure(by=request.user, change=change)

    def tell(change: FigureChange, saved: FigureSaved) -> Told:
        around = {"changed": just_changed(request, line), **_beside(request, change)}
        # The chart has a curve of the effects, and a field between the estimates.
        is_drawn = saved.changed and change.figure in (CellFigure.EFFECT, *ESTIMATES)
        now = Standing(_text(saved.amount), saved.version, " ".join(saved.warnings))
        return Told(now, around, "kp-effect-saved" if is_drawn else "")

    return save_cell(request, _grid(request, line.budget, {line_id: line}), place, save, tell)


def save_figures(
    request: AuthenticatedRequest, year: int, scope: str, revision: int, view: str = ""
) -> HttpResponse:
    """«Lagre Mobilitet»: every cell of one group of lines, all or none."""
    budget = get_budget(request, year, scope, revision)
    if view and view not in _VIEWS:
        raise Http404
    posted = posted_cells(
        request.POST,
        _CELL,
        lambda match: (int(match[1]), int(match[2]), FIGURES_BY_WORD.get(match[3], CellFigure.EFFECT)),
    )
    ids = {line for line, _year, _figure in posted}
    lines = Line.objects.select_related("budget__target", "measure").filter(budget=budget).in_bulk(ids)
    if len(lines) != len(ids):
        raise Http404
    stored = {**estimates(budget), **costs(budget)} if view else effects(budget)
    return save_cells(
        request,
        _grid(request, budget, lines, stored),
        posted,
        lambda changes: set_figures(by=request.user, budget=budget, changes=changes),
    )


def _grid(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    lines: Mapping[int, Line],
    stored: Figures | None = None,
) -> Grid[Place, FigureChange]:
    """`stored`: what stands in the cells of a whole form, most of which were left alone."""

    def read(place: Place, posted: Posted) -> FigureChange | None:
        line, year, figure = place
        amount = parse_norsk_tall(posted.typed) if without_spaces(posted.typed) else None
        if stored is not None and _is_left_alone(place, posted, amount, stored):
            return None
        return FigureChange(lines[line], year, figure, amount, posted.version)

    def whole(errors: CellErrors, status: int) -> HttpResponse:
        budget.refresh_from_db(fields=["state"])
        context = page_context(request, budget, errors=errors)
        return invalid(request, "budget/detail.html", context, status=status)

    return Grid(
        at=_at,
        read=read,
        place=lambda change: (change.line.pk, change.year, change.figure),
        label=lambda change: cell_label(change.line.measure.title, change.year, change.figure),
        standing=_standing,
        whole=whole,
        template=TEMPLATE,
        title=lambda: _("{budget}: noen andre har lagret").format(budget=budget),
        back_url=lambda: read_choice(request).url(budget),
        done=_("Lagret."),
        form_id=posted_form_id(request.POST.get(FORM_PARAMETER, "")),
        beside=lambda change: _beside(request, change),
    )


def _beside(request: AuthenticatedRequest, change: FigureChange) -> dict[str, object]:
    return sums_after(change.line, change.year, change.figure, posted_group(request.POST))


def _at(place: Place) -> At:
    word = FIGURE_WORDS.get(place[2], "")
    return At(cell_key(place[0], place[1], word), OTHER if word else EFFECT)


def _is_left_alone(place: Place, posted: Posted, amount: Decimal | None, stored: Figures) -> bool:
    """Whether nobody changed the cell on this page, whatever others have saved in it."""
    current = stored.get(place)
    if amount == (current.amount if current else None):
        return True
    is_seen = posted.version == (current.version if current else 0)
    return not is_seen and amount == figure_before(*place, posted.version)


def _standing(now: FigureNow) -> Standing:
    return Standing(_text(now.amount), now.version)


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else format_number(amount)
