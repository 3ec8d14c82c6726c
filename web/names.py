"""What the municipality, its bodies and its chief executive are called: data, read once per request.

No sentence knows a name. It has a placeholder, filled when somebody reads it:

    naming(_("{Climate} har kvalitetssikret rapporten fra {unit}."), unit=unit.name)
    {% translate "Når {Climate} har lagt inn tiltak, står de her."|named %}

`{climate}` is the definite form («klimaavdelingen»), `{climates}` whose something is, and `{Climate}` begins
a sentence. `{climate_name}` is the short name, for headings and tags; `{climate_names}` whose. Where names
are kept, `settings.NAMES` says: this package knows no room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, overload

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise, keep_lazy_text, lazy
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Called:
    """A body's short name, as it is spoken of («kommunestyret»), and what is its («kommunestyrets»)."""

    name: str
    definite: str
    genitive: str


@dataclass(frozen=True, slots=True)
class BodyCalled:
    """What a body is called from a day on, until the next name."""

    body: str
    called: Called
    valid_from: date


# What is said of a body nobody has named: short name, definite and genitive form. The leadership has its name
# from the chief executive's title.
_UNNAMED = {
    "climate": (_("klimaavdelingen"), _("klimaavdelingen"), _("klimaavdelingens")),
    "analysis": (_("analyseavdelingen"), _("analyseavdelingen"), _("analyseavdelingens")),
    "committee": (_("klimakomiteen"), _("klimakomiteen"), _("klimakomiteens")),
    "council": (_("kommunestyret"), _("kommunestyret"), _("kommunestyrets")),
    "board": (_("formannskapet"), _("formannskapet"), _("formannskapets")),
}
LEADERSHIP = "leadership"
BODIES = (*_UNNAMED, LEADERSHIP)


@dataclass(frozen=True, slots=True)
class Names:
    """All names. The municipality's is empty until somebody has given it; the rest have words to go by."""

    municipality: str = ""
    number: str = ""
    organisation: str = ""
    chief_title: str = "kommunedirektør"
    network: str = "Klimalaget"
    leader_levels: int = 2
    # What the municipality does without: its pages are there for nobody but the administrator.
    switched_off: frozenset[str] = frozenset()
    # No name, but of the same row: whether those with the widest roles must log in with two steps.
    mfa_required: bool = False
    bodies: tuple[BodyCalled, ...] = field(default=())

    @property
    def chief(self) -> str:
        """«rådmannen», «kommunedirektøren»: titles take the same ending."""
        return f"{self.chief_title}{'n' if self.chief_title.endswith('e') else 'en'}"

    def is_on(self, switch: str) -> bool:
        """Whether the municipality uses what the switch is of. What has no switch is always there."""
        return switch not in self.switched_off

    def called(self, body: str, day: date | None = None) -> Called:
        """What the body is called on a day, today by default; the first before any."""
        asked = day or timezone.localdate()
        known = sorted((one for one in self.bodies if one.body == body), key=lambda one: one.valid_from)
        if known:
            begun = [one for one in known if one.valid_from <= asked]
            return (begun[-1] if begun else known[0]).called
        if body == LEADERSHIP:
            group = f"{self.chief}s ledergruppe"
            return Called(group, group, f"{group}s")
        return Called(*(str(word) for word in _UNNAMED[body]))

    def word(self, placeholder: str, day: date | None = None) -> str:
        """What a placeholder stands for. Raises KeyError for one that is none."""
        lower = placeholder.lower()
        if (body := lower.removesuffix("_name")) != lower:
            word = self.called(body, day).name
        elif (body := lower.removesuffix("_names")) != lower:
            word = _genitive(self.called(body, day).name)
        elif lower in BODIES:
            word = self.called(lower, day).definite
        elif lower.endswith("s") and lower[:-1] in BODIES:
            word = self.called(lower[:-1], day).genitive
        else:
            word = {
                "chief": self.chief,
                "chiefs": f"{self.chief}s",
                "network": self.network,
                "networks": f"{self.network}s",
                "municipality": self.municipality or str(_("kommunen")),
                "organisation": self.organisation or str(_("kommunen")),
            }[lower]
        return capfirst(word) if placeholder[0].isupper() else word


def _genitive(name: str) -> str:
    """«Klimas», «Miljø og helses», «Klima og stats'»"""
    return f"{name}'" if name.endswith(("s", "x", "z")) else f"{name}s"


@dataclass(slots=True)
class _Block:
    names: Names | None


_block: ContextVar[_Block | None] = ContextVar("names", default=None)


def names() -> Names:
    """All names as they are now: read once in a request, and at every call outside of one."""
    block = _block.get()
    if block is None:
        return _read()
    if block.names is None:
        block.names = _read()
    return block.names


def _read() -> Names:
    reader: Callable[[], Names] = import_string(settings.NAMES)
    try:
        return reader()
    except (OperationalError, ProgrammingError):
        # Django's checks read every label of a choice, before there is a database or any table in it too.
        if connection.in_atomic_block:
            raise
        return Names()


def own_municipality() -> str:
    """The municipality the portal is for, as editions are filed under it; «kommunen» until it is named."""
    return names().word("municipality")


@contextmanager
def names_read_once(given: Names | None = None) -> Iterator[None]:
    """While inside, names are read once; or are the given ones, as in a preview of what is typed."""
    token = _block.set(_Block(given))
    try:
        yield
    finally:
        _block.reset(token)


def forget_names() -> None:
    """For the action that has just changed them."""
    if block := _block.get():
        block.names = None


class NamesMiddleware:
    """Names are read once per request, however many sentences have them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with names_read_once():
            return self.get_response(request)


def name_of(placeholder: str) -> _StrPromise:
    """What `{placeholder}` stands for, by itself: a label, looked up when it is read."""
    return _word(placeholder)  # type: ignore[return-value]


def _word_now(placeholder: str) -> str:
    return names().word(placeholder)


_word = lazy(_word_now, str)


class _Words(dict[str, Any]):
    """Values by placeholder; names are looked up only where the sentence has one."""

    def __init__(self, values: dict[str, Any], day: date | None) -> None:
        super().__init__(values)
        self.day = day

    def __missing__(self, placeholder: str) -> str:
        return names().word(placeholder, self.day)


@overload
def naming(sentence: str, on: date | None = None, /, **values: Any) -> str: ...
@overload
def naming(sentence: Promise, on: date | None = None, /, **values: Any) -> _StrPromise: ...
def naming(sentence: str | Promise, on: date | None = None, /, **values: Any) -> str | _StrPromise:
    """The sentence with names and `values` filled in, as bodies were called on a day; lazy stays lazy."""
    return _filled(sentence, on, **values)


@keep_lazy_text
def _filled(sentence: str | Promise, on: date | None, /, **values: Any) -> str:
    return str(sentence).format_map(_Words(values, on))


def _is_no_list(_label: Promise) -> Iterator[str]:
    raise TypeError("A label is no list of choices.")


# Django's checks try to go through each label as if it were a group of choices, which would read the names:
# before there is a database, and at the start of every command.
for _lazy in (_word("chief"), _filled(_("kommunestyret"), None)):
    type(_lazy).__iter__ = _is_no_list  # type: ignore[assignment]
