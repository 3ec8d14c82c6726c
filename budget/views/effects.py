"""Saving figures: one cell as it is typed, or a whole focus area without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from budget.actions.effects import EffectChange, EffectSaved, set_effect, set_effects
from budget.actions.figures_saved import StaleFigures
from budget.enums import CellFigure
from budget.models import ClimateBudget, Effect, Line
from budget.queries.effects import effect_before
from budget.views.access import get_budget, get_cell_line
from budget.views.budget_page import page_context
from budget.views.cell_answers import just_changed, posted_group, sums_after
from budget.views.grid import CellError, posted_form_id
from budget.views.grid_choice import read_choice
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.formats import (
    format_number,
    parse_norsk_tall,
    whole_number,
    without_spaces,
)
from web.grid import FORM_PARAMETER, GridCell, field_names, grid_cell
from web.http import ConflictField, conflict, invalid, render_page, see_other, wants_part
from web.refusals import Closed, Refused

TEMPLATE = "budget/cell_answer.html"
_CELL = re.compile(r"effect-([0-9]{1,18})-([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Posted:
    """A cell as it was posted. version -1: the form did not say which figure it was about."""

    typed: str
    version: int

    def kept(self) -> CellError:
        """The cell of a form in which only others were wrong: it comes back as it was typed."""
        return CellError(self.typed, "", max(self.version, 0))


def save_cell(request: AuthenticatedRequest, line_id: int, year: int) -> HttpResponse:
    """Save one figure. Answers with its message and the sums it moved, never with the cell itself."""
    line = get_cell_line(request, line_id)
    posted = _posted(request.POST, line_id, year)
    try:
        tonnes = parse_amount(posted.typed)
        saved = set_effect(by=request.user, line=line, year=year, tonnes=tonnes, version=posted.version)
    except Closed as closed:
        line.budget.refresh_from_db(fields=["state"])
        text = _("{reason} Last siden på nytt for å se tallene.").format(reason=closed)
        return _refused(request, line, year, posted, text, status=409)
    except (ValueError, Refused) as reason:
        return _refused(request, line, year, posted, str(reason), status=422)
    except StaleObject as stale:
        return _somebody_else(request, line, year, posted, stale.obj)
    if not wants_part(request):
        messages.success(request, _("Lagret."))
        return see_other(read_choice(request).url(line.budget))
    return _saved(request, line, year, saved)


def parse_amount(typed: str) -> Decimal | None:
    """The figure somebody typed, None for an empty cell. Raises ValueError with a Norwegian sentence."""
    return parse_norsk_tall(typed) if without_spaces(typed) else None


def _posted(data: QueryDict, line_id: int, year: int) -> Posted:
    figure, version = field_names(line_id, year)
    return Posted(data.get(figure, ""), posted_version(data.get(version, "")))


def posted_version(text: str) -> int:
    """The version a form says it has seen, -1 for anything that is none."""
    return whole_number(text, -1)


def _saved(request: AuthenticatedRequest, line: Line, year: int, saved: EffectSaved) -> HttpResponse:
    cell = _cell(
        request,
        line,
        year,
        value="" if saved.tonnes is None else format_number(saved.tonnes),
        version=saved.version,
        note=" ".join(saved.warnings),
    )
    response = _answer(request, line, year, cell)
    if saved.changed:
        response.headers["HX-Trigger"] = "kp-effect-saved"
    return response


def _refused(
    request: AuthenticatedRequest, line: Line, year: int, posted: Posted, message: str, status: int
) -> HttpResponse:
    """Only the message moves. Without htmx the whole page comes back with what was typed."""
    if not wants_part(request):
        errors = {(line.pk, year): CellError(posted.typed, message)}
        context = page_context(request, line.budget, errors=errors)
        return invalid(request, "budget/detail.html", context, status=status)
    cell = _cell(request, line, year, value=posted.typed, version=max(posted.version, 0), error=message)
    return render_page(request, TEMPLATE, {"cell": cell, "sums": ""}, status=status)


def _somebody_else(
    request: AuthenticatedRequest, line: Line, year: int, posted: Posted, current: Effect | None
) -> HttpResponse:
    stored = format_number(current.tonnes) if current else ""
    if not wants_part(request):
        change = EffectChange(line, year, None, posted.version)
        return _conflict_page(request, line.budget, [(change, current)], {(line.pk, year): posted})
    if current:
        text = _("Noen andre har lagret {tonnes} her. Ditt tall er ikke lagret.").format(tonnes=stored)
    else:
        text = _("Noen andre har tømt cellen. Ditt tall er ikke lagret.")
    cell = _cell(
        request,
        line,
        year,
        value=posted.typed,
        version=current.version if current else 0,
        error=text,
        saved=stored,
    )
    return _answer(request, line, year, cell, conflict=True, status=409)


def _cell(
    request: AuthenticatedRequest,
    line: Line,
    year: int,
    *,
    value: str,
    version: int,
    error: str = "",
    saved: str = "",
    note: str = "",
) -> GridCell:
    """The cell for its answer, which has no use for a label."""
    return grid_cell(
        line.pk,
        year,
        form_id=posted_form_id(request.POST.get(FORM_PARAMETER, "")),
        value=value,
        version=version,
        label="",
        error=error,
        saved=saved,
        note=note,
    )


def _answer(
    request: AuthenticatedRequest,
    line: Line,
    year: int,
    cell: GridCell,
    *,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Message, version, and every figure on the page that this year's sums decide."""
    context = {
        "cell": cell,
        "conflict": conflict,
        "changed": "" if conflict else just_changed(request, line),
        **sums_after(line, year, CellFigure.EFFECT, posted_group(request.POST)),
    }
    return render_page(request, TEMPLATE, context, status=status)


def save_group(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """«Lagre Mobilitet»: every cell of one focus area, all or none. For those without JavaScript."""
    budget = get_budget(request, year, scope, revision)
    posted = _all_posted(request.POST, budget)
    changes, errors = _changes(posted, budget)
    if errors:
        kept = {
            (change.line.pk, change.year): posted[change.line.pk, change.year].kept() for change in changes
        }
        return _group_refused(request, budget, kept | errors)
    try:
        set_effects(by=request.user, budget=budget, changes=changes)
    except StaleFigures as stale:
        return _conflict_page(request, budget, list(stale.figures), posted)
    except Refused as refused:
        status = 409 if isinstance(refused, Closed) else 422
        errors = _first_refused(changes, posted, refused)
        budget.refresh_from_db()
        return _group_refused(request, budget, errors, status=status)
    messages.success(request, _("Lagret."))
    return see_other(read_choice(request).url(budget))


Cells = dict[tuple[int, int], Posted]


def _all_posted(data: QueryDict, budget: ClimateBudget) -> Cells:
    """Every cell in the form. Raises Http404 for a line of another budget."""
    found = {}
    for name in data:
        if match := _CELL.fullmatch(name):
            line, year = int(match[1]), int(match[2])
            found[line, year] = _posted(data, line, year)
    lines = {line for line, _year in found}
    if len(lines) != budget.lines.filter(pk__in=lines).count():
        raise Http404
    return found


def _changes(
    posted: Cells, budget: ClimateBudget
) -> tuple[list[EffectChange], dict[tuple[int, int], CellError]]:
    """The cells somebody changed on this page, and those that are no figures."""
    ids = {line for line, _year in posted}
    lines = Line.objects.select_related("budget").in_bulk(ids)
    stored = {(effect.line_id, effect.year): effect for effect in Effect.objects.filter(line__in=ids)}
    changes, errors = [], {}
    for (line, year), cell in posted.items():
        try:
            tonnes = parse_amount(cell.typed)
        except ValueError as reason:
            errors[line, year] = CellError(cell.typed, str(reason))
            continue
        current = stored.get((line, year))
        if tonnes == (current.tonnes if current else None):
            continue
        if cell.version != (current.version if current else 0) and tonnes == effect_before(
            line, year, cell.version
        ):
            continue  # somebody else changed it; on this page it was left as it was
        changes.append(EffectChange(lines[line], year, tonnes, cell.version))
    return changes, errors


def _first_refused(
    changes: list[EffectChange], posted: Cells, refused: Refused
) -> dict[tuple[int, int], CellError]:
    """What the action refused, shown at the changed cells: all of them wait for the same answer."""
    return {
        (change.line.pk, change.year): CellError(posted[change.line.pk, change.year].typed, str(refused))
        for change in changes
    }


def _group_refused(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    errors: dict[tuple[int, int], CellError],
    status: int = 422,
) -> HttpResponse:
    context = page_context(request, budget, errors=errors)
    return invalid(request, "budget/detail.html", context, status=status)


def _conflict_page(
    request: AuthenticatedRequest,
    budget: ClimateBudget,
    cells: list[tuple[EffectChange, Effect | None]],
    posted: Cells,
) -> HttpResponse:
    """Yours and theirs side by side; sending yours again takes the rest of the form with it."""
    yours, theirs = [], []
    fresh = {}
    for change, current in cells:
        key = (change.line.pk, change.year)
        name, version = field_names(*key)
        label = f"{change.line.measure.title}, {change.year}"
        stored = format_number(current.tonnes) if current else ""
        yours.append(ConflictField(name, label, posted[key].typed))
        theirs.append(ConflictField(name, label, stored))
        fresh[version] = str(current.version if current else 0)
    hidden = {}
    for key, cell in posted.items():
        name, version = field_names(*key)
        hidden[version] = fresh.get(version, str(max(cell.version, 0)))
        if version not in fresh:
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
