"""The kept states of a budget: the table as it was, as JSON with its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from budget.models import BudgetSnapshot
from budget.queries.fingerprint import table_content
from budget.queries.tables import BudgetTable

# The form of the kept JSON. Raised when it is made differently.
FORM = 1


def snapshot_content(table: BudgetTable) -> dict[str, Any]:
    """The table as it is kept: all that is hashed at adoption, the state, and which measure each line is.

    Figures are exact decimal texts: tonnes are tCO2e, costs NOK; null is unknown.
    """
    content = table_content(table)
    for name, lines in (("lines", table.lines), ("outside", table.outside)):
        for kept, line in zip(content[name], lines, strict=True):
            kept["measure"] = line.measure_id
    content["budget"]["state"] = table.budget.state
    return {**content, "form": FORM}


def content_sha256(content: Mapping[str, Any]) -> str:
    """Hex digest of kept content as canonical JSON: UTF-8, keys sorted, no spaces."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def snapshots_of(year: int, scope: str, states: Collection[str]) -> QuerySet[BudgetSnapshot]:
    """The kept states of all revisions of a year and scope, oldest first, those in `states` only."""
    return (
        BudgetSnapshot.objects.filter(budget__year=year, budget__scope=scope, state__in=states)
        .select_related("budget", "transition")
        .order_by("pk")
    )
