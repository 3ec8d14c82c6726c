"""The barometer and the decisions register as spreadsheets."""

from strategy.exports.barometer import barometer_sheet, template_sheet
from strategy.exports.decisions import decisions_sheet

__all__ = ["barometer_sheet", "decisions_sheet", "template_sheet"]
