"""How long a report takes, as it is said beside «ca. 3 minutter»."""

from __future__ import annotations

from django.utils.translation import gettext as _

from web.formats import format_number


def minutes_words(minutes: float | None) -> str:
    """«ett minutt», «4 minutter»; empty where there is nothing to say."""
    if minutes is None:
        return ""
    # «… eller mindre» follows.
    if round(minutes) <= 1:
        return _("ett minutt")
    return _("{n} minutter").format(n=format_number(round(minutes)))
