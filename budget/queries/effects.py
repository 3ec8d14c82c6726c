"""One cell of the grid: the figure in it, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from budget.models import Effect

# One short statement, written out: it runs for every figure somebody types.
_CELL = """
SELECT effect.id, line.id, %(year)s::int, effect.tonnes, effect.low, effect.high, effect.version,
       effect.low_version, effect.high_version, part.share, reference.tonnes, shared.tonnes
FROM budget_line AS line
LEFT JOIN budget_effect AS effect ON effect.line_id = line.id AND effect.year = %(year)s
LEFT JOIN budget_linesource AS part ON part.line_id = line.id
LEFT JOIN budget_referencepath AS reference ON reference.budget_id = line.budget_id
    AND reference.source_id = part.source_id AND reference.year = %(year)s
LEFT JOIN LATERAL (
    SELECT stated.tonnes FROM budget_overlapmember AS member
    JOIN budget_overlap AS overlap ON overlap.id = member.overlap_id
        AND overlap.source_id = part.source_id AND overlap.method = 'product'
    JOIN budget_overlapyear AS stated ON stated.overlap_id = overlap.id AND stated.year = %(year)s
    WHERE member.line_id = line.id LIMIT 1
) AS shared ON true
WHERE line.id = %(line)s ORDER BY part.source_id
"""
_EFFECT = ("id", "line_id", "year", "tonnes", "low", "high", "version", "low_version", "high_version")


@dataclass(frozen=True, slots=True)
class SourceLimit:
    """One source of a line in one year: percent of the effect, and tonnes (None: not stated) of the
    reference path and of the basis it shares with other lines.
    """

    share: Decimal
    reference: Decimal | None
    basis: Decimal | None


@dataclass(frozen=True, slots=True)
class StoredCell:
    """The figure of a line in one year, None where there is none, and the limits of each of its sources."""

    effect: Effect | None
    limits: tuple[SourceLimit, ...]


def stored_cell(line_id: int, year: int) -> StoredCell:
    """The cell as it is in the database; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CELL, {"line": line_id, "year": year})
        rows = cursor.fetchall()
    first = rows[0] if rows else (None,)
    effect = None
    if first[0] is not None:
        effect = Effect.from_db(connection.alias, _EFFECT, first[:9])
    return StoredCell(effect, tuple(SourceLimit(*row[9:]) for row in rows if row[9] is not None))
