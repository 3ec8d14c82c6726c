"""Refuses, before any view sees it, a request with something neither Python nor PostgreSQL can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

from web import error_pages
from web.access import SAFE_METHODS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_NUL = "\x00"
# How Django writes a byte of the path that is not UTF-8. No address of ours has a percent sign of its own.
_BROKEN = re.compile("%[89A-F][0-9A-F]")
# PostgreSQL's bigint: no row has a higher number.
LARGEST_NUMBER = 2**63 - 1
_ADDRESSES = ("HTTP_REFERER", "HTTP_HX_CURRENT_URL")


class ReadableEncoding:
    """The WSGI application behind it sees UTF-8 only: any other is answered with 400 and a sentence.

    Django looks at the encoding as it makes the request, and stumbles over codecs that make no text («hex»)
    before any middleware is asked. No browser sends another encoding than that of our pages.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _in_utf8(environ.get("CONTENT_TYPE", "")):
            return self.application(environ, start_response)
        body = _("Skjemaet er sendt med en tegnkoding vi ikke leser. Send det som UTF-8.").encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response("400 Bad Request", headers)
        return [body]


def _in_utf8(content_type: str) -> bool:
    try:
        # As Django reads it, and no other name of the same: Django refuses those itself, in English.
        name = parse_header_parameters(content_type)[1].get("charset")
    except ValueError:
        return False
    return not name or name.lower() == "utf-8"


class ReadableRequestMiddleware:
    """400 with a sentence for NUL in a form; cookies and referring addresses with it are left out.

    Stands before sessions, which look up what a cookie says, and after the limit of uploads: it is the
    first to ask for the form's fields.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
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
        except UnreadablePostError:
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


class ReadableAddressMiddleware:
    """400 with a sentence for NUL in the address, and for an address that is not UTF-8.

    Stands after authentication, so that the page is that of whoever is logged in, and before any view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _NUL not in request.path and not _BROKEN.search(request.path) and _readable_query(request):
            return self.get_response(request)
        answer = error_pages.unreadable(
            request, _("Adressen har tegn som ikke kan leses. Rett den, eller finn fram fra Min side.")
        )
        # It may say who is logged in, and the middleware that sees to it is further in.
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _readable_query(request: HttpRequest) -> bool:
    raw = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    try:
        return _NUL not in raw.decode("utf-8")
    except UnicodeDecodeError:
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
