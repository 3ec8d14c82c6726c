"""The klimabarometer and the decisions register.

Every figure of the barometer is example data. The decisions about the two strategies are facts, in our words
(drammen.kommune.no); those with a deadline, and who answers for them, are example data.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.organisation import ANALYSIS, KLIMA, TRANSPORT
from climate_portal.demo_data.strategy import PAGES
from emissions.enums import MissingReason
from emissions.models import Sector
from organisation.models import Unit
from strategy.actions.barometer import ValueData, add_barometer_indicator, set_value
from strategy.actions.decisions import DecisionData, add_note, move_decision, record_decision
from strategy.calculations import shifted
from strategy.enums import DecisionBody, DecisionStatus, Direction, Frequency
from strategy.models import Measure
from web.actors import DEMO

UP, DOWN, KEEP = Direction.UP, Direction.DOWN, Direction.KEEP
EXAMPLE_SOURCE = "eksempeldata, laget for demoen"
# Name, unit, direction, sector, what it shows, figures per quarter from the oldest; None is not delivered.
INDICATORS: tuple[tuple[str, str, Direction, str, str, tuple[str | None, ...]], ...] = (
    (
        "Andelen nullutslippsbiler", "%", UP, "Veitrafikk",
        "Personbiler registrert i kommunen som går på strøm eller hydrogen, av alle personbiler.",
        ("33.4", "34.9", "36.3", "37.6", "39.2", "40.6", "42.1", "43.5", "45.1", "46.2", "47.3", "48.2"),
    ),
    (
        "Andelen elektriske varebiler", "%", UP, "Veitrafikk",
        "Varebiler registrert i kommunen som går på strøm, av alle varebiler.",
        ("8.1", "8.6", "9.0", "9.7", "10.4", "11.0", "11.3", "12.1", "12.8", "13.6", "14.1", "14.9"),
    ),
    (
        "Bompasseringer per døgn", "passeringer", DOWN, "Veitrafikk",
        "Gjennomsnitt av alle passeringer i bomringen per døgn.",
        ("61200", "63900", "60800", "64100", "61900", "64600",
         None, "64900", "62100", "65300", "62700", "65800"),
    ),
    (
        "Salg av anleggsdiesel", "tusen liter", DOWN, "Annen mobil forbrenning",
        "Avgiftsfri diesel solgt i kommunen.",
        ("2110", "2480", "2390", "2270", "2040", "2410", "2300", "2180", "1930", "2290", "2150", None),
    ),
    (
        "Energibruken i kommunale bygg", "kWh per m²", DOWN, "Oppvarming",
        "Kjøpt energi de siste tolv månedene, delt på oppvarmet areal.",
        ("171.2", "170.4", "169.8", "168.9", "168.1", "166.8",
         "166.2", "165.0", "164.3", "163.1", "162.4", "161.7"),
    ),
    (
        "Bemanningen i klimaarbeidet", "årsverk", KEEP, "",
        "Faste årsverk i Virksomhet Klima ved slutten av kvartalet.",
        ("6", "6", "6", "6", "6", "6", "7", "7", "7", "7", "7", "7"),
    ),
)  # fmt: skip


def load_barometer(dates: DemoDates) -> None:
    """Six indicators with twelve quarters each, the last one the newest that is over."""
    for order, (name, unit, direction, sector, description, figures) in enumerate(INDICATORS, start=1):
        indicator = add_barometer_indicator(
            by=DEMO,
            fields={
                "name": name,
                "unit_label": unit,
                "direction": direction,
                "frequency": Frequency.QUARTER,
                "source": EXAMPLE_SOURCE,
                "description": description,
                "sector": Sector.objects.filter(name=sector).first(),
                "order": order * 10,
                "is_example": True,
            },
        )
        for back, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
            set_value(
                by=DEMO,
                indicator=indicator,
                data=ValueData(
                    period=shifted(Frequency.QUARTER, dates.newest_quarter, -back),
                    value=None if figure is None else Decimal(figure),
                    missing_reason=MissingReason.NOT_YET_DELIVERED if figure is None else "",
                ),
            )


NO_CASE = "Saksnummeret står ikke i kilden."
NO_UNIT = "Vedtaket rammer inn strategien og følges ikke opp av én virksomhet."
ORIGIN = f"{PAGES}/, vedlegg og bakgrunn: klimastrategi 1.0 og 2.0"
FACTS = (
    DecisionData(
        body=DecisionBody.CLIMATE_COMMITTEE,
        title="Klimastrategi 1.0 skal gjelde kommunens egen virksomhet",
        text="Klimautvalget avgrenset Klimastrategi 1.0 til kommunens egen virksomhet.",
        no_case_number=NO_CASE,
        decided_on=date(2020, 4, 22),
        no_unit=NO_UNIT,
        source=ORIGIN,
    ),
    DecisionData(
        body=DecisionBody.EXECUTIVE_BOARD,
        title="Formannskapet avgrenset Klimastrategi 1.0 til egen virksomhet",
        text="Formannskapet sluttet seg til at Klimastrategi 1.0 gjelder kommunens egen virksomhet.",
        no_case_number=NO_CASE,
        decided_on=date(2020, 5, 5),
        no_unit=NO_UNIT,
        source=ORIGIN,
    ),
    DecisionData(
        body=DecisionBody.COUNCIL,
        title="Mål om å kutte 50–55 prosent innen 2030",
        text="Kommunestyret vedtok et mål om å kutte utslippene med 50–55 prosent innen 2030.",
        no_case_number=NO_CASE,
        decided_when="desember 2020, dagen står ikke i kilden",
        no_unit="Målet følges opp gjennom klimabudsjettet.",
        source="drammen.kommune.no/aktuelt/har-fatt-stotte-til-a-teste-ut-utslippsfri-anleggsplass/",
    ),
    DecisionData(
        body=DecisionBody.COUNCIL,
        title="Klimastrategi 1.0 er vedtatt",
        text="Kommunestyret vedtok Klimastrategi 1.0. Den er bindende for alle virksomheter, "
        "og skal følges opp og rapporteres i tertialrapportene.",
        no_case_number=NO_CASE,
        decided_when="desember 2021; siden sier tirsdag 13., som ikke stemmer med kalenderen",
        no_unit="Strategien binder alle virksomheter.",
        source="drammen.kommune.no/aktuelt/drammen-kommunes-klimastrategi-er-vedtatt/",
    ),
)


def load_decisions(units: dict[str, Unit], dates: DemoDates) -> None:
    """What is known of decisions about the strategies, and three examples with deadlines."""
    for data in FACTS:
        made = record_decision(by=DEMO, data=data)
        framed = data.decided_on is not None
        move_decision(
            by=DEMO,
            decision=made,
            to=DecisionStatus.DONE if framed else DecisionStatus.ONGOING,
            version=made.version,
            comment="Avgrensningen gjaldt fra den ble vedtatt." if framed else "Følges opp hvert år.",
            closed_on=data.decided_on,
        )
    overdue, soon, later = dates.register_overdue, dates.register_due_soon, dates.register_due_later
    council, committee, board = (
        DecisionBody.COUNCIL,
        DecisionBody.CLIMATE_COMMITTEE,
        DecisionBody.EXECUTIVE_BOARD,
    )
    cases = (
        ("Utrede klimafond eller tilskuddsordning", "KL6", ANALYSIS, council, "26/0101", overdue),
        ("Plan for utslippsfri vinterdrift av veier", "T1", TRANSPORT, committee, "26/0102", soon),
        ("Sak om klimakrav i eierpolitikken", "KL8", KLIMA, board, "26/0103", later),
    )  # fmt: skip
    for title, code, unit, body, case, due in cases:
        made = record_decision(
            by=DEMO,
            data=DecisionData(
                body=body,
                title=title,
                text=f"{title}. Saken legges fram innen fristen.",
                case_number=case,
                decided_on=dates.register_decided_on,
                unit=units[unit],
                deadline=due,
                source="Eksempel, ikke et virkelig vedtak.",
                is_example=True,
            ),
            measures=list(Measure.objects.filter(code=code)),
        )
        if due == overdue:
            move_decision(by=DEMO, decision=made, to=DecisionStatus.ONGOING, version=made.version)
            add_note(by=DEMO, decision=made, text="Utkastet er til gjennomsyn. Saken er ventet neste måned.")
