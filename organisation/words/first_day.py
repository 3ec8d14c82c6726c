"""The first steps of a municipality in words: its name and size, its units, its people."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import ROLE_LABELS
from organisation.queries.first_day import NEEDED, FirstDay
from organisation.words.switches import SIZE_LABELS, SWITCH_LABELS, size_of
from web.contributions import FirstDayStep

PLACE = 10


def first_day_steps(found: FirstDay, *, may: bool) -> Iterator[FirstDayStep]:
    """The municipality, its units and the first people. `may` is whether the reader administers them."""
    municipality = found.municipality
    yield FirstDayStep(
        place=PLACE,
        title=_("Kommunen, og hvor mye dere vil bruke"),
        done=True,
        detail=_("{name}, kommunenummer {number}. {used}").format(
            name=municipality.organisation,
            number=municipality.number,
            used=_used(municipality.switched_on),
        ),
        url=reverse("organisation:switches"),
        button=_("Endre"),
        may=may,
    )
    yield FirstDayStep(
        place=PLACE + 1,
        title=_("Virksomheter og foretak"),
        done=found.units > 0,
        detail=ngettext("{n} er lagt inn.", "{n} er lagt inn.", found.units).format(n=found.units)
        if found.units
        else _("Last opp et regneark med navnene, eller skriv dem inn én for én."),
        url=reverse("organisation:index" if found.units else "organisation:units_file"),
        button=_("Se dem") if found.units else _("Last opp regnearket"),
        minutes=10,
        may=may or found.units > 0,
        by_administrator=True,
    )
    missing = [str(ROLE_LABELS[role]) for role in NEEDED if role not in found.roles]
    yield FirstDayStep(
        place=PLACE + 2,
        title=_("De første personene"),
        done=not missing,
        detail=_people(found, missing),
        url=reverse("organisation:invite" if may else "organisation:people"),
        button=_("Inviter") if missing else _("Inviter flere"),
        minutes=10,
        may=may,
        by_administrator=True,
    )


def _used(on: list[str]) -> str:
    size = size_of(on)
    if size is not None:
        return _("Valgt: {size}. Alt annet kan slås på siden.").format(size=SIZE_LABELS[size])
    names = ", ".join(str(label) for switch, label in SWITCH_LABELS.items() if switch in on)
    return _("Valgt: {names}.").format(names=names)


def _people(found: FirstDay, missing: list[str]) -> str:
    there = ngettext(
        "{n} person er invitert, {here} har logget inn.",
        "{n} personer er invitert, {here} har logget inn.",
        found.invited,
    ).format(n=found.invited, here=found.here)
    if not missing:
        return there
    lacks = _("Ingen har rollen {roles} ennå. Én person kan ha flere roller.").format(
        roles=_(" eller ").join(missing)
    )
    return f"{there} {lacks}"
