"""Kommuneplanens samfunnsdel in the demo: politikkområde, delmål and numbered strategies.

The main goal is quoted, the rest is in our words (drammen.kommune.no). Of the strategies under C only the
first is known, and none under D, so neither are here. Which focus areas and themes carry out which numbered
strategy is example data; that Klimaledelse serves A and C is a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from strategy.models import (
    FocusArea,
    FocusAreaPlanStrategy,
    PlanGoal,
    PlanStrategy,
    PolicyArea,
    Strategy,
    StrategyGoal,
    Theme,
    ThemePlanStrategy,
)

PAGES = "drammen.kommune.no/politikk-samfunn/planer"
GOALS = (
    ("A", "Redusere klimagassutslippene"),
    ("B", "Tåle klimaendringene bedre"),
    ("C", "Være en foregangskommune for sirkulær økonomi"),
    ("D", "Ta vare på naturmangfold, ren luft og rene vassdrag"),
)
AREA = "Klima- og miljøvennlig utvikling"
MAIN_GOAL = (
    "Drammen skal bli Norges grønneste kommune – et sirkulært og klimarobust lavutslippssamfunn der det er "
    "naturlig å velge miljøvennlig."
)
NUMBERED = (
    ("A1", "Flere går, sykler og reiser kollektivt, og privatbiltrafikken vokser ikke"),
    ("A2", "Fortette sentre, knutepunkter og områdene langs kollektivtrafikken"),
    ("A3", "Bygge mer bærekraftig"),
    ("A4", "Kutte utslipp gjennom offentlige innkjøp og miljøkrav i reguleringsplaner"),
    ("B1", "Sikre mot flom, skred og kvikkleire"),
    ("B2", "Åpne bekker og ta grøntområder i bruk"),
    ("B3", "Ta vare på myr og områder som holder på vannet"),
    ("B4", "Trygt vann, og nok kapasitet til overvann og avløp"),
)
# Focus area or theme → numbered strategies it carries out: example data.
FOLLOWED_UP: Mapping[str, tuple[str, ...]] = {
    "Areal- og transportplanlegging": ("A1", "A2", "B3"),
    "Bygg, infrastruktur og energibruk": ("A3", "A4"),
    "Forbruk og tjenester": ("A4",),
    "Mobilitet": ("A1", "A2"),
    "Bygg og arealbruk": ("A2", "A3", "B3"),
    "Kommunen som forbilde": ("A4",),
    "Redusert transportbehov": ("A1",),
    "Klimavennlig arealbruk": ("A2", "B3"),
    "Utslippsfrie bygg- og anleggsplasser": ("A3", "A4"),
    "Klimavennlige anskaffelser": ("A4",),
}


def load_plan() -> dict[str, PlanGoal]:
    """Create kommuneplanen's goals and numbered strategies; returns the goals by letter."""
    area = PolicyArea.objects.create(
        title=AREA,
        main_goal=MAIN_GOAL,
        source=f"{PAGES}/kommuneplanens-samfunnsdel/politiske-satsingsomrader/klima-miljovennlig-utvikling/",
        order=1,
    )
    goals = {code: PlanGoal.objects.create(area=area, code=code, title=title) for code, title in GOALS}
    for order, (code, title) in enumerate(NUMBERED, start=1):
        PlanStrategy.objects.create(goal=goals[code[0]], code=code, title=title, order=order)
    return goals


def link_to_plan(
    strategies: Iterable[Strategy],
    goals: Mapping[str, PlanGoal],
    areas: Iterable[FocusArea],
    themes: Iterable[Theme],
) -> None:
    """What the strategies build on, and what their focus areas and themes carry out."""
    # Both have a goal of less emissions (A) and one of a circular economy (C).
    for strategy in strategies:
        for code in ("A", "C"):
            StrategyGoal.objects.create(strategy=strategy, goal=goals[code])
    numbered = {one.code: one for one in PlanStrategy.objects.all()}
    for area in areas:
        for code in FOLLOWED_UP.get(area.title, ()):
            FocusAreaPlanStrategy.objects.create(focus_area=area, plan_strategy=numbered[code])
    for theme in themes:
        for code in FOLLOWED_UP.get(theme.title, ()):
            ThemePlanStrategy.objects.create(theme=theme, plan_strategy=numbered[code])
