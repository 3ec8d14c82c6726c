"""Instants written as a day and a time of day in Oslo, also on the nights the clock is changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from web.formats import OSLO, format_date, is_twice, local, without_spaces

_TIME = re.compile(r"(?:kl\.?)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?")


def parse_klokkeslett(text: str) -> time:
    """The time of day in «23.59», «23:59», «2359» or «8». Raises ValueError with a Norwegian sentence."""
    match = _TIME.fullmatch(without_spaces(text).lower())
    if match is None:
        raise ValueError(_("Skriv et klokkeslett, for eksempel 23.59."))
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(_("Klokkeslettet finnes ikke. Skriv for eksempel 23.59."))
    return time(hour, minute)


def format_klokkeslett(value: time) -> str:
    """«08.00»"""
    return value.strftime("%H.%M")


def oslo_instant(day: date, at: time) -> datetime:
    """The instant, in UTC, when the clock in Oslo shows this.

    What it shows twice, in the hour that comes again in October, is the later of the two: nobody loses time
    to a deadline read the other way. Raises ValueError with a Norwegian sentence for what it never shows,
    the hour that is skipped in March.
    """
    shown = datetime.combine(day, at)
    # Compared in UTC: within one zone Python compares what the clock shows, and the fold is lost.
    found = shown.replace(tzinfo=OSLO, fold=1).astimezone(UTC)
    if found.astimezone(OSLO).replace(tzinfo=None) != shown:
        raise ValueError(
            _(
                "Klokken {time} finnes ikke {day}: den natten stilles klokken fram fra 02.00 til 03.00. "
                "Velg et klokkeslett før 02.00 eller fra 03.00."
            ).format(time=format_klokkeslett(at), day=format_date(day))
        )
    return found


def twice_sentence(moment: datetime) -> str:
    """What to say of an instant whose time of day comes twice that night; empty for every other instant."""
    if not is_twice(moment):
        return ""
    shown = local(moment)
    words = (
        _("Klokken {time} kommer to ganger {day}, fordi klokken stilles tilbake. Vi bruker den siste.")
        if shown.fold
        else _("Klokken {time} kommer to ganger {day}, fordi klokken stilles tilbake. Dette er den første.")
    )
    return words.format(time=format_klokkeslett(shown.time()), day=format_date(shown))
