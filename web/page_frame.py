"""What every page has around it: whose it is, who is logged in, and the eight rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from web.access import is_public, is_switched_off, may_enter
from web.names import name_of
from web.once import new_submission_token
from web.told import told

_ROOMS: tuple[tuple[Promise, str], ...] = (
    (_("Min side"), "min_side"),
    (_("Klimaregnskap"), "emissions:index"),
    (_("Strategi"), "strategy:index"),
    (_("Klimabudsjett"), "budget:index"),
    (_("Rapportering"), "publishing:index"),
    (_("Klimaledelse"), "leadership:index"),
    (name_of("network"), "klimalaget:index"),
    (_("Organisasjon"), "organisation:index"),
)
_ORGANISATION = name_of("organisation")
# The units' own pages stand under Rapportering, whose front page belongs to what is read and published.
_STANDS_UNDER = {"reporting": "publishing"}


@dataclass(frozen=True)
class NavItem:
    """One room in the main menu. `count` is how many things wait there, None where nothing is counted."""

    title: Promise
    url: str
    current: bool
    count: int | None = None


def show_nav_count(request: HttpRequest, url_name: str, count: int) -> None:
    """Lets a view that has counted anyway show it in the menu on its own page («Min side 2»)."""
    request.nav_counts = {**getattr(request, "nav_counts", {}), url_name: count}  # type: ignore[attr-defined]


def nav_items(request: HttpRequest) -> list[NavItem]:
    """The main menu as seen from the page the request is for: the rooms this user may enter."""
    match = request.resolver_match
    here = match.view_name if match and not is_public(match.view_name) else ""
    counts: dict[str, int] = getattr(request, "nav_counts", {})
    user = cast(AbstractBaseUser, request.user)
    return [
        NavItem(title, reverse(name), _is_current(name, here), counts.get(name))
        for title, name in _ROOMS
        if may_enter(user, name) and not is_switched_off(name)
    ]


def _is_current(name: str, here: str) -> bool:
    room, colon, _page = here.partition(":")
    return here == name or (bool(colon) and name == f"{_STANDS_UNDER.get(room, room)}:index")


def _told_beside_messages(request: HttpRequest) -> list[str]:
    """What is told, but for what the page before has already left as a message."""
    left = {str(message) for message in get_messages(request)}
    return [sentence for sentence in told() if sentence not in left]


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html. Looks nothing up until a template asks, and nothing at all for strangers."""
    context: dict[str, Any] = {
        "organisation_name": _ORGANISATION,
        "accessibility_statement_url": settings.ACCESSIBILITY_STATEMENT_URL,
        "support_email": settings.SUPPORT_EMAIL,
        "demo": settings.DEMO,
        "nav_items": [],
        # A function: what is told while the page is made is still said on it.
        "told": partial(_told_beside_messages, request),
        "user_subtitle": "",
    }
    user = getattr(request, "user", None)  # absent when a request is refused before it is known whose it is
    if user is not None and user.is_authenticated:
        subtitle: Callable[[Any], str] = import_string(settings.USER_SUBTITLE)
        context["nav_items"] = SimpleLazyObject(partial(nav_items, request))
        context["user_subtitle"] = SimpleLazyObject(partial(subtitle, user))
        # Called for every use, so that each form on a page has a token of its own.
        context["submission_token"] = partial(new_submission_token, user)
    return context
