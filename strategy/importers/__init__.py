"""Reading files with figures for the klimabarometer; nothing here touches the database."""

from strategy.importers.barometer import BarometerFile, BarometerRow, RowError, read_barometer

__all__ = ["BarometerFile", "BarometerRow", "RowError", "read_barometer"]
