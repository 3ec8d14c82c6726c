"""Following up in the demo: a unit that answers elsewhere, a decided deviation, money, steps half done.

Every figure and every answer is example data.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from decimal import Decimal

from budget.models import Line
from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.organisation import TRANSPORT, person
from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from reporting.actions.checklist import tick_item
from reporting.actions.deviations import DecisionGiven, decide_deviation, plan_deviation
from reporting.actions.exchange import ImportedStatus, import_statuses
from reporting.actions.money import MoneyRow, import_money, link_line
from reporting.actions.period_steps import finish_step
from reporting.actions.reports import StatusAnswers
from reporting.enums import CheckItem, PeriodStepKind, Place
from reporting.models import Deviation, Period, UnitReport, UnitReportingSetting
from strategy.models import Decision, Measure
from web.actors import DEMO, acting

# Answers in the existing reporting system, from the second period on.
ELSEWHERE = "Lønn og personal"
STATUS_FILE = "eksempel-statuser-2-tertial.xlsx"
MONEY_FILE = "eksempel-regnskapstall-2-tertial.xlsx"
MONEY = (
    MoneyRow("Eksempelrad 11-204", Decimal(5_200_000), Decimal(2_950_000), Decimal(5_100_000)),
    MoneyRow(
        "Eksempelrad 11-207", Decimal(3_100_000), Decimal(1_240_000), Decimal(2_700_000), "Biler på vei."
    ),
    MoneyRow("Eksempelrad 31-015", Decimal(4_800_000), Decimal(4_760_000), Decimal(4_760_000)),
    MoneyRow("Eksempelrad 31-020", Decimal(900_000), Decimal(310_000), None, "Deles av flere tiltak."),
    MoneyRow("Eksempelrad 52-001", None, Decimal(48_000), None),
)
# Linked by the analyst: the adopted budget says nothing of them.
LINKED = {"T8": "Eksempelrad 31-020", "T15": "Eksempelrad 31-020"}


def answers_elsewhere(unit: Unit) -> None:
    """From now on the unit reports in the existing system."""
    with acting(DEMO, "Demodata"):
        UnitReportingSetting.objects.update_or_create(unit=unit, defaults={"place": Place.THERE})


def bring_in(period: Period, report: UnitReport, answers: StatusAnswers) -> None:
    """The unit's statuses come by file, and with them its leader's approval there."""
    import_statuses(
        by=person("analyse"),
        period=period,
        file_name=STATUS_FILE,
        sha256=hashlib.sha256(STATUS_FILE.encode()).hexdigest(),
        rows=[ImportedStatus(row.pk, row.version, asdict(answers)) for row in report.statuses.all()],
    )


def decide_first(code: str, dates: DemoDates) -> None:
    """The leader has decided what the first period asked of her."""
    deviation = Deviation.objects.select_related("unit").get(measure__code=code)
    made = decide_deviation(
        by=_leader(deviation.unit),
        deviation=deviation,
        version=deviation.version,
        given=DecisionGiven(
            text="Én person bruker to dager i uken på utredningen fram til jul.",
            decided_on=dates.decided_on,
            deadline=dates.decision_deadline,
        ),
    )
    with acting(DEMO, "Demodata"):
        # The measure is a fact; what was decided about it is not.
        Decision.objects.filter(pk=made.pk).update(is_example=True)


def load_following_up(period: Period, dates: DemoDates) -> None:
    """Owners, a tick on a checklist, the money of the period, and the analyst's first step done."""
    for code, due in (("T8", dates.planned_due), ("T15", dates.planned_overdue)):
        deviation = Deviation.objects.select_related("unit").get(measure__code=code, state="open")
        plan_deviation(
            by=person("klima"),
            deviation=deviation,
            version=deviation.version,
            owner=_leader(deviation.unit),
            due_on=due,
        )
    measure = Measure.objects.filter(responsibilities__unit__name=TRANSPORT).order_by("pk")[0]
    tick_item(
        by=person("kontakt"),
        measure=measure,
        item=CheckItem.INDICATOR,
        note="Resultatet følges i rammeavtalen med entreprenørene. Eksempel.",
    )
    analyst = person("analyse")
    for code, row in LINKED.items():
        line = Line.objects.get(budget=period.budget, measure__code=code)
        link_line(by=analyst, line=line, plan_row=row, version=0)
    import_money(
        by=analyst,
        period=period,
        file_name=MONEY_FILE,
        sha256=hashlib.sha256(MONEY_FILE.encode()).hexdigest(),
        rows=MONEY,
        is_example=True,
    )
    finish_step(
        by=analyst,
        period=period,
        kind=PeriodStepKind.PLAN_LINKS,
        version=0,
        comment="Fem linjer har rad. De andre er små, og kobles til årsrapporten. Eksempel.",
    )


def _leader(unit: Unit) -> User:
    found = Appointment.objects.current().filter(unit=unit, role=Role.LEADER).select_related("user")
    return found[0].user
