"""«Angre siste endring»: the figure that was replaced comes back."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from budget.actions.undo import Left, Undoing, Undone, undo_last_change
from budget.enums import ESTIMATES, CellFigure
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.views.access import get_budget
from budget.views.budget_page import page_context
from budget.views.cell_answers import just_changed, sums_after
from budget.views.grid import ShownGroup
from budget.views.grid_choice import GridView, read_choice
from budget.views.grid_page import shown_with
from budget.views.grid_rows import FIGURE_WORDS, cell_label
from organisation.rules import AuthenticatedRequest
from web.formats import format_number
from web.grid import grid_cell
from web.http import invalid, render_page, see_other, wants_part
from web.once import FIELD_NAME
from web.refusals import Closed, Refused

TEMPLATE = "budget/undo_answer.html"


def undo(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Undo this user's last change. Answers with the cell and the sums when the cell is on the page."""
    budget = get_budget(request, year, scope, revision)
    user = request.user
    try:
        done = undo_last_change(by=user, budget=budget, token=request.POST.get(FIELD_NAME, ""))
    except Refused as refused:
        budget.refresh_from_db(fields=["state"])
        return _refused(request, budget, str(refused), 409 if isinstance(refused, Closed) else 422)
    undone = done.undone
    if wants_part(request) and len(undone) == 1 and not done.left:
        group = shown_with(
            request, budget, budget_table(budget, with_costs=False, with_details=False), undone[0].line.pk
        )
        if group and _view_of(undone[0].figure) == read_choice(request).view:
            return _answer(request, undone[0], group)
    if undone:
        (messages.warning if done.left else messages.success)(request, _sentences(done))
    if wants_part(request):
        # The cells are elsewhere, or many: the page is read again, with the view it has.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return see_other(read_choice(request).url(budget))


def _view_of(figure: CellFigure) -> GridView:
    if figure == CellFigure.EFFECT:
        return GridView.EFFECT
    return GridView.RANGE if figure in ESTIMATES else GridView.COST


def _sentences(done: Undoing) -> str:
    """What is back, and by name what is not."""
    if not done.left:
        return _sentence(done.undone)
    text = _("{undone} Disse er endret etter at du lagret, og står som de er: {names}.")
    return text.format(undone=_sentence(done.undone), names="; ".join(map(_name, done.left)))


def _name(one: Undone | Left) -> str:
    return cell_label(one.line.measure.title, one.year, one.figure)


def _sentence(undone: Sequence[Undone]) -> str:
    if len(undone) > 1:
        return _("Angret: {count} tall er som før.").format(count=len(undone))
    one = undone[0]
    label = _name(one)
    if one.saved.amount is None:
        return _("Angret: «{label}» er tom igjen.").format(label=label)
    text = _("Angret: «{label}» er {amount} igjen.")
    return text.format(label=label, amount=format_number(one.saved.amount))


def _answer(request: AuthenticatedRequest, undone: Undone, group: ShownGroup) -> HttpResponse:
    """The figure goes into the cell, which stays where it is; version and sums as after a saved cell."""
    saved = undone.saved
    cell = grid_cell(
        undone.line.pk,
        undone.year,
        figure=FIGURE_WORDS.get(undone.figure, ""),
        form_id=group.form_id,
        value="" if saved.amount is None else format_number(saved.amount),
        version=saved.version,
        label="",
        note=" ".join(saved.warnings),
    )
    context = {
        "cell": cell,
        "sentence": _sentence([undone]),
        "changed": just_changed(request, undone.line),
        **sums_after(undone.line, undone.year, undone.figure, group),
    }
    response = render_page(request, TEMPLATE, context)
    said: dict[str, str] = {"kp-say": _sentence([undone])}
    if undone.figure == CellFigure.EFFECT or undone.figure in ESTIMATES:
        said["kp-effect-saved"] = ""
    response.headers["HX-Trigger"] = json.dumps(said)
    return response


def _refused(request: AuthenticatedRequest, budget: ClimateBudget, text: str, status: int) -> HttpResponse:
    if wants_part(request):
        return render_page(request, TEMPLATE, {"refused": text}, status=status)
    context = page_context(request, budget)
    return invalid(request, "budget/detail.html", {**context, "undo_refused": text}, status=status)
