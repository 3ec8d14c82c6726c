"""Pages that show klimaregnskap: our own, another municipality beside it, and one edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emissions.enums import Scope
from emissions.exports.accounts import accounts_csv, accounts_xlsx
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS, Edition
from emissions.queries import accounts as account_queries
from emissions.queries.accounts import Account
from emissions.queries.editions import built_on, editions_in_force, editions_of
from emissions.views.selection import chosen_scope, last_whole_year, no_figures, scope_options, tabs
from emissions.words import accounts as account_words
from emissions.words.accounts import amount_text
from organisation.enums import Switch
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.charts import Chart, Series, multi_line_chart
from web.downloads import download
from web.http import render_page
from web.names import names, own_municipality

WRITERS = {"csv": accounts_csv, "xlsx": accounts_xlsx}


@dataclass(frozen=True, slots=True)
class Selection:
    """What the address asks for: `others` may be chosen, `problems` are what the address got wrong."""

    scope: Scope
    own: Edition | None
    other: Edition | None
    others: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def editions(self) -> list[Edition]:
        return [edition for edition in (self.own, self.other) if edition]

    @property
    def query(self) -> str:
        """The address of what is shown, without what could not be shown."""
        return urlencode(self.address)

    @property
    def address(self) -> dict[str, str]:
        parts = {"kommune": self.other.municipality.name} if self.other else {}
        return parts | {"grense": SCOPE_SLUGS[self.scope]}


@dataclass(frozen=True, slots=True)
class TableLine:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountPanel:
    """One municipality's account as the page shows it."""

    edition: Edition
    answer: str
    chart: Chart
    years: tuple[int, ...]
    lines: tuple[TableLine, ...]
    total: TableLine
    gap_note: str
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Totals per year, side by side."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    selection = _selection(request)
    accounts = account_queries.accounts(selection.editions)
    context = {
        "page_title": _("Klimaregnskap"),
        "selection": selection,
        "scope_label": SCOPE_LABELS[selection.scope],
        "scope_slug": SCOPE_SLUGS[selection.scope],
        "scopes": scope_options(),
        "tabs": tabs("index", selection.address),
        "own_name": own_municipality(),
        "chosen": selection.other.municipality.name if selection.other else "",
        "panels": [_panel(account, last_whole_year()) for account in accounts],
        "comparison": _comparison(accounts) if len(accounts) > 1 else None,
        "may_import": has_permission(request.user, Permission.IMPORT_EMISSIONS),
        "has_own_operations": names().is_on(Switch.OWN_OPERATIONS),
    }
    return render_page(request, "emissions/index.html", context, partials={"regnskap": "accounts"})


@require_safe
def export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """What the page shows for the same address, as CSV or XLSX. 404 when there is nothing to show."""
    selection = _selection(request)
    if file_format not in WRITERS or selection.problems or not selection.editions:
        raise Http404
    names = [edition.municipality.name for edition in selection.editions]
    name = slugify(" ".join(["klimaregnskap", SCOPE_SLUGS[selection.scope], *names]), allow_unicode=True)
    return download(
        WRITERS[file_format](account_queries.accounts(selection.editions)), f"{name}.{file_format}"
    )


@require_safe
def edition(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Edition.objects.select_related("municipality", "imported_by"), pk=pk)
    siblings = editions_of(found.municipality, found.scope)
    accounts = account_queries.accounts([found])
    own = found.municipality.name == own_municipality()
    may_import = has_permission(request.user, Permission.IMPORT_EMISSIONS)
    context = {
        "page_title": _("Utgave av klimaregnskapet for %(municipality)s")
        % {"municipality": found.municipality.name},
        "edition": found,
        "scope_label": SCOPE_LABELS[Scope(found.scope)],
        "shape_description": account_words.shape_label(found.shape),
        "in_force": siblings[0],
        "siblings": siblings,
        "panel": _panel(accounts[0]) if accounts else None,
        "may_import": may_import,
        "built_on": built_on(found) if may_import else [],
        "accounts_query": urlencode(
            ({} if own else {"kommune": found.municipality.name})
            | {"grense": SCOPE_SLUGS[Scope(found.scope)]}
        ),
    }
    return render_page(request, "emissions/edition.html", context)


def _selection(request: AuthenticatedRequest) -> Selection:
    problems: list[str] = []
    name = request.GET.get("kommune", "").strip()
    scope = chosen_scope(request, problems)
    editions = {edition.municipality.name: edition for edition in editions_in_force(scope)}
    own = editions.pop(own_municipality(), None)
    other = next((one for key, one in editions.items() if key.casefold() == name.casefold()), None)
    if name and other is None and name.casefold() != own_municipality().casefold():
        problems.append(no_figures(name))
    return Selection(scope, own, other, tuple(editions), tuple(problems))


def _panel(account: Account, until: int = 0) -> AccountPanel:
    """With `until`, the note also says which years to that one are to come."""
    return AccountPanel(
        edition=account.edition,
        answer=account_words.answer(account),
        chart=_sector_chart(account),
        years=account.years,
        lines=tuple(
            TableLine(line.name, tuple(map(amount_text, line.amounts)))
            for line in account.sectors
            if any(line.amounts)
        ),
        total=TableLine(_("Sum"), tuple(map(amount_text, account.totals))),
        gap_note=f"{account_words.gap_note(account)} {account_words.to_come_note(account, until)}".strip(),
        is_partial=any(total.is_partial for total in account.totals),
    )


def _sector_chart(account: Account) -> Chart:
    """One curve per sector, with the years the edition lacks as gaps."""
    at = {year: index for index, year in enumerate(account.years)}
    years = range(account.years[0], account.years[-1] + 1)
    series = []
    for line in account.sectors:
        amounts = [line.amounts[at[year]] if year in at else None for year in years]
        points = [
            (year, amount.tonnes if amount else None) for year, amount in zip(years, amounts, strict=True)
        ]
        series.append(Series(line.name, points))
    title = _("Utslipp i {municipality} per sektor, {period}").format(
        municipality=account.edition.municipality.name, period=account_words.period(account.years)
    )
    return multi_line_chart(title, _("tonn CO₂e"), series)


def _comparison(accounts: Sequence[Account]) -> Comparison:
    totals = [account.total_by_year() for account in accounts]
    years = sorted({year for by_year in totals for year in by_year})
    return Comparison(
        names=tuple(account.edition.municipality.name for account in accounts),
        rows=tuple((year, tuple(amount_text(by_year.get(year)) for by_year in totals)) for year in years),
    )
