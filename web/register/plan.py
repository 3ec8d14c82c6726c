"""What an uploaded file would do, row by row, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

# «ended» and «kept» are of registers whose rows have a last day, or are partly decided elsewhere.
Outcome = Literal["new", "changed", "ended", "unchanged", "kept", "error"]
# A room's own plan.
PlanT = TypeVar("PlanT", bound="Plan")


@dataclass(slots=True, kw_only=True)
class PlannedRow:
    """One row of the file, and what it would do.

    `number` is the row the spreadsheet shows, `title` and `detail` say what it is about, `values` are what
    it says by column, `source` what stood there. `changes` are (column, before, after), `errors` (column,
    sentence). `mark` is what it would be written onto: another mark is another plan.
    """

    number: int
    title: str = ""
    detail: str = ""
    is_new: bool = False
    mark: object = None
    values: dict[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return "error"
        if self.is_new:
            return "new"
        return "changed" if self.changes else "unchanged"

    @property
    def label(self) -> str:
        """What the row is about, as the preview names it."""
        return self.title

    @property
    def outcome_word(self) -> str:
        """What becomes of the row, where the changes alone do not say it."""
        return ""

    @property
    def place(self) -> str:
        """The sheet the row stands on, where a file has several."""
        return ""


@dataclass(slots=True, kw_only=True)
class Plan:
    """A whole file. `remarks` are sentences to look over that stop nothing; `unused` are headings nobody
    knows the meaning of; `mark` is what the file as a whole is held against.
    """

    rows: Sequence[PlannedRow]
    remarks: Sequence[str] = ()
    unused: Sequence[str] = ()
    mark: object = None

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def to_write(self) -> int:
        return self.count("new") + self.count("changed") + self.count("ended")

    @property
    def is_ready(self) -> bool:
        """Whether there is something to write, and nothing to mend first."""
        return bool(self.to_write) and not self.count("error")

    @property
    def fingerprint(self) -> str:
        """Equal for two plans that would write the same onto the same rows."""
        digest = hashlib.sha256(repr(self.mark).encode())
        for row in self.rows:
            said = (row.place, row.number, row.title, row.mark, row.is_new, row.changes, row.errors)
            digest.update(repr(said).encode())
        return digest.hexdigest()


def refuse_twice(
    rows: Iterable[PlannedRow], key: Callable[[Any], Hashable], refuse: Callable[[Any, int], None]
) -> None:
    """Refuses each row whose key another has before it, with that one's number; None is no key."""
    first: dict[Hashable, int] = {}
    for row in rows:
        mine = key(row)
        if mine is not None and first.setdefault(mine, row.number) != row.number:
            refuse(row, first[mine])
