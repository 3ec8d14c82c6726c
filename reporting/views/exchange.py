"""Statuses out of the portal and into it: the page of a period, the files, the import."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.enums import Place, UploadKind
from reporting.exports.statuses import FORMATS, sheet_column, statuses_file
from reporting.importers.statuses import KEYS, StatusPlan, StatusRow, confirm_statuses, plan_statuses
from reporting.importers.uploads import ImportChanged, UploadGone, upload_is_gone
from reporting.models import Period
from reporting.queries.exchange import exported_statuses
from reporting.queries.reports import reports_in
from reporting.views.period_files import (
    CHANGED,
    FileImport,
    get_period,
    get_upload,
    gone,
    preview_context,
    upload_page,
)
from reporting.words.exchange import STATUS_COLUMNS
from web.downloads import download, sheets_download
from web.http import render_page, see_other
from web.sheets.errors import UnreadableFile
from web.sheets.writing import Column, Sheet


@require_safe
def exchange(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Where statuses of a period go out and come in, and what has come."""
    period = get_period(code)
    reports = reports_in([period])
    held = duties(request.user)
    context = {
        "page_title": _("Statuser ut og inn, {period}").format(period=period),
        "period": period,
        "elsewhere": [report for report in reports if report.place == Place.THERE],
        "imports": period.status_imports.select_related("by").order_by("-at", "-pk"),
        "may_import": Permission.EXCHANGE_STATUSES in held.permissions,
    }
    return render_page(request, "reporting/exchange.html", context)


@require_safe
def export(request: AuthenticatedRequest, code: str, file_format: str) -> HttpResponse:
    """The statuses leaders have approved; `alle=ja` is everything."""
    period = get_period(code)
    if file_format not in FORMATS:
        raise Http404
    everything = request.GET.get("alle") == "ja"
    content = statuses_file(period, exported_statuses(period, everything=everything), file_format)
    return download(content, f"klimastatuser-{period.code.lower()}.{file_format}")


@require_http_methods(["GET", "HEAD", "POST"])
def import_statuses(request: AuthenticatedRequest, code: str) -> HttpResponse:
    period = get_period(code)
    return upload_page(
        request, period, _about(period), lambda content, name: plan_statuses(period, content, name)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """What the file would do, before → after; confirming writes all of it or nothing."""
    period = get_period(code)
    upload = get_upload(request, period, UploadKind.STATUSES, pk)
    about = _about(period)
    if upload.written is not None:
        return _done(request, about, upload.written)
    if upload_is_gone(upload):
        return gone(request, about)
    problem = ""
    if request.method == "POST":
        fingerprint = request.POST.get("fingerprint", "")
        try:
            written = confirm_statuses(by=request.user, upload_id=upload.pk, fingerprint=fingerprint)
        except UploadGone:
            return gone(request, about)
        except ImportChanged:
            problem = str(CHANGED)
        except UnreadableFile as closed:
            return _refused(request, about, closed)
        else:
            return _done(request, about, written)
    try:
        plan = plan_statuses(period, bytes(upload.content), upload.file_name)
    except UnreadableFile as closed:
        return _refused(request, about, closed)
    words = {"error": _("feil"), "changed": _("endres"), "unchanged": _("uendret")}
    context = {
        "page_title": _("Se over importen av statuser"),
        "period": period,
        "about": about,
        "plan": plan,
        "problem": problem,
        "errors_url": reverse("reporting:import_errors", args=[code, pk]),
        "button": ngettext("Importer {n} status", "Importer {n} statuser", plan.to_write).format(
            n=plan.to_write
        ),
        **preview_context(request, upload, plan.rows, words),
    }
    return render_page(request, "reporting/status_preview.html", context, status=409 if problem else 200)


@require_safe
def errors(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """The rows that have something wrong, with what it is, to mend and send again."""
    period = get_period(code)
    upload = get_upload(request, period, UploadKind.STATUSES, pk)
    try:
        plan = plan_statuses(period, bytes(upload.content), upload.file_name)
    except UnreadableFile as closed:
        return _refused(request, _about(period), closed)
    return sheets_download([_errors_sheet(plan)], f"feilrader-{period.code.lower()}", "xlsx")


def _errors_sheet(plan: StatusPlan) -> Sheet:
    read = [column for column in STATUS_COLUMNS if column.read]
    return Sheet(
        name=_("Feilrader"),
        columns=[Column(_("Rad i filen"), "integer"), Column(_("Feil")), *map(sheet_column, read)],
        rows=[_error_row(row, [column.name for column in read]) for row in plan.rows if row.errors],
    )


def _error_row(row: StatusRow, names: Sequence[str]) -> list[object]:
    said = {**row.fields, **dict(zip(KEYS, row.key, strict=True))}
    sentences = " ".join(f"{header}: {sentence}" for header, sentence in row.errors)
    values = [said.get(name) for name in names]
    return [row.number, sentences, *[None if value == "" else value for value in values]]


def _about(period: Period) -> FileImport:
    return FileImport(
        kind=UploadKind.STATUSES,
        title=_("Importer statuser"),
        lead=_(
            "Last opp statusene til virksomhetene som svarer i virksomhetsstyringssystemet. "
            "Du ser over hver endring før noe lagres, og en feil stopper hele filen."
        ),
        here_url=reverse("reporting:import_statuses", args=[period.code]),
        back_url=reverse("reporting:exchange", args=[period.code]),
        back_title=_("Statuser ut og inn"),
        template_url=f"{reverse('reporting:export_statuses', args=[period.code, 'xlsx'])}?alle=ja",
        preview_url=lambda pk: reverse("reporting:import_preview", args=[period.code, pk]),
    )


def _refused(request: AuthenticatedRequest, about: FileImport, refusal: UnreadableFile) -> HttpResponse:
    """The period has closed since the file was chosen, or the file is written already."""
    messages.error(request, str(refusal))
    return see_other(about.back_url)


def _done(request: AuthenticatedRequest, about: FileImport, written: int) -> HttpResponse:
    sentence = ngettext("{n} status er importert.", "{n} statuser er importert.", written)
    messages.success(request, sentence.format(n=written))
    return see_other(about.back_url)
