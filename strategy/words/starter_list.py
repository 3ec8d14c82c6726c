"""Twelve measures most municipalities have, to begin with: what they are, never how much they cut.

They are the kinds of measures in Miljødirektoratet's list of municipal measures. A name can be changed, and
no figure comes with them: each municipality has its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from strategy.enums import Direction, MeasureKind


@dataclass(frozen=True, slots=True)
class StarterMeasure:
    """`calculator` is what the climate budget's calculator for it is called; empty where there is none."""

    code: str
    area: Promise
    title: Promise
    indicator: Promise
    unit_label: Promise
    direction: Direction = Direction.UP
    calculator: Promise | str = ""
    kind: MeasureKind = MeasureKind.TILTAK

    @property
    def description(self) -> str:
        if not self.calculator:
            return ""
        text = _now("Effekten kan regnes ut med «{calculator}» på tiltakets linje i klimabudsjettet.")
        return text.format(calculator=self.calculator)


_TRANSPORT, _BUILDINGS, _SITES = _("Transport"), _("Bygg og energi"), _("Anlegg og maskiner")
_CONSUMPTION, _LAND = _("Forbruk og avfall"), _("Areal")
_VEHICLES, _MACHINERY = _("Bytte kjøretøy"), _("Bytte drivstoff i maskiner")
_ENERGY, _FOOD, _TRAVEL = _("Spare energi i bygg"), _("Mindre matsvinn"), _("Færre reiser")
_PERCENT = _("prosent")

STARTER_LIST = (
    StarterMeasure(
        "T1",
        _TRANSPORT,
        _("Utslippsfrie tjenestebiler"),
        _("Utslippsfrie tjenestebiler"),
        _PERCENT,
        calculator=_VEHICLES,
    ),
    StarterMeasure(
        "T2",
        _TRANSPORT,
        _("Utslippsfri varelevering og renovasjon"),
        _("Utslippsfrie kjøretøy i kontraktene"),
        _PERCENT,
        calculator=_VEHICLES,
    ),
    StarterMeasure("T3", _TRANSPORT, _("Ladeplasser ved kommunale bygg"), _("Ladeplasser"), _("stykker")),
    StarterMeasure(
        "T4",
        _TRANSPORT,
        _("Flere går, sykler og tar buss"),
        _("Gang- og sykkelveg bygget"),
        _("meter"),
        kind=MeasureKind.VIRKEMIDDEL,
    ),
    StarterMeasure(
        "T5",
        _TRANSPORT,
        _("Færre tjenestereiser"),
        _("Tjenestereiser med fly"),
        _("reiser"),
        Direction.DOWN,
        calculator=_TRAVEL,
    ),
    StarterMeasure(
        "T6",
        _SITES,
        _("Utslippsfrie bygge- og anleggsplasser"),
        _("Utslippsfrie maskintimer"),
        _PERCENT,
        calculator=_MACHINERY,
    ),
    StarterMeasure(
        "T7",
        _SITES,
        _("Fossilfritt drivstoff i egne maskiner"),
        _("Fossilt drivstoff"),
        _("liter"),
        Direction.DOWN,
        calculator=_MACHINERY,
    ),
    StarterMeasure(
        "T8",
        _BUILDINGS,
        _("Energisparing i kommunale bygg"),
        _("Energibruk per kvadratmeter"),
        _("kWh per m²"),
        Direction.DOWN,
        calculator=_ENERGY,
    ),
    StarterMeasure(
        "T9",
        _BUILDINGS,
        _("Slutt på fossil oppvarming"),
        _("Bygg med fossil oppvarming"),
        _("bygg"),
        Direction.DOWN,
        calculator=_ENERGY,
    ),
    StarterMeasure(
        "T10",
        _CONSUMPTION,
        _("Mindre matsvinn på kjøkkenene"),
        _("Matsvinn"),
        _("gram per måltid"),
        Direction.DOWN,
        calculator=_FOOD,
    ),
    StarterMeasure(
        "T11",
        _CONSUMPTION,
        _("Klimakrav i anskaffelser"),
        _("Innkjøp med klimakrav"),
        _PERCENT,
        kind=MeasureKind.VIRKEMIDDEL,
    ),
    StarterMeasure(
        "T12",
        _LAND,
        _("Mindre nedbygging av natur"),
        _("Omdisponert skog, myr og dyrket mark"),
        _("dekar"),
        Direction.DOWN,
        kind=MeasureKind.VIRKEMIDDEL,
    ),
)
