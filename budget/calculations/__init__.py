"""The arithmetic of a climate budget: pure functions over frozen dataclasses, tonnes of CO2e as Decimal.

`compute` turns a `BudgetInput` into a `BudgetResult`; `problems` says what it would refuse, `by_sector`
splits the result, `delay_loss` and `delayed` say what a delay costs, `changed` tries something else, and
`afterwards` and `edition_effect` look back. For source s, year y and lines l:

    e(l, s, y)     = share of s * max(0, effect in y - what of it is already in the inventory's last year)
    gross(s, y)    = sum of e over lines
    overlap(s, y)  = sum over overlap records, each with a shared basis B of its own
                         product: sum e - B * (1 - product of (1 - e / B))
                         fixed:   min(stated, sum e - max e)
                         0 with fewer than two e above zero
                     + excess: what is left above the reference after that; a source cannot go below zero
    net(s, y)      = gross - overlap
    path(y)        = sum over sources of reference - net
    gap(y)         = path - ceiling; positive is above the ceiling

The overlap of a record is shared over its lines, and the excess over all lines on the source, in
proportion to e; levels, units and focus areas are sums of lines. A line never gives more than it has
left: where the excess in proportion to e would take more, the line ends at zero and the others carry the
rest, still in proportion to e.

Unknown is not zero. A line without a figure in a year adds nothing and is named for that year; a source
without a reference makes the reference, path and gap of that year None. A budget without ceilings has no
gap.

The band of a year comes from running the whole arithmetic twice more: every line at its high estimate with
every reference at its low, and the other way round. It is a range of outcomes, not a probability.

Rounding: results are never rounded for display. Divisions (the product formula, sharing out, part of a
year of delay) are cut to 12 decimals of a tonne, a thousandth of a milligram, so that overlap is never
overstated; what is cut goes to a line, so the parts always add up. Everything else is exact and a hidden
rounding raises.
"""

from budget.calculations.afterwards import (
    Afterwards,
    AfterwardsInput,
    EditionEffect,
    afterwards,
    edition_effect,
)
from budget.calculations.arithmetic import by_sector, compute
from budget.calculations.checks import BudgetError, BudgetProblem, above_reference, problems
from budget.calculations.delay import Delay, DelayLoss, delay_loss, delayed
from budget.calculations.scenario import Changes, YearDifference, changed, differences
from budget.calculations.shapes import (
    Band,
    BudgetInput,
    BudgetResult,
    Cell,
    Effect,
    Key,
    LevelSum,
    LineInput,
    LineResult,
    OverlapInput,
    SectorRow,
    YearRow,
)

__all__ = [
    "Afterwards",
    "AfterwardsInput",
    "Band",
    "BudgetError",
    "BudgetInput",
    "BudgetProblem",
    "BudgetResult",
    "Cell",
    "Changes",
    "Delay",
    "DelayLoss",
    "EditionEffect",
    "Effect",
    "Key",
    "LevelSum",
    "LineInput",
    "LineResult",
    "OverlapInput",
    "SectorRow",
    "YearDifference",
    "YearRow",
    "above_reference",
    "afterwards",
    "by_sector",
    "changed",
    "compute",
    "delay_loss",
    "delayed",
    "differences",
    "edition_effect",
    "problems",
]
