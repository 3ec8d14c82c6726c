"""Tagged PDF, PDF/UA-1 and PDF/A-2a, from a template. The only door to WeasyPrint, in `pdf_engine`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from web.names import naming

Variant: TypeAlias = Literal["pdf/ua-1", "pdf/a-2a"]


@dataclass(frozen=True, slots=True)
class PdfCopies:
    """The same pages twice: to read (PDF/UA-1), and for the archive (PDF/A-2a, and PDF/UA-1 as well)."""

    reading: bytes
    archive: bytes


def render_pdf(
    template: str, context: Mapping[str, Any], *, title: str, variant: Variant = "pdf/ua-1"
) -> bytes:
    """The template, which extends `pdf/base.html`, as PDF. The same input always gives the same bytes.

    The template gets `title` and `author` besides the context. It reads no clock, and nothing outside
    `static:` and `data:`. Slow (a second per some pages): call it from a job, not from a request.

    Raises PdfError when a stylesheet or font of ours is missing.
    """
    return html_to_pdf(_html(template, context, title), variant=variant)


def render_copies(template: str, context: Mapping[str, Any], *, title: str) -> PdfCopies:
    """As `render_pdf`, to read and for the archive. The pages are laid out once; that is what takes time."""
    from web import pdf_engine  # noqa: PLC0415 - see html_to_pdf

    html = _html(template, context, title)
    variants: tuple[Variant, Variant] = ("pdf/ua-1", "pdf/a-2a")
    return PdfCopies(*pdf_engine.write_copies(html, variants=variants, identifier=_identifier(html)))


def html_to_pdf(html: str, *, variant: Variant = "pdf/ua-1") -> bytes:
    """A finished document as PDF, with an identifier that follows from its content."""
    # WeasyPrint needs system libraries and a second to load; only those who make a PDF pay for it.
    from web import pdf_engine  # noqa: PLC0415

    return pdf_engine.write(html, variant=variant, identifier=_identifier(html))


def _html(template: str, context: Mapping[str, Any], title: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(template, {**context, "title": title, "author": naming("{organisation}")})


def _identifier(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:32]


class PdfError(Exception):
    """A PDF could not be made; the message says which file of ours is missing."""
