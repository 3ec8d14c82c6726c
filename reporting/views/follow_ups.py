"""The leaders' yearly part: one unit's form or page, and all units' matrix."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
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
from reporting.views.crumbs import crumbs_of, start_crumb
from web.downloads import sheets_download
from web.form_page import Crumb, FormPage, run_form
from web.http import render_page


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
    closed = why_not_writable(year, timezone.localdate())
    if request.method != "POST" and (closed or not part.who.writes):
        return _read_page(request, part, closed if part.who.writes else "")
    if not part.who.writes:
        raise PermissionDenied
    return _write(request, part, confirms=False)


def confirm(request: AuthenticatedRequest, year: int, unit: int) -> HttpResponse:
    """The leader saves and stands behind it."""
    part = _get(request, year, unit)
    if not part.who.confirms:
        raise PermissionDenied
    return _write(request, part, confirms=True)


def _get(request: AuthenticatedRequest, year: int, unit_id: int) -> Part:
    """To a stranger it does not exist: raises Http404."""
    _refuse_strange(year)
    unit = unit_in_year(unit_id, year)
    who = unit_access(request.user, unit_id)
    if unit is None or not who.reads:
        raise Http404
    return Part(unit, year, follow_up_of(unit_id, year), who)


def _write(request: AuthenticatedRequest, part: Part, *, confirms: bool) -> HttpResponse:
    """The form. Both of its buttons save it; the leader's own also confirms."""

    def done(form: FollowUpForm) -> str:
        if confirms:
            return _("Strategioppfølgingen er bekreftet.")
        if _takes_confirmation_away(part.stored, form):
            return _("Lagret. Lederen må bekrefte på nytt, fordi teksten er endret.")
        return _("Strategioppfølgingen er lagret.")

    page = FormPage(
        title=_title(part),
        back_url=part.url,
        done=done,
        crumbs=[start_crumb(), _matrix_crumb(part)],
        lead=_(
            "Fire korte svar, én gang i året. Kontaktpersonen eller lederen skriver, og lederen bekrefter. "
            "Det dere lar stå tomt, vises som tomt."
        ),
        template="reporting/follow_up_form.html",
        context={
            "part": part,
            "stored": part.stored,
            "action_url": part.url,
            "confirm_url": reverse("reporting:confirm_follow_up", args=[part.year, part.unit.pk]),
        },
    )
    operation = confirm_follow_up if confirms else save_follow_up

    def make(data: QueryDict | None) -> FollowUpForm:
        stored, before = (follow_up_of(part.unit.pk, year) for year in (part.year, part.year - 1))
        return FollowUpForm(stored, before, data)

    def work(form: FollowUpForm) -> None:
        version = form.cleaned_data["version"]
        operation(by=request.user, unit=part.unit, year=part.year, version=version, text=form.text())

    return run_form(request, page, make, work)


def _takes_confirmation_away(before: StrategyFollowUp | None, form: FollowUpForm) -> bool:
    if before is None or before.confirmed_at is None:
        return False
    return any(getattr(before, name) != text for name, text in asdict(form.text().stripped()).items())


def _title(part: Part) -> str:
    return _("Strategioppfølging {year} for {unit}").format(year=part.year, unit=part.unit.name)


def _matrix_crumb(part: Part) -> Crumb:
    return (_("Strategioppfølging"), reverse("reporting:follow_ups", args=[part.year]))


def _read_page(request: AuthenticatedRequest, part: Part, closed: str) -> HttpResponse:
    stored = part.stored
    context = {
        "page_title": _title(part),
        "crumbs": crumbs_of(_matrix_crumb(part), (_title(part), "")),
        "part": part,
        "stored": stored,
        "closed": closed,
        "answers": [
            (label, getattr(stored, name) if stored else "") for name, _short, label in FOLLOW_UP_FIELDS
        ],
    }
    return render_page(request, "reporting/follow_up.html", context)
