"""Why an action on a strategy is refused, in sentences for whoever tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing to correct, the field it stands in, and the page where it is corrected, if there is one."""

    text: str
    url: str = ""
    field: str = ""


class StrategyRefused(ValueError):
    """Nothing was written. `reasons` are Norwegian sentences that say what to correct."""

    def __init__(self, reasons: Iterable[Refusal | str]) -> None:
        self.reasons = tuple(
            reason if isinstance(reason, Refusal) else Refusal(str(reason)) for reason in reasons
        )
        super().__init__(" ".join(reason.text for reason in self.reasons))


class HearingRefused(StrategyRefused):
    """The hearing cannot take this now."""


def refuse(*reasons: Refusal | str) -> None:
    """Raises StrategyRefused when there is anything to say."""
    if reasons:
        raise StrategyRefused(reasons)


class RefusedMeasure(ValueError):
    """The measure cannot be so; `field` is the form's field it concerns, the message is in Norwegian."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
