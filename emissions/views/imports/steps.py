"""What the steps share: what is uploaded, whose file it is, where it is in its way, and the list of steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from emissions.actions.uploads import KIND, may_import
from emissions.enums import ReadingState
from emissions.models import UploadReading
from organisation.rules import AuthenticatedRequest
from web.http import redirect_either_way
from web.models import Upload
from web.register.file_upload import FileUpload, gone_page, kept_upload
from web.register.uploads import UploadGone
from web.sheets.limits import NATIONAL_STATISTICS, too_large


def statistics_file() -> FileUpload:
    """The statistics as they are published, also of the whole country."""
    accounts_url = reverse("emissions:index")
    return FileUpload(
        kind=KIND,
        may=may_import,
        title=_("Importer klimaregnskap"),
        lead=_("Last opp statistikken slik den er publisert. Du ser over tallene før noe lagres."),
        note=_(
            "Vi leser filen med alle kommuner på ett ark, filen for én kommune, og "
            "CSV-filer med én rad per sektor, kilde og år, eller med en kolonne per år."
        ),
        file_label=_("Fil med utslippsstatistikk"),
        file_help=_(
            "CSV eller XLSX, slik Miljødirektoratet eller fylkeskommunen gir den ut. Høyst 60 MB og "
            "1 000 000 rader. Filer over 5 MB eller 60 000 rader leses i bakgrunnen, på et par minutter."
        ),
        empty_file=_("Filen er tom. Last ned statistikken på nytt, og prøv igjen."),
        most_bytes=NATIONAL_STATISTICS.upload,
        too_large=lambda size: str(too_large(size, NATIONAL_STATISTICS)),
        crumbs=[(_("Klimaregnskap"), accounts_url)],
        back_url=accounts_url,
        here_url=reverse("emissions:import"),
        upload_template="emissions/import.html",
        partials={"import-skjema": "form"},
        context={"steps": steps(1)},
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the wizard; `url` where it can be gone back to."""

    name: str
    url: str
    is_current: bool


def steps(current: int, upload: Upload | None = None) -> list[Step]:
    """The five steps; those before the current one are links."""
    names = [_("Velg fil"), _("Kolonner"), _("Se over"), _("Bekreft"), _("Kvittering")]
    urls = [reverse("emissions:import"), "", "", "", ""]
    if upload is not None and upload.confirmed_at is None:
        urls[1:3] = [address(upload, "columns"), address(upload, "preview")]
    return [
        Step(name, url if number < current else "", number == current)
        for number, (name, url) in enumerate(zip(names, urls, strict=True), start=1)
    ]


def step_page(upload: Upload, current: int, title: str) -> dict[str, Any]:
    """What every page of a file says: what it is, where one is, and the way there."""
    about = statistics_file()
    return {
        "page_title": title,
        "crumbs": [*about.crumbs, (_("Importer"), about.here_url), (title, "")],
        "about": about,
        "upload": upload,
        "steps": steps(current, upload),
    }


def address(upload: Upload, step: str) -> str:
    """The address of a step of this file."""
    return reverse(f"emissions:import_{step}", args=[upload.pk])


def of_own_file(
    page: Callable[[AuthenticatedRequest, UploadReading], HttpResponse],
) -> Callable[[AuthenticatedRequest, int], HttpResponse]:
    """A page about the user's own file; 404 for somebody else's, 410 for one that is not kept any more."""

    @wraps(page)
    def of_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
        try:
            return page(request, _own_reading(request, pk))
        except UploadGone:
            return gone_page(request, statistics_file())

    return of_file


def _own_reading(request: AuthenticatedRequest, pk: int) -> UploadReading:
    upload = kept_upload(request, statistics_file(), pk)
    reading = UploadReading.objects.select_related("edition__municipality", "undone__municipality").get(pk=pk)
    reading.upload = upload
    return reading


def elsewhere(
    request: AuthenticatedRequest, reading: UploadReading, *, read: bool = True
) -> HttpResponse | None:
    """The answer for a file that is not being filled in: done, or (with `read`) not read yet."""
    if reading.upload.confirmed_at is not None:
        return redirect_either_way(request, address(reading.upload, "receipt"))
    if read and reading.state not in (ReadingState.KEPT, ReadingState.READ):
        return redirect_either_way(request, address(reading.upload, "reading"))
    return None
