"""Codes of the climate budget. Plain StrEnums: calculations may import them."""

from enum import StrEnum


class BudgetState(StrEnum):
    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


OPEN_STATES = frozenset({BudgetState.DRAFT, BudgetState.HANDED_OVER, BudgetState.PROPOSED})

# Where a budget may go from where it is. The same table stands in the database as a trigger.
TRANSITIONS: dict[BudgetState, frozenset[BudgetState]] = {
    BudgetState.DRAFT: frozenset({BudgetState.HANDED_OVER}),
    BudgetState.HANDED_OVER: frozenset({BudgetState.DRAFT, BudgetState.PROPOSED}),
    BudgetState.PROPOSED: frozenset({BudgetState.HANDED_OVER, BudgetState.ADOPTED}),
    BudgetState.ADOPTED: frozenset({BudgetState.SUPERSEDED}),
    BudgetState.SUPERSEDED: frozenset(),
}


class ReferenceRule(StrEnum):
    FLAT = "flat"
    TREND = "trend"
    TYPED = "typed"
    IMPORTED = "imported"


class OverlapMethod(StrEnum):
    """NONE is the decision that lines on the same source do not overlap: it never reaches the arithmetic."""

    PRODUCT = "product"
    FIXED = "fixed"
    NONE = "none"


class CostKind(StrEnum):
    INVESTMENT = "investment"
    OPERATION = "operation"
    SAVING = "saving"


class ChangeKind(StrEnum):
    """What a scenario does to a budget."""

    DROP = "drop"
    DELAY = "delay"
    SCALE = "scale"
    ADD = "add"


class OrderState(StrEnum):
    """How far a document somebody has ordered has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class CellFigure(StrEnum):
    """What a cell of the grid holds: tonnes, or NOK of one kind."""

    EFFECT = "effect"
    LOW = "low"
    HIGH = "high"
    INVESTMENT = "investment"
    OPERATION = "operation"
    SAVING = "saving"


ESTIMATES = (CellFigure.LOW, CellFigure.HIGH)
COST_FIGURES = (CellFigure.INVESTMENT, CellFigure.OPERATION, CellFigure.SAVING)


class BudgetProblemCode(StrEnum):
    """Why the arithmetic refuses a budget."""

    DUPLICATE_LINE = "duplicate_line"
    NEGATIVE_EFFECT = "negative_effect"
    NEGATIVE_ALREADY_COUNTED = "negative_already_counted"
    ESTIMATES_OUT_OF_ORDER = "estimates_out_of_order"
    YEAR_OUTSIDE_BUDGET = "year_outside_budget"
    NEGATIVE_SHARE = "negative_share"
    SHARES_NOT_100 = "shares_not_100"
    UNKNOWN_SOURCE = "unknown_source"
    UNKNOWN_LINE = "unknown_line"
    NEGATIVE_REFERENCE = "negative_reference"
    REFERENCE_OUTSIDE_RANGE = "reference_outside_range"
    BASIS_MISSING = "basis_missing"
    NEGATIVE_BASIS = "negative_basis"
    BASIS_ABOVE_REFERENCE = "basis_above_reference"
    STATED_MISSING = "stated_missing"
    NEGATIVE_STATED = "negative_stated"
    LINE_IN_TWO_OVERLAPS = "line_in_two_overlaps"
    EFFECT_ABOVE_BASIS = "effect_above_basis"


class EstimateProblem(StrEnum):
    """Why nothing can be worked out from what was filled in."""

    INCOMPLETE = "incomplete"
    MIXED_SCOPES = "mixed_scopes"
    NO_REDUCTION = "no_reduction"
    UNKNOWN_FACTOR = "unknown_factor"
    OWN_FACTOR_INCOMPLETE = "own_factor_incomplete"


class Calculator(StrEnum):
    """A way to estimate a line's effect from what is done."""

    VEHICLES = "vehicles"
    MACHINERY = "machinery"
    ENERGY = "energy"
    FOOD_WASTE = "food_waste"
    TRAVEL = "travel"
    PROCUREMENT = "procurement"


class HoldingKind(StrEnum):
    """What of the budgets hangs on a unit or a person."""

    OPEN_LINES = "open_lines"
    ADOPTED_LINES = "adopted_lines"
    SCENARIOS = "scenarios"
