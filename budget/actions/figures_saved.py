"""What saving one cell of the grid comes to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FigureNow:
    """A figure as it stands, tonnes or NOK. version 0: there is none."""

    amount: Decimal | None
    version: int


@dataclass(frozen=True, slots=True)
class FigureSaved:
    """The cell as it now stands. version 0: no figure. `warnings` are sentences; the figure is saved."""

    amount: Decimal | None
    version: int
    changed: bool
    warnings: tuple[str, ...] = ()
