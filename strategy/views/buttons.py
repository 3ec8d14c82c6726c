"""Buttons without a page of their own: done on what was seen, or told why not on the page it was on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.formats import whole_number
from web.http import see_other
from web.refusals import Refused


def already_removed(request: AuthenticatedRequest, url: str) -> HttpResponse:
    """What the button asks for was done before: pressed twice, or pressed again from the page before."""
    messages.info(request, _("Det er allerede fjernet."))
    return see_other(url)


def press(
    request: AuthenticatedRequest, work: Callable[[int], object], *, done: str, stale: str, url: str
) -> HttpResponse:
    """Calls `work` with the version the button was shown at (−1 for nonsense), and leads to `url`.

    What became of it is told there.
    """
    try:
        work(whole_number(request.POST.get("version", ""), -1))
    except Refused as refused:
        messages.error(request, str(refused))
    except StaleObject:
        messages.error(request, stale)
    else:
        messages.success(request, done)
    return see_other(url)
