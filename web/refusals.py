"""Why an action is refused: the one exception actions raise for people, with sentences that say what to do.

Calculations and readers have their own, without pages in mind; the action turns them into this.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing to correct: the sentence, the form's field it stands in, and the page where it is mended."""

    text: str
    field: str = ""
    url: str = ""


class Refused(Exception):
    """Nothing was written. `reasons` are in Norwegian; a page shows each at its field or with its link."""

    def __init__(self, *reasons: Refusal | str) -> None:
        self.reasons = tuple(one if isinstance(one, Refusal) else Refusal(str(one)) for one in reasons)
        super().__init__(" ".join(one.text for one in self.reasons))


class Closed(Refused):
    """What it is about can no longer be changed, whatever the form says: it is adopted, sent or ended."""


def refuse(*reasons: Refusal | str) -> None:
    """Raises Refused when there is anything to say."""
    if reasons:
        raise Refused(*reasons)
