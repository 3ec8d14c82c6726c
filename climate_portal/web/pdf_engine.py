"""WeasyPrint, fenced in: it reads our static files and nothing else, and its tables say what heads what."""

import mimetypes
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from climate_portal.web.pdf import PdfError

STATIC = "static:"


class StaticFetcher(URLFetcher):
    """Serves `static:<path>` from the static files and `data:`; everything else is refused unread."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file. A missing one of ours stops the rendering: a PDF without its style is no PDF."""
        if not url.startswith(STATIC):
            return super().fetch(url, headers)
        name = url.removeprefix(STATIC)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, _static_bytes(name), {"Content-Type": kind})


def write(html: str, *, variant: str, identifier: str) -> bytes:
    """The document as tagged PDF. Raises PdfError when a static file is missing."""
    try:
        document = HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher())
        _drop_attachments(document)
        return document.write_pdf(
            pdf_variant=variant, pdf_identifier=identifier.encode(), finisher=_scope_table_headers
        )
    except FatalURLFetchingError as error:
        # It is a BaseException and would take the worker down with it.
        raise PdfError(str(error)) from error


def _drop_attachments(document: HTML) -> None:
    """A link that asks to attach its target becomes an ordinary link: our documents carry no other files."""
    for element in document.etree_element.iter():
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]


def _static_bytes(name: str) -> bytes:
    try:
        found = finders.find(name)
        if found:
            return Path(found).read_bytes()
        # Where only the collected files are there, such as in an image.
        with staticfiles_storage.open(name) as file:
            return file.read()
    except (OSError, SuspiciousOperation) as error:
        raise FatalURLFetchingError(f"Finner ikke den statiske filen {name}.") from error


def _scope_table_headers(_document: Any, pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row (WeasyPrint issue 2508).

    WeasyPrint writes which cells each data cell belongs to, but checkers and some readers look for /Scope.
    A header cell in the table head is a column's, any other a row's: our tables are that simple.
    """
    by_number = {entry.number: entry for entry in pdf.objects}
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("S") == "/TH":
            row = by_number[_number(entry["P"])]
            part = by_number[_number(row["P"])]
            entry["A"]["Scope"] = "/Column" if part.get("S") == "/THead" else "/Row"


def _number(reference: bytes) -> int:
    """The object number in «12 0 R»."""
    return int(reference.split()[0])
