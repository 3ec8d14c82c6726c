"""Measures from a spreadsheet: upload, see what it would do, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from climate_portal.web.http import invalid, render_page, see_other
from emissions.importers import UnreadableFile
from strategy import importers
from strategy.exports import FORMATS, measure_template
from strategy.forms import MeasureUploadForm
from strategy.importers import MeasurePlan
from strategy.models import MeasureUpload

PAGE_SIZE = 50
# The counters, worst first: what must be mended stands on top.
SHOWN_FIRST = ("error", "changed", "new", "unchanged")


@require_http_methods(["GET", "HEAD", "POST"])
def import_measures(request: HttpRequest) -> HttpResponse:
    form = MeasureUploadForm()
    if request.method == "POST":
        form = MeasureUploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                importers.plan_measures(content, file.name)
            except UnreadableFile as refusal:
                form.add_error("file", str(refusal))
            else:
                upload = importers.keep_measures(by=request.user, file_name=file.name, content=content)  # type: ignore[arg-type]
                return see_other(reverse("strategy:import_measures_preview", args=[upload.pk]))
    context = {"page_title": _("Importer tiltak"), "form": form}
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_measures_preview(request: HttpRequest, pk: int) -> HttpResponse:
    upload = importers.own_upload(request.user, pk)  # type: ignore[arg-type]
    if upload is None:
        raise Http404
    if upload.written is not None:
        return _done(request, upload.written)
    if importers.upload_is_gone(upload):
        return _gone(request)
    problem = ""
    if request.method == "POST":
        try:
            written = importers.confirm_measures(
                by=request.user,  # type: ignore[arg-type]
                upload_id=upload.pk,
                fingerprint=request.POST.get("fingerprint", ""),
            )
        except importers.UploadGone:
            return _gone(request)
        except importers.ImportChanged:
            problem = _(
                "Noe er endret i portalen siden forhåndsvisningen. Ingenting er importert. "
                "Se over det som står her nå, og bekreft igjen."
            )
        else:
            return _done(request, written)
    plan = importers.plan_measures(bytes(upload.content), upload.file_name)
    context = _context(request, upload, plan) | {"problem": problem}
    status = 409 if problem else 200
    return render_page(request, "strategy/measure_import_preview.html", context, status=status)


@require_safe
def measure_template_file(request: HttpRequest) -> HttpResponse:
    disposition = content_disposition_header(True, "tiltak-mal.xlsx") or ""
    headers = {"Content-Disposition": disposition}
    return HttpResponse(measure_template(), content_type=FORMATS["xlsx"], headers=headers)


def _context(request: HttpRequest, upload: MeasureUpload, plan: MeasurePlan) -> dict[str, Any]:
    counts = {outcome: plan.count(outcome) for outcome in ("new", "changed", "unchanged", "error")}
    shown = request.GET.get("vis", "")
    rows = [row for row in plan.rows if row.outcome == shown or (not shown and row.outcome != "unchanged")]
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


def _done(request: HttpRequest, written: int) -> HttpResponse:
    sentence = ngettext("%(count)s tiltak er importert.", "%(count)s tiltak er importert.", written)
    messages.success(request, sentence % {"count": written})
    return see_other(reverse("strategy:measures"))


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"page_title": _("Filen er ikke lenger her")}
    return render_page(request, "strategy/measure_import_gone.html", context, status=410)
