"""Accounts as spreadsheets, typed: what the page shows, with edition and date on every sheet and row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from emissions.enums import Scope
from emissions.models import MISSING_LABELS, SCOPE_LABELS
from emissions.queries.accounts import Account, Amount
from web.formats import format_date
from web.sheets.writing import Column, Sheet, write_csv, write_xlsx


def accounts_csv(accounts: Sequence[Account]) -> bytes:
    """One row per municipality, sector and year; years that an edition lacks have no rows."""
    return write_csv(
        Sheet(
            name=_("Klimaregnskap"),
            columns=[
                Column(_("Kommune")),
                Column(_("Systemgrense")),
                Column(_("Sektor")),
                Column(_("År"), "integer"),
                Column(_("Tonn CO₂e"), "number"),
                Column(_("Merknad")),
                Column(_("Utgiver")),
                Column(_("Publisert"), "date"),
                Column(_("Eksempeldata")),
            ],
            rows=_rows(accounts),
        )
    )


def _rows(accounts: Sequence[Account]) -> Iterator[Sequence[object]]:
    for account in accounts:
        edition = account.edition
        for line in account.sectors:
            for year, amount in zip(account.years, line.amounts, strict=True):
                if amount is not None:
                    yield (
                        edition.municipality.name,
                        SCOPE_LABELS[Scope(edition.scope)],
                        line.name,
                        year,
                        amount.tonnes,
                        _reasons(amount),
                        edition.publisher,
                        edition.published,
                        edition.is_example,
                    )


def accounts_xlsx(accounts: Sequence[Account]) -> bytes:
    """A sheet with the sum per year of all accounts, and a sheet per municipality with its sectors."""
    return write_xlsx([_sums(accounts), *(_sectors(account) for account in accounts)])


def _sums(accounts: Sequence[Account]) -> Sheet:
    totals = [account.total_by_year() for account in accounts]
    years = sorted({year for by_year in totals for year in by_year})
    return Sheet(
        name=_("Sum per år"),
        columns=[
            Column(_("År"), "integer"),
            *(Column(account.edition.municipality.name, "number", 1) for account in accounts),
        ],
        rows=[[year, *(_cell(by_year.get(year)) for by_year in totals)] for year in years],
        title=[_("Utslipp per år, tonn CO₂e"), *(_provenance(account) for account in accounts)],
    )


def _sectors(account: Account) -> Sheet:
    return Sheet(
        name=account.edition.municipality.name,
        columns=[Column(_("Sektor")), *(Column(str(year), "number", 1) for year in account.years)],
        rows=[
            *([line.name, *map(_cell, line.amounts)] for line in account.sectors),
            [_("Sum"), *map(_cell, account.totals)],
        ],
        title=[_("Utslipp per sektor og år, tonn CO₂e"), _provenance(account)],
    )


def _provenance(account: Account) -> str:
    edition = account.edition
    line = _("{municipality}: {scope}. Utgitt av {publisher}, publisert {date}.").format(
        municipality=edition.municipality.name,
        scope=SCOPE_LABELS[Scope(edition.scope)],
        publisher=edition.publisher,
        date=format_date(edition.published),
    )
    return f"{line} {_('Eksempeldata.')}" if edition.is_example else line


def _cell(amount: Amount | None) -> object:
    """The exact figure; empty for no row, the reason as text for a figure that is missing."""
    if amount is None:
        return None
    return _reasons(amount) if amount.tonnes is None else amount.tonnes


def _reasons(amount: Amount) -> str:
    return "; ".join(str(MISSING_LABELS[reason]) for reason in amount.reasons)
