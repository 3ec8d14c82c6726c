"""Seeing what a file says and would change, and confirming it. Nothing becomes an edition before that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.enums import ReadingState, Scope
from emissions.forms.imports import DetailsForm, ReadAgainForm
from emissions.importers.editions import confirm_statistics, upload_statistics
from emissions.importers.results import Statistics
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS, Edition, UploadReading
from emissions.queries.accounts import accounts
from emissions.queries.editions import edition_from_file, edition_in_force, unseen_labels
from emissions.views.imports.steps import address, elsewhere, of_own_file, step_page
from emissions.words.accounts import amount_text
from organisation.rules import AuthenticatedRequest
from web.formats import format_number
from web.http import invalid, redirect_either_way, render_page, see_other, wants_part
from web.names import own_municipality
from web.refusals import Refused
from web.sheets.errors import UnreadableFile

PREVIEW_PART = {"forhandsvisning": "preview"}
APPROVAL = "navn_godkjent"


@require_safe
@of_own_file
def preview(request: AuthenticatedRequest, reading: UploadReading) -> HttpResponse:
    if other_place := elsewhere(request, reading):
        return other_place
    try:
        statistics, refusal = _read(reading, request.GET.get("kommune", ""))
    except UnreadableFile:
        # Its columns are not matched yet.
        return redirect_either_way(request, address(reading.upload, "columns"))
    data = request.GET if request.GET else None
    form = DetailsForm(
        data,
        municipalities=_choices(reading, statistics),
        initial={"scope": SCOPE_SLUGS[Scope.COMMUNITY_DIRECT], "municipality": statistics.municipality or ""},
    )
    if form.is_bound and refusal and (_is_large(reading) or "municipality" not in form.errors):
        # A large file may well have the municipality; it was read for another.
        form.errors.pop("municipality", None)
        form.add_error("municipality", refusal)
    # A part is asked for while the form is being filled in: what is missing is told, not refused. The button
    # asks for the whole page, where each error stands at its field and the summary gets the focus.
    wrong = form.is_bound and not form.is_valid() and not wants_part(request)
    return _preview_page(request, reading, statistics, form, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_file
def confirm(request: AuthenticatedRequest, reading: UploadReading) -> HttpResponse:
    """Sent twice, it leads to the same edition. A GET, as after logging in again, is the preview."""
    upload = reading.upload
    if request.method != "POST":
        return see_other(address(upload, "preview"))
    if other_place := elsewhere(request, reading):
        return other_place
    form, refused, unapproved = DetailsForm(request.POST), "", ""
    if form.is_valid():
        try:
            confirm_statistics(
                by=request.user,
                upload=upload,
                labels_approved=bool(request.POST.get(APPROVAL)),
                **form.cleaned_data,
            )
        except Refused as refusal:
            if refusal.reasons[0].field == "labels_approved":
                unapproved = str(refusal)
            else:
                refused = str(refusal)
        except UnreadableFile as refusal:
            refused = str(refusal)
        else:
            return redirect_either_way(request, address(upload, "receipt"))
    statistics, _refusal = _read(reading, request.POST.get("kommune", ""))
    form = DetailsForm(request.POST, municipalities=_choices(reading, statistics))
    if form.is_valid() and refused:
        form.add_error(None, refused)
    return _preview_page(request, reading, statistics, form, status=422, unapproved=unapproved)


def _is_large(reading: UploadReading) -> bool:
    """Whether what is shown is what a job has read, for one municipality."""
    return reading.state == ReadingState.READ


def _choices(reading: UploadReading, statistics: Statistics) -> tuple[str, ...]:
    """The municipalities to choose among; a large file was read for one of those in it."""
    if _is_large(reading) and statistics.municipalities and statistics.municipality:
        return (statistics.municipality,)
    return statistics.municipalities


def _read(reading: UploadReading, municipality: str) -> tuple[Statistics, str]:
    """What the file says of the municipality asked for, and why not, where it says nothing of it."""
    wanted = municipality.strip() or None
    try:
        return upload_statistics(reading, wanted), ""
    except UnreadableFile as refusal:
        # It was readable as a whole when its columns were matched.
        return upload_statistics(reading, None), str(refusal)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year's sum in the file, and in the edition it would stand beside or replace."""

    year: int
    tonnes: str
    in_force: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """What importing would do, given what is filled in so far."""

    municipality: str
    scope: Scope | None
    same_file: Edition | None
    in_force: Edition | None
    years: tuple[YearLine, ...]
    is_own: bool
    is_older: bool


def _prospect(statistics: Statistics, form: DetailsForm) -> Prospect:
    chosen: dict[str, Any] = getattr(form, "cleaned_data", {})
    municipality = chosen.get("municipality") or statistics.municipality or ""
    scope: Scope | None = chosen.get("scope") if form.is_bound else Scope.COMMUNITY_DIRECT
    published: date | None = chosen.get("published")
    in_force = edition_in_force(municipality, scope) if municipality and scope else None
    there = accounts([in_force])[0].total_by_year() if in_force else {}
    return Prospect(
        municipality=municipality,
        scope=scope,
        same_file=edition_from_file(municipality, scope, statistics.sha256)
        if municipality and scope
        else None,
        in_force=in_force,
        years=tuple(
            YearLine(year, format_number(statistics.years.get(year), 0), amount_text(there.get(year)))
            for year in sorted({*statistics.years, *there})
        )
        if statistics.years
        else (),
        is_own=municipality.casefold() == own_municipality().casefold(),
        is_older=bool(in_force and published and published < in_force.published),
    )


def _preview_page(
    request: AuthenticatedRequest,
    reading: UploadReading,
    statistics: Statistics,
    form: DetailsForm,
    *,
    status: int,
    unapproved: str = "",
) -> HttpResponse:
    ready = form.is_bound and form.is_valid()
    prospect = _prospect(statistics, form)
    context = {
        **step_page(reading.upload, 3, _("Se over importen")),
        "statistics": statistics,
        "form": form,
        "ready": ready,
        "action_url": address(reading.upload, "confirm"),
        "hidden": [(field.html_name, field.value()) for field in form] if form.is_bound else [],
        "button": _("Importer {rows} rader").format(rows=format_number(statistics.rows_used)),
        "own_name": own_municipality(),
        "prospect": prospect,
        "scope_label": SCOPE_LABELS[prospect.scope] if prospect.scope else "",
        "new_labels": _new_labels(statistics),
        "approval": APPROVAL,
        "unapproved": unapproved,
        "read_again": _read_again(reading, statistics),
    }
    answer = invalid if status == 422 else render_page
    return answer(request, "emissions/import_preview.html", context, partials=PREVIEW_PART, status=status)


def _read_again(reading: UploadReading, statistics: Statistics) -> ReadAgainForm | None:
    """The choice of another municipality of a large file; a small one is chosen in the form itself."""
    if not _is_large(reading) or len(statistics.municipalities) < 2:
        return None
    chosen = {"kommune": statistics.municipality}
    return ReadAgainForm(municipalities=statistics.municipalities, initial=chosen)


def _new_labels(statistics: Statistics) -> list[str]:
    """The sectors and sources to approve: neither the publisher nor an earlier edition has used them."""
    return [
        _("Sektor: {name}").format(name=sector)
        if source is None
        else _("Utslippskilde i {sector}: {name}").format(sector=sector, name=source)
        for sector, source in unseen_labels(statistics.new_labels)
    ]
