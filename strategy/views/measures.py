"""Pages of the measures."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
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
from strategy.models import CO_BENEFIT_LABELS
from strategy.queries.decisions import measure_decisions
from strategy.queries.measures import answering
from strategy.views.access import readable_measure
from strategy.views.crumbs import crumbs_above
from web.contributions import collect, measure_evidence
from web.form_page import FormPage, run_form
from web.formats import format_date
from web.http import render_page


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
    url = reverse("strategy:measure", args=[found.code])
    page = FormPage(
        title=_("Endre ansvarlig virksomhet"),
        back_url=url,
        done=lambda form: _told(form.cleaned_data["unit"], form.cleaned_data["valid_from"]),
        crumbs=crumbs_above((found.code, url)),
        lead=found.title,
        template="strategy/responsible.html",
        context={"now": now},
    )

    def make(data: QueryDict | None) -> ResponsibleForm:
        fresh = readable_measure(request, code)
        stands = answering(fresh.responsibilities.all())
        today = stands.today
        # A change is from today unless another day is chosen; in a conflict the day is the stored one.
        since = today.valid_from if today and request.method == "POST" else timezone.localdate()
        initial = {"unit": stands.unit, "valid_from": since, "version": fresh.version}
        return ResponsibleForm(data, initial=initial, now=today)

    def save(form: ResponsibleForm) -> None:
        chosen = form.cleaned_data
        change_responsible(
            by=request.user,
            measure=found,
            unit=chosen["unit"],
            version=chosen["version"],
            since=chosen["valid_from"],
        )

    return run_form(request, page, make, save)


def _told(unit: Unit, since: date) -> str:
    if since > timezone.localdate():
        return _("%(unit)s blir ansvarlig for tiltaket fra %(day)s.") % {
            "unit": unit.name,
            "day": format_date(since),
        }
    return _("%(unit)s er nå ansvarlig for tiltaket.") % {"unit": unit.name}
