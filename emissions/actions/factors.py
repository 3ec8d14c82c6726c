"""Activity types and their emission factors. A factor is never changed, only followed by a new version."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from emissions.calculations import factor_of_gases
from emissions.enums import GwpSet, MeasuredIn, Scope
from emissions.models import ActivityType, EmissionFactor, Sector, Source
from organisation.rules import Permission, require
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Gases:
    """kg of each gas per unit of the activity."""

    co2: Decimal
    ch4: Decimal
    n2o: Decimal


def add_activity_type(
    *,
    by: Actor,
    name: str,
    measured_in: MeasuredIn,
    scope: Scope,
    sector: str,
    source: str,
    is_example: bool = False,
) -> ActivityType:
    """Add a kind of activity in one of the two accounts. Raises Refused for a name that is taken."""
    require(by, Permission.EDIT_OWN_OPERATIONS)
    with acting(by, _("Ny aktivitetstype")):
        if ActivityType.objects.filter(name__iexact=name.strip()).exists():
            text = _("Det finnes allerede en aktivitet med dette navnet. Velg et annet.")
            raise Refused(Refusal(text, field="name"))
        owner, _made = Sector.objects.get_or_create(name=sector.strip())
        found, _made = Source.objects.get_or_create(sector=owner, name=source.strip())
        return ActivityType.objects.create(
            name=name.strip(), measured_in=measured_in, scope=scope, source=found, is_example=is_example
        )


def add_factor(
    *,
    by: Actor,
    activity_type: ActivityType,
    first: int,
    last: int | None,
    source: str,
    kg_co2e: Decimal | None = None,
    gases: Gases | None = None,
    gwp: GwpSet | None = None,
    is_example: bool = False,
) -> EmissionFactor:
    """Add a factor for the years first–last: kg CO2e per unit, or kg of each gas and which GWP set.

    Where it overlaps older factors it is their new version, and counts from now on; the old ones stay.
    Raises Refused and PermissionDenied.
    """
    require(by, Permission.EDIT_OWN_OPERATIONS)
    value = _value(kg_co2e, gases, gwp)
    if last is not None and last < first:
        raise Refused(_("Siste år er før første år. Bytt dem om."))
    if not source.strip():
        raise Refused(_("Skriv hvor faktoren er hentet fra."))
    with acting(by, _("Ny utslippsfaktor")):
        # One new factor of a type at a time, so that each gets a version of its own.
        owner = ActivityType.objects.select_for_update(no_key=True).get(pk=activity_type.pk)
        return EmissionFactor.objects.create(
            activity_type=owner,
            valid_from_year=first,
            valid_to_year=last,
            version=_next_version(owner, first, last),
            kg_co2e=value,
            kg_co2=gases.co2 if gases else None,
            kg_ch4=gases.ch4 if gases else None,
            kg_n2o=gases.n2o if gases else None,
            gwp_set=gwp or "",
            source=source.strip(),
            is_example=is_example,
            **actor_values("created_by", by),
        )


def _value(kg_co2e: Decimal | None, gases: Gases | None, gwp: GwpSet | None) -> Decimal:
    if gases is None:
        if kg_co2e is None:
            raise Refused(_("Skriv faktoren i kg CO₂e, eller kg av hver gass."))
        if kg_co2e < 0:
            raise Refused(_("Faktoren kan ikke være negativ."))
        return kg_co2e
    if kg_co2e is not None:
        raise Refused(_("Skriv enten kg CO₂e eller kg av hver gass, ikke begge deler."))
    if gwp is None:
        raise Refused(_("Velg oppvarmingsfaktorene gassene skal regnes om med."))
    if min(gases.co2, gases.ch4, gases.n2o) < 0:
        raise Refused(_("Mengden av en gass kan ikke være negativ."))
    return factor_of_gases(gases.co2, gases.ch4, gases.n2o, gwp)


def _next_version(owner: ActivityType, first: int, last: int | None) -> int:
    overlapping = EmissionFactor.objects.filter(activity_type=owner).filter(
        Q(valid_to_year__isnull=True) | Q(valid_to_year__gte=first)
    )
    if last is not None:
        overlapping = overlapping.filter(valid_from_year__lte=last)
    newest: int | None = overlapping.aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1
