"""What one row of a file would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["new", "changed", "unchanged", "error"]


@dataclass(slots=True)
class PlannedRow:
    """`number` is the row in Excel, `code` the number of the measure, `values` are by field.

    `source` is what stood in the file, by field; `changes` are (column, before, after).
    """

    number: int
    code: str
    values: dict[str, Any]
    source: Mapping[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        raise NotImplementedError

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return "error"
        if self.is_new:
            return "new"
        return "changed" if self.changes else "unchanged"
