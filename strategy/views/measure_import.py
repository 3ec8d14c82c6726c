"""Measures from a spreadsheet: upload, see what it would do, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest
from strategy.exports.measures import FailedRow, failed_rows_file, measure_template
from strategy.forms.measure_import import MeasureColumnsForm, MeasureUploadForm
from strategy.importers.confirming import (
    ImportChanged,
    UploadGone,
    can_match,
    confirm_measures,
    headers_of,
    keep_measures,
    match_columns,
    own_upload,
    upload_is_gone,
)
from strategy.importers.measures import PlannedImport, plan_measures
from strategy.importers.planned import PlannedRow
from strategy.models import MeasureUpload
from strategy.words.measure_columns import BY_NAME, REQUIRED
from strategy.words.part_columns import PART_SHEETS
from web.downloads import download
from web.http import invalid, render_page, see_other
from web.sheets.cells import Moment
from web.sheets.errors import UnreadableFile

PAGE_SIZE = 50
# The counters, worst first: what must be corrected stands on top.
SHOWN_FIRST = ("error", "changed", "new", "unchanged")


@require_http_methods(["GET", "HEAD", "POST"])
def import_measures(request: AuthenticatedRequest) -> HttpResponse:
    form = MeasureUploadForm()
    if request.method == "POST":
        form = MeasureUploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            step = "import_measures_preview"
            try:
                plan_measures(content, file.name)
            except UnreadableFile as refusal:
                step = "import_measures_columns"
                if not can_match(refusal):
                    form.add_error("file", str(refusal))
            if form.is_valid():
                upload = keep_measures(by=request.user, file_name=file.name, content=content)
                return see_other(reverse(f"strategy:{step}", args=[upload.pk]))
    context = {"page_title": _("Importer tiltak"), "form": form}
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_measures_preview(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    upload = _own(request, pk)
    if elsewhere := _elsewhere(request, upload):
        return elsewhere
    problem = ""
    if request.method == "POST":
        try:
            written = confirm_measures(
                by=request.user,
                upload_id=upload.pk,
                fingerprint=request.POST.get("fingerprint", ""),
            )
        except UploadGone:
            return _gone(request)
        except ImportChanged:
            problem = _(
                "Noe er endret i portalen siden forhåndsvisningen. Ingenting er importert. "
                "Se over det som står her nå, og bekreft igjen."
            )
        else:
            return _done(request, written)
    try:
        plan = _plan(upload)
    except UnreadableFile:
        return see_other(reverse("strategy:import_measures_columns", args=[upload.pk]))
    context = _context(request, upload, plan) | {"problem": problem}
    status = 409 if problem else 200
    return render_page(request, "strategy/measure_import_preview.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_measures_columns(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the headings of the file mean: shown as recognised, chosen by hand where they are not."""
    upload = _own(request, pk)
    if elsewhere := _elsewhere(request, upload):
        return elsewhere
    try:
        headers, matched = headers_of(upload)
    except UnreadableFile:
        raise Http404 from None
    form = MeasureColumnsForm(headers=headers, matched=matched)
    if request.method == "POST":
        form = MeasureColumnsForm(request.POST, headers=headers, matched=matched)
        if form.is_valid() and _fits(upload, form):
            try:
                match_columns(by=request.user, upload_id=pk, columns=form.columns)
            except UploadGone:
                return _gone(request)
            return see_other(reverse("strategy:import_measures_preview", args=[pk]))
    missing = [str(BY_NAME[name].header) for name in REQUIRED if name not in matched]
    context = {
        "page_title": _("Kolonnene i regnearket"),
        "upload": upload,
        "form": form,
        "missing": missing,
        "unused": [header for header in headers if header not in matched.values()],
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_import_columns.html", context)


def _fits(upload: MeasureUpload, form: MeasureColumnsForm) -> bool:
    try:
        plan_measures(bytes(upload.content), upload.file_name, form.columns)
    except UnreadableFile as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_safe
def import_measures_errors(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The rows that failed, each with why: to be corrected and uploaded again."""
    upload = _own(request, pk)
    if elsewhere := _elsewhere(request, upload):
        return elsewhere
    try:
        plan = _plan(upload)
    except UnreadableFile:
        raise Http404 from None
    failed = _failed(plan.rows)
    parts = [(sheet, _failed([row for row in plan.parts if row.sheet is sheet])) for sheet in PART_SHEETS]
    if not plan.count("error"):
        raise Http404
    return download(failed_rows_file(plan.columns, failed, parts), _("feilrader.xlsx"))


def _failed(rows: Sequence[PlannedRow]) -> list[FailedRow]:
    return [
        FailedRow(
            row.number,
            {name: value.text if isinstance(value, Moment) else value for name, value in row.source.items()},
            "\n".join(f"{header}: {sentence}" for header, sentence in row.errors),
        )
        for row in rows
        if row.errors
    ]


def _own(request: AuthenticatedRequest, pk: int) -> MeasureUpload:
    upload = own_upload(request.user, pk)
    if upload is None:
        raise Http404
    return upload


def _elsewhere(request: AuthenticatedRequest, upload: MeasureUpload) -> HttpResponse | None:
    """What answers for a file that is imported or too old."""
    if upload.written is not None:
        return _done(request, upload.written)
    return _gone(request) if upload_is_gone(upload) else None


def _plan(upload: MeasureUpload) -> PlannedImport:
    return plan_measures(bytes(upload.content), upload.file_name, upload.columns)


@require_safe
def measure_template_file(request: AuthenticatedRequest) -> HttpResponse:
    return download(measure_template(), "tiltak-mal.xlsx")


def _context(request: AuthenticatedRequest, upload: MeasureUpload, plan: PlannedImport) -> dict[str, Any]:
    counts = {outcome: plan.count(outcome) for outcome in ("new", "changed", "unchanged", "error")}
    shown = request.GET.get("vis", "")
    rows = [
        row for row in plan.all_rows if row.outcome == shown or (not shown and row.outcome != "unchanged")
    ]
    rows.sort(key=lambda row: SHOWN_FIRST.index(row.outcome))
    words = {
        "new": _("nye"),
        "changed": _("endres"),
        "unchanged": _("uendret"),
        "error": _("feil"),
    }
    return {
        "page_title": _("Se over importen av tiltak"),
        "upload": upload,
        "plan": plan,
        "counts": [(code, counts[code], word) for code, word in words.items()],
        "shown": shown if shown in words else "",
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("side")),
        "errors": counts["error"],
        "button": ngettext("Importer %(count)s rad", "Importer %(count)s rader", plan.to_write)
        % {"count": plan.to_write},
    }


def _done(request: AuthenticatedRequest, written: int) -> HttpResponse:
    sentence = ngettext("%(count)s rad er importert.", "%(count)s rader er importert.", written)
    messages.success(request, sentence % {"count": written})
    return see_other(reverse("strategy:measures"))


def _gone(request: AuthenticatedRequest) -> HttpResponse:
    context = {"page_title": _("Filen er ikke lenger her")}
    return render_page(request, "strategy/measure_import_gone.html", context, status=410)
