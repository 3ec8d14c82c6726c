"""Drammen's two strategies, their targets and measures.

Goals, focus areas, themes and the strategies' own measures are facts, in our words (drammen.kommune.no).
Which unit answers for what, and everything about the budget's measures, is example data.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from climate_portal.demo_data.budget_lines import LINES, LineData
from climate_portal.demo_data.municipal_plan import PAGES, link_to_plan, load_plan
from climate_portal.demo_data.organisation import ANALYSIS, KITCHEN, KLIMA, TRANSPORT
from emissions.enums import Scope
from emissions.models import Source
from organisation.models import Unit
from strategy.actions.transitions import adopt_strategy
from strategy.enums import Direction, Level, MeasureKind, MeasureState, TargetKind
from strategy.models import (
    Contribution,
    FocusArea,
    FocusAreaGoal,
    Indicator,
    IndicatorTarget,
    Measure,
    MeasureSource,
    Milestone,
    Placement,
    PlanGoal,
    Responsibility,
    Strategy,
    Target,
    Theme,
)
from web.actors import DEMO

OWN = "Klimastrategi 1.0"
COMMUNITY = "Klimastrategi for Drammen 2030"
PLANNING = "Areal- og transportplanlegging"
BUILDINGS = "Bygg, infrastruktur og energibruk"
CONSUMPTION = "Forbruk og tjenester"
LEADERSHIP = "Klimaledelse"
STEERING = "Klima- og miljøstyring"
COMMUNICATION = "Klimakommunikasjon"
MOBILITY = "Mobilitet"

FOCUS_AREAS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (OWN, PLANNING, ("Redusert transportbehov", "Klimavennlig arealbruk")),
    (
        OWN,
        BUILDINGS,
        (
            "Utslippsfrie bygg- og anleggsplasser",
            "Effektiv massetransport og massehåndtering",
            "Rehabilitere fremfor å rive",
        ),
    ),
    (OWN, CONSUMPTION, ("Klimavennlige anskaffelser", "Redusere matsvinn")),
    (OWN, LEADERSHIP, (STEERING, COMMUNICATION)),
    (COMMUNITY, MOBILITY, ()),
    (COMMUNITY, "Bygg og arealbruk", ()),
    (COMMUNITY, "Ressursbruk", ()),
    (COMMUNITY, "Kommunen som forbilde", ()),
)
# Code, strategy, focus area, theme, title, responsible unit (example).
STRATEGY_MEASURES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("AT1", OWN, PLANNING, "Redusert transportbehov",
     "Legge mobilitetspyramiden til grunn i all planlegging", "Arealplan"),
    ("AT2", OWN, PLANNING, "Redusert transportbehov",
     "Gjøre det lett å gå, og vurdere en egen gåstrategi", "Arealplan"),
    ("AT3", OWN, PLANNING, "Redusert transportbehov",
     "Bygge et sammenhengende sykkelnett og gjennomføre sykkelplanen", TRANSPORT),
    ("AT4", OWN, PLANNING, "Redusert transportbehov",
     "Være pådriver for bedre kollektivtilbud mellom knutepunkter og tette områder", TRANSPORT),
    ("AT5", OWN, PLANNING, "Klimavennlig arealbruk",
     "Verne karbonrike arealer og øke opptaket i myr, skog og jord", "Arealplan"),
    ("BI1", OWN, BUILDINGS, "Utslippsfrie bygg- og anleggsplasser",
     "Ha utslippsfrie kommunale bygge- og anleggsplasser", "Investeringsprosjekter"),
    ("BI2", OWN, BUILDINGS, "Effektiv massetransport og massehåndtering",
     "Lagre og gjenbruke masser nær byggeplassene", "Investeringsprosjekter"),
    ("BI3", OWN, BUILDINGS, "Rehabilitere fremfor å rive",
     "Rehabilitere bygg heller enn å rive dem", "Drammen Eiendom KF"),
    ("FT1", OWN, CONSUMPTION, "Klimavennlige anskaffelser",
     "Vurdere ombruk, deling, leie og reparasjon før vi kjøper nytt", "Anskaffelser"),
    ("FT2", OWN, CONSUMPTION, "Klimavennlige anskaffelser",
     "Stille klimakrav: lavt fotavtrykk, lang levetid og mulighet for reparasjon", "Anskaffelser"),
    ("FT3", OWN, CONSUMPTION, "Redusere matsvinn",
     "Kutte matsvinnet i helse- og omsorgstjenestene", KITCHEN),
    ("KL1", OWN, LEADERSHIP, STEERING,
     "Ledere forankrer, konkretiserer og gjennomfører strategien på sitt område", KLIMA),
    ("KL2", OWN, LEADERSHIP, STEERING,
     "Ledere legger til rette for samarbeid, spør etter resultater og sørger for klimakompetanse", KLIMA),
    ("KL3", OWN, LEADERSHIP, STEERING,
     "Kartlegge miljøstyringssystemer og gjøre klima- og miljøstyring til en del av driften", KLIMA),
    ("KL4", OWN, LEADERSHIP, STEERING,
     "Styre etter klimabudsjettet, med faste rutiner for oppfølging i rapporteringen", ANALYSIS),
    ("KL5", OWN, LEADERSHIP, STEERING,
     "Sørge for at de kommunale foretakene følger opp strategien", KLIMA),
    ("KL6", OWN, LEADERSHIP, STEERING,
     "Utrede følgene av et klimafond eller en tilskuddsordning for økonomi, administrasjon og miljø",
     ANALYSIS),
    ("KL7", OWN, LEADERSHIP, STEERING,
     "Følge opp at reisepolicyen kutter utslipp fra kommunens reiser", "Lønn og personal"),
    ("KL8", OWN, LEADERSHIP, STEERING,
     "Lage et system for å følge opp klimaambisjonene i eierpolitikken", KLIMA),
    ("KL9", OWN, LEADERSHIP, STEERING,
     "Bruke digitalisering til å kutte utslipp og få til sirkulære løsninger", "IKT"),
    ("KL10", OWN, LEADERSHIP, COMMUNICATION,
     "Lage en plan for klimakommunikasjon som deler kunnskap og viser resultater", KLIMA),
    ("KL11", OWN, LEADERSHIP, COMMUNICATION, "Bruke klimadulting aktivt", KLIMA),
    ("KL12", OWN, LEADERSHIP, COMMUNICATION,
     "Lage føringer for klimavennlige arrangementer, kommunale og private", "Arrangementer og aktiv fritid"),
    ("KL13", OWN, LEADERSHIP, COMMUNICATION,
     "Lage et klimafaglig kurstilbud for lærere og elever", "Kompetansesenteret"),
    ("KL14", OWN, LEADERSHIP, COMMUNICATION,
     "Gi opplæring og dele klimakunnskap i virksomhetene", KLIMA),
    ("KL15", OWN, LEADERSHIP, COMMUNICATION,
     "Bruke Klimalaget til å jobbe smartere på tvers", KLIMA),
    ("M1", COMMUNITY, MOBILITY, "",
     "Mindre transportbehov, flere reiser til fots, på sykkel og kollektivt, og uten fossilt drivstoff",
     TRANSPORT),
    ("BA1", COMMUNITY, "Bygg og arealbruk", "",
     "Tette byer og tettsteder, ombruk og transformasjon før nytt land, vern av karbonrike arealer",
     "Arealplan"),
    ("R1", COMMUNITY, "Ressursbruk", "", "Bruke ressursene om igjen i sirkulære kretsløp",
     "Drammen Drift KF"),
    ("4.1", COMMUNITY, "Kommunen som forbilde", "",
     "Bruke anskaffelser målrettet for å få fram klimasmarte løsninger", "Anskaffelser"),
)  # fmt: skip
ONGOING_CODES = frozenset(f"KL{number}" for number in range(1, 16))


def load_strategies(units: dict[str, Unit]) -> dict[str, Target]:
    """Create both strategies with targets and measures; returns the emission targets by scope."""
    goals = load_plan()
    strategies = _strategies()
    areas, themes = _focus_areas(strategies, goals)
    link_to_plan(strategies.values(), goals, areas.values(), themes.values())
    for order, (code, strategy, area, theme, title, unit) in enumerate(STRATEGY_MEASURES, start=1):
        measure = Measure.objects.create(
            code=code,
            title=title,
            kind=MeasureKind.VIRKEMIDDEL,
            state=MeasureState.ONGOING if code in ONGOING_CODES else MeasureState.ADOPTED,
        )
        Placement.objects.create(
            measure=measure,
            strategy=strategies[strategy],
            focus_area=areas[strategy, area],
            theme=themes.get((strategy, area, theme)),
            order=order,
        )
        Responsibility.objects.create(measure=measure, unit=units[unit], is_example=True)
    for order, line in enumerate(LINES, start=1):
        _budget_measure(order, line, units, strategies[COMMUNITY], areas)
    targets = _targets(strategies)
    for adopted, decided_by, decided_when in (
        # The page names 13 December and a weekday that do not fit each other: the day is left open.
        (strategies[OWN], "kommunestyret", "desember 2021"),
        # In force; who adopted it and when does not stand on its pages.
        (strategies[COMMUNITY], "", ""),
    ):
        adopt_strategy(
            by=DEMO,
            strategy=adopted,
            version=adopted.version,
            decided_by=decided_by,
            decided_when=decided_when,
        )
    return targets


def _strategies() -> dict[str, Strategy]:
    return {
        OWN: Strategy.objects.create(
            title=OWN,
            slug="klimastrategi-1",
            covers="kommunens egen virksomhet",
            source=f"{PAGES}/klimastrategi-1.0/",
            order=1,
        ),
        COMMUNITY: Strategy.objects.create(
            title=COMMUNITY,
            slug="klimastrategi-2030",
            covers="drammenssamfunnet",
            source=f"{PAGES}/klimastrategi-for-drammen-2030/ (høring: sak 22/36586)",
            order=2,
        ),
    }


def _focus_areas(
    strategies: dict[str, Strategy], goals: dict[str, PlanGoal]
) -> tuple[dict[tuple[str, str], FocusArea], dict[tuple[str, str, str], Theme]]:
    areas: dict[tuple[str, str], FocusArea] = {}
    themes: dict[tuple[str, str, str], Theme] = {}
    for order, (strategy, title, theme_titles) in enumerate(FOCUS_AREAS, start=1):
        area = FocusArea.objects.create(
            strategy=strategies[strategy], title=title, is_leadership=title == LEADERSHIP, order=order
        )
        areas[strategy, title] = area
        for number, theme in enumerate(theme_titles, start=1):
            themes[strategy, title, theme] = Theme.objects.create(focus_area=area, title=theme, order=number)
    for code in ("A", "C"):
        FocusAreaGoal.objects.create(focus_area=areas[OWN, LEADERSHIP], goal=goals[code])
    return areas, themes


def _budget_measure(
    order: int,
    line: LineData,
    units: dict[str, Unit],
    strategy: Strategy,
    areas: dict[tuple[str, str], FocusArea],
) -> None:
    measure = Measure.objects.create(
        code=line.code,
        title=line.title,
        kind=MeasureKind.VIRKEMIDDEL if line.virkemiddel else MeasureKind.TILTAK,
        level=line.level,
        state=MeasureState.ONGOING,
        external_actor=line.external_actor,
        is_example=True,
    )
    Placement.objects.create(
        measure=measure, strategy=strategy, focus_area=areas[COMMUNITY, line.focus_area], order=100 + order
    )
    Responsibility.objects.create(measure=measure, unit=units[line.unit], is_example=True)
    for unit in line.contributing:
        Contribution.objects.create(measure=measure, unit=units[unit])
    if line.scope == Scope.COMMUNITY_DIRECT:
        for sector, source, _share in line.sources:
            MeasureSource.objects.create(
                measure=measure, source=Source.objects.get(sector__name=sector, name=source)
            )
    if line.indicator:
        name, unit_label, targets = line.indicator
        direction = Direction.DOWN if line.lower_is_better else Direction.UP
        indicator = Indicator.objects.create(
            measure=measure, name=name, unit_label=unit_label, direction=direction
        )
        for year, value in targets.items():
            IndicatorTarget.objects.create(indicator=indicator, year=year, value=Decimal(value))
    if line.level == Level.MUNICIPAL:
        Milestone.objects.create(measure=measure, title="Resultatet for 2026 er nådd", due=date(2026, 12, 31))


def _targets(strategies: dict[str, Strategy]) -> dict[str, Target]:
    own, community = strategies[OWN], strategies[COMMUNITY]
    emission = {
        Scope.OWN_OPERATIONS_DIRECT: Target.objects.create(
            strategy=own,
            title="Kutte de direkte utslippene fra egen virksomhet",
            kind=TargetKind.EMISSION,
            scope=Scope.OWN_OPERATIONS_DIRECT,
            base_year=2021,
            target_year=2030,
            percent=Decimal(55),
            source=f"{PAGES}/klimastrategi-1.0/mal-for-klimastrategien/",
            order=1,
        ),
        Scope.COMMUNITY_DIRECT: Target.objects.create(
            strategy=community,
            title="Kutte de direkte utslippene innenfor kommunegrensen",
            kind=TargetKind.EMISSION,
            scope=Scope.COMMUNITY_DIRECT,
            base_year=2009,
            target_year=2030,
            percent=Decimal(55),
            source=f"{PAGES}/klimastrategi-for-drammen-2030/hovedmal/",
            order=1,
        ),
    }
    qualitative = (
        (
            own,
            "Redusere kommunens samlede klimafotavtrykk",
            Scope.OWN_OPERATIONS_FOOTPRINT,
            2030,
        ),
        (own, "Være en foregangskommune for sirkulær økonomi", "", 2040),
        (community, "Være en foregangskommune for sirkulær økonomi", "", 2030),
    )
    for order, (strategy, title, scope, year) in enumerate(qualitative, start=2):
        Target.objects.create(
            strategy=strategy,
            title=title,
            kind=TargetKind.QUALITATIVE,
            scope=scope,
            target_year=year,
            order=order,
            source=strategy.source,
        )
    return {str(scope): target for scope, target in emission.items()}
