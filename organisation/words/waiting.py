"""How long somebody has to wait, in words."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def wait_sentence(seconds: int) -> str:
    """«For mange forsøk på kort tid. Vent 7 minutter og prøv igjen.»"""
    if seconds <= 60:
        wait = ngettext("%(n)d sekund", "%(n)d sekunder", seconds) % {"n": seconds}
    else:
        minutes = math.ceil(seconds / 60)
        wait = ngettext("%(n)d minutt", "%(n)d minutter", minutes) % {"n": minutes}
    return _("For mange forsøk på kort tid. Vent {wait} og prøv igjen.").format(wait=wait)
