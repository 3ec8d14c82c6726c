"""What a budget should be looked over for before it moves on. Warned about, not refused."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from budget.enums import OPEN_STATES, BudgetState, ReferenceRule
from budget.models import ClimateBudget, Line, ReferenceSource
from budget.queries.assembling import budget_table
from budget.queries.figure_words import listed
from budget.queries.overlaps import span
from budget.queries.problem_words import Place, Refusal
from budget.queries.tables import BudgetTable
from emissions.enums import Scope
from emissions.models import Edition
from emissions.queries.editions import edition_in_force
from web.formats import format_date

MOST_NAMED = 8


def warnings_of(budget: ClimateBudget) -> list[Refusal]:
    """A trend that may hold what older lines cut, and lines without figures."""
    if budget.state not in OPEN_STATES:
        return []
    return [*trend_warning(budget), *unknown_years(budget_table(budget, with_costs=False))]


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


def _some(codes: list[str]) -> list[str]:
    """The first of them, and that there are more."""
    return codes if len(codes) <= MOST_NAMED else [*codes[:MOST_NAMED], _("flere")]


def trend_warning(budget: ClimateBudget) -> list[Refusal]:
    """One sentence when a trend stands together with lines that began before; empty otherwise.

    A line is older when it was copied from an earlier year's budget, or says that some of its effect is
    in the inventory already.
    """
    own = ReferenceSource.objects.filter(budget=budget)
    if budget.reference_rule != ReferenceRule.TREND and not own.filter(rule=ReferenceRule.TREND).exists():
        return []
    lines = Line.objects.filter(budget=budget, scope=budget.scope, not_quantified_reason="")
    older = [
        code
        for code, year, counted in lines.order_by("order", "pk").values_list(
            "measure__code", "copied_from__budget__year", "already_counted"
        )
        if counted > 0 or (year is not None and year < budget.year)
    ]
    if not older:
        return []
    text = _(
        "Referansebanen følger trenden i regnskapet, som allerede kan vise virkningen av eldre tiltak: "
        "{lines}. Se over hva av effekten som er med i regnskapet, så den ikke telles to ganger."
    )
    return [Refusal(text.format(lines=listed(_some(older))), place=Place.REFERENCE)]


def newer_edition(budget: ClimateBudget) -> Edition | None:
    """The edition in force when it is another than the budget's own, and newer; one query."""
    edition = edition_in_force(settings.MUNICIPALITY, Scope(budget.scope))
    if edition is None or edition.pk == budget.edition_id or edition.published <= budget.edition.published:
        return None
    return edition


def newer_edition_sentence(budget: ClimateBudget, newer: Edition) -> str:
    """Why the budget's figures differ from the newest klimaregnskap."""
    text = _("Budsjettet bygger på utgaven publisert {own}. En nyere utgave ble publisert {newer}.")
    sentence = text.format(own=format_date(budget.edition.published), newer=format_date(newer.published))
    kept = _("Budsjettet beholder sin egen til noen bytter den.")
    return f"{sentence} {kept if budget.state == BudgetState.DRAFT else _('Budsjettet beholder sin egen.')}"
