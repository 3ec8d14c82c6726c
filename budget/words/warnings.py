"""What a budget should be looked over for before it moves on. Warned about, not refused."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.models import ClimateBudget
from budget.queries.tables import BudgetTable
from budget.words.addresses import budget_url
from budget.words.figures import listed, span
from emissions.models import Edition
from web.formats import format_date
from web.refusals import Refusal

MOST_NAMED = 8


def unknown_years(table: BudgetTable) -> list[Refusal]:
    """Lines whose figures stop before the budget does: unknown counts as nothing, and the path jumps up.

    One sentence per set of missing years. A line may well begin late; it is the years after its first
    figure that are asked about.
    """
    missing: dict[tuple[int, ...], list[str]] = {}
    for line in table.quantified:
        if line.raw:
            years = tuple(year for year in table.horizon if year > min(line.raw) and year not in line.raw)
            if years:
                missing.setdefault(years, []).append(line.code)
    text = _("{lines} har ikke tall for {years}. Ukjent regnes ikke med i tiltaksbanen.")
    return [
        Refusal(text.format(lines=listed(_some(codes)), years=span(years)))
        for years, codes in missing.items()
    ]


def _some(codes: Sequence[str]) -> Sequence[str]:
    """The first of them, and that there are more."""
    return codes if len(codes) <= MOST_NAMED else [*codes[:MOST_NAMED], _("flere")]


def trend_warning(budget: ClimateBudget, older: Sequence[str]) -> list[Refusal]:
    """One sentence about the lines that `older_lines_in_trend` gives; empty without any."""
    if not older:
        return []
    text = _(
        "Referansebanen følger trenden i regnskapet, som allerede kan vise virkningen av eldre tiltak: "
        "{lines}. Se over hva av effekten som er med i regnskapet, så den ikke telles to ganger."
    )
    return [Refusal(text.format(lines=listed(_some(older))), url=budget_url("reference", budget))]


def newer_edition_sentence(budget: ClimateBudget, newer: Edition) -> str:
    """Why the budget's figures differ from the newest klimaregnskap."""
    text = _("Budsjettet bygger på utgaven publisert {own}. En nyere utgave ble publisert {newer}.")
    sentence = text.format(own=format_date(budget.edition.published), newer=format_date(newer.published))
    kept = _("Budsjettet beholder sin egen til noen bytter den.")
    return f"{sentence} {kept if budget.state == BudgetState.DRAFT else _('Budsjettet beholder sin egen.')}"
