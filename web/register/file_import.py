"""A file into a register: upload, see what it would do, confirm. The pages of every import.

A room says what its file is (`FileImport`): how it is read to a plan, and which action writes it. Its three
views are made of that:

upload, preview, errors = import_views(lambda request, code: money_import(get_period(code)))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from web.actors import Actor
from web.downloads import download, sheets_download
from web.http import render_page, see_other
from web.models import Upload
from web.refusals import Closed, Refused
from web.register.columns import ABOUT_THE_ROW, Column, sheet_column
from web.register.file_upload import FileUpload, choose_file, get_upload, gone_page, kept_upload
from web.register.plan import Outcome, Plan, PlanT
from web.register.uploads import (
    ImportChanged,
    UploadGone,
    confirm_upload,
    content_of,
    is_gone,
    keep_upload,
    sha256_of,
)
from web.sheets import writing
from web.sheets.cells import Formula, Moment
from web.sheets.errors import UnreadableFile

PAGE_SIZE = 50
CHANGED = gettext_lazy(
    "Noe er endret i portalen siden forhåndsvisningen. Ingenting er importert. "
    "Se over det som står her nå, og bekreft igjen."
)
# The order in which the preview shows them: what must be corrected stands on top.
OUTCOMES: Mapping[Outcome, Any] = {
    "error": gettext_lazy("feil"),
    "changed": gettext_lazy("endres"),
    "new": gettext_lazy("nye"),
    "unchanged": gettext_lazy("uendret"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImport(FileUpload, Generic[PlanT]):
    """One kind of file into a register: how it is read, and how it is written.

    `plan` reads the file (its bytes, its name, the columns chosen) and raises UnreadableFile; `write` is the
    action, which gives how many rows, and raises Refused, Closed or StaleObject. `reason` stands in history.
    `name_of_row` heads the rows of the preview, `outcomes` are words for what becomes of them.

    `keep` makes of the file what is kept of it until it is confirmed, and what `plan` then reads, where that
    is not the file itself; it raises UnreadableFile.
    """

    preview_title: str
    preview_url: Callable[[int], str]
    errors_url: Callable[[int], str]
    columns: Sequence[Column] = ()
    error_file: Callable[[PlanT], bytes] | None = None
    error_file_name: str = "feilrader"
    name_of_row: str
    outcomes: Mapping[Outcome, Any] = field(default_factory=lambda: OUTCOMES)
    button: Callable[[PlanT], str]
    done: Callable[[int], str]
    reason: str
    keep: Callable[[bytes, str], bytes] | None = None
    plan: Callable[[bytes, str, Mapping[str, str]], PlanT]
    write: Callable[[Actor, PlanT, Upload], int]
    preview_template: str = "web/file_preview.html"
    # An unreadable file somebody may say the columns of leads to this page.
    columns_url: Callable[[int], str] | None = None
    can_choose_columns: Callable[[UnreadableFile], bool] | None = None


# A page of one kind of file: the request, and what the address says.
View = Callable[..., HttpResponse]


def import_views(about: Callable[..., FileImport[Any]]) -> tuple[View, View, View]:
    """The pages of one kind of file: upload, preview, and the rows to mend.

    `about` says what the file is, from the request and what the address says besides the file's `pk`; it
    raises Http404 and PermissionDenied as a page does.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    def upload(request: HttpRequest, **where: Any) -> HttpResponse:
        return upload_page(request, about(request, **where))

    @require_http_methods(["GET", "HEAD", "POST"])
    def preview(request: HttpRequest, pk: int, **where: Any) -> HttpResponse:
        return preview_page(request, about(request, **where), pk)

    @require_safe
    def errors(request: HttpRequest, pk: int, **where: Any) -> HttpResponse:
        return error_rows(request, about(request, **where), pk)

    return upload, preview, errors


def upload_page(request: HttpRequest, about: FileImport[Any]) -> HttpResponse:
    """Choose a file. One that can be read is kept, and leads to its preview; 422 says what is wrong."""
    return choose_file(request, about, lambda file: _kept(request, about, file))


def _kept(request: HttpRequest, about: FileImport[Any], file: UploadedFile) -> str:
    sent, name = file.read(), file.name or ""
    content = about.keep(sent, name) if about.keep is not None else sent
    where = about.preview_url
    try:
        about.plan(content, name, {})
    except UnreadableFile as refusal:
        if not (about.columns_url and about.can_choose_columns and about.can_choose_columns(refusal)):
            raise
        where = about.columns_url
    upload = keep_upload(
        by=_by(request),
        may=about.may,
        kind=about.kind,
        about=about.about,
        file_name=name,
        content=content,
        sha256=sha256_of(sent),
    )
    return where(upload.pk)


def preview_page(request: HttpRequest, about: FileImport[Any], pk: int) -> HttpResponse:
    """What the file would do, before → after. Posted, it writes all of it or nothing, once."""
    problem = ""
    try:
        upload = kept_upload(request, about, pk)
        if upload.confirmed_at is not None:
            return _done(request, about, upload.written or 0)
        if request.method == "POST":
            return _done(request, about, _confirm(request, about, upload))
    except UploadGone:
        return gone_page(request, about)
    except ImportChanged:
        problem = str(CHANGED)
    except (Closed, UnreadableFile) as closed:
        return _turned_away(request, about, str(closed))
    except Refused as refused:
        problem = str(refused)
    try:
        plan = about.plan(content_of(upload), upload.file_name, upload.columns)
    except UnreadableFile as refusal:
        if about.columns_url is not None:
            return see_other(about.columns_url(pk))
        return _turned_away(request, about, str(refusal))
    except Closed as closed:
        return _turned_away(request, about, str(closed))
    context = {"problem": problem, **_preview(request, about, upload, plan)}
    return render_page(request, about.preview_template, context, status=409 if problem else 200)


def error_rows(request: HttpRequest, about: FileImport[Any], pk: int) -> HttpResponse:
    """The rows that have something wrong, and what, as a workbook to mend and send again."""
    upload = get_upload(request, about, pk)
    if answer := elsewhere(request, about, upload):
        return answer
    try:
        plan = about.plan(content_of(upload), upload.file_name, upload.columns)
    except (UnreadableFile, Closed) as refusal:
        if about.columns_url is not None:
            raise Http404 from None
        return _turned_away(request, about, str(refusal))
    if not plan.count("error"):
        raise Http404
    if about.error_file is not None:
        return download(about.error_file(plan), f"{about.error_file_name}.xlsx")
    return sheets_download([error_sheet(about.columns, plan)], about.error_file_name, "xlsx")


def upload_again(request: HttpRequest, about: FileImport[Any]) -> HttpResponse:
    """For a preview made before the portal was upgraded: its file was not kept."""
    if request.method == "POST":
        messages.warning(request, _("Filen er ikke lenger her. Ingenting er lagret. Last opp filen på nytt."))
    return see_other(about.here_url)


def elsewhere(request: HttpRequest, about: FileImport[Any], upload: Upload) -> HttpResponse | None:
    """What answers for a file that is imported or too old."""
    if upload.confirmed_at is not None:
        return _done(request, about, upload.written or 0)
    return gone_page(request, about) if is_gone(upload) else None


def error_sheet(columns: Sequence[Column], plan: Plan) -> writing.Sheet:
    """The wrong rows under the headings they are read by, with where they stood and what to mend."""
    read = [column for column in columns if column.read]
    return writing.Sheet(
        name=_("Feilrader"),
        columns=[
            writing.Column(str(ABOUT_THE_ROW[0]), "integer"),
            writing.Column(str(ABOUT_THE_ROW[1])),
            *map(sheet_column, read),
        ],
        rows=[
            [
                row.number,
                " ".join(f"{header}: {sentence}" if header else sentence for header, sentence in row.errors),
                *(_as_it_stood(row.source.get(column.name)) for column in read),
            ]
            for row in plan.rows
            if row.errors
        ],
    )


def _as_it_stood(value: Any) -> object:
    if isinstance(value, Moment | Formula):
        return value.text
    return None if value == "" else value


def _by(request: HttpRequest) -> Any:
    return request.user


def _confirm(request: HttpRequest, about: FileImport[Any], upload: Upload) -> int:
    return confirm_upload(
        by=_by(request),
        may=about.may,
        upload=upload,
        fingerprint=request.POST.get("fingerprint", ""),
        reason=about.reason,
        plan=about.plan,
        write=about.write,
    )


def _done(request: HttpRequest, about: FileImport[Any], written: int) -> HttpResponse:
    messages.success(request, about.done(written))
    return see_other(about.back_url)


def _turned_away(request: HttpRequest, about: FileImport[Any], why: str) -> HttpResponse:
    """No file is taken any more, or it is written already."""
    messages.error(request, why)
    return see_other(about.back_url)


def _preview(request: HttpRequest, about: FileImport[Any], upload: Upload, plan: Plan) -> dict[str, Any]:
    """Errors first, unchanged rows only when asked for."""
    shown = request.GET.get("vis", "")
    order = list(about.outcomes)
    rows = [row for row in plan.rows if row.outcome == shown or (not shown and row.outcome != "unchanged")]
    rows.sort(key=lambda row: order.index(row.outcome))
    return {
        "page_title": about.preview_title,
        "crumbs": [*about.crumbs, (about.title, about.here_url), (about.preview_title, "")],
        "about": about,
        "upload": upload,
        "plan": plan,
        "counts": [(code, plan.count(code), word) for code, word in about.outcomes.items()],
        "errors": plan.count("error"),
        "errors_url": about.errors_url(upload.pk),
        "columns_url": about.columns_url(upload.pk) if about.columns_url else "",
        "button": about.button(plan),
        "action_url": request.path,
        "hidden": [("fingerprint", plan.fingerprint)],
        "shown": shown if shown in about.outcomes else "",
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("side")),
        **about.context,
    }
