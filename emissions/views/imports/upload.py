"""Choosing the file. A small one is read at once, a large one by a job that says how far it has come."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.uploads import is_silent, keep_large_upload, keep_upload, read_again
from emissions.enums import DraftState
from emissions.forms.imports import ReadAgainForm, UploadForm
from emissions.importers.statistics import read_statistics
from emissions.models import ImportDraft
from emissions.views.imports.drafts import address, elsewhere, own_draft, steps
from organisation.rules import AuthenticatedRequest
from web.http import invalid, redirect_either_way, render_page, see_other
from web.names import own_municipality
from web.sheets.errors import UnreadableFile
from web.sheets.limits import STATISTICS

UPLOAD_PART = {"import-skjema": "form"}
READING_PART = {"lesing": "progress"}
# Larger than what is read while the user waits, but maybe not than what the job may read.
TOO_MUCH_FOR_A_REQUEST = frozenset({"too_many_rows", "unpacked", "cpu", "memory"})
UNRECOGNISED = frozenset({"wrong_columns", "duplicate_column"})
# With fewer headers than the columns that must be there, nothing can be matched.
FEWEST_HEADERS = 3
PIECE = 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """422 with the reader's own sentence for a file that cannot be read; otherwise on to the next step."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        draft = _kept(request, form) if form.is_valid() else None
        if draft:
            step = "columns" if draft.state == DraftState.KEPT else "reading"
            return redirect_either_way(request, address(draft, step))
    context = {"page_title": _("Importer klimaregnskap"), "form": form, "steps": steps(1)}
    status = 422 if form.is_bound else 200
    return render_page(request, "emissions/import.html", context, partials=UPLOAD_PART, status=status)


def _kept(request: AuthenticatedRequest, form: UploadForm) -> ImportDraft | None:
    """The upload kept for the next step; None with an error in the form for a file nobody could preview."""
    file = form.cleaned_data["file"]
    if file.size > STATISTICS.upload:
        return _kept_large(request, file)
    content = file.read()
    headers: tuple[str, ...] = ()
    try:
        read_statistics(content, file.name, municipality=None)
    except UnreadableFile as refusal:
        if refusal.code in TOO_MUCH_FOR_A_REQUEST:
            return _kept_large(request, file)
        headers = tuple(header for header in refusal.headers if header)
        if refusal.code not in UNRECOGNISED or len(headers) < FEWEST_HEADERS:
            form.add_error("file", str(refusal))
            return None
    return keep_upload(by=request.user, file_name=file.name, content=content, headers=headers)


def _kept_large(request: AuthenticatedRequest, file: UploadedFile) -> ImportDraft:
    file.seek(0)
    return keep_large_upload(
        by=request.user,
        file_name=file.name or "",
        pieces=file.chunks(PIECE),
        municipality=own_municipality(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far the reading of a large file is; a post has it read again, for the municipality given."""
    draft = own_draft(request, pk)
    if draft.state == DraftState.KEPT and not (draft.edition_id or draft.undone_id):
        return see_other(address(draft, "preview"))
    other_place = elsewhere(request, draft, read=False)
    if other_place:
        return other_place
    form = ReadAgainForm(request.POST or None, initial={"kommune": draft.municipality})
    if request.method == "POST" and form.is_valid():
        read_again(by=request.user, draft_id=pk, municipality=form.cleaned_data["kommune"])
        return redirect_either_way(request, address(draft, "reading"))
    silent = is_silent(draft)
    failed = silent or draft.state == DraftState.FAILED
    context = {
        "page_title": _("Leser filen"),
        "draft": draft,
        "form": form,
        "steps": steps(2, draft),
        "failed": failed,
        "done": draft.state == DraftState.READ,
        "may_match": failed and len(draft.headers) >= FEWEST_HEADERS,
        "percent": draft.percent if draft.state == DraftState.READING else None,
        "text": _text(draft, silent),
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/import_reading.html", context, partials=READING_PART)


def _text(draft: ImportDraft, silent: bool) -> str:
    """What happens now, in a sentence."""
    if silent:
        return _("Lesingen har stanset. Les filen på nytt, og meld fra hvis det skjer igjen.")
    sentences = {
        DraftState.QUEUED: _("Filen er lastet opp og venter på tur."),
        DraftState.READING: _("{percent} prosent er lest."),
        DraftState.READ: _("Filen er lest. Ingenting er importert ennå."),
        DraftState.FAILED: draft.problem,
    }
    return sentences[DraftState(draft.state)].format(percent=draft.percent)
