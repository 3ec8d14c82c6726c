"""The SHA-256 of a budget table: what kommunestyret adopted, to the last decimal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from budget.models import ClimateBudget
from budget.queries.tables import NO_PRICE, BudgetTable, TableLine, TableYear

# How the hashed text is made, and part of it. A text that is to hold more gets a form of its own: what was
# adopted in an earlier one is hashed in that one for ever (`ClimateBudget.table_form`).
FORM = 1


def decimal_text(value: Decimal | None) -> str | None:
    """«1234.5»: exact, without exponent or trailing zeros, so that equal figures are equal texts."""
    if value is None:
        return None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _plain(value: Decimal | int | None) -> str | None:
    return decimal_text(None if value is None else Decimal(value))


def by_year(figures: Mapping[int, Decimal | None]) -> dict[str, str | None]:
    return {str(year): decimal_text(figure) for year, figure in figures.items()}


def table_sha256(table: BudgetTable, form: int | None = None) -> str:
    """Hex digest of the table as canonical JSON: UTF-8, keys sorted, no spaces, figures exact as text.

    `form` is the one a budget was adopted in; without it, today's.

    The state is not in it, so the hash is the same before, at and after adoption; nor are the versions of
    cells, and what is said about a line besides its figures, which is read again from the strategy.
    Everything else a reader sees is.
    """
    content = table_content(table, form)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def table_content(table: BudgetTable, form: int | None = None) -> dict[str, Any]:
    """What is hashed and kept: everything a reader sees, figures exact as text, in a form (else today's).

    Raises LookupError for a form nobody knows.
    """
    number = FORM if form is None else form
    if number not in FORMS:
        raise LookupError(f"A budget table has no form {number}.")
    return {"form": number, **FORMS[number](table)}


def holds(budget: ClimateBudget, table: BudgetTable) -> bool:
    """Whether the table is still what was adopted: hashed in the form of that day it gives the same text."""
    return table_sha256(table, budget.table_form) == budget.table_sha256


def _form_1(table: BudgetTable) -> dict[str, Any]:
    head, edition, target = table.budget, table.edition, table.target
    return {
        "budget": {
            "year": head.year,
            "scope": head.scope,
            "revision": head.revision,
            "case": head.case_number,
            "adopted_on": head.adopted_on.isoformat() if head.adopted_on else None,
        },
        "edition": {
            "published": edition.published.isoformat(),
            "municipality": edition.municipality,
            "publisher": edition.publisher,
        },
        "target": {
            "title": target.title,
            "base_year": target.base_year,
            "target_year": target.target_year,
            "percent": decimal_text(target.percent),
        },
        "years": [_year(row) for row in table.years],
        "lines": [_line(line) for line in table.lines],
        "outside": [_line(line) for line in table.outside],
    }


def _year(row: TableYear) -> dict[str, Any]:
    band = row.band
    # Only where there is one, so that a budget without ranges has the hash it always had.
    limits = band and [band.path_low, band.path_high, band.gap_low, band.gap_high]
    return {
        **({"band": [decimal_text(limit) for limit in limits]} if limits else {}),
        "year": row.year,
        "reference": decimal_text(row.reference),
        "gross": decimal_text(row.gross),
        "overlap": decimal_text(row.overlap),
        "net": decimal_text(row.net),
        "net_by_level": {level: decimal_text(net) for level, net in row.net_by_level.items()},
        "path": decimal_text(row.path),
        "ceiling": decimal_text(row.ceiling),
        "gap": decimal_text(row.gap),
    }


def _line(line: TableLine) -> dict[str, Any]:
    given = line.price_inputs
    price = None if given == NO_PRICE else [_plain(value) for value in given]
    return {
        # Only where something is given, as for the band.
        **({"price": price} if price else {}),
        "code": line.code,
        "title": line.title,
        "unit": line.unit,
        "external_actor": line.external_actor,
        "focus_area": line.focus_area,
        "level": line.level,
        "scope": line.scope,
        "reason": line.reason,
        "already_counted": decimal_text(line.already_counted),
        "effects": by_year(line.effects),
        "typed": by_year({year: effect.tonnes for year, effect in sorted(line.raw.items())}),
        "costs": {kind: by_year(figures) for kind, figures in line.costs_by_kind.items()},
    }


FORMS: dict[int, Callable[[BudgetTable], dict[str, Any]]] = {1: _form_1}
