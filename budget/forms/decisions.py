"""Choosing a decision that stands in the register."""

from __future__ import annotations

from collections.abc import Iterable

from budget.queries.decisions import decision_label
from strategy.models import Decision


def decision_choices(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    return [(str(decision.pk), decision_label(decision)) for decision in decisions]
