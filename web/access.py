"""Who may reach which route. Every route stands in one table; what does not stand there is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.module_loading import import_string

from web import error_pages
from web.http import htmx_redirect, safe_local_path
from web.names import names

PUBLIC = "public"
LOGIN = "login"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Route:
    """The class of one route.

    `access` is "public", "login" (anyone logged in; the view decides the rest) or a permission code.
    `get_writes` marks the few GET views that store something. `post_only` answers 405 to anything else.
    `uses_database` is False only for answers that must work while the database is down. What the
    municipality has switched off is there only for those who can switch it on again.
    """

    access: str
    get_writes: bool = False
    post_only: bool = False
    uses_database: bool = True
    switch: str = ""
    # Open to whoever is logged in and has yet to do what lets her in (settings.GATE).
    before_gate: bool = False


def route_of(view_name: str) -> Route:
    """The class of a route by its name («budget:detail»). Raises ImproperlyConfigured when it has none."""
    table: Mapping[str, Route] = import_string(settings.ROUTE_TABLE)
    try:
        return table[view_name]
    except KeyError:
        raise ImproperlyConfigured(f"Route {view_name!r} is missing from {settings.ROUTE_TABLE}.") from None


def is_public(view_name: str) -> bool:
    """Whether anybody may ask for the route: such a page stands in no room. False for one without a class."""
    route = import_string(settings.ROUTE_TABLE).get(view_name)
    return route is not None and route.access == PUBLIC


def may_enter(user: AbstractBaseUser, view_name: str) -> bool:
    """Whether the table lets the user ask for the route; what she sees there is the view's to say."""
    access = route_of(view_name).access
    return access in (PUBLIC, LOGIN) or bool(import_string(settings.PERMISSION_CHECK)(user, access))


def is_switched_off(view_name: str) -> bool:
    """Whether the route belongs to something the municipality does without."""
    switch = route_of(view_name).switch
    return bool(switch) and not names().is_on(switch)


# Once somebody has set the portal up it stays so: asked of the database until then, and not again.
_seen_set_up = threading.Event()


def is_set_up() -> bool:
    """Whether the portal is some municipality's. Raises OperationalError when nobody can be asked."""
    if not _seen_set_up.is_set():
        if names().municipality:
            _seen_set_up.set()
        else:
            connection.ensure_connection()  # a database that is down says nothing about it
    return _seen_set_up.is_set()


class AccessMiddleware:
    """Login, permission and read-only transactions, decided by the route table. The last middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Asking for the user opens the session; a request nobody asked on gets the same page as everyone.
        if request.session.accessed and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        assert request.resolver_match is not None
        route = route_of(request.resolver_match.view_name)
        if route.uses_database and not is_set_up():
            return error_pages.not_set_up(request)
        if route.post_only and request.method != "POST":
            return error_pages.wrong_method(request)
        if route.access != PUBLIC:
            refusal = _refusal(request)
            if refusal is not None:
                return refusal
        if request.method in SAFE_METHODS and not route.get_writes and route.uses_database:
            # Looked up here, outside: a session that no longer holds is deleted at the first look.
            bool(request.user.is_authenticated)
            return _read_only(view, request, args, kwargs)
        return None


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """The way to the login page for strangers, nothing for those who may pass. Raises PermissionDenied."""
    if not request.user.is_authenticated:
        if SESSION_KEY in request.session:
            logout(request)  # the account was closed, or the password changed, while it was logged in
        return _to_login(request)
    view_name = cast(ResolverMatch, request.resolver_match).view_name
    route = route_of(view_name)
    if not route.before_gate and import_string(settings.GATE)(request.user):
        gate = resolve_url(settings.GATE_ROUTE)
        return htmx_redirect(gate) if getattr(request, "htmx", False) else HttpResponseRedirect(gate)
    if not may_enter(request.user, view_name):
        raise PermissionDenied
    if is_switched_off(view_name) and not _may_switch_on(request.user):
        raise Http404
    return None


def _may_switch_on(user: AbstractBaseUser) -> bool:
    return bool(import_string(settings.PERMISSION_CHECK)(user, settings.SWITCH_PERMISSION))


def _to_login(request: HttpRequest) -> HttpResponse:
    htmx = bool(getattr(request, "htmx", False))
    path = safe_local_path(_page_to_return_to(request, htmx=htmx))
    query = {"next": path} if path and path != "/" and _is_a_page(path) else {}
    if request.method not in SAFE_METHODS:
        query["ulagret"] = "1"  # the login page says that what was sent is not saved
    login = resolve_url(settings.LOGIN_URL)
    url = f"{login}?{urlencode(query, safe='/')}" if query else login
    # The login page must never be swapped into a cell of the page that has lost its session.
    return htmx_redirect(url) if htmx else HttpResponseRedirect(url)


def _is_a_page(path: str) -> bool:
    """Whether the address can be opened: after a refused form the browser may stand on a post-only one."""
    try:
        return not route_of(resolve(urlsplit(path).path).view_name).post_only
    except (Resolver404, ImproperlyConfigured):
        return False


def _page_to_return_to(request: HttpRequest, *, htmx: bool) -> str | None:
    if htmx:
        current = cast(Any, request).htmx.current_url_abs_path
        if current:
            return str(current)
    if request.method in SAFE_METHODS:
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc == request.get_host():
        return f"{referer.path}?{referer.query}" if referer.query else referer.path
    return None


def _read_only(
    view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    """Runs the view in a transaction in which PostgreSQL itself refuses every write (error 25006)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        response = view(request, *args, **kwargs)
        render = getattr(response, "render", None)
        if callable(render):
            response = render()
    return response
