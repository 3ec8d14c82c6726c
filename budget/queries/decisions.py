"""Budgets and the decisions register: what it shows of them, and what an entry is called in a list."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from budget.models import ClimateBudget, Line
from budget.rules import visible_states
from strategy.models import Decision
from web.formats import format_date


def budgets_adopted_by(user: AbstractBaseUser, decision: int) -> QuerySet[ClimateBudget]:
    """The budgets the decision adopted, of those the user may read, newest first; one query."""
    adopted = ClimateBudget.objects.filter(decision=decision, state__in=visible_states(user))
    return adopted.order_by("-year", "-revision", "pk")


def lines_referring_to(user: AbstractBaseUser, decision: int) -> QuerySet[Line]:
    """The lines that refer to the decision, of budgets the user may read, newest first; one query."""
    lines = Line.objects.filter(decision=decision, budget__state__in=visible_states(user))
    newest_first = lines.order_by("-budget__year", "-budget__revision", "pk")
    return newest_first.select_related("budget", "measure")


def decision_label(decision: Decision) -> str:
    """«26/101: Utrede klimafond (kommunestyret, 3. mars 2026)»"""
    case = f"{decision.case_number}: " if decision.case_number else ""
    when = format_date(decision.decided_on) if decision.decided_on else decision.decided_when
    return f"{case}{decision.title} ({decision.body_then}, {when})"
