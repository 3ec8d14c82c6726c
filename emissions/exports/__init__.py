"""Klimaregnskap as spreadsheets."""

from emissions.exports.accounts import accounts_csv, accounts_xlsx

__all__ = [
    "accounts_csv",
    "accounts_xlsx",
]
