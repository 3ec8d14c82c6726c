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
from emissions.queries.comparisons import EditionComparison, Movement, compare_editions
from emissions.queries.editions import (
    edition_from_file,
    edition_in_force,
    editions_in_force,
    editions_of,
    unseen_labels,
    upload_content,
)

__all__ = [
    "KNOWN_ZERO",
    "Account",
    "Amount",
    "EditionComparison",
    "Movement",
    "SectorLine",
    "TableRow",
    "accounts",
    "compare_editions",
    "edition_from_file",
    "edition_in_force",
    "editions_in_force",
    "editions_of",
    "emissions_table",
    "source_totals",
    "unseen_labels",
    "upload_content",
]
