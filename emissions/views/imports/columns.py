"""Matching the file's columns: shown as recognised, or matched by hand where they are not."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.uploads import match_columns
from emissions.enums import ReadingState
from emissions.forms.imports import COLUMN_LABELS, REQUIRED_COLUMNS, ColumnsForm
from emissions.importers.editions import upload_statistics
from emissions.importers.results import Statistics
from emissions.models import UploadReading
from emissions.views.imports.steps import address, elsewhere, of_own_file, step_page
from organisation.rules import AuthenticatedRequest
from web.form_page import FormPage, run_form
from web.http import see_other
from web.refusals import Refused
from web.sheets.errors import UnreadableFile


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_file
def columns(request: AuthenticatedRequest, reading: UploadReading) -> HttpResponse:
    """422 for columns with which the file cannot be read; otherwise the choice is kept and leads on."""
    upload = reading.upload
    if other_place := elsewhere(request, reading, read=reading.state != ReadingState.FAILED):
        return other_place
    statistics = _recognised(reading)
    headers = statistics.headers if statistics else tuple(reading.headers)
    matched = upload.columns or (statistics.columns if statistics else {})
    # In these the year, the sector or both are not in a column of their own, and nothing is to be chosen.
    by_shape = statistics is not None and not all(meaning in matched for meaning in REQUIRED_COLUMNS)
    if by_shape and request.method == "POST":
        return see_other(address(upload, "preview"))
    title = _("Kolonnene i filen")
    page = FormPage(
        title=title,
        back_url=reverse("emissions:import"),
        done="",
        template="emissions/import_columns.html",
        context={
            **step_page(upload, 2, title),
            "statistics": statistics,
            "by_shape": by_shape,
            "recognised": [(COLUMN_LABELS[meaning], header) for meaning, header in matched.items()],
            "unused": [header for header in headers if header and header not in matched.values()],
            "missing": [
                str(COLUMN_LABELS[meaning]) for meaning in REQUIRED_COLUMNS if meaning not in matched
            ],
        },
    )

    def make(data: QueryDict | None) -> ColumnsForm:
        return ColumnsForm(data, headers=headers, matched=matched)

    def save(form: ColumnsForm) -> str:
        _refuse_unreadable(reading, form)
        match_columns(by=request.user, upload=upload, columns=form.columns)
        return address(upload, "preview")

    return run_form(request, page, make, save)


def _recognised(reading: UploadReading) -> Statistics | None:
    """What the file says with the columns chosen so far; None where they are not understood."""
    try:
        return upload_statistics(reading, None)
    except UnreadableFile:
        return None


def _refuse_unreadable(reading: UploadReading, form: ColumnsForm) -> None:
    """A small file is tried with the columns chosen; a large one is read by the job. Raises Refused."""
    if reading.state != ReadingState.KEPT:
        return
    reading.upload.columns = form.columns
    try:
        upload_statistics(reading, None)
    except UnreadableFile as refusal:
        raise Refused(str(refusal)) from None
