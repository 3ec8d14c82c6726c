"""What every change of a draft has in common: the right to do it, and the lock that keeps it a draft.

Locks are taken in one order, so that nobody waits in a ring: the budget, then its lines by id, then their
figures. An edit takes the budget FOR SHARE, and editors work side by side. A step from one state to the next
(`transitions`) takes it FOR UPDATE: it waits for the edits that have begun, and later ones wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from budget.calculations import BudgetProblem, problems
from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS, ClimateBudget
from budget.queries.assembling import budget_inputs, budget_table
from budget.queries.problems import source_names
from budget.words.problems import problem_sentences
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.refusals import Closed, Refused

DECIMALS = 6
MOST_TONNES = Decimal(10) ** 14
MOST_NOK = Decimal(10) ** 14


@contextmanager
def editing(by: Actor, budget: ClimateBudget, reason: str) -> Iterator[None]:
    """One transaction in which the budget stays a draft: others may edit beside it, nobody may move it.

    Raises PermissionDenied, and Closed when it is no longer a draft.
    """
    require(by, Permission.EDIT_BUDGET)
    with one_of_two_at_once(), acting(by, reason):
        state = lock_for_edit(budget)
        if state != BudgetState.DRAFT:
            raise Closed(closed_sentence(state))
        yield


@contextmanager
def one_of_two_at_once() -> Iterator[None]:
    """Stands around a transaction. Where two do the same at once, the database takes one and refuses the
    other.

    Raises Refused for what the database holds to be there already.
    """
    try:
        yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        text = _("Noen andre gjorde det samme samtidig. Last siden på nytt, og se hva som er der nå.")
        raise Refused(text) from error


def lock_for_edit(budget: ClimateBudget) -> str:
    """The budget's state, which no other transaction can change until this one ends.

    `budget` takes over the target and edition it has now, which give the years it has figures for.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, target_id, edition_id FROM budget_climatebudget WHERE id = %s FOR SHARE",
            [budget.pk],
        )
        row = cursor.fetchone()
    if row is None:
        raise ClimateBudget.DoesNotExist
    state, budget.target_id, budget.edition_id = row
    return str(state)


def refuse_closed(budget: ClimateBudget) -> None:
    """Raises Closed for a budget that is no draft."""
    if budget.state != BudgetState.DRAFT:
        raise Closed(closed_sentence(budget.state))


def closed_sentence(state: str) -> str:
    """«Budsjettet er vedtatt av kommunestyret …»"""
    label = str(BUDGET_STATE_LABELS[BudgetState(state)]).lower()
    return _("Budsjettet er {state} og kan ikke endres.").format(state=label)


def check_tonnes(tonnes: Decimal) -> None:
    """Raises Refused unless it is zero or more, with six decimals at most."""
    if not tonnes.is_finite() or tonnes < 0:
        raise Refused(_("Skriv reduksjon som et positivt tall, for eksempel 1\u00a0234,5."))
    check_decimals(tonnes, DECIMALS)
    if tonnes >= MOST_TONNES:
        raise Refused(_("Tallet er for stort. Skriv tonn CO₂e."))


def check_decimals(value: Decimal, most: int) -> None:
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > most:
        text = _("Skriv tallet med færre desimaler, høyst {most}.")
        raise Refused(text.format(most=most))


def check_nok(nok: Decimal, *, negative: bool = False) -> None:
    """Raises Refused unless it is kroner with two decimals at most, below zero only where allowed."""
    if not nok.is_finite() or (nok < 0 and not negative):
        raise Refused(_("Skriv kroner som et positivt tall. Innsparing har en egen rad."))
    check_decimals(nok, 2)
    if abs(nok) >= MOST_NOK:
        raise Refused(_("Tallet er for stort. Skriv kroner."))


def problems_of(budget: ClimateBudget) -> tuple[BudgetProblem, ...]:
    """What the arithmetic would refuse now; to be held against what it refuses after a change."""
    return problems(budget_inputs(budget))


def refuse_new_problems(budget: ClimateBudget, before: tuple[BudgetProblem, ...]) -> None:
    """A budget that could be computed still can. Raises Refused with what is wrong.

    What was wrong already may be wrong by another figure: people correct one thing at a time.
    """
    known = {replace(problem, value=None, limit=None) for problem in before}
    if {replace(problem, value=None, limit=None) for problem in problems_of(budget)} - known:
        table = budget_table(budget)
        # What is wrong now is what was just typed: the form it stands in is where it is mended.
        raise Refused(*(one.text for one in problem_sentences(table, source_names(table.problems))))
