"""Every figure of one month, quarter or year on one page: all of them saved, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS
from organisation.rules import AuthenticatedRequest
from strategy.actions.barometer import RefusedValues, StaleValues, ValueData, set_values
from strategy.calculations import last_finished, shifted
from strategy.enums import Frequency
from strategy.forms.barometer import FIGURE_FIELDS, PeriodForm, PeriodRowForm
from strategy.models import BarometerIndicator, BarometerValue, format_period, parse_any_period, period_code
from strategy.queries.barometer import PeriodRow, frequencies_in_use, period_rows
from web.formats import NBSP, format_number
from web.http import invalid, render_page, see_other

PAGE = "strategy/barometer_period.html"
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
    rows = period_rows(frequency, start)
    posted = request.POST if request.method == "POST" else None
    forms = [_row_form(row, posted) for row in rows]
    if posted is None:
        return _page(request, in_use, frequency, start, rows, forms)
    return _take(request, in_use, frequency, start, rows, forms)


def _take(
    request: AuthenticatedRequest,
    in_use: Sequence[Frequency],
    frequency: Frequency,
    start: date,
    rows: Sequence[PeriodRow],
    forms: Sequence[PeriodRowForm],
) -> HttpResponse:
    # Every form is asked, so that all that is wrong shows at once.
    if not [form for form in forms if not form.is_valid()]:
        touched = [form for form in forms if form.is_touched]
        try:
            saved = set_values(
                by=request.user,
                values=[(form.indicator, _data(form, start)) for form in touched],
            )
        except RefusedValues as refused:
            for form in touched:
                if reason := refused.values.get(form.indicator.pk):
                    form.add_error(reason.field if reason.field in form.fields else "value", reason.text)
        except StaleValues as stale:
            fresh = [
                _with_theirs(request.POST, row, form, stale) for row, form in zip(rows, forms, strict=True)
            ]
            return _page(request, in_use, frequency, start, rows, fresh, status=409)
        else:
            messages.success(request, _receipt(saved, format_period(frequency, start)))
            return see_other(reverse("strategy:barometer"))
    return _page(request, in_use, frequency, start, rows, forms, status=422)


def _receipt(saved: int, period: str) -> str:
    if not saved:
        return _("Ingen tall for {period} er endret.").format(period=period)
    return ngettext(
        "%(count)s tall for %(period)s er lagret.", "%(count)s tall for %(period)s er lagret.", saved
    ) % {"count": saved, "period": period}


def _row_form(row: PeriodRow, posted: QueryDict | None) -> PeriodRowForm:
    there = row.value
    initial = {name: getattr(there, name) for name in (*FIGURE_FIELDS, "version")} if there else {}
    return PeriodRowForm(posted, indicator=row.indicator, prefix=f"i{row.indicator.pk}", initial=initial)


def _data(form: PeriodRowForm, start: date) -> ValueData:
    cleaned = form.cleaned_data
    return ValueData(period=start, **{name: cleaned[name] for name in (*FIGURE_FIELDS, "version")})


def _with_theirs(posted: QueryDict, row: PeriodRow, form: PeriodRowForm, stale: StaleValues) -> PeriodRowForm:
    """What was typed stays, with what others saved said under it; saved again, it counts."""
    if row.indicator.pk not in stale.found:
        return form
    theirs = stale.found[row.indicator.pk]
    data = posted.copy()
    data[form.add_prefix("version")] = str(theirs.version if theirs else 0)
    fresh = _row_form(row, data)
    text = _("Noen andre har lagret {theirs} her. Lagre igjen for å beholde ditt.")
    fresh.add_error("value", text.format(theirs=_in_words(row.indicator, theirs)))
    return fresh


def _in_words(indicator: BarometerIndicator, value: BarometerValue | None) -> str:
    if value is None:
        return _("en tom rad")
    if value.value is None:
        return f"«{MISSING_LABELS[MissingReason(value.missing_reason)]}»"
    return f"{format_number(value.value)}{NBSP}{indicator.unit_label}"


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


def _page(
    request: AuthenticatedRequest,
    in_use: Sequence[Frequency],
    frequency: Frequency,
    start: date,
    rows: Sequence[PeriodRow],
    forms: Sequence[PeriodRowForm],
    *,
    status: int = 200,
) -> HttpResponse:
    period = format_period(frequency, start)
    context = {
        "page_title": _("Legg inn tall for {period}").format(period=period),
        "choice": _choice(in_use, (frequency, start)),
        "problem": "",
        "period": period,
        "post_url": f"{request.path}?{urlencode({PARAMETER: period_code(frequency, start)})}",
        "forms": forms,
        "has_errors": any(form.errors for form in forms if form.is_bound),
        "lines": [
            (row.indicator, _before(row, frequency), form) for row, form in zip(rows, forms, strict=True)
        ],
    }
    return render_page(request, PAGE, context, status=status)


def _before(row: PeriodRow, frequency: Frequency) -> str:
    if row.before is None:
        return _("{unit}, ingen tall ennå").format(unit=row.indicator.unit_label)
    return _("Sist {value} i {period}").format(
        value=_in_words(row.indicator, row.before), period=format_period(frequency, row.before.period)
    )


def _without_rows(request: AuthenticatedRequest, in_use: Sequence[Frequency], problem: str) -> HttpResponse:
    """No such period, or no indicator to fill in: only the choice."""
    context: dict[str, object] = {
        "page_title": _("Legg inn tall for en periode"),
        "choice": _choice(in_use, None) if in_use else None,
        "problem": problem,
        "period": "",
        "forms": [],
        "has_errors": False,
        "lines": [],
    }
    answer = invalid if problem else render_page
    return answer(request, PAGE, context)
