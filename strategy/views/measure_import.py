"""Measures from a spreadsheet: upload, see what it would do, confirm."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, require
from strategy.exports.measures import FailedRow, failed_rows_file, measure_template
from strategy.forms.measure_import import MeasureColumnsForm
from strategy.importers.confirming import can_match, headers_of, write_measures
from strategy.importers.measures import PlannedImport, plan_measures
from strategy.words.measure_columns import BY_NAME, REQUIRED
from strategy.words.part_columns import PART_SHEETS
from web.downloads import download
from web.http import invalid, render_page, see_other
from web.models import Upload
from web.register.file_import import FileImport, elsewhere, import_views
from web.register.file_upload import get_upload, gone_page
from web.register.plan import PlannedRow
from web.register.uploads import UploadGone, choose_columns, content_of
from web.sheets.cells import Moment
from web.sheets.errors import UnreadableFile


def measure_import() -> FileImport[PlannedImport]:
    """Measures, and on sheets beside them their milestones and indicators."""
    list_url = reverse("strategy:measures")
    return FileImport(
        kind="strategy.measures",
        title=_("Importer tiltak"),
        preview_title=_("Se over importen av tiltak"),
        lead=_(
            "Last opp et regneark med tiltak. Du ser over hver endring før noe lagres, og en feil stopper "
            "hele filen."
        ),
        note=_(
            "Nummeret avgjør hvilket tiltak en rad gjelder. Kolonner som ikke er med i filen, blir stående "
            "som de er. En tom celle tømmer feltet."
        ),
        file_label=_("Regneark med tiltak"),
        file_help=_("XLSX eller CSV, høyst 5 MB. Bruk malen, eller filen du har lastet ned fra listen."),
        empty_file=_("Filen er tom. Velg en fil med tiltak."),
        crumbs=[(_("Tiltak"), list_url)],
        back_url=list_url,
        here_url=reverse("strategy:import_measures"),
        template_url=reverse("strategy:measure_template"),
        template_note=_(
            "(XLSX) med nedtrekkslister, eller last ned tiltakene fra listen og rett i den filen."
        ),
        preview_url=lambda pk: reverse("strategy:import_measures_preview", args=[pk]),
        errors_url=lambda pk: reverse("strategy:import_measures_errors", args=[pk]),
        columns_url=lambda pk: reverse("strategy:import_measures_columns", args=[pk]),
        can_choose_columns=can_match,
        error_file=_error_file,
        name_of_row=_("Tiltak"),
        button=lambda plan: ngettext("Importer {n} rad", "Importer {n} rader", plan.to_write).format(
            n=plan.to_write
        ),
        done=lambda n: ngettext("{n} rad er importert.", "{n} rader er importert.", n).format(n=n),
        reason=_("Import av tiltak fra regneark"),
        may=lambda by: require(by, Permission.EDIT_STRATEGY),
        plan=plan_measures,
        write=lambda by, plan, _upload: write_measures(by=by, plan=plan),
        upload_template="strategy/measure_import.html",
        preview_template="strategy/measure_import_preview.html",
    )


def _error_file(plan: PlannedImport) -> bytes:
    parts = [(sheet, _failed(row for row in plan.parts if row.sheet is sheet)) for sheet in PART_SHEETS]
    return failed_rows_file(plan.columns, _failed(plan.measures), parts)


def _failed(rows: Iterable[PlannedRow]) -> list[FailedRow]:
    return [
        FailedRow(
            row.number,
            {name: value.text if isinstance(value, Moment) else value for name, value in row.source.items()},
            "\n".join(f"{header}: {sentence}" for header, sentence in row.errors),
        )
        for row in rows
        if row.errors
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def import_measures_columns(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the headings of the file mean: shown as recognised, chosen by hand where they are not."""
    about = measure_import()
    upload = get_upload(request, about, pk)
    if answer := elsewhere(request, about, upload):
        return answer
    try:
        headers, matched = headers_of(upload)
    except UnreadableFile:
        raise Http404 from None
    form = MeasureColumnsForm(headers=headers, matched=matched)
    if request.method == "POST":
        form = MeasureColumnsForm(request.POST, headers=headers, matched=matched)
        if form.is_valid() and _fits(upload, form):
            try:
                choose_columns(by=request.user, may=about.may, upload=upload, columns=form.columns)
            except UploadGone:
                return gone_page(request, about)
            return see_other(about.preview_url(pk))
    missing = [str(BY_NAME[name].header) for name in REQUIRED if name not in matched]
    context = {
        "page_title": _("Kolonnene i regnearket"),
        "upload": upload,
        "form": form,
        "missing": missing,
        "unused": [header for header in headers if header not in matched.values()],
    }
    answer_with = invalid if form.is_bound else render_page
    return answer_with(request, "strategy/measure_import_columns.html", context)


def _fits(upload: Upload, form: MeasureColumnsForm) -> bool:
    try:
        plan_measures(content_of(upload), upload.file_name, form.columns)
    except UnreadableFile as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_safe
def measure_template_file(request: AuthenticatedRequest) -> HttpResponse:
    return download(measure_template(), "tiltak-mal.xlsx")


import_measures, import_measures_preview, import_measures_errors = import_views(
    lambda _request: measure_import()
)
