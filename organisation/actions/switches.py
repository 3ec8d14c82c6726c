"""Writes about how much of the portal the municipality uses."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from organisation.enums import Switch
from organisation.models import Municipality
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.names import forget_names
from web.refusals import Closed


def set_switches(*, by: Actor, on: Collection[Switch], version: int) -> None:
    """Switches on what is given, and the rest off. Nothing is deleted: what is off is as it was when it is
    switched on again.

    Raises PermissionDenied, StaleObject, and Closed while the municipality has no name.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Det kommunen bruker av portalen")):
        stored = Municipality.objects.first()
        if stored is None:
            raise Closed(_("Gi kommunen navn først."))
        chosen = [switch.value for switch in Switch if switch in on]
        save_versioned(stored, expected=version, fields={"switched_on": chosen})
    forget_names()
