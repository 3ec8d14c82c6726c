"""The columns of a spreadsheet for what a line says beside its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budget.actions.lines import LONGEST_LIFETIME
from budget.importers.line_cells import HUNDRED, Cells, WrongValue, date_of, number_of, text_of, words
from budget.queries.line_states import LineDetails
from budget.words.line_columns import DETAILS
from web.sheets.words import shortened

LONGEST = {"calculated_by": 120, "attachment_url": 500, "plan_reference": 120, "decision_reference": 160}
MOST_NOK = Decimal(10) ** 12
WHOLE, TWO = Decimal(1), Decimal("0.01")


def details_of(cells: Cells, before: LineDetails, decisions: Mapping[str, int]) -> LineDetails:
    """What stands, with the columns that are there put over it. decisions: ids by label in small letters.

    Raises WrongValue.
    """
    found: dict[str, Any] = {
        name: text_of(cells, DETAILS[name], getattr(before, name), longest)
        for name, longest in LONGEST.items()
    }
    url = found["attachment_url"]
    if url and not url.startswith(("https://", "http://")):
        raise WrongValue(DETAILS["attachment_url"], _("skriv en hel adresse, med https:// foran."))
    readers = {
        "calculated_on": _day,
        "extra_cost_nok": _extra_cost,
        "lifetime_years": _lifetime,
        "discount_percent": _rate,
    }
    found |= {name: reader(cells, before) for name, reader in readers.items() if DETAILS[name] in cells}
    if DETAILS["decision_id"] in cells:
        found["decision_id"] = _decision(cells, decisions)
    return replace(before, **found)


def _day(cells: Cells, before: LineDetails) -> date | None:
    return date_of(cells, DETAILS["calculated_on"])


def _extra_cost(cells: Cells, before: LineDetails) -> Decimal | None:
    column = DETAILS["extra_cost_nok"]
    return number_of(cells[column], column, TWO, MOST_NOK, before.extra_cost_nok, negative=True)


def _lifetime(cells: Cells, before: LineDetails) -> int | None:
    column = DETAILS["lifetime_years"]
    years = number_of(cells[column], column, TWO, MOST_NOK, None)
    if years is None:
        return None
    if years != years.quantize(WHOLE) or not 1 <= years <= LONGEST_LIFETIME:
        text = _("levetiden må være et helt antall år fra 1 til {most}.")
        raise WrongValue(column, text.format(most=LONGEST_LIFETIME))
    return int(years)


def _rate(cells: Cells, before: LineDetails) -> Decimal | None:
    column = DETAILS["discount_percent"]
    percent = number_of(cells[column], column, TWO, MOST_NOK, before.discount_percent)
    if percent is not None and percent > HUNDRED:
        raise WrongValue(column, _("kalkulasjonsrenten må være fra 0 til 100 prosent."))
    return percent


def _decision(cells: Cells, decisions: Mapping[str, int]) -> int | None:
    column = DETAILS["decision_id"]
    label = words(cells, column)
    if not label:
        return None
    if label.casefold() not in decisions:
        text = _("«{label}» står ikke i vedtaksregisteret. Velg fra listen.")
        raise WrongValue(column, text.format(label=shortened(label)))
    return decisions[label.casefold()]
