"""The columns of the workbook of activities: it is written with them, and known by them when it is read."""

from __future__ import annotations

from web.register.columns import Column

SHEET = "Aktiviteter"
UNIT, ACTIVITY, MEASURE, YEAR, QUANTITY, NOTE = (
    "Virksomhet",
    "Aktivitet",
    "Måleenhet",
    "År",
    "Mengde",
    "Merknad",
)
COLUMNS = (
    Column(UNIT, UNIT),
    Column(ACTIVITY, ACTIVITY),
    Column(MEASURE, MEASURE),
    Column(YEAR, YEAR, kind="year"),
    Column(QUANTITY, QUANTITY, kind="number"),
    Column(NOTE, NOTE, longest=300),
)
