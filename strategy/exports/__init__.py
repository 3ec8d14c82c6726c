"""Files out of the strategy."""

from strategy.exports.measures import FORMATS, measure_template, measures_file

__all__ = [
    "FORMATS",
    "measure_template",
    "measures_file",
]
