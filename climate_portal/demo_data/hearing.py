"""A draft strategy on hearing: made up from end to end, and marked so."""

from __future__ import annotations

from decimal import Decimal

from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.organisation import KITCHEN, person
from climate_portal.demo_data.strategy import COMMUNITY, MOBILITY
from emissions.enums import Scope
from emissions.models import Edition
from organisation.models import Unit
from strategy.actions.hearings import answer_hearing, dispose_remark, send_on_hearing
from strategy.actions.strategies import Head, create_version, update_head
from strategy.actions.structure import place_measure, remove_part, save_focus_area, save_theme
from strategy.actions.targets import Promise, save_indicator, save_target, set_indicator_value
from strategy.enums import Direction, Disposition, TargetKind, Verdict
from strategy.models import HearingRemark, HearingRound, Measure, PlanGoal, PlanStrategy, Strategy, Target
from web.actors import DEMO

TITLE = "Klimastrategi for Drammen 2035 (eksempel)"
ADAPTATION = "Klimatilpasning"
ASKED = ("Arealplan", "Anskaffelser", "Byggesak", KITCHEN, "Drammen Eiendom KF", "Drammen Drift KF")


def load_hearing(units: dict[str, Unit], edition: Edition, dates: DemoDates) -> None:
    """A new version of the community's strategy, sent to six units; three have answered."""
    draft = _draft(edition)
    _targets(draft)
    hearing = send_on_hearing(
        by=DEMO,
        strategy=draft,
        version=draft.version,
        title=f"Høring: {TITLE}",
        units=[units[name] for name in ASKED],
        deadline=dates.hearing_deadline,
        introduction="Vi vil særlig vite om målet for 2035 er riktig, og om innsatsområdene treffer.",
    )
    _answers(hearing)


def _draft(edition: Edition) -> Strategy:
    source = Strategy.objects.get(title=COMMUNITY)
    draft = create_version(by=DEMO, source=source, title=TITLE, is_example=True)
    head = Head(
        title=TITLE,
        covers=source.covers,
        introduction="Utkastet fører strategien for 2030 videre. Alt som er nytt her, er eksempeldata.",
        edition=edition,
        goals=list(PlanGoal.objects.filter(code__in=["A", "B", "C"])),
    )
    draft = update_head(by=DEMO, strategy=draft, version=draft.version, head=head)
    area = save_focus_area(
        by=DEMO,
        strategy=draft,
        version=draft.version,
        title=ADAPTATION,
        description="Kommunen tåler mer vann, varmere somre og brattere skråninger i bevegelse.",
        goals=list(PlanGoal.objects.filter(code="B")),
        plan_strategies=list(PlanStrategy.objects.filter(goal__code="B")),
    )
    for title in ("Overvann og flom", "Natur som demper"):
        draft.refresh_from_db()
        theme = save_theme(by=DEMO, area=area, version=draft.version, title=title)
    draft.refresh_from_db()
    place_measure(
        by=DEMO,
        strategy=draft,
        version=draft.version,
        measure=Measure.objects.get(code="AT5"),
        area=area,
        theme=theme,
    )
    draft.refresh_from_db()
    gone = draft.placements.filter(focus_area__title=MOBILITY).order_by("order").last()
    assert gone is not None
    remove_part(by=DEMO, part=gone, version=draft.version)
    draft.refresh_from_db()
    return draft


def _targets(draft: Strategy) -> None:
    emission = Target.objects.get(strategy=draft, kind=TargetKind.EMISSION)
    save_target(
        by=DEMO,
        strategy=draft,
        target=emission,
        version=emission.version,
        promise=Promise(
            title=emission.title,
            kind=TargetKind.EMISSION,
            scope=Scope.COMMUNITY_DIRECT,
            base_year=2009,
            target_year=2035,
            percent=Decimal(70),
            source="eksempeldata",
        ),
    )
    circular = Target.objects.get(strategy=draft, kind=TargetKind.QUALITATIVE)
    indicator = save_indicator(
        by=DEMO,
        target=circular,
        name="Husholdningsavfall som blir materialgjenvunnet",
        unit_label="prosent",
        direction=Direction.UP,
        goal=Decimal(65),
        source="eksempeldata",
        is_example=True,
    )
    for year, value in ((2023, "44.5"), (2024, "46.2")):
        set_indicator_value(
            by=DEMO, indicator=indicator, version=indicator.version, year=year, value=Decimal(value)
        )


def _answers(hearing: HearingRound) -> None:
    sections = {section.title: section.pk for section in hearing.sections.all()}
    whole = hearing.sections.get(order=1).title
    said: tuple[tuple[str, str, dict[str, str]], ...] = (
        (
            "Arealplan",
            "kontakt.arealplan",
            {
                ADAPTATION: "Ta med krav om overvann i reguleringsplanene, ikke bare i byggesakene.",
                MOBILITY: "Parkeringsnormen hører hjemme i kommuneplanens arealdel.",
            },
        ),
        ("Drammen Eiendom KF", "kontakt.eiendom", {}),
        ("Anskaffelser", "kontakt.anskaffelser", {whole: "Målet for 2035 bør deles i etapper."}),
    )
    for unit, login, remarks in said:
        answer = hearing.answers.get(unit__name=unit)
        answer_hearing(
            by=person(login),
            answer=answer,
            version=answer.version,
            verdict=Verdict.REMARKS if remarks else Verdict.NO_REMARKS,
            remarks={sections[title]: text for title, text in remarks.items()},
        )
    for title, disposition, reason in (
        (ADAPTATION, Disposition.INCLUDED, "Tatt inn under «Overvann og flom»."),
        (MOBILITY, Disposition.OTHER_LEVEL, "Tas opp når arealdelen rulleres."),
    ):
        remark = HearingRemark.objects.get(answer__round=hearing, section__title=title)
        dispose_remark(by=DEMO, remark=remark, version=remark.version, disposition=disposition, reason=reason)
