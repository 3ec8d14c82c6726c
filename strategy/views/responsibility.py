"""Many measures to another unit at once: choose, see what changes, confirm."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.actions.responsibility import reassign_measures, refuse_same, refuse_unfit
from strategy.forms.responsibility import MoveMeasuresForm, ReassignForm
from strategy.queries.responsibility import movable_measures
from strategy.views.crumbs import measure_crumbs
from web.form_page import FormPage, done_before, run_form, show_form
from web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: AuthenticatedRequest) -> HttpResponse:
    """GET with units and a date is the preview, and can be shared; POST does it, versions and all."""
    if not rules.may_edit(request.user):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    choice = ReassignForm(given or None, initial={"since": timezone.localdate()})
    if not choice.is_bound:
        return show_form(request, _page(choice), None)
    if not _can_be_done(choice):
        return done_before(request) or show_form(request, _page(choice), None, status=422)
    chosen = choice.cleaned_data

    def make(data: QueryDict | None) -> MoveMeasuresForm:
        return MoveMeasuresForm(data, rows=movable_measures(chosen["from_unit"], chosen["since"]))

    def move(form: MoveMeasuresForm) -> str:
        reassign_measures(by=request.user, versions=form.ticked, **chosen)
        query = urlencode({"virksomhet": chosen["to_unit"].pk})
        listing = reverse("strategy:measures")
        return f"{listing}?{query}" if chosen["since"] <= timezone.localdate() else listing

    return run_form(request, _page(choice, chosen), make, move)


def _can_be_done(choice: ReassignForm) -> bool:
    """Whether the choice makes sense, and there is anything to move; what is wrong stands at its field."""
    if not choice.is_valid():
        return False
    chosen = choice.cleaned_data
    try:
        refuse_same(chosen["from_unit"], chosen["to_unit"])
        refuse_unfit(chosen["to_unit"], chosen["since"])
    except Refused as refused:
        choice.add_error("to_unit", str(refused))
        return False
    if not movable_measures(chosen["from_unit"], chosen["since"]):
        choice.add_error("from_unit", _("Virksomheten svarer ikke for noen tiltak den dagen."))
    return not choice.errors


def _page(choice: ReassignForm, chosen: dict[str, Any] | None = None) -> FormPage:
    return FormPage(
        title=_("Flytt ansvar for flere tiltak"),
        lead=_(
            "Når en virksomhet legges ned, slås sammen eller gir fra seg oppgaver. Du ser over hvert tiltak "
            "før noe flyttes."
        ),
        button=_("Flytt tiltakene som er krysset av"),
        back_url=reverse("strategy:measures"),
        done=lambda form: _moved(len(form.ticked), chosen["to_unit"].name) if chosen else "",
        crumbs=measure_crumbs(),
        template="strategy/measure_reassign.html",
        context={"choice": choice, "chosen": chosen},
    )


def _moved(count: int, unit: str) -> str:
    sentence = ngettext(
        "%(count)s tiltak er flyttet til %(unit)s.", "%(count)s tiltak er flyttet til %(unit)s.", count
    )
    return sentence % {"count": count, "unit": unit}
