"""The one table that `make bench` prints, for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from web.formats import format_number

HEADERS = ("måling", "median", "gulv", "forhold", "mål", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: `value` in seconds, megabytes or a count, beside its floor in the same unit.

    The target is the most that the ratio to the floor may be or, without a floor, the value itself. A row
    without target is there to explain another.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    target: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def over(self) -> bool:
        compared = self.value if self.ratio is None else self.ratio
        return self.target is not None and compared > self.target


def as_text(rows: Sequence[Row]) -> str:
    """The table with aligned columns; what is over its target is marked."""
    lines = [HEADERS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADERS))]
    return "\n".join(_line(line, widths) for line in lines)


def as_json(rows: Sequence[Row]) -> str:
    """A list of {name, median, unit, floor, ratio, target, over}; seconds, megabytes and counts."""
    return json.dumps(
        [
            {
                "name": row.name,
                "median": row.value,
                "unit": row.unit,
                "floor": row.floor,
                "ratio": row.ratio,
                "target": row.target,
                "over": row.over,
            }
            for row in rows
        ],
        ensure_ascii=False,
        indent=1,
    )


def _line(cells: tuple[str, ...], widths: Sequence[int]) -> str:
    name, *figures, mark = cells
    aligned = [name.ljust(widths[0]), *(f.rjust(w) for f, w in zip(figures, widths[1:], strict=False)), mark]
    return "  ".join(aligned).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    times = "" if row.ratio is None else f"{_number(row.ratio, 2)} ×"
    target = ""
    if row.target is not None:
        limit = f"{row.target:g}".replace(".", ",")
        target = f"≤ {limit} ×" if row.floor else f"≤ {limit} {row.unit}"
    mark = "" if row.target is None else "OVER" if row.over else "ok"
    return row.name, _amount(row.value, row.unit), _amount(row.floor, row.unit), times, target, mark


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "s":
        return f"{_number(value * 1000, 1)} ms" if value < 1 else f"{_number(value, 2)} s"
    return f"{_number(value, 0)} {unit}"


def _number(value: float, decimals: int) -> str:
    return format_number(Decimal(str(value)), decimals)
