"""Triggers that more than one room puts on its tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import pgtrigger

State = TypeVar("State", bound=StrEnum)


def state_table(
    transitions: Mapping[State, frozenset[State]], *, what: str, field: str = "state", unless: str = ""
) -> pgtrigger.Trigger:
    """A row goes from state to state along the table only, whatever path the change comes by.

    `what` names the row in the message: «a mail cannot go from sent to queued», with the error
    restrict_violation. `unless` is SQL over OLD and NEW for the moves outside the table that pass all the
    same; what it cannot tell (null) does not pass. A row may begin in any state.
    """
    allowed = ", ".join(
        f"('{origin}', '{target}')" for origin, targets in transitions.items() for target in sorted(targets)
    )
    refused = f"(OLD.{field}, NEW.{field}) NOT IN ({allowed})"
    if unless:
        refused += f" AND ({unless}) IS NOT TRUE"
    return pgtrigger.Trigger(
        name="state_along_the_table",
        when=pgtrigger.Before,
        # Not only where the statement names the column: another trigger may have changed it.
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.{field} IS DISTINCT FROM NEW.{field}"),
        func=f"""
        IF {refused} THEN
            RAISE EXCEPTION '{what} cannot go from % to %', OLD.{field}, NEW.{field}
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
        """,
    )
