"""Budgets and the decisions register: what it shows of them, and what an entry is called in a list."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from budget.models import ClimateBudget, Line
from budget.rules import visible_states
from strategy.models import Decision
from web.contributions import Evidence
from web.formats import format_date


def evidence_of(user: AbstractBaseUser, decision: int) -> Iterator[Evidence]:
    """The budgets the decision adopted, and the lines that refer to it, of budgets the user may read.

    Two queries, however many there are.
    """
    states = visible_states(user)
    adopted = ClimateBudget.objects.filter(decision=decision, state__in=states)
    for budget in adopted.order_by("-year", "-revision", "pk"):
        yield Evidence(str(budget), _("vedtatt med dette"), budget.get_absolute_url(), budget.adopted_on)
    lines = Line.objects.filter(decision=decision, budget__state__in=states)
    newest_first = lines.order_by("-budget__year", "-budget__revision", "pk")
    for line in newest_first.select_related("budget", "measure"):
        name = f"{line.adopted_code or line.measure.code} {line.adopted_title or line.measure.title}"
        yield Evidence(name, _("tiltak i {budget}").format(budget=line.budget), line.get_absolute_url())


def decision_label(decision: Decision) -> str:
    """«26/101: Utrede klimafond (kommunestyret, 3. mars 2026)»"""
    case = f"{decision.case_number}: " if decision.case_number else ""
    when = format_date(decision.decided_on) if decision.decided_on else decision.decided_when
    return _("{case}{title} ({body}, {when})").format(
        case=case, title=decision.title, body=decision.get_body_display(), when=when
    )
