"""How many live in the municipality: the register, its rows one by one, and its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.population import save_population
from emissions.forms.population import PopulationFilter, PopulationForm
from emissions.importers.population import plan_population, write_population
from emissions.models import Municipality, Population
from emissions.queries.population import population_register
from emissions.words.population_columns import COLUMNS, SHEET
from organisation.rules import AuthenticatedRequest, Permission, has_permission, require
from web.concurrency import StaleObject
from web.form_page import Crumb, FormPage, run_form
from web.formats import format_number
from web.names import own_municipality
from web.refusals import Refusal, Refused
from web.register.file_import import FileImport, import_views
from web.register.lists import Register, RowAnswer, export, list_page, run_row
from web.register.plan import Plan


@require_safe
def register(request: AuthenticatedRequest) -> HttpResponse:
    """Every municipality's years, our own first; those who may change a row do it beside the list."""
    return _list(request)


def _list(request: AuthenticatedRequest, answer: RowAnswer | None = None) -> HttpResponse:
    may_edit = has_permission(request.user, Permission.IMPORT_EMISSIONS)
    reads_history = has_permission(request.user, Permission.READ_HISTORY)
    chosen = PopulationFilter(request.GET)
    page = Register(
        title=_("Folketall"),
        columns=COLUMNS,
        crumbs=[_accounts()],
        list_url=reverse("emissions:population"),
        count=lambda n: ngettext("Ett folketall.", "{n} folketall.", n).format(n=format_number(n)),
        lead=_("Utslipp per innbygger er delt på hvor mange som bodde i kommunen 1. januar samme år."),
        caption=_("Innbyggere 1. januar per kommune og år, med kilde"),
        none_title=_("Ingen folketall ennå"),
        none_text=_("Når noen har registrert folketall, viser klimaregnskapet utslipp per innbygger."),
        not_found=_("Ingen folketall passer"),
        new_url=reverse("emissions:population_new") if may_edit else "",
        new_label=_("Registrer folketall"),
        import_url=reverse("emissions:population_import") if may_edit else "",
        export_url=lambda file_format: reverse("emissions:population_export", args=[file_format]),
        export_label=_("Last ned:"),
        row_form=_form_of if may_edit else None,
        edit_url=lambda row: reverse("emissions:population_edit", args=[row.pk]),
        history="emissions.population" if reads_history else "",
    )
    return list_page(request, page, chosen.rows(population_register(own_municipality())), chosen, answer)


@require_safe
def register_export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """The rows the address asks for, in the form they are read back."""
    rows = PopulationFilter(request.GET).rows(population_register(own_municipality()))
    return export(COLUMNS, rows, file_format, sheet=SHEET, name="folketall")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedRequest) -> HttpResponse:
    """One more year. Where the year is registered already, the way to correct it."""
    own = Municipality.objects.filter(name__iexact=own_municipality()).first()

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
        return _form_of(_row_of(pk), data)

    return run_row(
        request,
        row,
        _page(title),
        make,
        lambda form: _save(request, form),
        lambda answer: _list(request, answer),
    )


def population_import() -> FileImport[Plan]:
    """Inhabitants of several municipalities and years."""
    list_url = reverse("emissions:population")
    return FileImport(
        kind="emissions.population",
        title=_("Last opp folketall"),
        preview_title=_("Se over folketallene"),
        lead=_("Last ned listen, rett eller legg til rader, og last den opp. Du ser over før noe lagres."),
        note=_("Kommunen og året sier hvilken rad det gjelder. Rader som ikke er i filen, blir som de er."),
        crumbs=[_accounts(), (_("Folketall"), list_url)],
        back_url=list_url,
        here_url=reverse("emissions:population_import"),
        template_url=reverse("emissions:population_export", args=["xlsx"]),
        template_note=_("(XLSX) med radene som står der nå."),
        preview_url=lambda pk: reverse("emissions:population_preview", args=[pk]),
        errors_url=lambda pk: reverse("emissions:population_errors", args=[pk]),
        columns=COLUMNS,
        name_of_row=_("Kommune og år"),
        button=lambda plan: ngettext("Lagre {n} rad", "Lagre {n} rader", plan.to_write).format(
            n=format_number(plan.to_write)
        ),
        done=lambda n: ngettext("{n} folketall er lagret.", "{n} folketall er lagret.", n).format(
            n=format_number(n)
        ),
        reason=_("Folketall fra fil"),
        may=lambda by: require(by, Permission.IMPORT_EMISSIONS),
        plan=lambda content, name, _columns: plan_population(content, name),
        write=lambda by, plan, _upload: write_population(by=by, plan=plan),
    )


def _accounts() -> Crumb:
    return _("Klimaregnskap"), reverse("emissions:index")


def _row_of(pk: int) -> Population:
    return get_object_or_404(Population.objects.select_related("municipality"), pk=pk)


def _form_of(row: Population, data: QueryDict | None = None) -> PopulationForm:
    return PopulationForm(data, initial=PopulationForm.initial_of(row), row=row)


def _page(title: str) -> FormPage:
    register_url = reverse("emissions:population")
    return FormPage(
        title=title,
        back_url=register_url,
        done=_("Folketallet er lagret."),
        crumbs=[_accounts(), (_("Folketall"), register_url)],
    )


def _save(request: AuthenticatedRequest, form: PopulationForm) -> None:
    given: dict[str, Any] = form.values()
    try:
        save_population(by=request.user, version=form.cleaned_data["version"], **given)
    except StaleObject as stale:
        if form.cleaned_data["version"]:
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


upload, preview, errors = import_views(lambda _request: population_import())
