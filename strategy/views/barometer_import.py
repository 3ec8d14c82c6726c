"""Importing figures to the klimabarometer: upload, see before and after, confirm. All or nothing."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest, Permission, require
from strategy.importers.barometer import BarometerPlan, plan_barometer, write_barometer
from strategy.words.barometer_columns import COLUMNS
from web.register.file_import import FileImport, import_views, upload_again


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_confirm(request: AuthenticatedRequest) -> HttpResponse:
    """Where previews were confirmed before they had addresses of their own."""
    return upload_again(request, value_import())


def value_import() -> FileImport[BarometerPlan]:
    """Figures of several indicators and periods."""
    barometer_url = reverse("strategy:barometer")
    return FileImport(
        kind="strategy.barometer",
        title=_("Importer tall til barometeret"),
        preview_title=_("Se over tallene"),
        lead=_(
            "Last ned malen, fyll inn tallene og last den opp. Du ser hva som blir endret før noe lagres."
        ),
        file_label=_("Fil med tall"),
        file_help=_("XLSX eller CSV, utfylt etter malen. Høyst 5 MB."),
        empty_file=_("Filen er tom. Last ned malen, fyll den ut og last den opp."),
        crumbs=[(_("Strategi"), reverse("strategy:index")), (_("Klimabarometer"), barometer_url)],
        back_url=barometer_url,
        here_url=reverse("strategy:barometer_import"),
        template_url=reverse("strategy:barometer_template", args=["xlsx"]),
        template_note=_("(XLSX) med de siste periodene. Rader uten tall og uten grunn endrer ingenting."),
        preview_url=lambda pk: reverse("strategy:barometer_preview", args=[pk]),
        errors_url=lambda pk: reverse("strategy:barometer_errors", args=[pk]),
        columns=COLUMNS,
        name_of_row=_("Indikator"),
        button=lambda plan: ngettext("Lagre {n} tall", "Lagre {n} tall", plan.to_write).format(
            n=plan.to_write
        ),
        done=lambda n: ngettext("{n} tall er lagret.", "{n} tall er lagret.", n).format(n=n),
        reason=_("Import til klimabarometeret"),
        may=lambda by: require(by, Permission.EDIT_STRATEGY),
        plan=lambda content, name, _columns: plan_barometer(content, name),
        write=lambda by, plan, _upload: write_barometer(by=by, plan=plan),
    )


barometer_import, barometer_preview, barometer_errors = import_views(lambda _request: value_import())
