"""Klimaregnskap as spreadsheets."""

from emissions.exports.accounts import accounts_csv, accounts_xlsx
from emissions.exports.comparisons import comparison_csv, comparison_xlsx
from emissions.exports.own_operations import own_accounts_csv, own_accounts_xlsx
from emissions.exports.tables import table_csv, table_xlsx

__all__ = [
    "accounts_csv",
    "accounts_xlsx",
    "comparison_csv",
    "comparison_xlsx",
    "own_accounts_csv",
    "own_accounts_xlsx",
    "table_csv",
    "table_xlsx",
]
