"""Example editions for the demo municipality, calibrated to the cited totals.

Cited: about 300 000 t in 2009, 231 000 t in 2020, road traffic 49 % of that and passenger cars 64 % of road
traffic. Everything between and after is made up, and the editions are marked «eksempeldata».
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from emissions.actions.population import save_population
from emissions.models import Municipality
from web.actors import DEMO

COMMUNITY_YEARS = (2009, 2011, 2013, *range(2015, 2025))
# Sector, source, tonnes in 2009, 2020 and 2024; the years between follow straight lines.
COMMUNITY: tuple[tuple[str, str, int, int, int], ...] = (
    ("Veitrafikk", "Personbiler", 88000, 72000, 60500),
    ("Veitrafikk", "Varebiler", 15000, 14600, 12700),
    ("Veitrafikk", "Tunge kjøretøy", 22500, 21400, 20600),
    ("Veitrafikk", "Busser", 5500, 5000, 4700),
    ("Avfall og avløp", "Avfallsdeponigass", 39500, 25200, 22300),
    ("Avfall og avløp", "Avløp", 4500, 4300, 4200),
    ("Avfall og avløp", "Biologisk behandling av avfall", 8000, 6500, 6500),
    ("Industri, olje og gass", "Industri, olje og gass", 41000, 29000, 29000),
    ("Annen mobil forbrenning", "Bygg og anlegg", 16500, 16800, 16900),
    ("Annen mobil forbrenning", "Tjenester tilknyttet transport", 6000, 5200, 5100),
    ("Annen mobil forbrenning", "Andre næringer", 4500, 3700, 3700),
    ("Annen mobil forbrenning", "Jordbruk", 2000, 1800, 1800),
    ("Oppvarming", "Fossil olje", 17500, 1800, 900),
    ("Oppvarming", "Naturgass", 2500, 3200, 2600),
    ("Oppvarming", "Fyringsparafin", 2500, 300, 100),
    ("Oppvarming", "Vedfyring", 3500, 3700, 3400),
    ("Energiforsyning", "Avfallsforbrenning", 6000, 6000, 6600),
    ("Energiforsyning", "Fjernvarme unntatt avfallsforbrenning", 4000, 1500, 1400),
    ("Sjøfart", "Stykkgods", 3200, 2500, 2600),
    ("Sjøfart", "Andre aktiviteter", 1800, 1500, 1600),
    ("Jordbruk", "Fordøyelsesprosesser husdyr", 3000, 2400, 2300),
    ("Jordbruk", "Jordbruksarealer", 3000, 2600, 2500),
)
OWN_YEARS = (2021, 2022, 2023, 2024)
OWN_OPERATIONS: tuple[tuple[str, str, int, int, int, int], ...] = (
    ("Egne kjøretøy og maskiner", "Tjenestebiler", 820, 770, 700, 630),
    ("Egne kjøretøy og maskiner", "Maskiner i drift og anlegg", 1310, 1270, 1220, 1160),
    ("Oppvarming av egne bygg", "Naturgass", 560, 520, 470, 430),
    ("Oppvarming av egne bygg", "Fossil olje", 90, 60, 40, 20),
    ("Utslipp fra egne anlegg", "Avløp", 320, 310, 300, 280),
)
EARLIER_METHOD_FROM = 2019
EARLIER_PUBLISHED = date(2024, 12, 12)

# Cited: 103 291 on 1 January 2023. The other years are made up around it.
CITED_POPULATION = (2023, 103_291, "drammen.kommune.no, planstrategi 2024–2027")
EXAMPLE_POPULATION = {
    2009: 91_000,
    2011: 92_900,
    2013: 95_000,
    2015: 97_000,
    2016: 98_000,
    2017: 98_900,
    2018: 99_700,
    2019: 100_400,
    2020: 101_000,
    2021: 101_700,
    2022: 102_400,
    2024: 104_200,
}
COMMUNITY_PUBLISHED = date(2025, 12, 16)
OWN_PUBLISHED = date(2025, 3, 28)


def _between(first: tuple[int, int], second: tuple[int, int], year: int) -> Decimal:
    (year0, tonnes0), (year1, tonnes1) = first, second
    share = Decimal(year - year0) / Decimal(year1 - year0)
    return (Decimal(tonnes0) + (tonnes1 - tonnes0) * share).quantize(Decimal("0.01"))


def _csv(rows: list[tuple[str, int, str, str, Decimal]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Kommune", "År", "Sektor", "Utslippskilde", "Utslipp"])
    writer.writerows(rows)
    return out.getvalue().encode()


def community_file(municipality: str) -> bytes:
    """The example community inventory as a file in the published shape, tCO2e per source and year."""
    rows = []
    for sector, source, in_2009, in_2020, in_2024 in COMMUNITY:
        for year in COMMUNITY_YEARS:
            tonnes = (
                _between((2009, in_2009), (2020, in_2020), year)
                if year <= 2020
                else _between((2020, in_2020), (2024, in_2024), year)
            )
            rows.append((municipality, year, sector, source, tonnes))
    return _csv(rows)


def earlier_community_file(municipality: str) -> bytes:
    """The same inventory as an earlier example edition said it: a year shorter, and other road traffic."""
    *_names, last = COMMUNITY_YEARS
    rows = list(csv.reader(io.StringIO(community_file(municipality).decode())))[1:]
    return _csv(
        [
            (name, int(year), sector, source, _as_said_before(sector, int(year), Decimal(tonnes)))
            for name, year, sector, source, tonnes in rows
            if int(year) != last
        ]
    )


def _as_said_before(sector: str, year: int, tonnes: Decimal) -> Decimal:
    share = {"Veitrafikk": Decimal("1.012"), "Sjøfart": Decimal("0.95")}.get(sector, Decimal(1))
    return (
        (tonnes * share).quantize(Decimal("0.01")) if year >= EARLIER_METHOD_FROM or year == 2009 else tonnes
    )


def own_operations_file(municipality: str) -> bytes:
    """The example account of direct emissions from own operations, tCO2e per source and year."""
    rows = [
        (municipality, year, sector, source, Decimal(tonnes))
        for sector, source, *series in OWN_OPERATIONS
        for year, tonnes in zip(OWN_YEARS, series, strict=True)
    ]
    return _csv(rows)


def load_populations(municipality: Municipality) -> None:
    """Inhabitants per year, the cited one as a fact and the others as examples."""
    year, inhabitants, source = CITED_POPULATION
    save_population(by=DEMO, municipality=municipality, year=year, inhabitants=inhabitants, source=source)
    for year, inhabitants in EXAMPLE_POPULATION.items():
        save_population(
            by=DEMO,
            municipality=municipality,
            year=year,
            inhabitants=inhabitants,
            source="Eksempel",
            is_example=True,
        )
