"""WeasyPrint, fenced in: it reads our static files and nothing else, and its tables say what heads what."""

import mimetypes
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from web.pdf import PdfError

STATIC = "static:"
# The archive's copy is as accessible as the other, and says so. PDF/A takes what others have defined only
# together with its description (ISO 19005-2, 6.6.2.3).
UA_IDENTIFICATION = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


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
    return write_copies(html, variants=[variant], identifier=identifier)[0]


def write_copies(html: str, *, variants: Sequence[str], identifier: str) -> list[bytes]:
    """The document in each variant, laid out once: the bytes are those of `write` of each by itself."""
    try:
        source = HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher())
        _drop_attachments(source)
        document = source.render()
        return [_written(document, variant, identifier) for variant in variants]
    except FatalURLFetchingError as error:
        # It is a BaseException and would take the worker down with it.
        raise PdfError(str(error)) from error


def _written(document: Document, variant: str, identifier: str) -> bytes:
    archive = variant.startswith("pdf/a")
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = document.write_pdf(
            pdf_variant=variant,
            pdf_identifier=identifier.encode(),
            finisher=_finish_archive if archive else _scope_table_headers,
        )
    return content


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


def _finish_archive(document: Any, pdf: Any) -> None:
    _scope_table_headers(document, pdf)
    for entry in pdf.objects:
        if getattr(entry, "extra", {}).get("Type") == "/Metadata":
            end = b"</rdf:RDF>"
            entry.stream = [part.replace(end, UA_IDENTIFICATION + end) for part in entry.stream]


def _number(reference: bytes) -> int:
    """The object number in «12 0 R»."""
    return int(reference.split()[0])
