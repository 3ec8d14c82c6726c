"""The climate budget's tables: documents, their lines, and the triggers that protect both."""

from budget.models.documents import (
    BUDGET_STATE_LABELS,
    OVERLAP_METHOD_LABELS,
    PLAN_YEARS,
    REFERENCE_RULE_LABELS,
    AdoptedCeiling,
    BudgetTransition,
    ClimateBudget,
    Overlap,
    OverlapYear,
    ReferencePath,
    ReferencePolicy,
)
from budget.models.estimates import (
    CALCULATOR_CHOICES,
    CALCULATOR_LABELS,
    CALCULATOR_UNITS,
    Estimate,
    EstimateFactor,
)
from budget.models.lines import (
    COST_KIND_LABELS,
    Cost,
    Effect,
    Funding,
    Line,
    LineSource,
    OverlapMember,
)

__all__ = [
    "BUDGET_STATE_LABELS",
    "CALCULATOR_CHOICES",
    "CALCULATOR_LABELS",
    "CALCULATOR_UNITS",
    "COST_KIND_LABELS",
    "OVERLAP_METHOD_LABELS",
    "PLAN_YEARS",
    "REFERENCE_RULE_LABELS",
    "AdoptedCeiling",
    "BudgetTransition",
    "ClimateBudget",
    "Cost",
    "Effect",
    "Estimate",
    "EstimateFactor",
    "Funding",
    "Line",
    "LineSource",
    "Overlap",
    "OverlapMember",
    "OverlapYear",
    "ReferencePath",
    "ReferencePolicy",
]
