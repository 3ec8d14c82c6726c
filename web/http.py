"""Answers to requests: one view serves the whole page and its parts, and says so with the right status."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import DisallowedRedirect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from web.late import put_in

HTMX_VARY = ("HX-Request", "HX-Target")


class PortalRequest(HttpRequest):
    """A request after the middlewares: what views may count on."""

    htmx: HtmxDetails


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (boosted links and history restores want all of it)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    partials: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or the partial named for the element htmx will fill.

    `partials` maps the ids of those elements to `{% partialdef %}` names in the template, or in the one it
    extends («base.html#part»: a child does not have its parent's); what the client sends is only ever looked
    up in it. `late_markup` in the context is a list of LateMarkup.
    """
    name = template
    if partials and wants_part(request):
        partial = partials.get(request.htmx.target or "")  # type: ignore[attr-defined]
        if partial:
            name = partial if "#" in partial else f"{template}#{partial}"
    response = render(request, name, dict(context), status=status)
    if late := context.get("late_markup"):
        response.content = put_in(response.content, late)
    if partials:
        patch_vary_headers(response, HTMX_VARY)
    return response


def invalid(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    partials: Mapping[str, str] | None = None,
    status: int = 422,
) -> HttpResponse:
    """The page again with what has to be corrected, status 422 with htmx and without."""
    return render_page(request, template, context, partials=partials, status=status)


@dataclass(frozen=True)
class ConflictField:
    """One field in a conflict: `value` is what a form posts, `display` what people read."""

    name: str
    label: str
    value: str
    display: str = ""


@dataclass(frozen=True)
class _ConflictRow:
    label: str
    yours: str
    theirs: str
    differs: bool


def _conflict_rows(yours: Iterable[ConflictField], theirs: Iterable[ConflictField]) -> list[_ConflictRow]:
    stored = {field.name: field.display or field.value for field in theirs}
    rows = []
    for field in yours:
        mine, other = field.display or field.value, stored.get(field.name, "")
        # Compared as people read them: «1 234,5» and 1234.500000 are the same figure.
        rows.append(_ConflictRow(label=field.label, yours=mine, theirs=other, differs=mine != other))
    return rows


def conflict(
    request: HttpRequest,
    *,
    title: str,
    yours: Sequence[ConflictField],
    theirs: Sequence[ConflictField],
    action_url: str,
    hidden: Mapping[str, str] | Sequence[tuple[str, str]],
    back_url: str,
    changed_by: str = "",
    changed_at: datetime | None = None,
) -> HttpResponse:
    """409: somebody else saved first. Shows both, and lets the user post her own again on purpose.

    `hidden` are the other values the form at `action_url` needs, the fresh `version` among them. `back_url`
    is where keeping the stored values leads. See `concurrency.conflict_fields` for the two lists.
    """
    context = {
        "page_title": title,
        "rows": _conflict_rows(yours, theirs),
        "yours": yours,
        "action_url": action_url,
        "hidden": list(hidden.items() if isinstance(hidden, Mapping) else hidden),
        "back_url": back_url,
        "changed_by": changed_by,
        "changed_at": changed_at,
    }
    template = "web/conflict.html#conflict" if wants_part(request) else "web/conflict.html"
    response = render(request, template, context, status=409)
    patch_vary_headers(response, HTMX_VARY)
    return response


def safe_local_path(url: str | None) -> str | None:
    """`url` if it is a path on this site, otherwise None.

    Browsers drop tabs and newlines and read a backslash as a slash, so those are refused wherever they
    stand, and every other invisible sign with them.
    """
    if not url or not url.startswith("/") or "\\" in url:
        return None
    if any(unicodedata.category(character)[0] in "CZ" for character in url):
        return None
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else None


def _local(url: str) -> str:
    path = safe_local_path(url)
    if path is None:
        raise DisallowedRedirect(f"Not a path on this site: {url!r}")
    return path


def see_other(url: str) -> HttpResponse:
    """303 to a path on this site: what a form answers when it has done its work."""
    return HttpResponse(status=303, headers={"Location": _local(url)})


def htmx_redirect(url: str) -> HttpResponse:
    """Makes htmx load a path on this site as a whole page, instead of swapping anything in."""
    return HttpResponseClientRedirect(_local(url))


def redirect_either_way(request: HttpRequest, url: str) -> HttpResponse:
    """`htmx_redirect` for a request that wants a part, `see_other` for all others."""
    return htmx_redirect(url) if wants_part(request) else see_other(url)
