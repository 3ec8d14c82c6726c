"""Activities by workbook: the template, the upload, before beside after, and the confirmation."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.activity_uploads import is_too_old, keep_activity_upload
from emissions.actions.own_operations import ActivityRefused
from emissions.actions.uploads import DraftGone
from emissions.enums import MeasuredIn, MissingReason
from emissions.exports.activities import TemplateRow, activity_template
from emissions.forms.own_operations import ActivityUploadForm
from emissions.importers.activity_changes import (
    Comparison,
    Preview,
    PreviewMoved,
    confirm_activities,
    preview_activities,
)
from emissions.models import MEASURED_IN_LABELS, MISSING_LABELS, ActivityUpload
from emissions.queries.own_operations import activity_rows, activity_types, was_open
from emissions.rules import may_enter, may_enter_some
from emissions.views.access import check_year
from emissions.views.own_operations_grid import stored_text
from organisation.queries import responsible_choices
from organisation.rules import AuthenticatedRequest, Duties, duties
from web.concurrency import StaleFigures
from web.downloads import download
from web.formats import EN_DASH, format_number
from web.http import invalid, render_page, see_other
from web.sheets.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class ChangeLine:
    row: int
    unit: str
    activity: str
    year: int
    before: str
    after: str


def _held(request: AuthenticatedRequest) -> Duties:
    """Her duties; the pages do not exist for somebody without a unit to enter for."""
    held = duties(request.user)
    if not may_enter_some(held):
        raise Http404
    return held


@require_safe
def template(request: AuthenticatedRequest, year: int) -> HttpResponse:
    """The workbook of a year, with what is entered already in it."""
    held = _held(request)
    check_year(year)
    units = [unit for unit in responsible_choices() if may_enter(held, unit.pk) and was_open(unit, year)]
    rows = activity_rows()
    types = list(activity_types())
    used = {(row.activity.unit_id, row.activity.activity_type_id) for row in rows}
    standing = {
        (row.activity.unit_id, row.activity.activity_type_id): row.activity
        for row in rows
        if row.activity.year == year
    }
    lines: list[TemplateRow] = []
    for unit in units:
        for kind in types:
            # One unit's own workbook has every activity; Klima's would be too long to read.
            if len(units) > 1 and (unit.pk, kind.pk) not in used:
                continue
            own = standing.get((unit.pk, kind.pk))
            figure = own.quantity if own and own.quantity is not None else stored_text(own) or None
            measure = str(MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)])
            lines.append((unit.name, kind.name, measure, year, figure, own.note if own else ""))
    content = activity_template(
        lines,
        units=[unit.name for unit in units],
        activities=[kind.name for kind in types],
        reasons=[str(label) for label in MISSING_LABELS.values()],
    )
    return download(content, f"aktiviteter-{year}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """422 with the reader's own sentence for a workbook that cannot be read; otherwise on to the preview."""
    held = _held(request)
    form = ActivityUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ActivityUploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                preview_activities(content, file.name, held)
            except UnreadableFile as refused:
                form.add_error("file", str(refused))
            else:
                kept = keep_activity_upload(by=request.user, file_name=file.name, content=content)
                return see_other(reverse("emissions:own_preview", args=[kept.pk]))
    context = {
        "page_title": _("Last opp aktiviteter"),
        "form": form,
        "year": timezone.localdate().year - 1,
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/own_upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Before beside after; posted, it writes everything or nothing."""
    held = _held(request)
    kept = ActivityUpload.objects.filter(pk=pk, uploaded_by_id=request.user.pk).first()
    if kept is None:
        raise Http404
    if request.method == "POST":
        return _confirm(request, kept, held)
    if kept.confirmed_at:
        return see_other(reverse("emissions:own_operations"))
    if is_too_old(kept):
        return _gone(request)
    return _page(request, kept, preview_activities(bytes(kept.content), kept.file_name, held))


def _confirm(request: AuthenticatedRequest, kept: ActivityUpload, held: Duties) -> HttpResponse:
    try:
        _upload, changed = confirm_activities(
            by=request.user, upload_id=kept.pk, seen=request.POST.get("seen", "")
        )
    except DraftGone:
        return _gone(request)
    except (PreviewMoved, StaleFigures):
        found = preview_activities(bytes(kept.content), kept.file_name, held)
        text = _("Noen andre har endret noe av dette imens. Ingenting er lagret. Se over, og bekreft igjen.")
        return _page(request, kept, found, problem=text, status=409)
    except ActivityRefused as refused:
        found = preview_activities(bytes(kept.content), kept.file_name, held)
        return _page(request, kept, found, problem=str(refused), status=422)
    text = ngettext("%(n)d rad er lagret.", "%(n)d rader er lagret.", changed) % {"n": changed}
    messages.success(request, text if changed else _("Regnearket er allerede lagret. Ingenting er endret."))
    return see_other(reverse("emissions:own_operations"))


def _gone(request: AuthenticatedRequest) -> HttpResponse:
    context = {"page_title": _("Filen er ikke lenger her")}
    return render_page(request, "emissions/import_gone.html", context, status=410)


def _page(
    request: AuthenticatedRequest,
    kept: ActivityUpload,
    found: Preview,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": _("Se over aktivitetene"),
        "upload": kept,
        "lines": [_line(one) for one in found.changes],
        "unchanged": len(found.comparisons) - len(found.changes),
        "empty_rows": found.empty_rows,
        "problems": found.problems,
        "problem": problem,
        "seen": found.seen,
    }
    return render_page(request, "emissions/own_preview.html", context, status=status)


def _line(one: Comparison) -> ChangeLine:
    change = one.change
    measure = MEASURED_IN_LABELS[MeasuredIn(change.activity_type.measured_in)]
    reason = MISSING_LABELS[MissingReason(change.reason)] if change.reason else ""
    return ChangeLine(
        row=one.row,
        unit=change.unit.name,
        activity=f"{change.activity_type.name} ({measure})",
        year=change.year,
        before=stored_text(one.before) or EN_DASH,
        after=format_number(change.quantity) if change.quantity is not None else str(reason),
    )
