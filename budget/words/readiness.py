"""What must be in place before a budget takes a step forwards, and who can put it there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.queries.readiness import Readiness
from budget.words.overlaps import undecided_refusals
from budget.words.problems import missing_for_hand_over
from web.names import naming
from web.refusals import Refusal


def missing_to_move_on(found: Readiness) -> list[Refusal]:
    """Sentences for hand-over, proposal and adoption alike; empty when nothing is missing.

    Past the draft the last one says how it becomes a draft again: the pages the others lead to are locked.
    """
    table = found.table
    missing = [
        *missing_for_hand_over(table, found.sources),
        *undecided_refusals(table.budget, found.undecided),
    ]
    way_back = _way_back(found.state) if missing else ""
    return [*missing, Refusal(way_back)] if way_back else missing


def _way_back(state: str) -> str:
    """Who does what before the figures can be corrected; empty while they can be."""
    if state == BudgetState.PROPOSED:
        text = _(
            "Forslaget er låst. Først må {chief} trekke det tilbake og gjøre det om til utkast igjen. Så "
            "retter {climate} det og klargjør det på nytt."
        )
        return naming(text)
    if state == BudgetState.HANDED_OVER:
        text = _(
            "Budsjettet er låst. Først må {chief} eller {climate} gjøre det om til utkast igjen. Så "
            "retter {climate} det og klargjør det på nytt."
        )
        return naming(text)
    return ""
