"""Tagged PDF (PDF/UA-1) from a template. The only door to WeasyPrint, which lives in `pdf_engine`."""

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

Variant: TypeAlias = Literal["pdf/ua-1", "pdf/a-2a"]


def render_pdf(
    template: str, context: Mapping[str, Any], *, title: str, variant: Variant = "pdf/ua-1"
) -> bytes:
    """The template, which extends `pdf/base.html`, as PDF. The same input always gives the same bytes.

    The template gets `title` and `author` besides the context. It reads no clock, and nothing outside
    `static:` and `data:`. Slow (a second per some pages): call it from a job, not from a request.

    Raises PdfError when a stylesheet or font of ours is missing.
    """
    with translation.override(settings.LANGUAGE_CODE):
        html = render_to_string(template, {**context, "title": title, "author": settings.ORGANISATION_NAME})
    return html_to_pdf(html, variant=variant)


def html_to_pdf(html: str, *, variant: Variant = "pdf/ua-1") -> bytes:
    """A finished document as PDF, with an identifier that follows from its content."""
    # WeasyPrint needs system libraries and a second to load; only those who make a PDF pay for it.
    from climate_portal.web import pdf_engine  # noqa: PLC0415

    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    return pdf_engine.write(html, variant=variant, identifier=identifier)


class PdfError(Exception):
    """A PDF could not be made; the message says which file of ours is missing."""
