"""Rules about rows that the database keeps, whoever asks.

    triggers = [state_table(MAIL_TRANSITIONS, what="a mail"), *append_only()]

One declaration for logs and frozen things, for history's events (`web.history.tracked`) and for the who and
why behind them (`web.models.HistoryContext`). What it promises, and to whom: docs/adr/0047.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.models.expressions import RawSQL

State = TypeVar("State", bound=StrEnum)

# `pgtrigger.ignore` is a setting of the session, and anybody may set it. Who asks is the role that logged
# in: `current_user` is the table's owner inside what PostgreSQL does for a foreign key.
ONLY_THE_OWNER_IGNORES = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
RETURNS boolean LANGUAGE plpgsql AS $function$
DECLARE
    names text := nullif(current_setting('pgtrigger.ignore', true), '');
BEGIN
    IF names IS NULL OR NOT pg_catalog.pg_has_role(
        session_user,
        (SELECT proowner FROM pg_catalog.pg_proc
            WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure),
        'MEMBER'
    ) THEN
        RETURN false;
    END IF;
    RETURN trigger_name = ANY (names::text[]);
END
$function$
"""

# Settings that say for how many days rows are kept, as they are named in declarations.
_ages: set[str] = set()


class AppendOnly(pgtrigger.Trigger):
    """Refuses to change, delete or empty; made by `append_only` alone."""


def append_only(
    *,
    only_when: str = "",
    may_grow: str = "",
    deletable: bool = False,
    deletable_after: str = "",
    since: str = "",
) -> list[pgtrigger.Trigger]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE, also by CASCADE.

    `only_when`: SQL about OLD; rows for which it does not hold are not meant yet (mail not sent).
    `may_grow`: SQL about OLD and NEW; an UPDATE for which it holds goes through.
    `deletable`: to delete rows is for the model's other triggers to judge (with a draft, with an edition).
    `deletable_after` names a setting, a number of days: rows whose column `since` is older may be deleted.
    `since` in brackets is a query of the moment instead, about OLD.
    The database knows the number from the last `migrate`, so that who asks cannot say another.
    """
    allowed = [f"IF TG_OP = 'UPDATE' AND {may_grow} THEN RETURN NEW; END IF;"] if may_grow else []
    if deletable_after:
        _ages.add(deletable_after)
        moment = since if since.startswith("(") else f"OLD.{since}"
        old = f"{moment} < now() - make_interval(days => public.days_kept('{deletable_after}'))"
        allowed.append(f"IF TG_OP = 'DELETE' AND {old} THEN RETURN OLD; END IF;")
    refused = "RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;"
    return [
        AppendOnly(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update if deletable else pgtrigger.Update | pgtrigger.Delete,
            condition=pgtrigger.Condition(only_when) if only_when else None,
            func=" ".join([*allowed, refused]),
        ),
        # TRUNCATE passes by the triggers on rows.
        AppendOnly(
            name="never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=refused,
        ),
    ]


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


def end_of_age(setting: str, *, hours: int = 0) -> RawSQL:
    """The moment before which rows kept for `setting` days, and `hours` more, may be deleted: by the
    database's own clock and its own number.
    """
    sql = "now() - make_interval(days => public.days_kept(%s), hours => %s)"
    return RawSQL(sql, [setting, hours])  # noqa: S611


def append_only_models() -> list[type[models.Model]]:
    """Every model that says `append_only`, history's own events among them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if any(isinstance(trigger, AppendOnly) for trigger in getattr(model._meta, "triggers", ()))
    ]


def keep_the_rules(*, using: str, **_: Any) -> None:
    """After every migrate: `pgtrigger.ignore` is the owner's again, and ages are those of the settings.

    Each trigger that pgtrigger installs brings its own function along, which lets anybody ignore triggers.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(ONLY_THE_OWNER_IGNORES)
        cursor.execute(_days_kept())


def _days_kept() -> str:
    ages = "".join(f" WHEN '{name}' THEN {int(getattr(settings, name))}" for name in sorted(_ages))
    return (
        "CREATE OR REPLACE FUNCTION public.days_kept(setting text) RETURNS integer LANGUAGE sql IMMUTABLE"
        f" RETURN CASE setting{ages} WHEN '' THEN NULL END"
    )
