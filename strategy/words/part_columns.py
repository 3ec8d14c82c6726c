"""Milestones and indicators as rows of a spreadsheet, under the number of the measure they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from strategy.models import DIRECTION_LABELS, Indicator, Milestone
from web.register.columns import Column, cell_of
from web.sheets.cells import plain_text

# Milestones may share a title, and a name may be corrected: the number says which one a row is about.
_HEAD = (
    Column("code", _("Tiltaksnummer"), longest=20, required=True),
    Column("pk", _("Nr. i portalen"), kind="integer"),
)


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A sheet of its own beside the measures, or a CSV file; `key` is the column that names the part.

    `own` are the part's fields, `targets` those of the targets it has. Without a `required` column a file is
    refused; what a new part must have besides is required `at_times`.
    """

    code: Literal["milestones", "indicators"]
    title: Any
    key: str
    own: tuple[Column, ...]
    targets: tuple[Column, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*_HEAD, *self.own, *self.targets)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


MILESTONES = PartSheet(
    "milestones",
    _("Milepæler"),
    "title",
    (
        Column("title", _("Milepæl"), longest=200, required=True),
        Column("due", _("Frist"), kind="date", required=True, help=_("For eksempel 31.12.2026.")),
        Column(
            "done_on",
            _("Nådd"),
            kind="date",
            help=_("Datoen milepælen ble nådd. La stå tomt til da."),
        ),
    ),
)
# A row per target; an indicator without targets has one row, without a year.
INDICATORS = PartSheet(
    "indicators",
    _("Indikatorer"),
    "name",
    (
        Column(
            "name",
            _("Resultatindikator"),
            longest=160,
            required=True,
            help=_("Hvor langt tiltaket er kommet, aldri tonn: biler byttet, kilometer bygd."),
        ),
        Column("unit_label", _("Måleenhet"), longest=40, at_times=True),
        Column("direction", _("Retning"), kind="choice", labels=DIRECTION_LABELS, at_times=True),
    ),
    (
        Column("year", _("År"), kind="year"),
        Column("tertial", _("Tertial"), kind="integer"),
        Column("value", _("Måltall"), kind="number"),
    ),
)
PART_SHEETS = (MILESTONES, INDICATORS)


def empty_value(column: Column) -> Any:
    """What a part has in the column while nothing is said."""
    return "" if column.kind in ("text", "long_text", "choice") else None


def _cells(columns: Sequence[Column], row: Any) -> list[object]:
    cells = [cell_of(column, row) for column in columns]
    return [plain_text(cell) if isinstance(cell, str) else cell for cell in cells]


def milestone_rows(
    codes: dict[int, str], milestones: Mapping[int, Sequence[Milestone]]
) -> Iterator[list[object]]:
    """One row per milestone of the measures, id → number, in their order."""
    for pk, code in codes.items():
        for one in milestones[pk]:
            yield [code, one.pk, *_cells(MILESTONES.own, one)]


def indicator_rows(
    codes: dict[int, str], indicators: Mapping[int, Sequence[Indicator]]
) -> Iterator[list[object]]:
    """One row per target of the measures' indicators, in their order."""
    for pk, code in codes.items():
        for one in indicators[pk]:
            head = [code, one.pk, *_cells(INDICATORS.own, one)]
            targets = list(one.targets.all())
            for target in targets:
                yield [*head, *_cells(INDICATORS.targets, target)]
            if not targets:
                yield [*head, *(None for _column in INDICATORS.targets)]
