"""How many live in the municipality: the register, and the form for one year."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.population import save_population
from emissions.forms.population import PopulationForm
from emissions.models import Municipality, Population
from emissions.queries.breakdown import population_register
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.concurrency import StaleObject
from web.form_page import FormPage, run_form
from web.formats import format_number
from web.http import render_page
from web.refusals import Refusal, Refused

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
    """One more year. Where the year is registered already, the way to correct it."""
    own = Municipality.objects.filter(name__iexact=settings.MUNICIPALITY).first()

    def make(data: QueryDict | None) -> PopulationForm:
        return PopulationForm(data, initial={"municipality": own, "version": 0})

    return run_form(request, _page(_("Registrer folketall")), make, lambda form: _save(request, form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another number for a year, or where it stands."""
    row = _row_of(pk)
    title = _("Rett folketall for %(municipality)s %(year)d") % {
        "municipality": row.municipality.name,
        "year": row.year,
    }

    def make(data: QueryDict | None) -> PopulationForm:
        now = _row_of(pk)
        initial = {name: getattr(now, name) for name in (*FIELDS, "version")}
        return PopulationForm(data, initial=initial, row=now)

    return run_form(request, _page(title), make, lambda form: _save(request, form))


def _row_of(pk: int) -> Population:
    return get_object_or_404(Population.objects.select_related("municipality"), pk=pk)


def _page(title: str) -> FormPage:
    register_url = reverse("emissions:population")
    return FormPage(
        title=title,
        back_url=register_url,
        done=_("Folketallet er lagret."),
        crumbs=[(_("Klimaregnskap"), reverse("emissions:index")), (_("Folketall"), register_url)],
    )


def _save(request: AuthenticatedRequest, form: PopulationForm) -> None:
    given = form.cleaned_data
    try:
        save_population(
            by=request.user,
            municipality=given["municipality"],
            year=given["year"],
            inhabitants=int(given["inhabitants"]),
            source=given["source"],
            is_example=given["is_example"],
            version=given["version"],
        )
    except StaleObject as stale:
        if given["version"]:
            raise
        raise Refused(_registered(stale.obj)) from None


def _registered(row: Population) -> Refusal:
    sentence = _(
        "Folketallet for %(municipality)s %(year)d er allerede registrert: %(number)s. Rett det der."
    )
    words = {
        "municipality": row.municipality.name,
        "year": row.year,
        "number": format_number(row.inhabitants),
    }
    return Refusal(sentence % words, url=reverse("emissions:population_edit", args=[row.pk]))
