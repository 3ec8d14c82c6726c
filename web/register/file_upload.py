"""Choosing a file, and the page of one that is no longer kept: the same for every file somebody uploads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.actors import Actor
from web.form_page import Crumb
from web.forms import PortalForm
from web.http import invalid, redirect_either_way, render_page, wants_part
from web.models import Upload
from web.refusals import Closed
from web.register.uploads import UploadGone, is_gone, own_upload
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS

FILE_LABEL = gettext_lazy("Fil")
FILE_HELP = gettext_lazy("XLSX eller CSV, høyst 5 MB.")
EMPTY_FILE = gettext_lazy("Filen er tom. Velg en fil med rader.")


def _too_large(_size: int) -> str:
    return _("Filen må være mindre enn 5 MB. Del den i flere, og last opp en om gangen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUpload:
    """One kind of file, and the page where it is chosen.

    `kind` and `about` are what the upload is of. `may` raises PermissionDenied for those who may not.
    `most_bytes` is what is taken, and `too_large` the sentence for a file of more. `closed`: no file is
    taken now. `partials` are the parts of `upload_template` that htmx asks for.
    """

    kind: str
    about: str = ""
    may: Callable[[Actor], None]
    title: str
    lead: str
    note: str = ""
    file_label: Any = FILE_LABEL
    file_help: Any = FILE_HELP
    empty_file: Any = EMPTY_FILE
    accept: str = ".csv,.xlsx"
    most_bytes: int = REGISTERS.upload
    too_large: Callable[[int], str] = _too_large
    crumbs: Sequence[Crumb]
    back_url: str
    here_url: str
    template_url: str = ""
    template_note: str = ""
    closed: str = ""
    upload_template: str = "web/file_import.html"
    partials: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


class FileForm(PortalForm):
    """One file no larger than what is taken."""

    file = forms.FileField(allow_empty_file=False)

    def __init__(self, *args: Any, about: FileUpload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        field = self.fields["file"]
        field.label, field.help_text = about.file_label, about.file_help
        field.widget.attrs["accept"] = about.accept
        field.error_messages["empty"] = about.empty_file

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > self.about.most_bytes:
            raise ValidationError(self.about.too_large(file.size))
        return file


def choose_file(request: HttpRequest, about: FileUpload, keep: Callable[[UploadedFile], str]) -> HttpResponse:
    """Choose a file. `keep` keeps it, and says where it leads.

    It raises UnreadableFile, which is 422 at the field, and Closed, which is 409.
    """
    if about.closed:
        return _page(request, about, None, closed=about.closed, status=409)
    if request.method != "POST":
        return _page(request, about, FileForm(about=about))
    form = FileForm(request.POST, request.FILES, about=about)
    if form.is_valid():
        try:
            return redirect_either_way(request, keep(form.cleaned_data["file"]))
        except UnreadableFile as refusal:
            form.add_error("file", str(refusal))
        except Closed as closed:
            return _page(request, about, None, closed=str(closed), status=409)
    return _page(request, about, form, status=422)


def get_upload(request: HttpRequest, about: FileUpload, pk: int) -> Upload:
    """The uploader's own file. Raises Http404."""
    by: Any = request.user
    upload = own_upload(by, about.kind, about.about, pk)
    if upload is None:
        raise Http404
    return upload


def kept_upload(request: HttpRequest, about: FileUpload, pk: int) -> Upload:
    """The uploader's own file, while it is kept and after it is confirmed.

    Raises UploadGone, also for a file that was under way when the portal was upgraded; Http404 for
    somebody else's.
    """
    if not Upload.objects.filter(pk=pk).exists():
        raise UploadGone
    upload = get_upload(request, about, pk)
    if is_gone(upload):
        raise UploadGone
    return upload


def gone_page(request: HttpRequest, about: FileUpload) -> HttpResponse:
    """410: the file has waited for more than a day. What asks for a part gets the whole page."""
    if wants_part(request):
        return redirect_either_way(request, request.path)
    context = {"page_title": _("Filen er ikke lenger her"), "about": about}
    return render_page(request, "web/file_gone.html", context, status=410)


def _page(
    request: HttpRequest, about: FileUpload, form: FileForm | None, *, closed: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page_title": about.title,
        "crumbs": [*about.crumbs, (about.title, "")],
        "about": about,
        "form": form,
        "closed": closed,
        **about.context,
    }
    if status == 200:
        return render_page(request, about.upload_template, context, partials=about.partials)
    return invalid(request, about.upload_template, context, partials=about.partials, status=status)
