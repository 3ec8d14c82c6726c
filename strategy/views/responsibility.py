"""Many measures to another unit at once: choose, see what changes, confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisation.models import Unit
from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.actions.responsibility import (
    StaleMeasures,
    reassign_measures,
    refuse_unfit,
)
from strategy.forms.responsibility import ReassignForm
from strategy.queries.responsibility import MovableMeasure, movable_measures
from web.formats import whole_number
from web.http import invalid, render_page, see_other
from web.refusals import Refused

TICKED = "tiltak"


@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: AuthenticatedRequest) -> HttpResponse:
    """GET with units and a date is the preview, and can be shared; POST does it, versions and all."""
    if not rules.may_edit(request.user):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET or None
    form = ReassignForm(data, initial={"since": timezone.localdate()})
    if not form.is_bound or not form.is_valid():
        answer = invalid if form.is_bound else render_page
        return answer(request, "strategy/measure_reassign.html", _context(form, []))
    chosen = form.cleaned_data
    rows = movable_measures(chosen["from_unit"], chosen["since"])
    if request.method != "POST":
        refused = _refusal(form, rows)
        if refused:
            form.add_error(*refused)
            return invalid(request, "strategy/measure_reassign.html", _context(form, []))
        return render_page(request, "strategy/measure_reassign.html", _context(form, rows))
    return _confirm(request, form, rows)


def _confirm(request: AuthenticatedRequest, form: ReassignForm, rows: list[MovableMeasure]) -> HttpResponse:
    chosen = form.cleaned_data
    versions = _ticked(request)
    problem = ""
    if not versions:
        problem = _("Kryss av for minst ett tiltak.")
    else:
        try:
            moved = reassign_measures(
                by=request.user,
                versions=versions,
                from_unit=chosen["from_unit"],
                to_unit=chosen["to_unit"],
                since=chosen["since"],
            )
        except Refused as refused:
            form.add_error("to_unit", str(refused))
        except StaleMeasures as stale:
            problem = _stale_sentence(stale.codes)
        else:
            sentence = ngettext(
                "%(count)s tiltak er flyttet til %(unit)s.",
                "%(count)s tiltak er flyttet til %(unit)s.",
                moved,
            )
            messages.success(request, sentence % {"count": moved, "unit": chosen["to_unit"].name})
            query = urlencode({"virksomhet": chosen["to_unit"].pk})
            in_force = chosen["since"] <= timezone.localdate()
            listing = reverse("strategy:measures")
            return see_other(f"{listing}?{query}" if in_force else listing)
    context = _context(form, [] if form.errors else rows) | {"problem": problem, "ticked": set(versions)}
    return invalid(
        request, "strategy/measure_reassign.html", context, status=409 if versions and problem else 422
    )


def _stale_sentence(codes: tuple[str, ...]) -> str:
    sentence = ngettext(
        "%(count)s tiltak er endret av andre siden forhåndsvisningen: %(codes)s. Ingenting er flyttet. "
        "Se over listen slik den er nå, og bekreft igjen.",
        "%(count)s tiltak er endret av andre siden forhåndsvisningen: %(codes)s. Ingenting er flyttet. "
        "Se over listen slik den er nå, og bekreft igjen.",
        len(codes),
    )
    return sentence % {"count": len(codes), "codes": ", ".join(codes)}


def _refusal(form: ReassignForm, rows: list[MovableMeasure]) -> tuple[str, str] | None:
    chosen = form.cleaned_data
    unit: Unit = chosen["to_unit"]
    since: date = chosen["since"]
    if unit == chosen["from_unit"]:
        return "to_unit", _("Velg en annen virksomhet enn den som har tiltakene i dag.")
    try:
        refuse_unfit(unit, since)
    except Refused as refused:
        return "to_unit", str(refused)
    if not rows:
        return "from_unit", _("Virksomheten svarer ikke for noen tiltak den dagen.")
    return None


def _ticked(request: AuthenticatedRequest) -> dict[int, int]:
    """Measure → version, from «id-version»; what is not two numbers was not sent by our form."""
    found = {}
    for value in request.POST.getlist(TICKED):
        pk, version = (whole_number(part, -1) for part in value.partition("-")[::2])
        if min(pk, version) >= 0:
            found[pk] = version
    return found


@dataclass(frozen=True, slots=True)
class _Chosen:
    from_unit: Unit
    to_unit: Unit
    since: date


def _context(form: ReassignForm, rows: list[MovableMeasure]) -> dict[str, Any]:
    ready = form.is_bound and not form.errors
    data = form.cleaned_data if ready else {}
    return {
        "page_title": _("Flytt ansvar for flere tiltak"),
        "form": form,
        "rows": rows,
        "chosen": _Chosen(data["from_unit"], data["to_unit"], data["since"]) if ready else None,
        "ticked": {row.measure.pk for row in rows},
        "problem": "",
    }
