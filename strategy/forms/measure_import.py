"""Which columns of a spreadsheet of measures are what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from strategy.words.measure_columns import COLUMNS, REQUIRED
from web.sheets.column_matching import ColumnMatchForm, Meaning


class MeasureColumnsForm(ColumnMatchForm):
    """Which columns of a file of measures are what."""

    def __init__(self, *args: Any, headers: Sequence[str], matched: Mapping[str, str], **kwargs: Any) -> None:
        meanings = [
            Meaning(column.name, f"kolonne_{column.name}", column.header, column.name in REQUIRED)
            for column in COLUMNS
        ]
        super().__init__(*args, meanings=meanings, headers=headers, matched=matched, **kwargs)
