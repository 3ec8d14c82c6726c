"""Saving estimates and costs: one cell as it is typed, or a whole group without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from budget.actions.figures_saved import FigureNow, StaleFigures
from budget.actions.grid_figures import FigureChange, set_figure, set_figures
from budget.enums import ESTIMATES, CellFigure
from budget.models import ClimateBudget, Cost, Effect, Line
from budget.queries.grid_figures import costs, estimates
from budget.views.access import get_budget, get_cell_line
from budget.views.budget_page import page_context
from budget.views.cell_answers import just_changed, posted_group, sums_after
from budget.views.effects import TEMPLATE, Posted, parse_amount, posted_version
from budget.views.grid import CellError, posted_form_id
from budget.views.grid_choice import GridView, read_choice
from budget.views.grid_rows import FIGURE_WORDS, FIGURES_BY_WORD, cell_label
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.formats import format_number
from web.grid import FORM_PARAMETER, OTHER, GridCell, field_names, grid_cell
from web.http import ConflictField, conflict, invalid, render_page, see_other, wants_part
from web.refusals import Closed, Refused

_CELL = re.compile(rf"{OTHER}-([0-9]{{1,18}})-([0-9]{{4}})-({'|'.join(FIGURES_BY_WORD)})")
_VIEWS = {GridView.RANGE, GridView.COST}

Place = tuple[int, int, CellFigure]
Cells = dict[Place, Posted]
Errors = dict[Place, CellError]


def save_figure(request: AuthenticatedRequest, line_id: int, year: int, figure: str) -> HttpResponse:
    """Save one estimate or cost. Answers as `save_cell` does."""
    if figure not in FIGURES_BY_WORD:
        raise Http404
    line = get_cell_line(request, line_id)
    kind = FIGURES_BY_WORD[figure]
    name, version = field_names(line_id, year, figure)
    posted = Posted(request.POST.get(name, ""), posted_version(request.POST.get(version, "")))
    try:
        change = FigureChange(line, year, kind, parse_amount(posted.typed), posted.version)
        saved = set_figure(by=request.user, change=change)
    except Closed as closed:
        line.budget.refresh_from_db(fields=["state"])
        text = _("{reason} Last siden på nytt for å se tallene.").format(reason=closed)
        return _refused(request, line, (line_id, year, kind), posted, text, status=409)
    except (ValueError, Refused) as reason:
        return _refused(request, line, (line_id, year, kind), posted, str(reason), status=422)
    except StaleObject as stale:
        return _somebody_else(request, change, posted, stale.obj)
    if not wants_part(request):
        messages.success(request, _("Lagret."))
        return see_other(read_choice(request).url(line.budget))
    cell = _cell(request, change, value=_text(saved.amount), version=saved.version)
    response = _answer(request, line, year, kind, cell)
    if saved.changed and kind in ESTIMATES:
        response.headers["HX-Trigger"] = "kp-effect-saved"  # the chart has a field between them
    return response


def _answer(
    request: AuthenticatedRequest,
    line: Line,
    year: int,
    figure: CellFigure,
    cell: GridCell,
    *,
    status: int = 200,
) -> HttpResponse:
    """Message, version, and the sums that the figure is in."""
    context = {
        "cell": cell,
        "conflict": status == 409,
        "changed": "" if status == 409 else just_changed(request, line),
        **sums_after(line, year, figure, posted_group(request.POST)),
    }
    return render_page(request, TEMPLATE, context, status=status)


def _cell(
    request: AuthenticatedRequest,
    change: FigureChange,
    *,
    value: str,
    version: int,
    error: str = "",
    saved: str = "",
) -> GridCell:
    """The cell for its answer, which has no use for a label."""
    return grid_cell(
        change.line.pk,
        change.year,
        figure=FIGURE_WORDS.get(change.figure, ""),
        form_id=posted_form_id(request.POST.get(FORM_PARAMETER, "")),
        value=value,
        version=version,
        label="",
        error=error,
        saved=saved,
    )


def _refused(
    request: AuthenticatedRequest, line: Line, place: Place, posted: Posted, message: str, status: int
) -> HttpResponse:
    """Only the message moves. Without htmx the whole page comes back with what was typed."""
    if not wants_part(request):
        return _page(request, line.budget, {place: CellError(posted.typed, message)}, status)
    change = FigureChange(line, place[1], place[2], None, posted.version)
    cell = _cell(request, change, value=posted.typed, version=max(posted.version, 0), error=message)
    return render_page(request, TEMPLATE, {"cell": cell, "sums": ""}, status=status)


def _somebody_else(
    request: AuthenticatedRequest, change: FigureChange, posted: Posted, now: FigureNow
) -> HttpResponse:
    if not wants_part(request):
        place = (change.line.pk, change.year, change.figure)
        return _conflict_page(request, change.line.budget, [(change, now)], {place: posted})
    stored = _text(now.amount)
    if now.amount is None:
        text = _("Noen andre har tømt cellen. Ditt tall er ikke lagret.")
    else:
        text = _("Noen andre har lagret {tonnes} her. Ditt tall er ikke lagret.").format(tonnes=stored)
    cell = _cell(request, change, value=posted.typed, version=now.version, error=text, saved=stored)
    return _answer(request, change.line, change.year, change.figure, cell, status=409)


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else format_number(amount)


def save_figures(
    request: AuthenticatedRequest, year: int, scope: str, revision: int, view: str
) -> HttpResponse:
    """«Lagre Mobilitet»: every cell of one group of estimates or costs, all or none."""
    budget = get_budget(request, year, scope, revision)
    if view not in _VIEWS:
        raise Http404
    posted = _all_posted(request.POST, budget)
    changes, errors = _changes(posted, budget)
    if errors:
        places = [(change.line.pk, change.year, change.figure) for change in changes]
        kept = {place: posted[place].kept() for place in places}
        return _page(request, budget, kept | errors, 422)
    try:
        set_figures(by=request.user, budget=budget, changes=changes)
    except StaleFigures as stale:
        return _conflict_page(request, budget, stale.figures, posted)
    except Refused as refused:
        budget.refresh_from_db()
        errors = {
            place: CellError(posted[place].typed, str(refused))
            for change in changes
            for place in [(change.line.pk, change.year, change.figure)]
        }
        return _page(request, budget, errors, 409 if isinstance(refused, Closed) else 422)
    messages.success(request, _("Lagret."))
    return see_other(read_choice(request).url(budget))


def _all_posted(data: QueryDict, budget: ClimateBudget) -> Cells:
    """Every cell in the form. Raises Http404 for a line of another budget."""
    found: Cells = {}
    for name in data:
        if match := _CELL.fullmatch(name):
            version = field_names(int(match[1]), int(match[2]), match[3])[1]
            place = (int(match[1]), int(match[2]), FIGURES_BY_WORD[match[3]])
            found[place] = Posted(data.get(name, ""), posted_version(data.get(version, "")))
    lines = {line for line, _year, _figure in found}
    if len(lines) != budget.lines.filter(pk__in=lines).count():
        raise Http404
    return found


def _changes(posted: Cells, budget: ClimateBudget) -> tuple[list[FigureChange], Errors]:
    """The cells somebody changed on this page, and those that are no figures."""
    lines = Line.objects.select_related("budget__target", "measure").in_bulk({place[0] for place in posted})
    stored = {**estimates(budget), **costs(budget)}
    changes: list[FigureChange] = []
    errors: Errors = {}
    for place, cell in posted.items():
        line, year, figure = place
        try:
            amount = parse_amount(cell.typed)
        except ValueError as reason:
            errors[place] = CellError(cell.typed, str(reason))
            continue
        current = stored.get(place)
        if amount == (current.amount if current else None):
            continue
        if cell.version != (current.version if current else 0) and amount == _before(place, cell.version):
            continue  # somebody else changed it; on this page it was left as it was
        changes.append(FigureChange(lines[line], year, figure, amount, cell.version))
    return changes, errors


def _before(place: Place, version: int) -> Decimal | None:
    """What the figure was when its cell had this version; None when there was none."""
    line, year, figure = place
    if figure in (CellFigure.LOW, CellFigure.HIGH):
        events = Effect.pgh_event_model.objects.filter(**{f"{figure}_version": version})  # type: ignore[attr-defined]
        name = figure.value
    else:
        events = Cost.pgh_event_model.objects.filter(kind=figure.value, version=version)  # type: ignore[attr-defined]
        name = "nok"
    event = events.filter(line_id=line, year=year).order_by("-pgh_id").first()
    found: Decimal | None = getattr(event, name) if event else None
    return found


def _page(request: AuthenticatedRequest, budget: ClimateBudget, errors: Errors, status: int) -> HttpResponse:
    context = page_context(request, budget, figure_errors=errors)
    return invalid(request, "budget/detail.html", context, status=status)


def _conflict_page(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    cells: Iterable[tuple[FigureChange, FigureNow]],
    posted: Cells,
) -> HttpResponse:
    """Yours and theirs side by side; sending yours again takes the rest of the form with it."""
    yours, theirs = [], []
    fresh: dict[Place, FigureNow] = {}
    for change, now in cells:
        place = (change.line.pk, change.year, change.figure)
        fresh[place] = now
        name = _names(place)[0]
        label = cell_label(change.line.measure.title, change.year, change.figure)
        yours.append(ConflictField(name, label, posted[place].typed))
        theirs.append(ConflictField(name, label, _text(now.amount)))
    hidden = {}
    for place, cell in posted.items():
        name, version = _names(place)
        now_or_none = fresh.get(place)
        hidden[version] = str(now_or_none.version if now_or_none else max(cell.version, 0))
        if now_or_none is None:
            hidden[name] = cell.typed
    return conflict(
        request,
        title=_("{budget}: noen andre har lagret").format(budget=budget),
        yours=yours,
        theirs=theirs,
        action_url=request.get_full_path(),
        hidden=hidden,
        back_url=read_choice(request).url(budget),
    )


def _names(place: Place) -> tuple[str, str]:
    return field_names(place[0], place[1], FIGURE_WORDS[place[2]])
