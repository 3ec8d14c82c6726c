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
from budget.models.lines import (
    COST_KIND_LABELS,
    Cost,
    Effect,
    Funding,
    Line,
    LineSource,
    OverlapMember,
)
from budget.models.orders import DocumentOrder
from budget.models.scenarios import CHANGE_KIND_LABELS, Scenario, ScenarioChange

__all__ = [
    "BUDGET_STATE_LABELS",
    "CHANGE_KIND_LABELS",
    "COST_KIND_LABELS",
    "OVERLAP_METHOD_LABELS",
    "PLAN_YEARS",
    "REFERENCE_RULE_LABELS",
    "AdoptedCeiling",
    "BudgetTransition",
    "ClimateBudget",
    "Cost",
    "DocumentOrder",
    "Effect",
    "Funding",
    "Line",
    "LineSource",
    "Overlap",
    "OverlapMember",
    "OverlapYear",
    "ReferencePath",
    "ReferencePolicy",
    "Scenario",
    "ScenarioChange",
]
