"""The climate budget's tables: documents, their lines, and the triggers that protect both."""

from budget.models.documents import (
    BUDGET_STATE_LABELS,
    OVERLAP_METHOD_LABELS,
    PLAN_YEARS,
    REFERENCE_RULE_LABELS,
    AdoptedCeiling,
    AdoptedDocument,
    BudgetSnapshot,
    BudgetTransition,
    ClimateBudget,
)
from budget.models.estimates import (
    CALCULATOR_CHOICES,
    CALCULATOR_LABELS,
    CALCULATOR_UNITS,
    OWN_FACTOR_LABEL,
    Estimate,
    EstimateFactor,
)
from budget.models.lines import COST_KIND_LABELS, Cost, Effect, Funding, Line, LineSource
from budget.models.orders import DocumentOrder
from budget.models.overlaps import Overlap, OverlapMember, OverlapYear
from budget.models.reference import ReferencePath, ReferencePolicy, ReferenceSource
from budget.models.scenarios import CHANGE_KIND_LABELS, Scenario, ScenarioChange

__all__ = [
    "BUDGET_STATE_LABELS",
    "CALCULATOR_CHOICES",
    "CALCULATOR_LABELS",
    "CALCULATOR_UNITS",
    "CHANGE_KIND_LABELS",
    "COST_KIND_LABELS",
    "OVERLAP_METHOD_LABELS",
    "OWN_FACTOR_LABEL",
    "PLAN_YEARS",
    "REFERENCE_RULE_LABELS",
    "AdoptedCeiling",
    "AdoptedDocument",
    "BudgetSnapshot",
    "BudgetTransition",
    "ClimateBudget",
    "Cost",
    "DocumentOrder",
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
    "ReferenceSource",
    "Scenario",
    "ScenarioChange",
]
