"""What reading a file of emission statistics gives."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple


class FigureRow(NamedTuple):
    """The sum of all rows of one key. A tuple, as there may be many thousands of them.

    Labels are as published, trimmed. `source` and `gas` are None where the file does not have them.
    `tonnes` is tCO2e with six decimals.
    """

    sector: str
    source: str | None
    year: int
    gas: str | None
    tonnes: Decimal


@dataclass(frozen=True)
class Shape:
    """Which published shape the file has: a stable code and a Norwegian description."""

    code: str
    description: str


@dataclass(frozen=True)
class Oddity:
    """Something the reader should know before confirming: a stable code, a sentence, rows concerned."""

    code: str
    sentence: str
    rows: int


@dataclass(frozen=True)
class Statistics:
    """A read file, with the part of one municipality kept.

    `municipalities`: those in the file; empty where the file has no municipality column.
    `rows_read`: rows with data in the file. `rows_used`: those that are part of `figures`.
    `figures`: one per (sector, source, year, gas), sorted. `years`: tCO2e per year.
    `headers`: as published, in order. `columns`: which of them means what, by the codes of `shapes.SYNONYMS`.
    `new_labels`: (sector, source) the publisher is not known to use; a None source is the whole sector.
    """

    shape: Shape
    sha256: str
    municipality: str | None
    municipalities: tuple[str, ...]
    rows_read: int
    rows_used: int
    figures: tuple[FigureRow, ...]
    years: dict[int, Decimal]
    oddities: tuple[Oddity, ...]
    headers: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    new_labels: tuple[tuple[str, str | None], ...] = ()


def to_plain(statistics: Statistics) -> dict[str, Any]:
    """Statistics as JSON can hold them, tonnes as exact decimal strings."""
    plain = {**vars(statistics), "shape": asdict(statistics.shape)}
    plain["oddities"] = [asdict(oddity) for oddity in statistics.oddities]
    plain["figures"] = [[*figure[:4], str(figure.tonnes)] for figure in statistics.figures]
    plain["years"] = {str(year): str(tonnes) for year, tonnes in statistics.years.items()}
    return plain


def from_plain(plain: dict[str, Any]) -> Statistics:
    """The statistics that `to_plain` was given."""
    return Statistics(
        **{
            **plain,
            "shape": Shape(**plain["shape"]),
            "municipalities": tuple(plain["municipalities"]),
            "figures": tuple(FigureRow._make((*key, Decimal(tonnes))) for *key, tonnes in plain["figures"]),
            "years": {int(year): Decimal(tonnes) for year, tonnes in plain["years"].items()},
            "oddities": tuple(Oddity(**oddity) for oddity in plain["oddities"]),
            "headers": tuple(plain["headers"]),
            "new_labels": tuple((sector, source) for sector, source in plain["new_labels"]),
        }
    )
