"""What every table of a register has in common: where its header may stand, and its rows by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tablib

# Titles may stand above the header.
HEADER_WITHIN = 20
Numbered = tuple[int, list[Any]]


def heading(cell: Any) -> str:
    """A heading as it is shown and chosen: on one line, without outer spaces."""
    return " ".join(str("" if cell is None else cell).split())


def named_rows(
    names: Sequence[str | None], rows: Iterable[Numbered], value: Callable[[Any], Any]
) -> tablib.Dataset:
    """The cells under a name (None: a column nobody reads), as `value` makes them; short rows are filled."""
    dataset = tablib.Dataset(headers=[name for name in names if name])
    for _number, cells in rows:
        padded = [*cells, *[None] * (len(names) - len(cells))]
        dataset.append([value(cell) for name, cell in zip(names, padded, strict=False) if name])
    return dataset
