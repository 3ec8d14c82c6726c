"""Refuses a request that is larger than any upload may be, before it is parsed or stored anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase

from web.access import may_enter
from web.error_pages import too_large

_CHUNK = 1024 * 1024
# A browser that is cut off while it sends shows its own error page instead of ours.
_MOST_READ_PAST = 100 * 1024 * 1024


class UploadLimitMiddleware:
    """Stands before the CSRF check, which is the first to ask for the form's fields."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        size = _content_length(request)
        limit: int = settings.REGISTER_UPLOAD_MAX_BYTES
        if size <= limit + settings.UPLOAD_FORM_BYTES:
            return None
        limit = _route_limit(request, limit)
        if size <= limit + settings.UPLOAD_FORM_BYTES:
            return None
        _read_past(request)
        return too_large(request, size, limit)


def _route_limit(request: HttpRequest, usual: int) -> int:
    """How large a file this person may send to this route, in bytes."""
    match = request.resolver_match
    larger: int | None = settings.LARGE_UPLOAD_MAX_BYTES.get(match.view_name) if match else None
    # Asked of the few large requests only: it needs the database.
    user = request.user
    if match is None or larger is None or isinstance(user, AnonymousUser):
        return usual
    return larger if may_enter(user, match.view_name) else usual


def _content_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdigit() else 0


def _read_past(request: HttpRequest) -> None:
    """Throw away what is sent, without keeping it, so that the answer is read."""
    left = _MOST_READ_PAST
    try:
        while left > 0 and (chunk := request.read(_CHUNK)):
            left -= len(chunk)
    except UnreadablePostError:
        return
