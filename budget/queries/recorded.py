"""What is known of a budget that was adopted before the portal, besides the budget itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from budget.enums import BudgetState
from budget.models import AdoptedDocument, ClimateBudget


@dataclass(frozen=True, slots=True)
class Recorded:
    """The day it was put in, and the SHA-256 of the council's document; empty without one."""

    day: date
    sha256: str


def recorded_of(budget: ClimateBudget) -> Recorded | None:
    """None for a budget that was adopted in the portal; otherwise two queries."""
    if not budget.recorded_afterwards:
        return None
    at = budget.transitions.filter(to_state=BudgetState.ADOPTED).values_list("at", flat=True)[0]
    sha256 = AdoptedDocument.objects.filter(budget=budget).values_list("sha256", flat=True).first()
    return Recorded(timezone.localdate(at), sha256 or "")
