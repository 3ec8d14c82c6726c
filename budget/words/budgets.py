"""What a budget is, where its figures are from, and who changed it: what stands at the top of its pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS, ClimateBudget
from budget.queries.budgets import LatestChange
from budget.queries.tables import BudgetTable
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.formats import format_date, format_datetime, format_number, format_time
from web.names import naming


def where_from(budget: ClimateBudget, table: BudgetTable) -> list[str]:
    """Scope, target, edition and state: what stands under the title."""
    target, edition = table.target, table.edition
    parts = [str(SCOPE_LABELS[Scope(budget.scope)])]
    if target.percent is not None and target.base_year is not None:
        text = _("mål −{percent} % i {target_year} fra {base_year}")
        parts.append(
            text.format(
                percent=format_number(target.percent),
                target_year=target.target_year,
                base_year=target.base_year,
            )
        )
    else:
        parts.append(target.title)
    text = _("{publisher}, publisert {published}")
    parts.append(text.format(publisher=edition.publisher, published=format_date(edition.published)))
    parts.append(state_sentence(budget))
    return parts


def state_sentence(budget: ClimateBudget) -> str:
    """«vedtatt av kommunestyret 9. desember 2025, sak 25/101»"""
    label = str(BUDGET_STATE_LABELS[BudgetState(budget.state)])
    if budget.adopted_on is None:
        return label.lower()
    text = _("vedtatt av {council} {date}, sak {case}")
    decided = naming(text, budget.adopted_on, date=format_date(budget.adopted_on), case=budget.case_number)
    return f"{decided}, {label.lower()}" if budget.state == BudgetState.SUPERSEDED else decided


def recorded_sentence(budget: ClimateBudget, day: date) -> str:
    """«Ført inn i ettertid 30. november 2026, sak 18/101.» `day` is when it was recorded."""
    text = _("Ført inn i ettertid {date}, sak {case}.")
    return text.format(date=format_date(day), case=budget.case_number)


def changed_sentence(budget: ClimateBudget, change: LatestChange | None) -> str:
    """«Utkast. Sist endret av Klima Eksempel kl. 10.42»"""
    label = str(BUDGET_STATE_LABELS[BudgetState(budget.state)])
    if change is None or not change.who:
        return f"{label}."
    today = timezone.localtime(change.when).date() == timezone.localdate()
    when = _("kl. {time}").format(time=format_time(change.when)) if today else format_datetime(change.when)
    text = _("{state}. Sist endret av {who} {when}")
    return text.format(state=label, who=change.who, when=when)


def bridge_sentence(years: Iterable[int], first: int, last: int) -> str:
    """Which of the years lie between the inventory and the plan period `first`–`last`; empty when none do."""
    bridge = [year for year in years if year < first]
    if not bridge:
        return ""
    between = str(bridge[0]) if len(bridge) == 1 else f"{bridge[0]}–{bridge[-1]}"
    text = _("{span} ligger mellom siste regnskapsår og planperioden {first}–{last}.")
    return text.format(span=between, first=first, last=last)
