"""The rules of the reference path in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from budget.enums import ReferenceRule
from budget.models import REFERENCE_RULE_LABELS, ClimateBudget, ReferenceSource


def rule_text(stated: ReferenceSource | ClimateBudget) -> str:
    """«Trend fra regnskapet, 5 år»"""
    rule = ReferenceRule(stated.rule if isinstance(stated, ReferenceSource) else stated.reference_rule)
    label = str(REFERENCE_RULE_LABELS[rule])
    if rule == ReferenceRule.TREND and stated.trend_years:
        return _("{rule}, {years} år").format(rule=label, years=stated.trend_years)
    return label
