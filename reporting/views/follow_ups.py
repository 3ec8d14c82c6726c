"""The leaders' yearly part: one unit's form or page, and all units' matrix."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions.follow_ups import confirm_follow_up, save_follow_up
from reporting.exports.follow_ups import follow_up_sheet
from reporting.forms.leaders import FollowUpForm
from reporting.models import FOLLOW_UP_FIELDS, StrategyFollowUp
from reporting.queries.follow_ups import (
    FollowUpMatrix,
    follow_up_matrix,
    follow_up_of,
    unit_in_year,
    years_with_follow_ups,
)
from reporting.rules.leaders import UnitAccess, unit_access, why_not_writable
from web.concurrency import StaleObject
from web.downloads import sheets_download
from web.http import ConflictField, conflict, invalid, render_page, see_other
from web.refusals import Refused


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part of a year, and what the user is to it."""

    unit: Unit
    year: int
    stored: StrategyFollowUp | None
    who: UnitAccess

    @property
    def url(self) -> str:
        return reverse("reporting:follow_up", args=[self.year, self.unit.pk])


def matrix(request: AuthenticatedRequest, year: int) -> HttpResponse:
    """Units by fields with blanks to be seen; a leader sees the units below hers, a unit its own."""
    found = _matrix(request, year)
    context = {
        "page_title": _("Strategioppfølging {year}").format(year=year),
        "matrix": found,
        "sums": list(zip(found.headers, found.counts, strict=True)),
        "total": len(found.rows),
        "years": years_with_follow_ups(timezone.localdate()),
    }
    return render_page(request, "reporting/follow_ups.html", context)


def export(request: AuthenticatedRequest, year: int, file_format: str) -> HttpResponse:
    """The matrix with the words, as XLSX or CSV."""
    sheet = follow_up_sheet(_matrix(request, year), timezone.localdate())
    return sheets_download([sheet], f"strategioppfolging-{year}", file_format)


def _matrix(request: AuthenticatedRequest, year: int) -> FollowUpMatrix:
    _refuse_strange(year)
    held = duties(request.user)
    if Permission.READ_INTERNAL in held.permissions:
        return follow_up_matrix(year)
    units = held.own_units | held.units_below
    if not units:
        raise PermissionDenied
    return follow_up_matrix(year, units)


def _refuse_strange(year: int) -> None:
    if not 2000 <= year <= 2100:
        raise Http404


def follow_up(request: AuthenticatedRequest, year: int, unit: int) -> HttpResponse:
    """A unit's part: a form for its own people while it can be written, a page for those who read it."""
    part = _get(request, year, unit)
    if request.method != "POST":
        closed = why_not_writable(year, timezone.localdate())
        form = _form(part) if part.who.writes and not closed else None
        return _page(request, part, form, closed=closed if part.who.writes else "")
    if not part.who.writes:
        raise PermissionDenied
    return _take(request, part, confirms=False)


def confirm(request: AuthenticatedRequest, year: int, unit: int) -> HttpResponse:
    """The leader saves and stands behind it."""
    part = _get(request, year, unit)
    if not part.who.confirms:
        raise PermissionDenied
    return _take(request, part, confirms=True)


def _get(request: AuthenticatedRequest, year: int, unit_id: int) -> Part:
    """To a stranger it does not exist: raises Http404."""
    _refuse_strange(year)
    unit = unit_in_year(unit_id, year)
    who = unit_access(request.user, unit_id)
    if unit is None or not who.reads:
        raise Http404
    return Part(unit, year, follow_up_of(unit_id, year), who)


def _form(part: Part, data: object = None) -> FollowUpForm:
    return FollowUpForm(part.stored, follow_up_of(part.unit.pk, part.year - 1), data)


def _take(request: AuthenticatedRequest, part: Part, *, confirms: bool) -> HttpResponse:
    form = _form(part, request.POST)
    if not form.is_valid():
        return _page(request, part, form, status=422)
    operation = confirm_follow_up if confirms else save_follow_up
    try:
        saved = operation(
            by=request.user,
            unit=part.unit,
            year=part.year,
            version=form.cleaned_data["version"],
            text=form.text(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, part, form, status=422)
    except StaleObject as stale:
        return _stale(request, part, form, stale.obj)
    if confirms:
        messages.success(request, _("Strategioppfølgingen er bekreftet."))
    elif saved.confirmed_at is None and part.stored is not None and part.stored.confirmed_at is not None:
        messages.warning(request, _("Lagret. Lederen må bekrefte på nytt, fordi teksten er endret."))
    else:
        messages.success(request, _("Strategioppfølgingen er lagret."))
    return see_other(part.url)


def _stale(
    request: AuthenticatedRequest, part: Part, form: FollowUpForm, now: StrategyFollowUp | None
) -> HttpResponse:
    if now is None:
        raise Http404
    yours = [
        ConflictField(name, str(label), form.cleaned_data[name]) for name, _short, label in FOLLOW_UP_FIELDS
    ]
    theirs = [ConflictField(name, str(label), getattr(now, name)) for name, _short, label in FOLLOW_UP_FIELDS]
    return conflict(
        request,
        title=_("Noen andre skrev mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=part.url,
        hidden={"version": str(now.version)},
        back_url=part.url,
    )


def _page(
    request: AuthenticatedRequest,
    part: Part,
    form: FollowUpForm | None,
    *,
    closed: str = "",
    status: int = 200,
) -> HttpResponse:
    stored = part.stored
    context = {
        "page_title": _("Strategioppfølging {year} for {unit}").format(year=part.year, unit=part.unit.name),
        "part": part,
        "stored": stored,
        "form": form,
        "closed": closed,
        "answers": [
            (label, getattr(stored, name) if stored else "") for name, _short, label in FOLLOW_UP_FIELDS
        ],
        "save_url": part.url,
        "confirm_url": reverse("reporting:confirm_follow_up", args=[part.year, part.unit.pk]),
        "matrix_url": reverse("reporting:follow_ups", args=[part.year]),
    }
    answer = invalid if status == 422 else render_page
    return answer(request, "reporting/follow_up.html", context, status=status)
