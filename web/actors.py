"""Who acts. Every write in the portal happens inside `acting`, so that history knows who and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SystemActor:
    """Something other than a person that may write: a command, the demo loader, the job worker.

    The code is what tables and history hold, and never changes; the label is what people read.
    """

    code: str
    label: str | Promise

    @property
    def name(self) -> str:
        return str(self.label)


COMMAND_LINE = SystemActor("command_line", _("kommandolinje"))
DEMO = SystemActor("demo", _("demodata"))
WORKER = SystemActor("worker", _("bakgrunnsjobb"))
SYSTEM_ACTORS = {actor.code: actor for actor in (COMMAND_LINE, DEMO, WORKER)}

Actor = AbstractBaseUser | SystemActor

_address: ContextVar[str] = ContextVar("address", default="")
_block: ContextVar[str] = ContextVar("block", default="")
_is_acting: ContextVar[bool] = ContextVar("is_acting", default=False)


def actor_name(by: Actor) -> str:
    """The name pages show: a person's full name as it is now, or the system's own. Never stored."""
    if isinstance(by, SystemActor):
        return by.name
    return str(getattr(by, "name", "") or by.get_username())


def actor_pk(by: Actor) -> int | None:
    """The person's primary key, for what points at her; a system actor has none."""
    return None if isinstance(by, SystemActor) else by.pk


def system_code(by: Actor) -> str:
    """The code of a system actor; empty for a person."""
    return by.code if isinstance(by, SystemActor) else ""


def system_name(code: str) -> str:
    """What people read for the code of a system actor; the code itself when nobody goes by it any more."""
    actor = SYSTEM_ACTORS.get(code)
    return actor.name if actor else code


# What names somebody in the metadata of history; a trigger holds them (`web.models.HistoryContext`).
WHO_KEYS = ("actor_id", "system")


def _who(by: Actor) -> dict[str, int | str]:
    """The actor in the metadata of history: by id or by code, never by name."""
    return {"system": by.code} if isinstance(by, SystemActor) else {"actor_id": by.pk}


@contextmanager
def acting(by: Actor, reason: str = "") -> Iterator[None]:
    """One transaction in which every tracked change is stored as done by `by`, because of `reason`.

    An action that calls another is one operation: the outermost call gives actor and reason, the inner ones
    join its transaction. Two actions one after the other are two operations, also within one request.
    """
    with transaction.atomic():
        if _is_acting.get():
            yield
            return
        token = _is_acting.set(True)
        try:
            with pghistory.context(
                **_who(by),
                reason=str(reason),
                address=_address.get(),
                **({"block": block} if (block := _block.get()) else {}),
            ):
                yield
        finally:
            _is_acting.reset(token)


@contextmanager
def from_address(path: str) -> Iterator[None]:
    """While inside, actions store `path` (no query string, no IP) as the page they came from."""
    token = _address.set(path)
    try:
        yield
    finally:
        _address.reset(token)


@contextmanager
def part_of(block: str) -> Iterator[None]:
    """While inside, actions store `block` (empty: none): operations of one person that share it were done as
    one, though each was saved by itself, and are undone as one.
    """
    token = _block.set(block)
    try:
        yield
    finally:
        _block.reset(token)
