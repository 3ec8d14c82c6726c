"""Files of what is reported."""

from reporting.exports.follow_ups import follow_up_sheet

__all__ = ["follow_up_sheet"]
