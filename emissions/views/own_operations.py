"""The account of own operations: the year's overview, the register of factors, and closing a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.closing import close_year
from emissions.exports.own_operations import own_accounts_csv, own_accounts_xlsx
from emissions.forms.own_operations import ClosingForm
from emissions.models import (
    OWN_SCOPES,
    SCOPE_LABELS,
    SCOPE_SLUGS,
    Activity,
)
from emissions.queries.accounts import Amount
from emissions.queries.closing import closing_account
from emissions.queries.own_account import Lines, OwnAccount, own_account
from emissions.queries.own_operations import activity_rows, by_label
from emissions.rules import may_enter_some, may_see
from emissions.views.access import check_year, may_edit
from emissions.words.accounts import amount_text, edition_line, exact_text, factor_text, period
from emissions.words.closing import gap_sentence
from organisation.rules import AuthenticatedRequest, Duties, duties
from web.charts import Chart, Series, multi_line_chart
from web.downloads import download
from web.form_page import FormPage, run_form
from web.http import render_page
from web.names import naming

OWN_BY_SLUG = {SCOPE_SLUGS[scope]: scope for scope in OWN_SCOPES}


FORMATS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Table:
    """Amounts per label and year, as text. `rows` are (label, address or nothing, cells)."""

    title: str
    heading: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
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
def overview(request: AuthenticatedRequest, year: int | None = None) -> HttpResponse:
    """Both accounts of one year, each by itself. Without a year: the last one with figures."""
    rows = activity_rows()
    years = sorted({row.activity.year for row in rows if not row.is_blank})
    shown = year or (years[-1] if years else timezone.localdate().year - 1)
    check_year(shown)
    held = duties(request.user)
    context = {
        "page_title": _("Egen virksomhet {year}").format(year=shown),
        "year": shown,
        "years": years,
        "parts": [_part(own_account(scope, rows), shown, held) for scope in OWN_SCOPES],
        "may_enter": may_enter_some(held),
        "may_edit": may_edit(request),
    }
    return render_page(request, "emissions/own_overview.html", context)


@require_safe
def export(request: AuthenticatedRequest, year: int, file_format: str) -> HttpResponse:
    """What the page of the year shows, as CSV or XLSX; both accounts, each by itself."""
    check_year(year)
    if file_format not in FORMATS:
        raise Http404
    rows = activity_rows()
    accounts = [own_account(scope, rows) for scope in OWN_SCOPES]
    today = timezone.localdate()
    content = (
        own_accounts_csv(accounts, today)
        if file_format == "csv"
        else own_accounts_xlsx(accounts, year, today)
    )
    return download(content, f"egen-virksomhet-{year}.{file_format}")


def _part(account: OwnAccount, year: int, held: Duties) -> ScopePart:
    label = str(SCOPE_LABELS[account.scope])
    edition = account.edition
    return ScopePart(
        slug=SCOPE_SLUGS[account.scope],
        label=label,
        answer=_answer(account.totals.get(year), year),
        chart=_chart(account.by_activity, account.years, label) if len(account.years) > 1 else None,
        tables=(
            _table(_("Per aktivitet"), _("Aktivitet"), account.by_activity, account.totals, account.years),
            _table(
                _("Per virksomhet"),
                _("Virksomhet"),
                account.by_unit,
                account.totals,
                account.years,
                urls=_unit_urls(account, year, held),
            ),
        )
        if account.years
        else (),
        factors=tuple(
            (
                used.activity,
                factor_text(used.factor.kg_co2e, used.measured_in, used.factor.version),
            )
            for used in account.factors(year)
        ),
        without_factor=tuple(
            f"{row.activity.unit}: {row.activity.activity_type}"
            for row in account.of_year(year)
            if row.lacks_factor
        ),
        is_partial=account.is_partial,
        is_example=account.is_example,
        edition_pk=edition.pk if edition else None,
        edition=edition_line(edition) if edition else "",
    )


def _unit_urls(account: OwnAccount, year: int, held: Duties) -> dict[str, str]:
    """Unit → what it has entered for the year, for those who may see that."""
    return {
        name: reverse("emissions:own_entry", args=[year, unit.pk])
        for name, unit in account.units.items()
        if may_see(held, unit.pk)
    }


def _answer(amount: Amount | None, year: int) -> str:
    if amount is None:
        return _("Ingenting er ført for {year} ennå.").format(year=year)
    if amount.tonnes is None:
        return _("Ingen tall er kjent for {year}: {why}.").format(year=year, why=amount_text(amount))
    text = _("{tonnes} tonn CO₂e i {year}.").format(tonnes=exact_text(amount), year=year)
    return f"{text} {_('Noe mangler og er ikke regnet med.')}" if amount.is_partial else text


def _chart(by_type: Lines, years: tuple[int, ...], label: str) -> Chart:
    span = range(years[0], years[-1] + 1)
    series = [
        Series(name, [(year, amounts[year].tonnes if year in amounts else None) for year in span])
        for name, amounts in by_type.items()
    ]
    title = _("{scope} per aktivitet, {period}").format(scope=label, period=period(years))
    return multi_line_chart(title, _("tonn CO₂e"), series)


def _table(
    title: str,
    heading: str,
    lines: Lines,
    totals: Mapping[int, Amount],
    years: tuple[int, ...],
    *,
    urls: Mapping[str, str] | None = None,
) -> Table:
    return Table(
        title=title,
        heading=heading,
        years=years,
        rows=tuple(
            (
                name,
                (urls or {}).get(name, ""),
                tuple(exact_text(amounts.get(year)) for year in years),
            )
            for name, amounts in lines.items()
        ),
        total=tuple(exact_text(totals.get(year)) for year in years),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AuthenticatedRequest, year: int, scope: str) -> HttpResponse:
    """What the edition would say, what is missing, and the button that freezes it."""
    check_year(year)
    if scope not in OWN_BY_SLUG:
        raise Http404
    chosen = OWN_BY_SLUG[scope]
    account = closing_account(chosen, year)
    lines = by_label(account.rows, _source_name)
    totals = by_label(account.rows, lambda _one: "").get("", {})
    done = [_("Regnskapet er lukket som en ny utgave.")]
    page = FormPage(
        title=_("Lukk {year} som utgave").format(year=year),
        back_url=reverse("emissions:own_year", args=[year]),
        done=lambda _form: done[-1],
        button=_("Lukk som utgave"),
        crumbs=[
            (_("Klimaregnskap"), reverse("emissions:index")),
            (_("Egen virksomhet"), reverse("emissions:own_operations")),
        ],
        template="emissions/own_close.html",
        context={
            "year": year,
            "scope_label": SCOPE_LABELS[chosen],
            "account": {
                "is_example": account.is_example,
                "gaps": [{"sentence": gap_sentence(gap)} for gap in account.gaps],
            },
            "has_year": year in account.years,
            "table": _table(_("Dette fryses"), _("Utslippskilde"), lines, totals, account.years),
        },
    )

    def make(data: QueryDict | None) -> ClosingForm:
        return ClosingForm(data, has_gaps=bool(account.gaps), initial={"published": timezone.localdate()})

    def save(form: ClosingForm) -> str:
        edition, written = close_year(
            by=request.user,
            scope=chosen,
            year=year,
            published=form.cleaned_data["published"],
            publisher=naming("{organisation}"),
            gaps_because=form.reason(),
        )
        if not written:
            done.append(_("Regnskapet er allerede lukket med nøyaktig disse tallene. Ingenting er endret."))
        return reverse("emissions:edition", args=[edition.pk])

    return run_form(request, page, make, save)


def _source_name(activity: Activity) -> str:
    source = activity.activity_type.source
    return f"{source.sector.name}: {source}"
