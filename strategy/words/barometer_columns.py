"""The columns of the barometer's spreadsheet: it is written with them, and known by them when it is read."""

from __future__ import annotations

from web.register.columns import Column

SHEET = "Klimabarometer"
INDICATOR, PERIOD, VALUE, MISSING, NOTE = "Indikator", "Periode", "Verdi", "Mangler fordi", "Kilde"
COLUMNS = (
    Column("indicator", INDICATOR),
    Column("period", PERIOD),
    Column("value", VALUE, kind="number", decimals=4),
    Column("missing_reason", MISSING),
    Column("source_note", NOTE, longest=250),
)
REQUIRED = frozenset({"indicator", "period", "value"})
