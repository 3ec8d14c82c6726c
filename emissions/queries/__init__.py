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
from emissions.queries.breakdown import (
    Line,
    gas_lines,
    population_register,
    populations,
    sector_lines,
    source_lines,
    sum_of,
    years_of,
)
from emissions.queries.editions import edition_from_file, edition_in_force, editions_in_force, editions_of
from emissions.queries.tables import (
    FigureLine,
    FigureTable,
    Head,
    development_table,
    sector_table,
    share_table,
    two_years_table,
)

__all__ = [
    "KNOWN_ZERO",
    "Account",
    "Amount",
    "FigureLine",
    "FigureTable",
    "Head",
    "Line",
    "SectorLine",
    "TableRow",
    "accounts",
    "development_table",
    "edition_from_file",
    "edition_in_force",
    "editions_in_force",
    "editions_of",
    "emissions_table",
    "gas_lines",
    "population_register",
    "populations",
    "sector_lines",
    "sector_table",
    "share_table",
    "source_lines",
    "source_totals",
    "sum_of",
    "two_years_table",
    "years_of",
]
