"""What the portal changed in what somebody sent, said on the page that answers, or on the next one."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_told: ContextVar[list[str] | None] = ContextVar("told", default=None)


def tell(sentence: str) -> None:
    """Says this to whoever asked, once. Outside a request nobody is told."""
    waiting = _told.get()
    if sentence and waiting is not None and sentence not in waiting:
        waiting.append(sentence)


def told() -> list[str]:
    """What waits to be said, which is then said: for base.html."""
    waiting = _told.get() or []
    said = list(waiting)
    waiting.clear()
    return said


class ToldMiddleware:
    """Inside MessageMiddleware: what the answer to a form had no room for, is said on the next page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = _told.set([])
        try:
            response = self.get_response(request)
            if request.method == "POST":
                for sentence in told():
                    messages.info(request, sentence)
            return response
        finally:
            _told.reset(before)
