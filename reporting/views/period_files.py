"""What the pages of a period have in common: the period, and for imports the upload and the rows to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.rules import AuthenticatedRequest
from reporting.enums import UploadKind
from reporting.forms.uploads import PeriodFileForm
from reporting.importers.uploads import keep_upload, own_upload
from reporting.models import ExchangeUpload, Period
from reporting.queries.reports import period_by_code
from web.http import invalid, render_page, see_other
from web.sheets.errors import UnreadableFile

PAGE_SIZE = 50
CHANGED = gettext_lazy(
    "Noe er endret i portalen siden forhåndsvisningen. Ingenting er importert. "
    "Se over det som står her nå, og bekreft igjen."
)


@dataclass(frozen=True, slots=True)
class FileImport:
    """One kind of import: where it is done and what it is called. `preview_url` takes the upload's id."""

    kind: UploadKind
    title: str
    lead: str
    here_url: str
    back_url: str
    back_title: str
    template_url: str
    preview_url: Callable[[int], str]


def get_period(code: str) -> Period:
    """The period of an address. Raises Http404."""
    found = period_by_code(code)
    if found is None:
        raise Http404
    return found


def upload_page(
    request: AuthenticatedRequest,
    period: Period,
    about: FileImport,
    try_out: Callable[[bytes, str], object],
) -> HttpResponse:
    """Choose a file; a readable one is kept, and leads to its preview."""
    form = PeriodFileForm()
    if request.method == "POST":
        form = PeriodFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                try_out(content, file.name)
            except UnreadableFile as refusal:
                form.add_error("file", str(refusal))
            else:
                upload = keep_upload(
                    by=request.user,
                    period=period,
                    kind=about.kind,
                    file_name=file.name,
                    content=content,
                )
                return see_other(about.preview_url(upload.pk))
    context = {"page_title": about.title, "period": period, "about": about, "form": form}
    answer = invalid if form.is_bound else render_page
    return answer(request, "reporting/file_import.html", context)


def get_upload(request: AuthenticatedRequest, period: Period, kind: UploadKind, pk: int) -> ExchangeUpload:
    upload = own_upload(request.user, period, kind, pk)
    if upload is None:
        raise Http404
    return upload


def gone(request: AuthenticatedRequest, about: FileImport) -> HttpResponse:
    context = {"page_title": _("Filen er ikke lenger her"), "about": about}
    return render_page(request, "reporting/file_gone.html", context, status=410)


def preview_context(
    request: AuthenticatedRequest, upload: ExchangeUpload, rows: Sequence[Any], words: dict[str, str]
) -> dict[str, Any]:
    """Rows of a plan as the preview shows them: errors first, unchanged ones only when asked for."""
    shown = request.GET.get("vis", "")
    order = list(words)
    chosen = [row for row in rows if row.outcome == shown or (not shown and row.outcome != "unchanged")]
    chosen.sort(key=lambda row: order.index(row.outcome))
    counts = [(code, sum(row.outcome == code for row in rows), word) for code, word in words.items()]
    return {
        "upload": upload,
        "action_url": request.path,
        "counts": counts,
        "errors": next(count for code, count, _word in counts if code == "error"),
        "shown": shown if shown in words else "",
        "page": Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("side")),
    }
