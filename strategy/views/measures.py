"""Pages of the measures."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions.responsibility import change_responsible
from strategy.enums import CoBenefit
from strategy.forms.measures import ResponsibleForm
from strategy.models import CO_BENEFIT_LABELS, Measure, Responsibility
from strategy.queries.decisions import measure_decisions
from strategy.queries.measures import Answering, answering
from strategy.views.access import readable_measure
from strategy.views.form_page import add_refusals
from web.concurrency import StaleObject, conflict_fields
from web.contributions import collect, measure_evidence
from web.formats import format_date
from web.http import conflict, invalid, render_page, see_other
from web.refusals import Refused


@require_safe
def measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    found = readable_measure(request, code)
    now = answering(found.responsibilities.all())
    unit = now.unit
    return render_page(
        request,
        "strategy/measure.html",
        {
            "page_title": found.title,
            "measure": found,
            "unit": unit,
            "planned": now.planned,
            "first_placement": next(iter(found.placements.all()), None),
            "decisions": measure_decisions(found.pk),
            "evidence": collect(measure_evidence, request.user, found.pk),
            "may_edit": rules.may_edit(request.user),
            # An assured plan that stands as it was asks for nothing.
            "may_assure": rules.may_edit(request.user)
            and (not found.is_assured or found.changed_since_assured),
            "may_edit_plan": rules.may_edit_plan(request.user, unit),
            "co_benefits": [CO_BENEFIT_LABELS[CoBenefit(code)] for code in found.co_benefits],
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def responsible(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Change the responsible unit: a page of its own, as it moves duties between people."""
    found = readable_measure(request, code)
    if not rules.may_edit(request.user):
        raise PermissionDenied
    now = answering(found.responsibilities.all())
    if request.method != "POST":
        initial = {"unit": now.unit, "valid_from": timezone.localdate(), "version": found.version}
        form = ResponsibleForm(initial=initial, now=now.today)
        return render_page(request, "strategy/responsible.html", _responsible_context(found, form, now))
    form = ResponsibleForm(request.POST, now=now.today)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            change_responsible(
                by=request.user,
                measure=found,
                unit=chosen["unit"],
                version=chosen["version"],
                since=chosen["valid_from"],
            )
        except Refused as refused:
            add_refusals(form, refused)
        except StaleObject as stale:
            return _stale(request, form, stale)
        else:
            messages.success(request, _told(chosen["unit"], chosen["valid_from"]))
            return see_other(reverse("strategy:measure", args=[found.code]))
    return invalid(request, "strategy/responsible.html", _responsible_context(found, form, now))


def _told(unit: Unit, since: date) -> str:
    if since > timezone.localdate():
        return _("%(unit)s blir ansvarlig for tiltaket fra %(day)s.") % {
            "unit": unit.name,
            "day": format_date(since),
        }
    return _("%(unit)s er nå ansvarlig for tiltaket.") % {"unit": unit.name}


def _responsible_context(found: Measure, form: ResponsibleForm, now: Answering) -> dict[str, object]:
    return {"page_title": _("Endre ansvarlig virksomhet"), "measure": found, "form": form, "now": now}


def _stale(request: AuthenticatedRequest, form: ResponsibleForm, stale: StaleObject) -> HttpResponse:
    now = stale.obj
    today = answering(now.responsibilities.select_related("unit")).today
    yours, theirs = conflict_fields(form, today or Responsibility(measure=now), ["unit", "valid_from"])
    return conflict(
        request,
        title=_("Noen andre endret tiltaket mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=reverse("strategy:responsible", args=[now.code]),
        hidden={"version": str(now.version)},
        back_url=reverse("strategy:measure", args=[now.code]),
    )
