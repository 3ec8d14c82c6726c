"""Why a measure is not written as asked."""

from __future__ import annotations


class RefusedMeasure(ValueError):
    """The measure cannot be so; `field` is the form's field it concerns, the message is in Norwegian."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
