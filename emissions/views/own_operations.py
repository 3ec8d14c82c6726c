"""The account of own operations: the year's overview, the register of factors, and closing a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from climate_portal.web.charts import Chart, Series, multi_line_chart
from climate_portal.web.http import invalid, render_page, see_other
from emissions import actions, queries
from emissions.actions import RefusedEdition
from emissions.enums import MeasuredIn, Scope
from emissions.forms import ClosingForm
from emissions.models import (
    OWN_SCOPES,
    SCOPE_LABELS,
    SCOPE_SLUGS,
    Activity,
)
from emissions.queries import ActivityRow
from emissions.queries.accounts import Amount
from emissions.queries.closing import closing_account
from emissions.queries.editions import edition_in_force
from emissions.rules import may_enter_some
from emissions.views import wording
from emissions.views.access import check_year, current_user, may_edit
from organisation.rules import duties

OWN_BY_SLUG = {SCOPE_SLUGS[scope]: scope for scope in OWN_SCOPES}


@dataclass(frozen=True, slots=True)
class Table:
    """Amounts per label and year, as text. `rows` are (label, cells)."""

    title: str
    heading: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopePart:
    """One of the two accounts, with everything the page says of it."""

    slug: str
    label: str
    answer: str
    chart: Chart | None
    tables: tuple[Table, ...]
    factors: tuple[tuple[str, str], ...]
    without_factor: tuple[str, ...]
    is_partial: bool
    is_example: bool
    edition_pk: int | None
    edition: str


@require_safe
def overview(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Both accounts of one year, each by itself. Without a year: the last one with figures."""
    rows = queries.activity_rows()
    years = sorted({row.activity.year for row in rows if not row.is_blank})
    shown = year or (years[-1] if years else timezone.localdate().year - 1)
    check_year(shown)
    context = {
        "page_title": _("Egen virksomhet {year}").format(year=shown),
        "year": shown,
        "years": years,
        "parts": [
            _part(scope, [r for r in rows if r.activity.activity_type.scope == scope], shown)
            for scope in OWN_SCOPES
        ],
        "may_enter": may_enter_some(duties(current_user(request))),
        "may_edit": may_edit(request),
    }
    return render_page(request, "emissions/own_overview.html", context)


def _part(scope: Scope, all_rows: list[ActivityRow], year: int) -> ScopePart:
    rows = [row for row in all_rows if row.activity.activity_type.scope == scope]
    years = tuple(sorted({row.activity.year for row in rows if not row.is_blank}))
    rows = [row for row in rows if row.activity.year in years]
    by_type = queries.by_label(rows, lambda one: one.activity_type.name)
    by_unit = queries.by_label(rows, lambda one: one.unit.name)
    totals = queries.by_label(rows, lambda _one: "").get("", {})
    of_year = [row for row in rows if row.activity.year == year]
    edition = edition_in_force(settings.MUNICIPALITY, scope)
    return ScopePart(
        slug=SCOPE_SLUGS[scope],
        label=str(SCOPE_LABELS[scope]),
        answer=_answer(totals.get(year), year),
        chart=_chart(by_type, years, str(SCOPE_LABELS[scope])) if len(years) > 1 else None,
        tables=(
            _table(_("Per aktivitet"), _("Aktivitet"), by_type, totals, years),
            _table(_("Per virksomhet"), _("Virksomhet"), by_unit, totals, years),
        )
        if years
        else (),
        factors=_factors(of_year),
        without_factor=tuple(
            f"{row.activity.unit}: {row.activity.activity_type}" for row in of_year if row.lacks_factor
        ),
        is_partial=any(total.is_partial for total in totals.values()),
        is_example=any(row.activity.is_example for row in rows),
        edition_pk=edition.pk if edition else None,
        edition=wording.edition_line(edition) if edition else "",
    )


def _answer(amount: Amount | None, year: int) -> str:
    if amount is None:
        return _("Ingenting er ført for {year} ennå.").format(year=year)
    if amount.tonnes is None:
        return _("Ingen tall er kjent for {year}: {why}.").format(year=year, why=wording.amount_text(amount))
    text = _("{tonnes} tonn CO₂e i {year}.").format(tonnes=wording.exact_text(amount), year=year)
    return f"{text} {_('Noe mangler og er ikke regnet med.')}" if amount.is_partial else text


def _chart(by_type: dict[str, dict[int, Amount]], years: tuple[int, ...], label: str) -> Chart:
    span = range(years[0], years[-1] + 1)
    series = [
        Series(name, [(year, amounts[year].tonnes if year in amounts else None) for year in span])
        for name, amounts in by_type.items()
    ]
    title = _("{scope} per aktivitet, {period}").format(scope=label, period=wording.period(years))
    return multi_line_chart(title, _("tonn CO₂e"), series)


def _table(
    title: str,
    heading: str,
    lines: dict[str, dict[int, Amount]],
    totals: dict[int, Amount],
    years: tuple[int, ...],
) -> Table:
    return Table(
        title=title,
        heading=heading,
        years=years,
        rows=tuple(
            (name, tuple(wording.exact_text(amounts.get(year)) for year in years))
            for name, amounts in lines.items()
        ),
        total=tuple(wording.exact_text(totals.get(year)) for year in years),
    )


def _factors(rows: list[ActivityRow]) -> tuple[tuple[str, str], ...]:
    """Which factor, in which version, each activity of the year was counted with."""
    found = {
        row.activity.activity_type.name: wording.factor_text(
            row.factor.kg_co2e, MeasuredIn(row.activity.activity_type.measured_in), row.factor.version
        )
        for row in rows
        if row.factor
    }
    return tuple(sorted(found.items()))


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, year: int, scope: str) -> HttpResponse:
    """What the edition would say, what is missing, and the button that freezes it."""
    check_year(year)
    if scope not in OWN_BY_SLUG:
        raise Http404
    chosen = OWN_BY_SLUG[scope]
    account = closing_account(chosen, year)
    form = ClosingForm(
        request.POST or None, has_gaps=bool(account.gaps), initial={"published": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            edition, written = actions.close_year(
                by=current_user(request),
                scope=chosen,
                year=year,
                published=form.cleaned_data["published"],
                publisher=_("{name} kommune").format(name=settings.MUNICIPALITY),
                gaps_because=form.reason(),
            )
        except RefusedEdition as refused:
            form.add_error(None, str(refused))
        else:
            done = _("Regnskapet er lukket som en ny utgave.")
            same = _("Regnskapet er alt lukket med nøyaktig disse tallene. Ingenting er endret.")
            messages.success(request, done if written else same)
            return see_other(reverse("emissions:edition", args=[edition.pk]))
    lines = queries.by_label(account.rows, _source_name)
    totals = queries.by_label(account.rows, lambda _one: "").get("", {})
    context = {
        "page_title": _("Lukk {year} som utgave").format(year=year),
        "year": year,
        "scope_label": SCOPE_LABELS[chosen],
        "scope_slug": scope,
        "account": account,
        "has_year": year in account.years,
        "table": _table(_("Dette fryses"), _("Utslippskilde"), lines, totals, account.years),
        "form": form,
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/own_close.html", context)


def _source_name(activity: Activity) -> str:
    source = activity.activity_type.source
    return f"{source.sector.name}: {source}"
