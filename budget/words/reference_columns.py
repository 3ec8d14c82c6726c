"""The columns of a file with the reference path: a row per source and year."""

from __future__ import annotations

from web.register.columns import Column

SHEET = "Referansebane"
COLUMNS = (
    Column("sector", "Sektor"),
    Column("source", "Utslippskilde", also=("Kilde",)),
    Column("year", "År", kind="year"),
    Column("tonnes", "Tonn", kind="number", also=("Tonn CO₂e", "Tonn CO2e", "Referansebane")),
    Column("low", "Lavt anslag", kind="number", also=("Lavt",)),
    Column("high", "Høyt anslag", kind="number", also=("Høyt",)),
)
REQUIRED = frozenset({"sector", "source", "year", "tonnes"})
