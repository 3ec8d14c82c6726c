"""Activities of the demo municipality's own operations.

Facts: KOSTRA's CO2 factors for oil (264.5 g/kWh) and natural gas (201.8 g/kWh), cited in domain.md §6.6.
Every quantity, and every other factor, is made up and marked «eksempeldata».
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from emissions.actions.factors import Gases, add_activity_type, add_factor
from emissions.actions.own_operations import ActivityChange, set_activities
from emissions.enums import GwpSet, MeasuredIn, MissingReason, Scope
from organisation.models import Unit
from web.actors import DEMO

YEARS = (2021, 2022, 2023, 2024)
DIRECT, FOOTPRINT = Scope.OWN_OPERATIONS_DIRECT, Scope.OWN_OPERATIONS_FOOTPRINT
VEHICLES, HEATING, PLANTS, BOUGHT = (
    "Egne kjøretøy og maskiner",
    "Oppvarming av egne bygg",
    "Utslipp fra egne anlegg",
    "Kjøp av varer og tjenester",
)
KOSTRA = "SSB, KOSTRA: CO₂-faktor"
EXAMPLE = "Eksempeldata"

# Name, unit of measure, scope, sector, source, kg CO2e per unit, where it is from.
TYPES = (
    ("Diesel til tjenestebiler", MeasuredIn.LITRE, DIRECT, VEHICLES, "Tjenestebiler", "2.5", EXAMPLE),
    ("Diesel til maskiner", MeasuredIn.LITRE, DIRECT, VEHICLES, "Maskiner i drift og anlegg", None, EXAMPLE),
    ("Naturgass til oppvarming", MeasuredIn.KWH, DIRECT, HEATING, "Naturgass", "0.2018", KOSTRA),
    ("Fyringsolje", MeasuredIn.KWH, DIRECT, HEATING, "Fossil olje", "0.2645", KOSTRA),
    ("Metan fra renseanlegg", MeasuredIn.KG, DIRECT, PLANTS, "Avløp", "28", EXAMPLE),
    ("Tjenestereiser med fly", MeasuredIn.KM, FOOTPRINT, BOUGHT, "Tjenestereiser", "0.2", EXAMPLE),
    ("Innkjøp av matvarer", MeasuredIn.KG, FOOTPRINT, BOUGHT, "Matvarer", "4", EXAMPLE),
    (
        "Bygg- og anleggstjenester",
        MeasuredIn.NOK,
        FOOTPRINT,
        BOUGHT,
        "Bygg og anlegg",
        "0.03",
        EXAMPLE,
    ),
)
DRIFT, EIENDOM, ROADS, KITCHEN = (
    "Drammen Drift KF",
    "Drammen Eiendom KF",
    "Samferdsel, vei- og parkforvaltning",
    "Ernæring og kjøkkendrift",
)
# Activity, unit, quantity each year; None: not delivered yet.
ACTIVITIES: tuple[tuple[str, str, tuple[int | None, ...]], ...] = (
    ("Diesel til tjenestebiler", DRIFT, (228_000, 214_000, 196_000, 178_000)),
    ("Diesel til tjenestebiler", ROADS, (64_000, 60_000, 54_000, 48_000)),
    ("Diesel til tjenestebiler", KITCHEN, (36_000, 34_000, 30_000, 26_000)),
    ("Diesel til maskiner", DRIFT, (436_000, 422_000, 404_000, 384_000)),
    ("Diesel til maskiner", ROADS, (88_000, 86_000, 84_000, 80_000)),
    ("Naturgass til oppvarming", EIENDOM, (2_775_000, 2_577_000, 2_329_000, 2_131_000)),
    ("Fyringsolje", EIENDOM, (340_000, 227_000, 151_000, 76_000)),
    ("Metan fra renseanlegg", ROADS, (11_430, 11_070, 10_710, 10_000)),
    ("Tjenestereiser med fly", KITCHEN, (4_000, 9_000, 11_000, 12_000)),
    ("Tjenestereiser med fly", ROADS, (21_000, 46_000, 58_000, None)),
    ("Innkjøp av matvarer", KITCHEN, (412_000, 420_000, 405_000, 398_000)),
    (
        "Bygg- og anleggstjenester",
        EIENDOM,
        (410_000_000, 385_000_000, 440_000_000, 402_000_000),
    ),
)


def load_own_operations(units: Mapping[str, Unit]) -> None:
    """Types, factors and four years of activities, through the actions people use."""
    types = {}
    for name, measured_in, scope, sector, source, kg, origin in TYPES:
        types[name] = add_activity_type(
            by=DEMO,
            name=name,
            measured_in=measured_in,
            scope=scope,
            sector=sector,
            source=source,
            is_example=True,
        )
        add_factor(
            by=DEMO,
            activity_type=types[name],
            first=YEARS[0],
            last=None,
            source=origin,
            kg_co2e=Decimal(kg) if kg else None,
            # Diesel made from its gases, to show how.
            gases=None if kg else Gases(Decimal("2.4707"), Decimal("0.0001"), Decimal("0.0001")),
            gwp=None if kg else GwpSet.AR5,
            is_example=origin == EXAMPLE,
        )
    set_activities(
        by=DEMO,
        is_example=True,
        changes=[
            ActivityChange(
                unit=units[unit],
                activity_type=types[name],
                year=year,
                quantity=None if quantity is None else Decimal(quantity),
                reason=MissingReason.NOT_YET_DELIVERED if quantity is None else None,
                version=0,
            )
            for name, unit, quantities in ACTIVITIES
            for year, quantity in zip(YEARS, quantities, strict=True)
        ],
    )
