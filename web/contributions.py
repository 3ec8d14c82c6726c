"""Where an upper room adds to a page a lower room or the home page owns.

The set of slots is closed. A room registers its providers in `apps.py: ready()`; the page's owner asks
the slot. Nothing here knows who answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, ParamSpec, TypeAlias, TypeVar

from web.names import names

if TYPE_CHECKING:
    # `apps.py` imports this module before there are any models.
    from django.contrib.auth.base_user import AbstractBaseUser

P = ParamSpec("P")
R = TypeVar("R")
# (by, to, day): gives what hangs on one to another, by primary key, from the day.
Move: TypeAlias = Callable[[Any, int, date], None]
# (by, now): does to what is too old then what is to be done; gives how many.
CarryOut: TypeAlias = Callable[[Any, datetime], int]


@dataclass(frozen=True)
class Task:
    """Something that waits for a person on Min side. `due` is an instant; one page shows one `primary`."""

    title: str
    detail: str
    url: str
    button: str
    due: datetime | None = None
    primary: bool = False


@dataclass(frozen=True)
class CalendarEntry:
    """One line of the year wheel."""

    day: date
    title: str
    url: str = ""


@dataclass(frozen=True)
class SummarySection:
    """A part of the leadership summary from another room: sentences, and a table when it has rows."""

    title: str
    lines: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What another room knows about a measure or a decision: its figures in a budget, its status in a
    report, the budget it adopted.
    """

    title: str
    detail: str
    url: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Objection:
    """Why a mail that waits should not be sent after all."""

    reason: str


class HoldingGoes(StrEnum):
    """Where what hangs on somebody goes when she or the unit is no longer there."""

    WITH_UNIT = "with_unit"  # the unit's or the seat's: whoever has the role next has it
    TO_SUCCESSOR = "to_successor"  # her own, or the unit's when all of it goes to another: somebody takes it
    STAYS = "stays"  # sent, adopted or frozen: keeps the name it was made with


@dataclass(frozen=True)
class Holder:
    """A unit or a person, by primary key: exactly one of the two."""

    unit: int | None = None
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Something that hangs on a unit or a person, as one line: «4 tiltak», and where it goes.

    `move` gives all of it to another unit or person, by primary key, on a day: called inside the
    transaction of the whole move, with (by, to, day). Only what goes to a successor has one, and what
    follows something else that moves has none. It asks for no permission: whoever calls it has. It raises
    Refused when the one who is to have it cannot.

    `blocks` is why a unit cannot be closed, or a person leave, while this is so and nobody takes it over.
    Without a `move` nobody can.
    """

    kind: str
    count: int
    sentence: str
    goes: HoldingGoes
    why: str = ""
    url: str = ""
    due: date | None = None
    blocks: str = ""
    move: Move | None = None


@dataclass(frozen=True, kw_only=True)
class FirstDayStep:
    """One of the things a municipality does before the portal is of use, in the order of `place`.

    `done` is found in the data, never ticked. `detail` says what there is, or what is to be done. `may` is
    whether the one who asks can do it. Those who lead the climate work do it, or the administrator.
    """

    place: int
    title: str
    done: bool
    detail: str
    url: str
    button: str
    minutes: int = 0
    may: bool = True
    by_administrator: bool = False


@dataclass(frozen=True)
class MunicipalityFact:
    """Something another room keeps about the municipality: what it is, as it stands, and where it is kept."""

    label: str
    text: str
    url: str
    link: str


class AgeEnds(StrEnum):
    """What becomes of something that has had its age."""

    DELETED = "deleted"
    EMPTIED = "emptied"  # the row stays, without the text or the bytes
    BY_ROLE = "by_role"  # a name gives way to what the person was


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Something that is kept for so many days, and what becomes of it then.

    `carry_out` does it, with (by, now): `by` is the job, and it gives how many it was done to. Called again
    at the same moment it does nothing. `setting` is the variable by which the days are another number.
    """

    kind: str
    what: str
    days: int
    ends: AgeEnds
    carry_out: CarryOut
    setting: str = ""


@dataclass(frozen=True, eq=False)
class Slot(Generic[P, R]):
    """A place to contribute to. Providers get the slot's arguments and yield items of its type."""

    name: str
    item_type: type[R]


min_side_task: Final[Slot[[AbstractBaseUser, datetime], Task]] = Slot("min_side_task", Task)
"""(user, now) → what waits for the user."""
calendar_entry: Final[Slot[[AbstractBaseUser, date, date], CalendarEntry]] = Slot(
    "calendar_entry", CalendarEntry
)
"""(user, start, end) → what happens from start to end, both days included."""
summary_section: Final[Slot[[int], SummarySection]] = Slot("summary_section", SummarySection)
"""(period_id) → sections of the leadership summary for that reporting period."""
measure_evidence: Final[Slot[[AbstractBaseUser, int], Evidence]] = Slot("measure_evidence", Evidence)
"""(user, measure_id) → what the user may see about the measure elsewhere."""
decision_evidence: Final[Slot[[AbstractBaseUser, int], Evidence]] = Slot("decision_evidence", Evidence)
"""(user, decision_id) → what the user may see elsewhere that points at the decision."""
mail_objection: Final[Slot[[int], Objection]] = Slot("mail_objection", Objection)
"""(outbox mail id) → why it should not be sent after all; asked just before it is."""
holding: Final[Slot[[Holder, date], Holding]] = Slot("holding", Holding)
"""(unit or person, day) → what hangs on it that day. Moves are called in the order it is collected in."""
first_day_step: Final[Slot[[AbstractBaseUser], FirstDayStep]] = Slot("first_day_step", FirstDayStep)
"""(user) → what is to be done before the portal is of use, done or not."""
municipality_fact: Final[Slot[[str, str], MunicipalityFact]] = Slot("municipality_fact", MunicipalityFact)
"""(name, number) → what is kept elsewhere about the municipality, for the page with its names."""
retention: Final[Slot[[], Retention]] = Slot("retention", Retention)
"""() → what has an age. Carried out in the order it is collected in, by `web.retention`."""

SLOTS: Final = (
    min_side_task,
    calendar_entry,
    summary_section,
    measure_evidence,
    decision_evidence,
    mail_objection,
    holding,
    first_day_step,
    municipality_fact,
    retention,
)

Provider: TypeAlias = Callable[..., Iterable[Any]]
# With the switch each is silent without; most have none.
_providers: dict[Slot[Any, Any], list[tuple[Provider, str]]] = {slot: [] for slot in SLOTS}


class UnknownSlot(LookupError):
    """The slot is not one of `SLOTS`."""


def _providers_of(slot: Slot[Any, Any]) -> list[tuple[Provider, str]]:
    try:
        return _providers[slot]
    except (KeyError, TypeError):
        raise UnknownSlot(repr(slot)) from None


def register(slot: Slot[P, R], provider: Callable[P, Iterable[R]], switch: str = "") -> None:
    """Adds a provider, which has nothing to say while the municipality has switched `switch` off.

    Raises UnknownSlot, and ValueError for a provider that is already there.
    """
    providers = _providers_of(slot)
    if any(known == provider for known, _switch in providers):
        raise ValueError(f"{provider!r} already contributes to {slot.name}")
    providers.append((provider, switch))


def collect(slot: Slot[P, R], *args: P.args, **kwargs: P.kwargs) -> list[R]:
    """Everything the providers have, in the order they were registered.

    Raises UnknownSlot, and TypeError for a provider that yields something else than the slot holds.
    """
    items: list[R] = []
    for provider, switch in _providers_of(slot):
        if switch and not names().is_on(switch):
            continue
        for item in provider(*args, **kwargs):
            if not isinstance(item, slot.item_type):
                raise TypeError(f"{provider!r} gave {type(item).__name__} to {slot.name}")
            items.append(item)
    return items
