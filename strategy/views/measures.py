"""Pages of the measures."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from climate_portal.web.concurrency import StaleObject, conflict_fields
from climate_portal.web.contributions import collect, measure_evidence
from climate_portal.web.http import conflict, invalid, render_page, see_other
from organisation.rules import Permission, has_permission
from strategy import actions, queries, rules
from strategy.enums import CoBenefit
from strategy.forms import ResponsibleForm
from strategy.models import CO_BENEFIT_LABELS, Measure, Responsibility
from strategy.views.access import readable_measure


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    found = readable_measure(request, code)
    unit = queries.responsible_units([found.pk]).get(found.pk)
    return render_page(
        request,
        "strategy/measure.html",
        {
            "page_title": found.title,
            "measure": found,
            "unit": unit,
            "first_placement": next(iter(found.placements.all()), None),
            "decisions": queries.measure_decisions(found.pk),
            "evidence": collect(measure_evidence, request.user, found.pk),  # type: ignore[arg-type]
            "may_edit": rules.may_edit(request.user),  # type: ignore[arg-type]
            "may_edit_plan": rules.may_edit_plan(request.user, unit),  # type: ignore[arg-type]
            "co_benefits": [CO_BENEFIT_LABELS[CoBenefit(code)] for code in found.co_benefits],
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),  # type: ignore[arg-type]
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def responsible(request: HttpRequest, code: str) -> HttpResponse:
    """Change the responsible unit: a page of its own, as it moves duties between people."""
    found = readable_measure(request, code)
    if not rules.may_edit(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    unit = queries.responsible_units([found.pk]).get(found.pk)
    if request.method != "POST":
        form = ResponsibleForm(initial={"unit": unit, "version": found.version})
        return render_page(request, "strategy/responsible.html", _responsible_context(found, form))
    form = ResponsibleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_responsible(
                by=request.user,  # type: ignore[arg-type]
                measure=found,
                unit=form.cleaned_data["unit"],
                version=form.cleaned_data["version"],
            )
        except actions.RefusedResponsibility as refused:
            form.add_error("unit", str(refused))
        except StaleObject as stale:
            return _stale(request, form, stale)
        else:
            messages.success(
                request,
                _("%(unit)s er nå ansvarlig for tiltaket.") % {"unit": form.cleaned_data["unit"].name},
            )
            return see_other(reverse("strategy:measure", args=[found.code]))
    return invalid(request, "strategy/responsible.html", _responsible_context(found, form))


def _responsible_context(found: Measure, form: ResponsibleForm) -> dict[str, object]:
    return {"page_title": _("Endre ansvarlig virksomhet"), "measure": found, "form": form}


def _stale(request: HttpRequest, form: ResponsibleForm, stale: StaleObject) -> HttpResponse:
    now = stale.obj
    unit = queries.responsible_units([now.pk]).get(now.pk)
    yours, theirs = conflict_fields(form, Responsibility(measure=now, unit=unit), ["unit"])
    return conflict(
        request,
        title=_("Noen andre endret tiltaket mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=reverse("strategy:responsible", args=[now.code]),
        hidden={"version": str(now.version)},
        back_url=reverse("strategy:measure", args=[now.code]),
    )
