"""Every figure of one month, quarter or year on one page: all of them saved, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from strategy.actions.barometer import RefusedValues, set_values
from strategy.calculations import last_finished, shifted
from strategy.enums import Frequency
from strategy.forms.barometer import FIGURE_FIELDS, PeriodFiguresForm, PeriodForm, in_row
from strategy.models import format_period, parse_any_period, period_code
from strategy.queries.barometer import frequencies_in_use, period_rows
from web.form_page import Done, FormPage, run_form, show_form
from web.http import see_other
from web.refusals import Refusal, Refused

PARAMETER = "periode"
# How many periods back there are to choose among; the address takes any.
CHOICES = {Frequency.MONTH: 18, Frequency.QUARTER: 12, Frequency.YEAR: 6}
HEADINGS = {
    Frequency.MONTH: gettext_lazy("Måneder"),
    Frequency.QUARTER: gettext_lazy("Kvartaler"),
    Frequency.YEAR: gettext_lazy("År"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def barometer_period(request: AuthenticatedRequest) -> HttpResponse:
    """The period stands in the address; without one, the newest that waits for figures."""
    today = timezone.localdate()
    text = request.GET.get(PARAMETER, "")
    in_use = frequencies_in_use()
    if not text and in_use:
        return see_other(f"{request.path}?{urlencode({PARAMETER: _newest_awaited(in_use, today)})}")
    try:
        frequency, start = parse_any_period(text)
        if start > today:
            raise ValueError(
                _("{period} har ikke begynt ennå. Velg en periode som har vært.").format(
                    period=format_period(frequency, start)
                )
            )
    except ValueError as problem:
        return _without_rows(request, in_use, str(problem) if text else "")
    period = format_period(frequency, start)
    page = _page(
        _("Legg inn tall for {period}").format(period=period),
        done=lambda form: _receipt(len(form.values(start)), period),
        choice=_choice(in_use, (frequency, start)),
        period=period,
        action_url=f"{request.path}?{urlencode({PARAMETER: period_code(frequency, start)})}",
    )
    if frequency not in in_use:
        return show_form(request, page, None)

    def save(form: PeriodFiguresForm) -> None:
        try:
            set_values(by=request.user, values=form.values(start))
        except RefusedValues as refused:
            raise Refused(*_at_rows(refused)) from None

    return run_form(
        request, page, lambda data: PeriodFiguresForm(data, rows=period_rows(frequency, start)), save
    )


def _at_rows(refused: RefusedValues) -> Iterator[Refusal]:
    for indicator, reason in refused.values.items():
        name = reason.field if reason.field in FIGURE_FIELDS else "value"
        yield Refusal(reason.text, in_row(indicator, name))


def _receipt(saved: int, period: str) -> str:
    if not saved:
        return _("Ingen tall for {period} er endret.").format(period=period)
    return ngettext(
        "%(count)s tall for %(period)s er lagret.", "%(count)s tall for %(period)s er lagret.", saved
    ) % {"count": saved, "period": period}


def _newest_awaited(in_use: Sequence[Frequency], today: date) -> str:
    """Among the newest periods that are over, the one with the most indicators still to fill in."""

    def waiting(frequency: Frequency) -> int:
        rows = period_rows(frequency, last_finished(frequency, today))
        return sum(row.value is None for row in rows)

    most = max(in_use, key=waiting)
    return period_code(most, last_finished(most, today))


def _choice(in_use: Sequence[Frequency], chosen: tuple[Frequency, date] | None) -> PeriodForm:
    """The periods to choose among, newest first; one the address names beyond them stands first of all."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for frequency in in_use:
        newest = last_finished(frequency, timezone.localdate())
        starts = [shifted(frequency, newest, -back) for back in range(CHOICES[frequency])]
        if chosen and chosen[0] == frequency and chosen[1] not in starts:
            starts.insert(0, chosen[1])
        options = [(period_code(frequency, one), format_period(frequency, one)) for one in starts]
        groups.append((str(HEADINGS[frequency]), options))
    return PeriodForm(periods=groups, initial={PARAMETER: period_code(*chosen) if chosen else ""})


def _without_rows(request: AuthenticatedRequest, in_use: Sequence[Frequency], problem: str) -> HttpResponse:
    """No such period, or no indicator to fill in: only the choice."""
    choice = _choice(in_use, None) if in_use else None
    page = _page(_("Legg inn tall for en periode"), choice=choice, problem=problem)
    return show_form(request, page, None, status=422 if problem else 200)


def _page(title: str, *, done: Done = "", **context: object) -> FormPage:
    barometer_url = reverse("strategy:barometer")
    return FormPage(
        title=title,
        back_url=barometer_url,
        done=done,
        button=_("Lagre alt"),
        crumbs=[(_("Strategi"), reverse("strategy:index")), (_("Klimabarometer"), barometer_url)],
        template="strategy/barometer_period.html",
        context=context,
    )
