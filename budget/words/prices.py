"""Kroner per tonne of a line, or why there is no such figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from budget.calculations.costs import cost_per_tonne
from budget.queries.tables import NO_PRICE, BudgetTable, TableLine
from budget.words.figures import tonnes
from web.formats import format_number

ORE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Price:
    """NOK per tCO2e in `year`, to the øre since an annuity has no exact value; or None and why not."""

    year: int
    nok: Decimal | None
    why_not: str = ""


def price_of(table: BudgetTable, line: TableLine) -> Price:
    """The line's whole effect in the year the budget answers for, against its merkostnad as an annuity."""
    year = table.answer_year.year
    if why_not := _missing(line):
        return Price(year, None, why_not)
    stated = line.raw.get(year)
    if stated is None:
        return Price(year, None, _("effekten i {year} er ikke kjent").format(year=year))
    given = line.price_inputs
    nok = cost_per_tonne(
        extra_cost=given.extra_cost_nok,
        lifetime_years=given.lifetime_years,
        discount_percent=given.discount_percent,
        yearly_tonnes=stated.tonnes,
    )
    if nok is None:
        return Price(year, None, _("ingen effekt i {year}").format(year=year))
    return Price(year, nok.quantize(ORE, ROUND_HALF_UP))


def _missing(line: TableLine) -> str:
    """«mangler grunnlag» where nothing is given, «mangler levetid og rente»; empty when all three are."""
    words = (_("merkostnad"), _("levetid"), _("rente"))
    missing = [word for word, value in zip(words, line.price_inputs, strict=True) if value is None]
    if not missing:
        return ""
    if len(missing) == len(words):
        return _("mangler grunnlag")
    if len(missing) == 1:
        return _("mangler {what}").format(what=missing[0])
    return _("mangler {what} og {last}").format(what=", ".join(missing[:-1]), last=missing[-1])


def price_words(table: BudgetTable, line: TableLine) -> str:
    """The figure rounded to whole kroner, or the reason why there is none."""
    price = price_of(table, line)
    return price.why_not if price.nok is None else tonnes(price.nok)


def price_sentence(table: BudgetTable, row: TableLine) -> str:
    """Kroner per tonne in the year the page answers for, and what it is made of; empty where there is none.

    What is missing is said only where somebody has begun to give it.
    """
    if not row.quantified:
        return ""
    price = price_of(table, row)
    if price.nok is None:
        begun = row.price_inputs != NO_PRICE
        return _("Kroner per tonn: {why_not}.").format(why_not=price.why_not) if begun else ""
    text = _(
        "{price} kroner per tonn i {year}, regnet av {cost} kroner i samlet merkostnad over {lifetime} års "
        "levetid og {rate} prosent kalkulasjonsrente."
    )
    said = text.format(
        price=format_number(price.nok, 0),
        year=price.year,
        cost=format_number(row.price_inputs.extra_cost_nok, 0),
        lifetime=row.price_inputs.lifetime_years,
        rate=format_number(row.price_inputs.discount_percent),
    )
    return " ".join(filter(None, (said, _beside_total(row))))


def _beside_total(row: TableLine) -> str:
    """What kroner per tonne is made of where the costs per year say something else; empty without any."""
    known = [nok for nok in row.costs.values() if nok is not None]
    total = row.price_inputs.extra_cost_nok
    if not known or total is None:
        return ""
    yearly = sum(known, Decimal(0))
    if yearly == total:
        return ""
    text = (
        _("Kostnadene per år er til sammen {yearly} kroner, mer enn den samlede merkostnaden. Se over dem.")
        if yearly > total
        else _("Kostnadene per år, til sammen {yearly} kroner, er den delen som faller i budsjettets år.")
    )
    return text.format(yearly=format_number(yearly, 0))
