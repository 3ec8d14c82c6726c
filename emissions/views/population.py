"""How many live in the municipality: the register, and the form for one year."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.population import save_population
from emissions.forms.population import PopulationForm
from emissions.models import Municipality, Population
from emissions.queries.breakdown import population_register
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.concurrency import StaleObject, conflict_fields
from web.http import conflict, invalid, render_page, see_other

FORM = "emissions/population_form.html"
FIELDS = ("municipality", "year", "inhabitants", "source", "is_example")


@require_safe
def register(request: AuthenticatedRequest) -> HttpResponse:
    """Every municipality's years, our own first."""
    user: Any = request.user
    return render_page(
        request,
        "emissions/population.html",
        {
            "page_title": _("Folketall"),
            "rows": population_register(settings.MUNICIPALITY),
            "may_edit": has_permission(user, Permission.IMPORT_EMISSIONS),
            "may_read_history": has_permission(user, Permission.READ_HISTORY),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedRequest) -> HttpResponse:
    own = Municipality.objects.filter(name__iexact=settings.MUNICIPALITY).first()
    return _form_page(request, _("Registrer folketall"), {"municipality": own, "version": 0}, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Population.objects.select_related("municipality"), pk=pk)
    title = _("Rett folketall for %(municipality)s %(year)d") % {
        "municipality": row.municipality.name,
        "year": row.year,
    }
    initial = {name: getattr(row, name) for name in (*FIELDS, "version")}
    return _form_page(request, title, initial, row)


def _form_page(
    request: AuthenticatedRequest, title: str, initial: dict[str, Any], row: Population | None
) -> HttpResponse:
    form = PopulationForm(request.POST if request.method == "POST" else None, initial=initial, row=row)
    context = {"page_title": title, "form": form, "page_url": request.path}
    if request.method != "POST":
        return render_page(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    given = form.cleaned_data
    try:
        saved = save_population(
            by=request.user,
            municipality=given["municipality"],
            year=given["year"],
            inhabitants=int(given["inhabitants"]),
            source=given["source"],
            is_example=given["is_example"],
            version=given["version"],
        )
    except StaleObject as stale:
        return _taken(request, form, stale.obj)
    messages.success(
        request,
        _("Folketallet for %(municipality)s %(year)d er lagret.")
        % {"municipality": saved.municipality.name, "year": saved.year},
    )
    return see_other(reverse("emissions:population"))


def _taken(request: AuthenticatedRequest, form: PopulationForm, current: Population) -> HttpResponse:
    """Somebody has registered another number for the year since the page was opened."""
    yours, theirs = conflict_fields(form, current, FIELDS)
    return conflict(
        request,
        title=_("Folketallet er allerede registrert"),
        yours=yours,
        theirs=theirs,
        action_url=reverse("emissions:population_edit", args=[current.pk]),
        hidden={"version": str(current.version)},
        back_url=reverse("emissions:population"),
    )
