"""Who did it, in a table: a person by id or a system actor by code, never by name.

    answered_by, answered_by_system, answered_by_name = actor_columns("answered_by", _("besvart av"))

are two columns and the name to show. Fetch the person together with the row (`select_related`): a list that
asks for her row by row costs a query each. What tables hold, which of the two is set, how an action writes
them and how a page reads them stand here only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.actors import SYSTEM_ACTORS, Actor, actor_name, actor_pk, system_code, system_name

Metadata = Mapping[str, Any] | None


class SystemActorField(models.CharField):
    """The code of a system actor, shown as its label; empty when a person did it, or nobody yet."""

    def __init__(self, **options: Any) -> None:
        choices = [(code, actor.label) for code, actor in SYSTEM_ACTORS.items()]
        super().__init__(**{**options, "choices": choices, "max_length": 20, "blank": True, "default": ""})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """A plain text column: one more system actor is no migration."""
        name, _path, args, options = super().deconstruct()
        del options["choices"]
        return name, "django.db.models.CharField", args, options


class ActorName:
    """The name of whoever did it, as it is today; empty for nobody."""

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, row: Any, owner: type[Any]) -> Any:
        if row is None:
            return self
        if getattr(row, f"{self.column}_id") is None:
            return system_name(getattr(row, f"{self.column}_system"))
        return self.name_of_person(row)

    def name_of_person(self, row: Model) -> str:
        return actor_name(getattr(row, self.column))

    def __set__(self, row: Any, value: Any) -> None:
        raise AttributeError(f"{self.column}_name is looked up; set who did it with actor_values().")


def actor_columns(
    column: str, verbose_name: str | Promise = ""
) -> tuple[models.ForeignKey[Any, Any], models.CharField[str, str], str]:
    """The columns `column` and `column`_system, and the name to show, to be called `column`_name."""
    label: Any = verbose_name or gettext_lazy("av")
    person: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name: Any = ActorName(column)
    return person, SystemActorField(verbose_name=label), name


def has_actor(column: str) -> Q:
    """That exactly one of person and system actor is set, for a condition."""
    return Q(**{f"{column}__isnull": False, f"{column}_system": ""}) | (
        Q(**{f"{column}__isnull": True}) & ~Q(**{f"{column}_system": ""})
    )


def no_actor(column: str) -> Q:
    """That neither is set: it is not done."""
    return Q(**{f"{column}__isnull": True, f"{column}_system": ""})


def one_actor(name: str, column: str = "by") -> models.CheckConstraint:
    """The constraint that somebody, and one only, stands for the row."""
    return models.CheckConstraint(name=name, condition=has_actor(column))


def at_most_one_actor(name: str, column: str = "by") -> models.CheckConstraint:
    """The same for what may happen outside of an operation, such as a change by hand in the database."""
    return models.CheckConstraint(name=name, condition=has_actor(column) | no_actor(column))


def actor_values(column: str, by: Actor | None) -> dict[str, Any]:
    """What an action writes for the actor, by column; None is nobody, of what is taken back."""
    if by is None:
        return {f"{column}_id": None, f"{column}_system": ""}
    return {f"{column}_id": actor_pk(by), f"{column}_system": system_code(by)}


def is_actor(row: Model, by: Actor, column: str = "by") -> bool:
    """Whether the row says that this actor did it. Two people of the same name are two."""
    return all(getattr(row, name) == value for name, value in actor_values(column, by).items())


def named_in_metadata(metadata: Iterable[Metadata]) -> list[str]:
    """Who stood for each of these contexts of history, in one query; empty where nobody said."""
    contexts = [one or {} for one in metadata]
    pks = {one["actor_id"] for one in contexts if one.get("actor_id") is not None}
    people = get_user_model()._base_manager.in_bulk(pks) if pks else {}

    def name(context: Mapping[str, Any]) -> str:
        pk = context.get("actor_id")
        if pk is None:
            return system_name(str(context.get("system") or ""))
        return actor_name(people[pk]) if pk in people else _("bruker nr. {number}").format(number=pk)

    return [name(context) for context in contexts]
