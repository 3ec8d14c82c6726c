"""«Hva om?»: named sandboxes. Whatever happens here, no budget changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from budget.enums import ChangeKind
from budget.models import ClimateBudget, Scenario, ScenarioChange
from budget.queries.scenarios import changes_of, scenario_result
from budget.rules import may_read
from budget.words.scenarios import problem_texts
from organisation.models import User
from organisation.rules import Permission, require
from web.actors import acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused

# More than anybody can keep in mind, and few enough to compute at once.
MOST_CHANGES = 100


def create_scenario(*, by: User, budget: ClimateBudget, name: str) -> Scenario:
    """A new scenario without changes.

    Raises PermissionDenied, and Refused for a name the user has used on this budget.
    """
    require(by, Permission.MAKE_SCENARIOS)
    if not may_read(by, budget.state):
        raise PermissionDenied
    with acting(by, _("Laget «hva om»")):
        _check_name(by, budget, name)
        return Scenario.objects.create(budget=budget, owner=by, name=name)


def update_scenario(*, by: User, scenario: Scenario, version: int, name: str, shared: bool) -> None:
    """Name, and whether others may read it. Raises PermissionDenied, Refused, StaleObject."""
    _require_owner(by, scenario)
    with acting(by, _("Endret «hva om»")):
        _check_name(by, scenario.budget, name, but=scenario.pk)
        save_versioned(scenario, expected=version, fields={"name": name, "shared": shared})


def delete_scenario(*, by: User, scenario: Scenario) -> None:
    """Gone from the list; history keeps it. Raises PermissionDenied."""
    _require_owner(by, scenario)
    with acting(by, _("Slettet «hva om»")):
        scenario.delete()


def add_change(
    *, by: User, scenario: Scenario, kind: ChangeKind, values: Mapping[str, Any]
) -> ScenarioChange:
    """One more change, if the budget can be computed with it.

    `values` are the fields of ScenarioChange that the kind uses; percent in percent, tonnes in tCO2e a year.
    Raises PermissionDenied, and Refused with what is wrong.
    """
    _require_owner(by, scenario)
    with acting(by, _("Endret «hva om»")):
        # One change at a time, so that the whole is computed with what others have just added.
        Scenario.objects.select_for_update(no_key=True).get(pk=scenario.pk)
        before = changes_of(scenario)
        _check_change(scenario, before, values)
        made = ScenarioChange.objects.create(scenario=scenario, kind=kind, **values)
        if problems := problem_texts(scenario_result(scenario, changes_of(scenario))):
            raise Refused(*problems)
        return made


def remove_change(*, by: User, scenario: Scenario, change_id: int) -> None:
    """Takes a change out again; one that is gone already is no error. Raises PermissionDenied."""
    _require_owner(by, scenario)
    with acting(by, _("Endret «hva om»")):
        scenario.changes.filter(pk=change_id).delete()


def _require_owner(by: User, scenario: Scenario) -> None:
    require(by, Permission.MAKE_SCENARIOS)
    if scenario.owner_id != by.pk or not may_read(by, scenario.budget.state):
        raise PermissionDenied


def _check_name(by: User, budget: ClimateBudget, name: str, but: int = 0) -> None:
    same = Scenario.objects.filter(budget=budget, owner=by, name=name).exclude(pk=but)
    if same.exists():
        text = _("Du har allerede en som heter «{name}». Velg et annet navn.")
        raise Refused(Refusal(text.format(name=name), field="name"))


def _check_change(scenario: Scenario, before: list[ScenarioChange], values: Mapping[str, Any]) -> None:
    if len(before) >= MOST_CHANGES:
        raise Refused(_("Det er høyst {most} endringer i hver. Fjern en først.").format(most=MOST_CHANGES))
    line_id = values.get("line_id")
    if line_id is None:
        return
    if not scenario.budget.lines.filter(pk=line_id).exists():
        raise Refused(Refusal(_("Tiltaket står ikke i dette budsjettet."), field="line"))
    if any(change.line_id == line_id for change in before):
        text = _("Tiltaket er allerede endret her. Fjern den endringen først.")
        raise Refused(Refusal(text, field="line"))
