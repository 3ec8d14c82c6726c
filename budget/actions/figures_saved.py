"""What saving one cell of the grid comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from web.concurrency import StaleObject


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


class StaleFigures(StaleObject):
    """Somebody else saved some of several figures first: each change, with what stands there now."""

    def __init__(self, figures: Iterable[tuple[Any, Any]]) -> None:
        self.figures = tuple(figures)
        super().__init__(self.figures)
