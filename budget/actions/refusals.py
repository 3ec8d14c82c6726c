"""Why an action on a climate budget is refused, in sentences for whoever tried."""

from __future__ import annotations

from collections.abc import Iterable

from budget.words.problems import Refusal


class BudgetRefused(Exception):
    """Nothing was written. `reasons` are Norwegian sentences that say what to correct."""

    def __init__(self, reasons: Iterable[Refusal | str]) -> None:
        self.reasons = tuple(
            reason if isinstance(reason, Refusal) else Refusal(str(reason)) for reason in reasons
        )
        super().__init__(" ".join(reason.text for reason in self.reasons))


class BudgetClosed(BudgetRefused):
    """The budget has left the draft state, so its figures stand."""


def refuse(*sentences: str) -> None:
    """Raises BudgetRefused when there is anything to say."""
    if sentences:
        raise BudgetRefused(sentences)
