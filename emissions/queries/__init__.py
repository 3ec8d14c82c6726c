"""Reads of klimaregnskapet. All figures are tCO2e, gases summed by the database."""

from emissions.queries.accounts import (
    KNOWN_ZERO,
    Account,
    Amount,
    SectorLine,
    TableRow,
    accounts,
    emissions_table,
    source_totals,
)
from emissions.queries.editions import edition_from_file, edition_in_force, editions_in_force, editions_of

__all__ = [
    "KNOWN_ZERO",
    "Account",
    "Amount",
    "SectorLine",
    "TableRow",
    "accounts",
    "edition_from_file",
    "edition_in_force",
    "editions_in_force",
    "editions_of",
    "emissions_table",
    "source_totals",
]
