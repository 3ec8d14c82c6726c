"""Low and high estimates of two measures in the draft: example data, a share below and above the effect."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from budget import actions
from budget.actions import FigureChange
from budget.enums import CellFigure
from budget.models import Line
from climate_portal.web.actors import DEMO

CODES = ("T3", "T12")
SHARES = {CellFigure.LOW: Decimal("0.7"), CellFigure.HIGH: Decimal("1.2")}


def load_estimates(lines: Iterable[Line]) -> None:
    """Put estimates around the effects the lines have, in whole tonnes."""
    for line in lines:
        for effect in line.effects.order_by("year"):
            for figure, share in SHARES.items():
                tonnes = (effect.tonnes * share).quantize(Decimal(1))
                actions.set_figure(by=DEMO, change=FigureChange(line, effect.year, figure, tonnes, 0))
