"""The register of emission factors: what counts now, every version before it, and the form for a new one."""

from __future__ import annotations

from django.contrib import messages
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
from web.http import invalid, render_page, see_other
from web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: AuthenticatedRequest) -> HttpResponse:
    """The register: every activity with the factor of this year. Klima adds activities here."""
    form = ActivityTypeForm(request.POST or None) if may_edit(request) else None
    if request.method == "POST" and form and form.is_valid():
        try:
            chosen = form.cleaned_data | {"scope": OWN_BY_SLUG[form.cleaned_data["scope"]]}
            made = add_activity_type(by=request.user, **chosen)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Aktiviteten er lagt til. Gi den en faktor."))
            return see_other(reverse("emissions:own_factor", args=[made.pk]))
    year = timezone.localdate().year
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
    context = {"page_title": _("Utslippsfaktorer"), "lines": lines, "year": year, "form": form}
    answer = invalid if form and form.is_bound else render_page
    return answer(request, "emissions/own_factors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One activity: its factors through all versions, and for Klima the form for a new one."""
    kind = get_object_or_404(ActivityType.objects.select_related("source__sector"), pk=pk)
    form = FactorForm(request.POST or None) if may_edit(request) else None
    if request.method == "POST" and form and form.is_valid():
        data = form.cleaned_data
        try:
            add_factor(
                by=request.user,
                activity_type=kind,
                first=data["valid_from_year"],
                last=data["valid_to_year"],
                source=data["source"],
                kg_co2e=data["kg_co2e"],
                gases=form.gases(),
                gwp=data["gwp_set"],
                submission=request.POST.get("submission_token", ""),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Faktoren er lagt til som en ny versjon."))
            return see_other(request.path)
    history = list(factor_history(kind))
    context = {
        "page_title": kind.name,
        "type": kind,
        "scope_label": SCOPE_LABELS[Scope(kind.scope)],
        "measure": MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)],
        "history": history,
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
        "form": form,
    }
    answer = invalid if form and form.is_bound else render_page
    return answer(request, "emissions/own_factor.html", context)
