"""Milestones and indicators as rows of a spreadsheet, under the number of the measure they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from strategy.models import DIRECTION_LABELS, Indicator, IndicatorTarget, Milestone
from web.sheets.cells import plain_text


@dataclass(frozen=True, slots=True)
class PartColumn:
    """`name` is the field; `longest` counts for texts. Without a `required` column a file is refused."""

    name: str
    header: Any
    kind: Literal["text", "date", "integer", "number"] = "text"
    longest: int = 250
    required: bool = False


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A sheet of its own beside the measures, or a CSV file; `key` is the column that names the part."""

    code: Literal["milestones", "indicators"]
    title: Any
    key: str
    columns: tuple[PartColumn, ...]

    def column(self, name: str) -> PartColumn:
        return next(column for column in self.columns if column.name == name)


# Milestones may share a title, and a name may be corrected: the number says which one a row is about.
_HEAD = (
    PartColumn("code", _("Tiltaksnummer"), longest=20, required=True),
    PartColumn("pk", _("Nr. i portalen"), "integer"),
)
MILESTONES = PartSheet(
    "milestones",
    _("Milepæler"),
    "title",
    (
        *_HEAD,
        PartColumn("title", _("Milepæl"), longest=200, required=True),
        PartColumn("due", _("Frist"), "date", required=True),
        PartColumn("done_on", _("Nådd"), "date"),
    ),
)
# A row per target; an indicator without targets has one row, without a year.
INDICATORS = PartSheet(
    "indicators",
    _("Indikatorer"),
    "name",
    (
        *_HEAD,
        PartColumn("name", _("Resultatindikator"), longest=160, required=True),
        PartColumn("unit_label", _("Måleenhet"), longest=40),
        PartColumn("direction", _("Retning"), longest=40),
        PartColumn("year", _("År"), "integer"),
        PartColumn("tertial", _("Tertial"), "integer"),
        PartColumn("value", _("Måltall"), "number"),
    ),
)
PART_SHEETS = (MILESTONES, INDICATORS)


def milestone_rows(
    codes: dict[int, str], milestones: Mapping[int, Sequence[Milestone]]
) -> Iterator[list[object]]:
    """One row per milestone of the measures, id → number, in their order."""
    for pk, code in codes.items():
        for one in milestones[pk]:
            yield [code, one.pk, plain_text(one.title), one.due, one.done_on]


def indicator_rows(
    codes: dict[int, str], indicators: Mapping[int, Sequence[Indicator]]
) -> Iterator[list[object]]:
    """One row per target of the measures' indicators, in their order."""
    for pk, code in codes.items():
        for one in indicators[pk]:
            head: list[object] = [
                code,
                one.pk,
                plain_text(one.name),
                plain_text(one.unit_label),
                str(dict(DIRECTION_LABELS)[one.direction]),  # type: ignore[index]
            ]
            targets: list[IndicatorTarget] = list(one.targets.all())
            for target in targets:
                yield [*head, target.year, target.tertial, target.value]
            if not targets:
                yield [*head, None, None, None]
