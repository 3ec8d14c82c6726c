"""Importing a file: upload it, see what it says, confirm. Nothing becomes an edition before that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from climate_portal.web.formats import format_date, format_number
from climate_portal.web.http import invalid, redirect_either_way, render_page, see_other, wants_part
from emissions.actions import DraftGone, RefusedEdition, is_gone, keep_upload
from emissions.enums import Scope
from emissions.forms import DetailsForm, UploadForm
from emissions.importers import Statistics, UnreadableFile, read_statistics
from emissions.importers.editions import confirm_upload
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS, Edition, ImportDraft
from emissions.queries import accounts, edition_from_file, edition_in_force
from emissions.views import wording

UPLOAD_PART = {"import-skjema": "form"}
PREVIEW_PART = {"forhandsvisning": "preview"}


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """422 with the reader's own sentence for a file that cannot be read; otherwise on to the preview."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        draft = _kept(request, form) if form.is_valid() else None
        if draft:
            return redirect_either_way(request, reverse("emissions:import_preview", args=[draft.pk]))
    context = {"page_title": _("Importer klimaregnskap"), "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "emissions/import.html", context, partials=UPLOAD_PART, status=status)


def _kept(request: HttpRequest, form: UploadForm) -> ImportDraft | None:
    """The upload kept for the preview; None with an error in the form for a file nobody could preview."""
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        read_statistics(content, file.name, municipality=None)
    except UnreadableFile as refusal:
        form.add_error("file", str(refusal))
        return None
    return keep_upload(by=request.user, file_name=file.name, content=content)  # type: ignore[arg-type]


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _own_draft(request, pk)
    if draft.edition_id:
        return see_other(reverse("emissions:edition", args=[draft.edition_id]))
    if is_gone(draft):
        return _gone(request)
    statistics, refusal = _read(draft, request.GET.get("kommune", ""))
    data = request.GET if request.GET else None
    form = DetailsForm(
        data,
        municipalities=statistics.municipalities,
        initial={"scope": SCOPE_SLUGS[Scope.COMMUNITY_DIRECT], "municipality": statistics.municipality or ""},
    )
    if form.is_bound and refusal and "municipality" not in form.errors:
        form.add_error("municipality", refusal)
    # A part is asked for while the form is being filled in: what is missing is told, not refused.
    wrong = form.is_bound and not form.is_valid() and not wants_part(request)
    return _preview_page(request, draft, statistics, form, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent twice, it leads to the same edition. A GET, as after logging in again, is the preview."""
    if request.method != "POST":
        return see_other(reverse("emissions:import_preview", args=[pk]))
    draft = _own_draft(request, pk)
    if draft.edition:
        return _done(request, draft.edition, unchanged=draft.edition.imported_at < draft.uploaded_at)
    form, refused = DetailsForm(request.POST), ""
    if form.is_valid():
        try:
            done = confirm_upload(by=request.user, draft_id=pk, **form.cleaned_data)  # type: ignore[arg-type]
        except DraftGone:
            return _gone(request)
        except (UnreadableFile, RefusedEdition) as refusal:
            refused = str(refusal)
        else:
            return _done(request, done.edition, unchanged=done.unchanged)
    if is_gone(draft):
        return _gone(request)
    statistics, _refusal = _read(draft, request.POST.get("kommune", ""))
    form = DetailsForm(request.POST, municipalities=statistics.municipalities)
    if form.is_valid():
        form.add_error(None, refused)
    return _preview_page(request, draft, statistics, form, status=422)


def _done(request: HttpRequest, edition: Edition, *, unchanged: bool) -> HttpResponse:
    messages.success(request, _receipt(edition, unchanged=unchanged))
    return redirect_either_way(request, accounts_url(edition))


def accounts_url(edition: Edition) -> str:
    """The page that shows an edition's account, beside our own where it is another municipality's."""
    own = edition.municipality.name == settings.MUNICIPALITY
    query = {} if own else {"kommune": edition.municipality.name}
    return f"{reverse('emissions:index')}?{urlencode(query | {'grense': SCOPE_SLUGS[Scope(edition.scope)]})}"


def _receipt(edition: Edition, *, unchanged: bool) -> str:
    details = {
        "municipality": edition.municipality.name,
        "publisher": edition.publisher,
        "date": format_date(edition.published),
        "used": format_number(edition.rows_used),
        "read": format_number(edition.rows_read),
    }
    if unchanged:
        return _(
            "Filen var alt importert som utgaven for {municipality} fra {publisher}, publisert {date}. "
            "Ingenting er endret."
        ).format(**details)
    return _(
        "Klimaregnskapet for {municipality} er importert: {used} av {read} rader, utgitt av {publisher}, "
        "publisert {date}."
    ).format(**details)


def _own_draft(request: HttpRequest, pk: int) -> ImportDraft:
    """The user's own upload; somebody else's does not exist for her."""
    try:
        return ImportDraft.objects.select_related("edition__municipality").get(
            pk=pk,
            uploaded_by_id=request.user.pk,
        )
    except ImportDraft.DoesNotExist:
        raise Http404 from None


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"page_title": _("Filen er ikke lenger her")}
    if wants_part(request):
        return redirect_either_way(request, request.path)
    return render_page(request, "emissions/import_gone.html", context, status=410)


def _read(draft: ImportDraft, municipality: str) -> tuple[Statistics, str]:
    """What the file says of the municipality asked for, and why not, where it says nothing of it."""
    content = bytes(draft.content)
    wanted = municipality.strip() or None
    try:
        return read_statistics(content, draft.file_name, municipality=wanted), ""
    except UnreadableFile as refusal:
        # It was readable as a whole when it was uploaded.
        return read_statistics(content, draft.file_name, municipality=None), str(refusal)


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
            YearLine(year, format_number(statistics.years.get(year), 0), wording.amount_text(there.get(year)))
            for year in sorted({*statistics.years, *there})
        )
        if statistics.years
        else (),
        is_own=municipality.casefold() == settings.MUNICIPALITY.casefold(),
        is_older=bool(in_force and published and published < in_force.published),
    )


def _preview_page(
    request: HttpRequest, draft: ImportDraft, statistics: Statistics, form: DetailsForm, *, status: int
) -> HttpResponse:
    ready = form.is_bound and form.is_valid()
    prospect = _prospect(statistics, form)
    context = {
        "page_title": _("Se over importen"),
        "draft": draft,
        "statistics": statistics,
        "form": form,
        "ready": ready,
        "confirmed_fields": [(field.html_name, field.value()) for field in form] if form.is_bound else [],
        "own_name": settings.MUNICIPALITY,
        "prospect": prospect,
        "scope_label": SCOPE_LABELS[prospect.scope] if prospect.scope else "",
    }
    answer = invalid if status == 422 else render_page
    return answer(request, "emissions/import_preview.html", context, partials=PREVIEW_PART, status=status)
