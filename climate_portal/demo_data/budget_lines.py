"""The lines of the demo's climate budgets. Everything here is example data."""

from __future__ import annotations

from dataclasses import dataclass, field

from climate_portal.demo_data.organisation import KITCHEN, KLIMA, TRANSPORT
from emissions.enums import Scope
from strategy.enums import Level

MOBILITY = "Mobilitet"
BUILDINGS = "Bygg og arealbruk"
RESOURCES = "Ressursbruk"
ROLE_MODEL = "Kommunen som forbilde"
CARS = ("Veitrafikk", "Personbiler")
VANS = ("Veitrafikk", "Varebiler")
LORRIES = ("Veitrafikk", "Tunge kjøretøy")
BUSES = ("Veitrafikk", "Busser")
SITES = ("Annen mobil forbrenning", "Bygg og anlegg")
LANDFILL_GAS = ("Avfall og avløp", "Avfallsdeponigass")
INCINERATION = ("Energiforsyning", "Avfallsforbrenning")
GAS = ("Oppvarming", "Naturgass")
OIL = ("Oppvarming", "Fossil olje")
DISTRICT_HEAT = ("Energiforsyning", "Fjernvarme unntatt avfallsforbrenning")
INDUSTRY = ("Industri, olje og gass", "Industri, olje og gass")


@dataclass(frozen=True, slots=True)
class LineData:
    """One measure of the budget: tonnes per year from 2026 to 2030, thousand NOK per year from 2026."""

    code: str
    title: str
    focus_area: str
    unit: str
    sources: tuple[tuple[str, str, int], ...] = ()
    effects: tuple[int, ...] = ()
    costs: tuple[int, ...] = ()
    indicator: tuple[str, str, dict[int, str]] | None = None
    contributing: tuple[str, ...] = ()
    level: Level = Level.MUNICIPAL
    scope: Scope = Scope.COMMUNITY_DIRECT
    external_actor: str = ""
    not_quantified: str = ""
    virkemiddel: bool = False
    lower_is_better: bool = False
    fundings: tuple[tuple[str, int], ...] = field(default=())


LINES: tuple[LineData, ...] = (
    LineData(
        "T1", "Utslippsfrie anleggsplasser i kommunal regi", MOBILITY, TRANSPORT,
        ((*SITES, 100),), (420, 640, 1240, 1900, 2460), (3200, 4100, 4100, 4100),
        ("Utslippsfrie anlegg", "anlegg", {2026: "8", 2027: "14"}),
        contributing=(KLIMA, "Investeringsprosjekter"), fundings=(("Klimasats 2022", 648000),),
    ),
    LineData(
        "T2", "Elektriske tjenestebiler i vei og park", MOBILITY, TRANSPORT,
        ((*CARS, 30), (*VANS, 70)), (90, 180, 310, 480, 510), (2400, 2600, 2600, 1900),
        ("Elbiler levert", "biler", {2026: "24", 2027: "36"}),
    ),
    LineData(
        "T3", "Sammenhengende sykkelveinett, etappe 2", MOBILITY, TRANSPORT,
        ((*CARS, 100),), (110, 210, 420, 760, 960), (12500, 18000, 22000, 15000),
        ("Ny sykkelvei", "km", {2026: "4", 2027: "7"}),
    ),
    LineData(
        "T4", "Nullutslipp i rammeavtale for busstransport", MOBILITY, "Anskaffelser",
        ((*BUSES, 100),), (300, 700, 1300, 1900, 2300), (450, 900, 900, 900),
        ("Utslippsfrie rutekilometer", "prosent", {2026: "20", 2027: "40"}),
    ),
    LineData(
        "T5", "Parkeringsavgift etter utslipp", MOBILITY, "Drammen Parkering KF",
        ((*CARS, 100),), (200, 350, 500, 650, 800), (300, 150, 150, 150),
        ("Elbilandel på kommunale plasser", "prosent", {2026: "45", 2027: "52"}), virkemiddel=True,
    ),
    LineData(
        "T6", "Mobilitetspunkter og bildeling ved knutepunktene", MOBILITY, "Arealplan",
        ((*CARS, 100),), (60, 120, 200, 300, 400), (800, 800, 600, 600),
        ("Mobilitetspunkter i drift", "punkter", {2026: "3", 2027: "6"}),
    ),
    LineData(
        "T7", "Felles bilpool for kommunens virksomheter", MOBILITY, "Anskaffelser",
        ((*CARS, 100),), (30, 60, 90, 110, 120), (500, 350, 350, 350),
        ("Biler i felles pool", "biler", {2026: "30", 2027: "60"}),
    ),
    LineData(
        "T8", "Ladeinfrastruktur i tidligere Nedre Eiker og Svelvik", MOBILITY, "Drammen Eiendom KF",
        ((*CARS, 80), (*VANS, 20)), (80, 150, 260, 380, 480), (1800, 1200, 1200, 0),
        ("Ladepunkter", "punkter", {2026: "60", 2027: "110"}), fundings=(("Klimasats 2021", 569750),),
    ),
    LineData(
        "T9", "Fossilfri oppvarming i alle formålsbygg", BUILDINGS, "Drammen Eiendom KF",
        ((*GAS, 75), (*OIL, 25)), (250, 350, 700, 900, 900), (6500, 4800, 2500, 0),
        ("Fossile kjeler igjen", "kjeler", {2026: "4", 2027: "0"}), lower_is_better=True,
    ),
    LineData(
        "T10", "Fossilfrie maskiner i drift av grøntanlegg", BUILDINGS, "Drammen Drift KF",
        ((*SITES, 100),), (60, 120, 260, 380, 420), (1500, 1800, 1800, 900),
        ("Utslippsfrie maskiner", "maskiner", {2026: "12", 2027: "25"}),
    ),
    LineData(
        "T11", "Krav om fossilfrie byggeplasser i reguleringsplaner", BUILDINGS, "Byggesak",
        ((*SITES, 100),), (0, 150, 420, 800, 1200), (100, 100, 100, 100),
        ("Planer med krav", "planer", {2026: "5", 2027: "12"}), virkemiddel=True,
    ),
    LineData(
        "T12", "Massemottak nær byggeplassene", BUILDINGS, TRANSPORT,
        costs=(900, 900, 400, 400),
        not_quantified="Transportavstandene avhenger av prosjekter som ikke er plassert ennå.",
    ),
    LineData(
        "T13", "Rehabilitere framfor å rive egne bygg", BUILDINGS, "Investeringsprosjekter",
        costs=(0, 0, 0, 0),
        not_quantified="Utslippene ligger i materialer som produseres utenfor kommunen.",
    ),
    LineData(
        "T14", "Mer overskuddsvarme i fjernvarmen", BUILDINGS, "Drammen Eiendom KF",
        ((*DISTRICT_HEAT, 100),), (100, 180, 320, 450, 600), (900, 2200, 2200, 800),
        ("Andel overskuddsvarme", "prosent", {2026: "12", 2027: "18"}),
    ),
    LineData(
        "T15", "Bedre oppsamling av gass fra nedlagte deponier", RESOURCES, "Drammen Drift KF",
        ((*LANDFILL_GAS, 100),), (200, 500, 800, 1000, 1200), (2800, 3500, 1200, 700),
        ("Nye brønner", "brønner", {2026: "6", 2027: "14"}),
    ),
    LineData(
        "T16", "Bedre utsortering av plast og matavfall", RESOURCES, "Drammen Drift KF",
        ((*INCINERATION, 100),), (150, 300, 500, 700, 900), (2100, 2100, 1500, 1500),
        ("Husholdningsavfall til materialgjenvinning", "prosent", {2026: "48", 2027: "53"}),
    ),
    LineData(
        "T17", "Halvere matsvinnet i helse og omsorg", RESOURCES, KITCHEN,
        effects=(60, 90, 110, 120, 120), costs=(600, 600, 400, 400),
        indicator=("Matsvinn per porsjon", "gram", {2026: "75", 2027: "60"}), lower_is_better=True,
        scope=Scope.OWN_OPERATIONS_FOOTPRINT,
    ),
    LineData(
        "T18", "Klimakrav i alle rammeavtaler", ROLE_MODEL, "Anskaffelser",
        effects=(400, 800, 1400, 2000, 2600), costs=(700, 700, 700, 700),
        indicator=("Rammeavtaler med klimakrav", "avtaler", {2026: "35", 2027: "60"}),
        scope=Scope.OWN_OPERATIONS_FOOTPRINT, virkemiddel=True,
    ),
    LineData(
        "T19", "Klimavennlige arrangementer", ROLE_MODEL, "Arrangementer og aktiv fritid",
        costs=(150, 150, 150, 150), virkemiddel=True,
        not_quantified="Vi mangler tall for reiser til og fra arrangementene.",
    ),
    LineData(
        "T20", "Utslippsfri levering av varer til kommunens bygg", ROLE_MODEL, KITCHEN,
        ((*VANS, 100),), (50, 100, 170, 240, 300), (400, 500, 500, 500),
        ("Leveringer uten utslipp", "prosent", {2026: "25", 2027: "40"}),
    ),
    LineData(
        "S1", "Omsetningskrav for biodrivstoff i veitrafikken", MOBILITY, KLIMA,
        ((*LORRIES, 45), (*CARS, 40), (*VANS, 15)), (4000, 8500, 12500, 17000, 19500),
        level=Level.NATIONAL, external_actor="Staten",
    ),
    LineData(
        "S2", "Utslippsfrie busser i fylkeskommunens anbud", MOBILITY, KLIMA,
        ((*BUSES, 100),), (500, 900, 1200, 1500, 1700),
        level=Level.REGIONAL, external_actor="Fylkeskommunen",
    ),
    LineData(
        "S3", "Støtte til utslippskutt i industrien", RESOURCES, KLIMA,
        ((*INDUSTRY, 100),), (0, 1500, 3500, 5500, 6500),
        level=Level.NATIONAL, external_actor="Staten",
    ),
)  # fmt: skip
