"""The register of units as files: out, a template, and in."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisation.exports.registers import unit_sheets, unit_template
from organisation.importers.unit_file import UnitPlan, plan_units, write_units
from organisation.queries.files import unit_file_rows
from organisation.rules import AuthenticatedRequest, Permission, require
from organisation.words.file_outcomes import OUTCOMES
from organisation.words.unit_columns import COLUMNS
from web.downloads import download, sheets_download
from web.formats import format_number
from web.register.file_import import FileImport, import_views


@require_safe
def export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """The units there are and those to come, as they are read back."""
    return sheets_download(unit_sheets(unit_file_rows(timezone.localdate())), "virksomheter", file_format)


@require_safe
def template(request: AuthenticatedRequest) -> HttpResponse:
    """An empty workbook with the kinds, and the units to lie under, to choose among."""
    names = [row.name for row in unit_file_rows(timezone.localdate())]
    return download(unit_template(names), "virksomheter-mal.xlsx")


def unit_import() -> FileImport[UnitPlan]:
    """Several units, and where they belong."""
    list_url = reverse("organisation:index")
    return FileImport(
        kind="organisation.units",
        title=_("Last opp virksomheter"),
        preview_title=_("Se over virksomhetene"),
        lead=_("Last ned listen, rett eller legg til rader, og last den opp. Du ser over før noe lagres."),
        note=_(
            "Navnet sier hvilken virksomhet det gjelder. Et navn som ikke er her, er en ny virksomhet. "
            "Nytt navn gir du på virksomhetens side. Rader som ikke er i filen, blir som de er."
        ),
        crumbs=[(_("Organisasjon"), list_url)],
        back_url=list_url,
        here_url=reverse("organisation:units_file"),
        template_url=reverse("organisation:units_file_export", args=["xlsx"]),
        template_note=_("(XLSX) med radene som står der nå."),
        preview_url=lambda pk: reverse("organisation:units_file_preview", args=[pk]),
        errors_url=lambda pk: reverse("organisation:units_file_errors", args=[pk]),
        columns=COLUMNS,
        name_of_row=_("Virksomhet"),
        outcomes=OUTCOMES,
        button=lambda plan: ngettext("Lagre {n} rad", "Lagre {n} rader", plan.to_write).format(
            n=format_number(plan.to_write)
        ),
        done=lambda n: ngettext("{n} rad er lagret.", "{n} rader er lagret.", n).format(n=format_number(n)),
        reason=_("Virksomheter fra fil"),
        may=lambda by: require(by, Permission.MANAGE_ORGANISATION),
        plan=lambda content, name, _columns: plan_units(content, name),
        write=lambda by, plan, _upload: write_units(by=by, plan=plan),
        upload_template="organisation/units_file.html",
    )


upload, preview, errors = import_views(lambda _request: unit_import())
