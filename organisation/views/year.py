"""The municipality's year: the table everybody reads, and the form of those who plan it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.actions.year import save_year
from organisation.calculations.year import YearPlan
from organisation.enums import DATED_EACH_YEAR, YearMark
from organisation.forms.year import YearForm, coming_day
from organisation.models import YEAR_MARK_LABELS
from organisation.queries.year import is_shown, year_plan, year_table
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from organisation.words.year import NOT_KNOWN, WHOM_IT_CONCERNS, day_of_year, next_sentence, quiet_lines
from web.form_page import Crumb, FormPage, run_form
from web.formats import format_date
from web.http import render_page

YEAR = timedelta(days=365)


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """What comes next, everything in the order of the year, and the days nobody is asked on."""
    plan, stored, today = year_plan(), year_table(), timezone.localdate()
    coming = next(plan.between(today, today + YEAR, is_shown), None)
    context = {
        "page_title": _("Året"),
        "crumbs": [_organisation(), (_("Året"), "")],
        "lead": next_sentence(coming, today),
        "rows": _rows(plan, today),
        "quiet": quiet_lines(plan.quiet),
        "table": stored,
        "may_plan": has_permission(request.user, Permission.PLAN_YEAR),
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
    }
    return render_page(request, "organisation/year.html", context)


def _rows(plan: YearPlan, today: date) -> list[dict[str, Any]]:
    """In the order of the year; what is not known stands where it usually comes."""
    placed, before = [], (1, 1)
    for mark in filter(is_shown, YearMark):
        day = coming_day(plan, mark, today) if mark in DATED_EACH_YEAR else None
        month_and_day = (day.month, day.day) if day else plan.yearly(mark)
        before = month_and_day or before
        placed.append((before, mark, format_date(day) if day else day_of_year(month_and_day)))
    return [
        {
            "when": when,
            "is_known": when != str(NOT_KNOWN),
            "what": YEAR_MARK_LABELS[mark],
            "whom": WHOM_IT_CONCERNS[mark],
        }
        for _place, mark, when in sorted(placed, key=lambda one: one[0])
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedRequest) -> HttpResponse:
    today = timezone.localdate()
    page = FormPage(
        title=_("Endre året"),
        lead=_(
            "Forslag til frister og påminnelser følger dette fra nå av. Det som er åpnet, står med "
            "fristene det har."
        ),
        back_url=reverse("organisation:year"),
        done=_("Året er lagret."),
        crumbs=[_organisation(), (_("Året"), reverse("organisation:year"))],
    )

    def make(data: QueryDict | None) -> YearForm:
        stored = year_table()
        return YearForm(
            data,
            plan=year_plan(),
            marks=[mark for mark in YearMark if is_shown(mark)],
            version=stored.version if stored else 0,
            today=today,
        )

    def save(form: YearForm) -> None:
        save_year(by=request.user, answers=form.answers(), version=form.cleaned_data["version"])

    return run_form(request, page, make, save)


def _organisation() -> Crumb:
    return _("Organisasjon"), reverse("organisation:index")
