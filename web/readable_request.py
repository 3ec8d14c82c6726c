"""Refuses, before any view sees it, a request with something neither Python nor PostgreSQL can read."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from web import error_pages
from web.access import SAFE_METHODS

_NUL = "\x00"
# PostgreSQL's bigint: no row has a higher number.
LARGEST_NUMBER = 2**63 - 1
_ENCODINGS = frozenset({"utf-8", "ascii"})
_ADDRESSES = ("HTTP_REFERER", "HTTP_HX_CURRENT_URL")


class ReadableRequestMiddleware:
    """400 with a sentence for NUL in the address or a form, and for text in another encoding than UTF-8.

    Stands before sessions, which look up what a cookie says, and after the limit of uploads: it is the
    first to ask for the form's fields.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _NUL in request.path or not _readable_query(request):
            return error_pages.unreadable(
                request,
                _("Adressen har tegn som ikke kan leses. Rett den, eller finn fram fra Min side."),
            )
        if not _in_utf8(request):
            return error_pages.unreadable(
                request, _("Skjemaet er sendt med en tegnkoding vi ikke leser. Send det som UTF-8.")
            )
        _forget_broken_headers(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if any(isinstance(value, int) and value > LARGEST_NUMBER for value in kwargs.values()):
            return error_pages.not_found(request, Http404())
        if request.method in SAFE_METHODS:
            return None
        try:
            readable = _readable_form(request)
        except (LookupError, UnicodeError, UnreadablePostError):
            # A part that says it is in an encoding that does not exist, or a form cut off on its way.
            return error_pages.unreadable(
                request, _("Skjemaet kom ikke helt fram. Gå tilbake, last siden på nytt og send det igjen.")
            )
        if readable:
            return None
        return error_pages.unreadable(
            request,
            _(
                "Teksten har et usynlig tegn som ikke kan lagres (NUL). "
                "Gå tilbake, skriv teksten på nytt i stedet for å lime den inn, og prøv igjen."
            ),
        )


def _readable_query(request: HttpRequest) -> bool:
    raw = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    try:
        return _NUL not in raw.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _in_utf8(request: HttpRequest) -> bool:
    # Django's own look at it lets through codecs that make no text («hex»).
    name = (request.content_params or {}).get("charset")
    if not name:
        return True
    try:
        return codecs.lookup(name).name in _ENCODINGS
    except (LookupError, ValueError):
        return False


def _forget_broken_headers(request: HttpRequest) -> None:
    """What a browser says by itself is never the person's fault: without it the page can still be shown."""
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        if _NUL in request.COOKIES.get(name, ""):
            del request.COOKIES[name]
    for name in _ADDRESSES:
        try:
            urlsplit(request.META.get(name, ""))
        except ValueError:
            del request.META[name]


def _readable_form(request: HttpRequest) -> bool:
    return not any(
        _NUL in name or any(_NUL in value for value in values) for name, values in request.POST.lists()
    )
