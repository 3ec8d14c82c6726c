"""A budget whose year is over, built on an older edition; estimates with a range; and something tried.

Everything here is example data. It shows «ble rammen overholdt?», what a new edition does, and «hva om?».
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from budget.actions.creating import create_budget
from budget.actions.effects import set_effect
from budget.actions.lines import add_line
from budget.actions.scenarios import add_change, create_scenario, update_scenario
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.enums import ChangeKind, ReferenceRule
from budget.models import ClimateBudget, Effect
from climate_portal.demo_data.emissions import community_file
from emissions.enums import Scope
from emissions.importers.editions import import_edition
from emissions.models import Edition, Source
from organisation.models import User
from strategy.models import Measure, Target
from web.actors import DEMO, acting
from web.names import own_municipality

PUBLISHED = date(2023, 12, 12)
LAST_YEAR = 2022
YEAR = 2024
# Road traffic was counted a little lower before the newest edition.
ROAD, EARLIER = "Veitrafikk", Decimal("0.97")
# Tonnes per year from 2024 to 2030, on one source each.
LINES: tuple[tuple[str, tuple[str, str], tuple[int, ...]], ...] = (
    ("T2", ("Veitrafikk", "Varebiler"), (60, 120, 180, 240, 300, 360, 420)),
    ("T3", ("Veitrafikk", "Personbiler"), (100, 200, 300, 400, 500, 600, 700)),
    ("T9", ("Oppvarming", "Naturgass"), (150, 300, 450, 600, 750, 900, 900)),
    ("T15", ("Avfall og avløp", "Avfallsdeponigass"), (100, 250, 400, 600, 800, 900, 1000)),
    ("S1", ("Veitrafikk", "Tunge kjøretøy"), (900, 1800, 2700, 3600, 4500, 5400, 6000)),
)
# Low and high as percent of the estimate.
RANGES = {"T14": (60, 130), "S1": (80, 110), "S3": (60, 110)}


def load_past_budget(target: Target) -> ClimateBudget:
    """The older edition and the adopted budget for 2024. Comes before the newest edition is imported."""
    edition = _edition()
    budget = create_budget(
        by=DEMO,
        year=YEAR,
        scope=Scope.COMMUNITY_DIRECT,
        target=target,
        edition=edition,
        reference_rule=ReferenceRule.FLAT,
        reference=None,
        reference_note="Eksempeldata.",
        is_example=True,
    )
    for order, (code, (sector, name), effects) in enumerate(LINES, start=1):
        line = add_line(
            by=DEMO,
            budget=budget,
            measure=Measure.objects.get(code=code),
            scope=Scope.COMMUNITY_DIRECT,
            order=order,
            sources={Source.objects.get(sector__name=sector, name=name).pk: Decimal(100)},
            assumptions="Eksempeldata.",
        )
        for year, tonnes in enumerate(effects, start=YEAR):
            set_effect(by=DEMO, line=line, year=year, tonnes=Decimal(tonnes), version=0)
    budget = hand_over(by=DEMO, budget=budget, version=budget.version, comment="Eksempeldata")
    budget = propose(by=DEMO, budget=budget, version=budget.version, comment="Eksempeldata")
    return register_adoption(
        by=DEMO,
        budget=budget,
        version=budget.version,
        adopted_on=date(2023, 12, 19),
        case_number="Eksempel 23/88",
    )


def _edition() -> Edition:
    """The example inventory as it was, without the years that came later."""
    rows = list(csv.reader(io.StringIO(community_file(own_municipality()).decode())))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    for municipality, year, sector, source, tonnes in rows[1:]:
        if int(year) <= LAST_YEAR:
            then = Decimal(tonnes) * (EARLIER if sector == ROAD else 1)
            writer.writerow([municipality, year, sector, source, then.quantize(Decimal("0.01"))])
    return import_edition(
        by=DEMO,
        content=out.getvalue().encode(),
        file_name="eksempel-drammen-2023.csv",
        municipality=own_municipality(),
        scope=Scope.COMMUNITY_DIRECT,
        published=PUBLISHED,
        publisher="Virksomhet Klima",
        is_example=True,
    ).edition


def add_ranges(budget: ClimateBudget) -> None:
    """Low and high estimates on some of the draft's lines."""
    with acting(DEMO, "Lave og høye anslag"):
        for code, (low, high) in RANGES.items():
            for effect in Effect.objects.filter(line__budget=budget, line__measure__code=code):
                effect.low, effect.high = (effect.tonnes * part / 100 for part in (low, high))
                effect.save(update_fields=["low", "high"])


def load_scenario(budget: ClimateBudget) -> None:
    """Something tried on the adopted budget, shared by the one who tried it."""
    klima = User.objects.get(email="klima@drammen.example")
    scenario = create_scenario(by=klima, budget=budget, name="Sykkelveien senere, svakere omsetningskrav")
    lines = {line.measure.code: line for line in budget.lines.select_related("measure")}
    tries = (
        (
            ChangeKind.DELAY,
            {
                "line_id": lines["T3"].pk,
                "percent": Decimal(100),
                "since": date(2026, 1, 1),
                "caught_up": date(2028, 1, 1),
            },
        ),
        (ChangeKind.SCALE, {"line_id": lines["S1"].pk, "percent": Decimal(60)}),
    )
    for kind, values in tries:
        add_change(by=klima, scenario=scenario, kind=kind, values=values)
    update_scenario(by=klima, scenario=scenario, version=1, name=scenario.name, shared=True)
