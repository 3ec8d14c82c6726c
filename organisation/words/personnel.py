"""The personnel system's file: how its headings are written, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from web.formats import format_number
from web.register.columns import Column
from web.sheets.words import listed

# What a column may be called; case, spaces and punctuation do not count. Everything else is dropped.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("navn", "fullt navn", "ansattnavn"),
    "given": ("fornavn",),
    "family": ("etternavn",),
    "email": ("e-post", "e-postadresse", "email", "e-mail", "mail"),
    "unit": ("enhet", "virksomhet", "org.enhet", "organisasjonsenhet"),
    "position": ("stilling", "stillingstittel"),
    "role": ("rolle",),
    "valid_from": ("fra", "fra dato", "startdato"),
    "valid_to": ("til", "til dato", "sluttdato"),
}
# What is kept of a row that concerns somebody here: the columns of the preview and of wrong rows.
COLUMNS = (
    Column("name", gettext_lazy("Navn")),
    Column("email", gettext_lazy("E-post")),
    Column("unit", gettext_lazy("Enhet")),
    Column("position", gettext_lazy("Stilling")),
    Column("role", gettext_lazy("Rolle")),
    Column("valid_from", gettext_lazy("Fra")),
    Column("valid_to", gettext_lazy("Til")),
)


def heading_key(heading: str) -> str:
    """The letters of a heading alone."""
    return re.sub(r"[\W_]+", "", heading.casefold())


FIELD_OF = {heading_key(word): name for name, words in HEADINGS.items() for word in words}


def no_headings() -> str:
    return _(
        "Vi finner ikke overskriftene. Filen må ha en rad med «E-post» og «Navn», eller «Fornavn» og "
        "«Etternavn»."
    )


def national_id_found(where: str) -> str:
    """Never the number itself."""
    return _(
        "{where}: det som står her, er et gyldig fødselsnummer. Ingenting er lest inn eller tatt vare på. "
        "Slett hele kolonnen, og last opp på nytt. Et kontonummer kan ligne, og skal heller ikke være med."
    ).format(where=where)


def others(count: int) -> str:
    """«4 931 rader gjelder ingen i portalen.»"""
    return ngettext("{n} rad gjelder ingen i portalen.", "{n} rader gjelder ingen i portalen.", count).format(
        n=format_number(count)
    )


def many_end(ended: int, active: int) -> str:
    return _("{ended} av {active} personer med en rolle mister den. Se etter at filen er hel.").format(
        ended=format_number(ended), active=format_number(active)
    )


def leaders_end(names: Sequence[str]) -> str:
    return ngettext(
        "En leder eller stedfortreder slutter: {names}.",
        "{n} ledere eller stedfortredere slutter: {names}.",
        len(names),
    ).format(n=format_number(len(names)), names=listed(names))
