"""How much of the portal a municipality uses, in words."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.enums import SWITCHES_OF_SIZE, Size, Switch
from web.names import naming

SIZE_LABELS: dict[Size, Promise] = {
    Size.SMALL: _("Liten"),
    Size.USUAL: _("Vanlig"),
    Size.ALL: _("Alt"),
}
SIZE_DETAILS: dict[Size, Promise] = {
    Size.SMALL: _("Mål, utslipp og tiltak, og én rapport i året."),
    Size.USUAL: _("Som Liten, og tertialrapporter og egen virksomhets utslipp."),
    Size.ALL: naming(_("Som Vanlig, og {network} og Klimaledelse.")),
}
SWITCH_LABELS: dict[Switch, Promise] = {
    Switch.TERTIALS: _("Tertialrapporter"),
    Switch.OWN_OPERATIONS: _("Utslipp fra egen virksomhet"),
    Switch.NETWORK: naming(_("{network}, nettverket av klimakontakter")),
    Switch.LEADERSHIP: _("Klimaledelse"),
}


def size_of(on: Collection[str]) -> Size | None:
    """The size with exactly these switches; None for a choice of the municipality's own."""
    return next((size for size, switches in SWITCHES_OF_SIZE.items() if switches == set(on)), None)
