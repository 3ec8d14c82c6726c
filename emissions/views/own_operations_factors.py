"""The register of emission factors: what counts now, every version before it, and the form for a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.factors import add_activity_type, add_factor
from emissions.calculations import factor_in
from emissions.enums import MeasuredIn, Scope
from emissions.forms.own_operations import ActivityTypeForm, FactorForm
from emissions.models import MEASURED_IN_LABELS, SCOPE_LABELS, ActivityType, EmissionFactor
from emissions.queries.own_operations import activity_types, factor_history, factors_by_type
from emissions.views.access import may_edit
from emissions.views.own_operations import OWN_BY_SLUG
from emissions.words.accounts import factor_text
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.form_page import Crumb, FormPage, run_form, show_form


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: AuthenticatedRequest) -> HttpResponse:
    """The register: every activity with the factor of this year. Klima adds activities here."""
    page = FormPage(
        title=_("Utslippsfaktorer"),
        back_url=request.path,
        done=_("Aktiviteten er lagt til. Gi den en faktor."),
        button=_("Legg til"),
        crumbs=[*_own_crumbs(), (_("Egen virksomhet"), reverse("emissions:own_operations"))],
        template="emissions/own_factors.html",
        context=_register(timezone.localdate().year),
    )
    if not may_edit(request):
        return show_form(request, page, None)

    def add(form: ActivityTypeForm) -> str:
        chosen = form.cleaned_data | {"scope": OWN_BY_SLUG[form.cleaned_data["scope"]]}
        made = add_activity_type(by=request.user, **chosen)
        return reverse("emissions:own_factor", args=[made.pk])

    return run_form(request, page, ActivityTypeForm, add)


def _own_crumbs() -> list[Crumb]:
    return [(_("Klimaregnskap"), reverse("emissions:index"))]


def _register(year: int) -> dict[str, Any]:
    known = factors_by_type()
    sources = dict(EmissionFactor.objects.values_list("pk", "source"))
    lines = []
    for one in activity_types():
        now = factor_in(year, known.get(one.pk, ()))
        lines.append(
            {
                "type": one,
                "scope": SCOPE_LABELS[Scope(one.scope)],
                "factor": factor_text(now.kg_co2e, MeasuredIn(one.measured_in), now.version) if now else "",
                "source": sources[now.pk] if now else "",
            }
        )
    return {"lines": lines, "year": year}


@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One activity: its factors through all versions, and for Klima the form for a new one."""
    kind = get_object_or_404(ActivityType.objects.select_related("source__sector"), pk=pk)
    page = FormPage(
        title=kind.name,
        back_url=request.path,
        done=_("Faktoren er lagt til som en ny versjon."),
        button=_("Legg til"),
        crumbs=[*_own_crumbs(), (_("Utslippsfaktorer"), reverse("emissions:own_factors"))],
        template="emissions/own_factor.html",
        context={
            "type": kind,
            "scope_label": SCOPE_LABELS[Scope(kind.scope)],
            "measure": MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)],
            "history": list(factor_history(kind)),
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
        },
    )
    if not may_edit(request):
        return show_form(request, page, None)

    def add(form: FactorForm) -> None:
        data = form.cleaned_data
        add_factor(
            by=request.user,
            activity_type=kind,
            first=data["valid_from_year"],
            last=data["valid_to_year"],
            source=data["source"],
            kg_co2e=data["kg_co2e"],
            gases=form.gases(),
            gwp=data["gwp_set"],
        )

    return run_form(request, page, FactorForm, add)
