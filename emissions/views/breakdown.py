"""The reading pages: development, shares, two years side by side, and one sector down to gas.

One description of each view serves page, CSV and XLSX, so that a file is what the page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from emissions.enums import Reckoning
from emissions.exports.tables import table_csv, table_xlsx
from emissions.models import RECKONING_LABELS, RECKONING_SLUGS, SCOPE_LABELS, Edition, Population
from emissions.queries import breakdown as breakdown_queries
from emissions.views.selection import Choice, Reading, last_whole_year, reading, tabs
from emissions.views.tables import shown_table
from emissions.words import breakdown as sentences
from emissions.words.tables import FigureTable, development_table, sector_table, share_table, two_years_table
from organisation.rules import AuthenticatedRequest
from web.charts import Chart, Series, multi_line_chart
from web.downloads import download
from web.http import render_page

RECKONING_BY_SLUG = {slug: reckoning for reckoning, slug in RECKONING_SLUGS.items()}
WRITERS = {"csv": table_csv, "xlsx": table_xlsx}


@dataclass(frozen=True, slots=True)
class View:
    """What one address shows of an account. `address` is what it asks for beyond scope and municipality."""

    answer: str
    table_title: str
    table: FigureTable
    choices: tuple[Choice, ...]
    address: Mapping[str, str]
    chart: Chart | None = None
    # The column whose percent is also drawn as a bar.
    bar_column: int | None = None
    populations: tuple[Population, ...] = ()
    note: str = ""

    @property
    def has_example_populations(self) -> bool:
        return any(row.is_example for row in self.populations)


Builder: TypeAlias = Callable[[Reading, Edition], View]


def _subject(account: Reading) -> str:
    return sentences.subject(account.scope, account.municipality)


def _development(account: Reading, edition: Edition) -> View:
    slugs = [(slug, str(RECKONING_LABELS[one])) for one, slug in RECKONING_SLUGS.items()]
    slug, shown_as = account.pick("vis", _("Vis som"), slugs)
    reckoning = RECKONING_BY_SLUG[slug]
    base = account.year("basis", account.years[0])
    people: dict[int, Population] = {}
    if reckoning == Reckoning.PER_INHABITANT:
        people = breakdown_queries.populations(edition.municipality)
    inhabitants = {year: row.inhabitants for year, row in people.items()}
    table = development_table(account.lines, reckoning, base, inhabitants, last_whole_year())
    label = str(RECKONING_LABELS[reckoning])
    compares = reckoning in (Reckoning.CHANGE, Reckoning.PERCENT)
    if compares:
        label = _("{label} ({year})").format(label=label, year=base)
    unit = {Reckoning.PERCENT: _("prosent"), Reckoning.PER_INHABITANT: _("tonn CO₂e per innbygger")}
    per_head = reckoning == Reckoning.PER_INHABITANT
    who = _subject(account)
    return View(
        answer=sentences.per_inhabitant(who, table)
        if per_head
        else sentences.development(who, account.lines, base, account.years[-1]),
        table_title=_("{municipality} per sektor og år. {label}").format(
            municipality=account.municipality, label=label
        ),
        table=table,
        choices=(shown_as,) if per_head else (shown_as, account.year_choice("basis", _("Basisår"), base)),
        address={"vis": slug} | ({} if per_head else {"basis": str(base)}),
        chart=_chart(
            _("Utslipp i {municipality} per sektor. {label}").format(
                municipality=account.municipality, label=label
            ),
            unit.get(reckoning, _("tonn CO₂e")),
            table,
        ),
        populations=tuple(people[year] for year in account.years if year in people),
        note=_("Delt på innbyggere 1. januar samme år.") if per_head else "",
    )


def _shares(account: Reading, edition: Edition) -> View:
    year = account.year("aar", account.years[-1])
    return View(
        answer=sentences.shares(_subject(account), account.lines, year),
        table_title=_("{municipality} i {year}: utslipp og andel per sektor og kilde").format(
            municipality=account.municipality, year=year
        ),
        table=share_table(account.lines, year),
        choices=(account.year_choice("aar", _("År"), year),),
        address={"aar": str(year)},
        bar_column=1,
    )


def _two_years(account: Reading, edition: Edition) -> View:
    first, last = account.year("fra", account.years[0]), account.year("til", account.years[-1])
    if first == last:
        account.problems.append(_("Velg to ulike år for å se en endring."))
    return View(
        answer=sentences.development(_subject(account), account.lines, first, last),
        table_title=_("{municipality} i {first} og {last}, tonn CO₂e").format(
            municipality=account.municipality, first=first, last=last
        ),
        table=two_years_table(account.lines, first, last),
        choices=(
            account.year_choice("fra", _("Fra år"), first),
            account.year_choice("til", _("Til år"), last),
        ),
        address={"fra": str(first), "til": str(last)},
    )


def _sector(account: Reading, edition: Edition) -> View:
    names = [line.sector for line in breakdown_queries.sector_lines(account.lines)]
    name, choice = account.pick("sektor", _("Sektor"), [(one, one) for one in names])
    table = sector_table(breakdown_queries.gas_lines(edition, name), account.years, last_whole_year())
    sums = FigureTable(
        table.name_heads, table.heads, tuple(line for line in table.lines if line.is_sum), table.total
    )
    title = _("{sector} i {municipality}, per kilde og klimagass, tonn CO₂e").format(
        sector=name, municipality=account.municipality
    )
    return View(
        answer=sentences.sector(_subject(account), account.lines, name, account.years[0], account.years[-1]),
        table_title=title,
        table=table,
        choices=(choice,),
        address={"sektor": name},
        chart=_chart(
            _("{sector} i {municipality} per kilde, tonn CO₂e").format(
                sector=name, municipality=account.municipality
            ),
            _("tonn CO₂e"),
            sums,
        ),
        note="" if len(sums.lines) < len(table.lines) else _("Utgaven deler ikke utslippene på klimagass."),
    )


# By name in the address of a file: the view's route, its title and what it shows.
VIEWS: dict[str, tuple[str, object, Builder]] = {
    "utvikling": ("development", gettext_lazy("Utslippenes utvikling"), _development),
    "fordeling": ("shares", gettext_lazy("Utslippenes fordeling"), _shares),
    "to-aar": ("two_years", gettext_lazy("Utslipp i to år"), _two_years),
    "sektor": ("sector", gettext_lazy("Utslipp i én sektor"), _sector),
}


@require_safe
def development(request: AuthenticatedRequest) -> HttpResponse:
    return _page(request, "utvikling")


@require_safe
def shares(request: AuthenticatedRequest) -> HttpResponse:
    return _page(request, "fordeling")


@require_safe
def two_years(request: AuthenticatedRequest) -> HttpResponse:
    return _page(request, "to-aar")


@require_safe
def sector(request: AuthenticatedRequest) -> HttpResponse:
    return _page(request, "sektor")


@require_safe
def export(request: AuthenticatedRequest, view: str, file_format: str) -> HttpResponse:
    """The table of the view with the same address, as CSV or XLSX. 404 when there is nothing to show."""
    account = reading(request)
    if view not in VIEWS or file_format not in WRITERS or not account.years or account.edition is None:
        raise Http404
    shown = VIEWS[view][2](account, account.edition)
    if account.problems:
        raise Http404
    name = " ".join(["klimaregnskap", view, *account.address.values(), *shown.address.values()])
    file_name = f"{slugify(name, allow_unicode=True)}.{file_format}"
    write = WRITERS[file_format]
    content = write(shown.table, shown.table_title, account.edition, shown.populations)
    return download(content, file_name)


def _page(request: AuthenticatedRequest, view: str) -> HttpResponse:
    account = reading(request)
    route, title, build = VIEWS[view]
    shown = build(account, account.edition) if account.edition and account.years else None
    context = {
        "page_title": str(title),
        "account": account,
        "page_url": request.path,
        "tabs": tabs(route, account.address),
        "choices": [*account.choices(), *(shown.choices if shown else ())],
        "scope_label": SCOPE_LABELS[account.scope],
        "view": shown,
        "view_name": view,
        "table": shown_table(shown.table, shown.bar_column) if shown else None,
        "query": urlencode(account.address | dict(shown.address)) if shown else "",
    }
    return render_page(request, "emissions/reading.html", context, partials={"regnskap": "accounts"})


def _chart(title: str, unit: str, table: FigureTable) -> Chart:
    """One curve per line; a year without a number is a gap."""
    numbers: list[tuple[str, list[Decimal | None]]] = [
        (line.names[0], [value.number for value in line.values]) for line in table.lines
    ]
    years = [int(head.text) for head in table.heads]
    return multi_line_chart(
        title, unit, [Series(name, list(zip(years, row, strict=True))) for name, row in numbers]
    )
