"""What every file into a budget says of itself."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from budget.actions.editing import closed_sentence
from budget.enums import BudgetState
from budget.models import ClimateBudget
from organisation.rules import Permission, require
from web.form_page import Crumb


def file_words(budget: ClimateBudget, *above: Crumb) -> dict[str, Any]:
    """`above` are the pages below the budget it is reached from."""
    crumbs = [(str(budget), budget.get_absolute_url()), *above]
    return {
        "about": str(budget.pk),
        "crumbs": [(_("Klimabudsjett"), reverse("budget:index")), *crumbs],
        "back_url": crumbs[-1][1],
        "closed": "" if budget.state == BudgetState.DRAFT else closed_sentence(budget.state),
        "may": lambda by: require(by, Permission.EDIT_BUDGET),
    }
