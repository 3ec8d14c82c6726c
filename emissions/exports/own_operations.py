"""The account of own operations as spreadsheets: what its page shows, the two accounts never added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emissions.enums import Scope
from emissions.models import MEASURED_IN_LABELS, SCOPE_LABELS, reason_text
from emissions.queries.accounts import Amount
from emissions.queries.own_account import Lines, OwnAccount
from web.formats import format_date
from web.sheets.writing import Column, Sheet, write_csv, write_xlsx

# The name of a sheet has room for 31 letters.
_SHORT = {
    Scope.OWN_OPERATIONS_DIRECT: gettext_lazy("Direkte"),
    Scope.OWN_OPERATIONS_FOOTPRINT: gettext_lazy("Fotavtrykk"),
}


def own_accounts_csv(accounts: Sequence[OwnAccount], today: date) -> bytes:
    """A row for each label and year, unrounded, with the reason where there is no figure."""
    columns = [
        Column(_("Systemgrense")),
        Column(_("Fordelt på")),
        Column(_("Navn")),
        Column(_("År"), "integer"),
        Column(_("Tonn CO₂e"), "number"),
        Column(_("Hvorfor noe mangler")),
        Column(_("Utgave som gjelder")),
        Column(_("Hentet"), "date"),
        Column(_("Eksempeldata")),
    ]
    return write_csv(Sheet(name=_("Egen virksomhet"), columns=columns, rows=list(_rows(accounts, today))))


def _rows(accounts: Sequence[OwnAccount], today: date) -> Iterator[Sequence[object]]:
    for account in accounts:
        total: Lines = {_("Sum"): account.totals}
        for divided, lines in (
            (_("Aktivitet"), account.by_activity),
            (_("Virksomhet"), account.by_unit),
            (_("I alt"), total),
        ):
            for name, amounts in lines.items():
                for year in account.years:
                    amount = amounts.get(year)
                    if amount is not None:
                        yield (
                            SCOPE_LABELS[account.scope],
                            divided,
                            name,
                            year,
                            amount.tonnes,
                            reason_text(amount.reasons),
                            _edition(account),
                            today,
                            account.is_example,
                        )


def own_accounts_xlsx(accounts: Sequence[OwnAccount], year: int, today: date) -> bytes:
    """Two sheets for each account, per activity and per unit, and the factors used for the year."""
    sheets = []
    for account in accounts:
        if not account.years:
            continue
        short = _SHORT[account.scope]
        sheets += [
            _sheet(account, today, _("{account} per aktivitet").format(account=short), account.by_activity),
            _sheet(account, today, _("{account} per virksomhet").format(account=short), account.by_unit),
        ]
    return write_xlsx([*sheets, _factors(accounts, year)])


def _sheet(account: OwnAccount, today: date, name: str, lines: Lines) -> Sheet:
    return Sheet(
        name=name,
        columns=[Column(_("Navn")), *(Column(str(year), "number", 1) for year in account.years)],
        rows=[
            *(
                [label, *(_cell(amounts.get(year)) for year in account.years)]
                for label, amounts in lines.items()
            ),
            [_("Sum"), *(_cell(account.totals.get(year)) for year in account.years)],
        ],
        title=[
            _("{scope}, tonn CO₂e").format(scope=SCOPE_LABELS[account.scope]),
            _("Slik regnskapet var {day}.").format(day=format_date(today)),
            _edition(account),
            *([_("Eksempeldata.")] if account.is_example else []),
            *([_("Noe mangler og er ikke regnet med i summene.")] if account.is_partial else []),
        ],
    )


def _factors(accounts: Sequence[OwnAccount], year: int) -> Sheet:
    return Sheet(
        name=_("Utslippsfaktorer {year}").format(year=year),
        columns=[
            Column(_("Systemgrense")),
            Column(_("Aktivitet")),
            Column(_("Måleenhet")),
            Column(_("kg CO₂e per måleenhet"), "number"),
            Column(_("Versjon"), "integer"),
        ],
        rows=[
            [
                SCOPE_LABELS[account.scope],
                used.activity,
                MEASURED_IN_LABELS[used.measured_in],
                used.factor.kg_co2e,
                used.factor.version,
            ]
            for account in accounts
            for used in account.factors(year)
        ],
    )


def _edition(account: OwnAccount) -> str:
    if account.edition is None:
        return _("Ikke lukket som utgave ennå.")
    return _("Utgave publisert {day} av {publisher}.").format(
        day=format_date(account.edition.published), publisher=account.edition.publisher
    )


def _cell(amount: Amount | None) -> object:
    """The exact figure, the reason where it is missing, or nothing where nobody has said anything."""
    if amount is None:
        return None
    return reason_text(amount.reasons) if amount.tonnes is None else amount.tonnes
