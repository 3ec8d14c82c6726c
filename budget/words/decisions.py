"""What the decisions register says of budgets and lines, as evidence beside a decision."""

from __future__ import annotations

from django.utils.translation import gettext as _

from budget.models import ClimateBudget, Line
from web.contributions import Evidence


def adopted_evidence(budget: ClimateBudget) -> Evidence:
    """A budget the decision adopted."""
    return Evidence(str(budget), _("vedtatt med dette"), budget.get_absolute_url(), budget.adopted_on)


def line_evidence(line: Line) -> Evidence:
    """A line that refers to the decision."""
    name = f"{line.adopted_code or line.measure.code} {line.adopted_title or line.measure.title}"
    return Evidence(name, _("tiltak i {budget}").format(budget=line.budget), line.get_absolute_url())
