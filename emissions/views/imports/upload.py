"""Choosing the file. A small one is read at once, a large one by a job that says how far it has come."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.uploads import is_silent, keep_large_statistics, keep_statistics, read_again
from emissions.enums import ReadingState
from emissions.forms.imports import ReadAgainForm
from emissions.importers.statistics import read_statistics
from emissions.models import UploadReading
from emissions.views.imports.steps import address, elsewhere, of_own_file, statistics_file, step_page
from organisation.rules import AuthenticatedRequest
from web.http import invalid, redirect_either_way, render_page, see_other
from web.names import own_municipality
from web.register.file_upload import choose_file
from web.sheets.errors import UnreadableFile
from web.sheets.limits import STATISTICS

READING_PART = {"lesing": "progress"}
# Larger than what is read while the user waits, but maybe not than what the job may read.
TOO_MUCH_FOR_A_REQUEST = frozenset({"too_many_rows", "unpacked", "cpu", "memory"})
UNRECOGNISED = frozenset({"wrong_columns", "duplicate_column"})
# With fewer headers than the columns that must be there, nothing can be matched.
FEWEST_HEADERS = 3
PIECE = 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest) -> HttpResponse:
    return choose_file(request, statistics_file(), lambda file: _kept(request, file))


def _kept(request: AuthenticatedRequest, file: UploadedFile) -> str:
    """Keeps the upload, and says which step is next. Raises UnreadableFile for what nobody could preview."""
    name = file.name or ""
    if (file.size or 0) > STATISTICS.upload:
        return _kept_large(request, file)
    content = file.read()
    headers: tuple[str, ...] = ()
    try:
        read_statistics(content, name, municipality=None)
    except UnreadableFile as refusal:
        if refusal.code in TOO_MUCH_FOR_A_REQUEST:
            return _kept_large(request, file)
        headers = tuple(header for header in refusal.headers if header)
        if refusal.code not in UNRECOGNISED or len(headers) < FEWEST_HEADERS:
            raise
    reading = keep_statistics(by=request.user, file_name=name, content=content, headers=headers)
    return address(reading.upload, "columns")


def _kept_large(request: AuthenticatedRequest, file: UploadedFile) -> str:
    file.seek(0)
    reading = keep_large_statistics(
        by=request.user,
        file_name=file.name or "",
        pieces=file.chunks(PIECE),
        municipality=own_municipality(),
    )
    return address(reading.upload, "reading")


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_file
def reading(request: AuthenticatedRequest, reading: UploadReading) -> HttpResponse:
    """How far the reading of a large file is; a post has it read again, for the municipality given."""
    upload, state = reading.upload, ReadingState(reading.state)
    if other_place := elsewhere(request, reading, read=False):
        return other_place
    if state == ReadingState.KEPT:
        return see_other(address(upload, "preview"))
    form = ReadAgainForm(request.POST or None, initial={"kommune": reading.municipality})
    if request.method == "POST" and form.is_valid():
        read_again(by=request.user, upload=upload, municipality=form.cleaned_data["kommune"])
        return redirect_either_way(request, address(upload, "reading"))
    silent = is_silent(reading)
    failed = silent or state == ReadingState.FAILED
    context = {
        **step_page(upload, 2, _("Leser filen")),
        "municipality": reading.municipality,
        "form": form,
        "failed": failed,
        "done": state == ReadingState.READ,
        "may_match": failed and len(reading.headers) >= FEWEST_HEADERS,
        "percent": reading.percent if state == ReadingState.READING else None,
        "text": _text(reading, silent),
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/import_reading.html", context, partials=READING_PART)


def _text(reading: UploadReading, silent: bool) -> str:
    """What happens now, in a sentence."""
    if silent:
        return _("Lesingen har stanset. Les filen på nytt, og meld fra hvis det skjer igjen.")
    sentences = {
        ReadingState.QUEUED: _("Filen er lastet opp og venter på tur."),
        ReadingState.READING: _("{percent} prosent er lest."),
        ReadingState.READ: _("Filen er lest. Ingenting er importert ennå."),
        ReadingState.FAILED: reading.problem,
    }
    return sentences[ReadingState(reading.state)].format(percent=reading.percent)
