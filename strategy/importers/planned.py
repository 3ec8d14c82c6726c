"""A row of a file of measures, or of what belongs to one."""

from __future__ import annotations

from dataclasses import dataclass

from web.register.plan import PlannedRow


@dataclass(slots=True, kw_only=True)
class CodedRow(PlannedRow):
    """A row under the number of a measure."""

    code: str

    @property
    def label(self) -> str:
        return f"{self.code} {self.title}"
