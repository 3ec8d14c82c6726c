"""The columns of the barometer's spreadsheet: it is written with them, and known by them when it is read."""

INDICATOR, PERIOD, VALUE, MISSING, NOTE = "Indikator", "Periode", "Verdi", "Mangler fordi", "Kilde"
HEADERS = (INDICATOR, PERIOD, VALUE, MISSING, NOTE)
