"""Who may ask for what: every route of the portal, asked by everybody of the cast, with the demo's own data.

The table below is written by hand. A route that is missing from it fails; so does one that is missing from
`climate_portal.urls.ROUTES`. «None of hers» answers 404, «hers to read» answers 403 when she writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.http import urlencode

from budget.models import AdoptedDocument, ClimateBudget, Estimate, Funding, Scenario
from climate_portal.demo_data.chain import AREA_APPROVES, CORRECTED
from climate_portal.demo_data.organisation import LEAVES, PROPOSED_TO, SERVICES, SHUT_OUT, TRANSPORT, person
from climate_portal.urls import DEMO_PATTERNS, ROUTES
from emissions.models import ActivityType, Edition, Population
from organisation.models import Appointment, AppointmentProposal, Unit, UnitChange
from reporting.models import (
    Deviation,
    LeaderQuestion,
    MeasureProposal,
    MeasureStatus,
    Period,
    ReportMessage,
    UnitReport,
)
from reporting.queries.message_overview import overview_of
from strategy.models import (
    BarometerIndicator,
    Decision,
    FocusArea,
    HearingAnswer,
    HearingRemark,
    HearingRound,
    Measure,
    Placement,
    PlanGoal,
    Target,
    TargetIndicator,
    Theme,
)
from tests.demo_world import client_for, everybody

pytestmark = pytest.mark.usefixtures("demo_db")

EVERYBODY = frozenset(everybody())
READS_ALL = frozenset({"klima", "analyse", "radmann", "revisor", "admin"})
READS_HISTORY = READS_ALL - {"radmann"}
STAFF = EVERYBODY - {"utvalg"}
KLIMA = frozenset({"klima"})
ADMIN = frozenset({"admin"})
# The log of mail: Klima acts on it, the auditor reads it.
READS_MAIL = KLIMA | {"revisor"}
# Of one unit's report.
KLIMAS_PAGES = ("extend", "set_up_report", "hand_over", "name_reporter", "correct")
SETS_UP = frozenset({"klima", "admin"})
# Klima, and the people of the unit that answers for the measure in `own_measure`.
PLANNERS = frozenset({"klima", "kontakt", "leder"})
NOBODY: frozenset[str] = frozenset()
READS_LOGINS = ADMIN | {"revisor"}
# One's own: who one is here, and how one comes in.
OWN_PAGES = (
    "account_own",
    "account_password",
    "account_two_steps",
    "account_two_steps_picture",
    "account_codes",
)
# Without two steps there is nothing to turn off, and no codes to renew.
CLOSED = ("account_new_codes", "account_turn_off")

Address = Callable[[], str]


def two_steps_to_reset() -> str:
    """Of somebody who has them: nobody in the demo does."""
    user = person("kontakt.drift")
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    return reverse("organisation:reset_two_steps", args=[user.pk])


def two_steps_of_kontakt() -> str:
    return reverse("organisation:reset_two_steps", args=[person("kontakt").pk])


def route_names() -> Iterator[str]:
    """Every named route the portal answers to."""

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, pattern.namespace or space)
            else:
                yield f"{space}:{pattern.name}" if space else str(pattern.name)

    return walk(get_resolver().url_patterns, "")


def draft() -> ClimateBudget:
    return ClimateBudget.objects.get(state="draft")


def draft_step(name: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[draft().year, "kommunen-direkte", draft().revision])


def draft_line(name: str, *more: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[draft().lines.order_by("pk").first().pk, *more])


def adopted_document() -> str:
    """The demo's budgets were adopted in the portal; the draft is given one, as when it is recorded."""
    given = {"file_name": "vedtak.pdf", "content": b"%PDF-", "sha256": "0" * 64}
    AdoptedDocument.objects.get_or_create(budget=draft(), defaults=given)
    return draft_step("adopted_document")()


def estimate_again() -> str:
    return reverse("budget:estimate_again", args=[Estimate.objects.order_by("pk")[0].pk])


def draft_part(name: str, related: str) -> Address:
    """A page of one row of the draft, such as its first overlap."""
    return lambda: reverse(f"budget:{name}", args=[getattr(draft(), related).order_by("pk").first().pk])


def draft_source(name: str) -> Address:
    def address() -> str:
        source = draft().reference_path.order_by("pk").first().source_id
        return reverse(f"budget:{name}", args=[draft().year, "kommunen-direkte", 1, source])

    return address


def shared_source(name: str) -> Address:
    return lambda: f"{draft_step(name)()}?kilde={draft().overlaps.order_by('pk').first().source_id}"


def other_basis() -> str:
    """The draft on the older of the two editions."""
    older = Edition.objects.filter(scope="community_direct").exclude(pk=draft().edition_id)[0]
    return f"{draft_step('confirm_basis')()}?mal={draft().target_id}&utgave={older.pk}&regel=flat"


def funding(name: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[Funding.objects.filter(line__budget=draft())[0].pk])


def scenario(name: str, *more: object) -> Address:
    """A page of the scenario klima@ has shared."""
    return lambda: reverse(f"budget:{name}", args=[Scenario.objects.get().pk, *more])


def report_of(unit: str) -> UnitReport:
    return UnitReport.objects.get(period__kind="T2", unit__name=unit)


def transport(name: str, *more: str) -> Address:
    """A page of the report of kontakt@ and leder@."""

    def address() -> str:
        report = report_of("Samferdsel, vei- og parkforvaltning")
        extra = [report.statuses.first().pk] if more else []
        return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id, *extra])

    return address


def level(unit: str) -> Address:
    """The newest period for one area or unit."""
    return lambda: (
        f"{reverse('publishing:dashboard', args=['2026-T2'])}?niva={Unit.objects.get(name=unit).pk}"
    )


def message(name: str) -> Address:
    """A mail about 2. tertial."""
    return lambda: reverse(
        f"reporting:{name}", args=["2026-T2", ReportMessage.objects.filter(period__kind="T2")[0].pk]
    )


def planned() -> str:
    """The text of the first message to come."""
    period = Period.objects.get(kind="T2")
    key = overview_of(period, timezone.now()).planned[0].messages[0].key
    return f"{reverse('reporting:planned_message', args=[period.code])}?{urlencode({'melding': key})}"


def deviation(name: str, code: str = "T15") -> Address:
    """A page of the deviation that waits for the board of an enterprise."""
    return lambda: reverse(f"reporting:{name}", args=[Deviation.objects.get(measure__code=code).pk])


def period_page(name: str, *more: object) -> Address:
    return lambda: reverse(f"reporting:{name}", args=[Period.objects.get(kind="T2").code, *more])


def desk_page(name: str) -> Address:
    """A page of one measure at the desk, of a report that Klima has assured."""

    def address() -> str:
        status = MeasureStatus.objects.get(report__period__kind="T2", measure__code="T9")
        return reverse(f"reporting:{name}", args=[status.report.period.code, status.pk])

    return address


def line_link() -> str:
    period = Period.objects.get(kind="T2")
    line = period.budget.lines.get(measure__code="T8")
    return reverse("reporting:link_line", args=[period.code, line.pk])


def unit_page(name: str, *more: str) -> Address:
    """A page of the unit of kontakt@ and leder@."""

    def address() -> str:
        unit = Unit.objects.get(name="Samferdsel, vei- og parkforvaltning")
        return reverse(f"reporting:{name}", args=[unit.pk, *more])

    return address


ANALYST = frozenset({"analyse"})


def report_page(name: str, unit: str, kind: str = "T2") -> Address:
    def address() -> str:
        report = UnitReport.objects.get(period__kind=kind, unit__name=unit)
        return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id])

    return address


def own_area() -> str:
    """The bundle of the area direktor@ leads."""
    return reverse("reporting:area", args=["2026-T2", Unit.objects.get(name=SERVICES).pk])


def transport_proposal() -> str:
    report = report_of("Samferdsel, vei- og parkforvaltning")
    return reverse("reporting:propose", args=[report.period.code, report.unit_id, "nytt-tiltak"])


def proposal(name: str, unit: str) -> Address:
    """A page of what a unit proposes in its report."""

    def address() -> str:
        found = MeasureProposal.objects.get(report__unit__name=unit)
        report = found.report
        return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id, found.pk])

    return address


def yearly_part(name: str) -> Address:
    """The yearly part of the unit leder@ leads and kontakt@ writes for."""
    return lambda: reverse(
        f"reporting:{name}", args=[2026, unit_named("Samferdsel, vei- og parkforvaltning")]
    )


def unit_named(name: str) -> int:
    return Unit.objects.get(name=name).pk


def question(name: str) -> Address:
    """What the kitchen's leader has asked the unit of leder@ and kontakt@."""
    return lambda: reverse(
        f"reporting:{name}", args=[LeaderQuestion.objects.get(from_unit__name="Ernæring og kjøkkendrift").pk]
    )


def own_measure(name: str, parts: str = "") -> Address:
    """A page of the plan of a measure that kontakt@ and leder@ answer for."""

    def address() -> str:
        found = Measure.objects.filter(
            responsibilities__unit__name="Samferdsel, vei- og parkforvaltning",
            indicators__isnull=False,
            milestones__isnull=False,
        )
        measure = found.order_by("pk")[0]
        extra = [getattr(measure, parts).order_by("pk")[0].pk] if parts else []
        return reverse(f"strategy:{name}", args=[measure.code, *extra])

    return address


def barometer(name: str) -> Address:
    return lambda: reverse(
        f"strategy:barometer_{name}", args=[BarometerIndicator.objects.order_by("pk")[0].pk]
    )


def plan_goal(name: str) -> Address:
    return lambda: reverse(f"strategy:{name}", args=["delmal", PlanGoal.objects.order_by("pk")[0].pk])


def a_quarter() -> str:
    return f"{reverse('strategy:barometer_period')}?periode=2025-K4"


def transport_decision(name: str) -> Address:
    """A decision kontakt@ and leder@ follow up."""
    return lambda: reverse(
        f"strategy:{name}", args=[Decision.objects.get(unit__name="Samferdsel, vei- og parkforvaltning").pk]
    )


OWN_ENTRY = KLIMA | {"kontakt", "leder"}


SEES_OWN_ENTRY = OWN_ENTRY | READS_ALL | {"direktor"}


def own_activity() -> str:
    unit = Unit.objects.get(name="Samferdsel, vei- og parkforvaltning")
    return reverse("emissions:own_activity", args=[2024, unit.pk, ActivityType.objects.first().pk])


def own_entry(name: str, *more: str) -> Address:
    """Where kontakt@ and leder@ enter activities."""

    def address() -> str:
        unit = Unit.objects.get(name="Samferdsel, vei- og parkforvaltning")
        if more:
            return reverse(f"emissions:{name}", args=[unit.pk, ActivityType.objects.first().pk, 2024])
        return reverse(f"emissions:{name}", args=[2024, unit.pk])

    return address


@dataclass(frozen=True)
class Case:
    """One address: who gets 200 (or an onward 303), and what the others get."""

    url: Address
    allowed: frozenset[str]
    refusal: int = 403
    # For those who may read the thing but not do this to it.
    post: bool = False


def plain(name: str, *args: object) -> Address:
    return lambda: reverse(name, args=args)


def edition_undo() -> str:
    return reverse("emissions:edition_undo", args=[Edition.objects.order_by("pk")[0].pk])


def two_editions() -> str:
    later, earlier = Edition.objects.filter(scope="community_direct").order_by("-published")[:2]
    return f"{reverse('strategy:edition_effect')}?fra={earlier.pk}&til={later.pk}"


DRAFT_STRATEGY = "klimastrategi-for-drammen-2035-eksempel"


def strategy_part(name: str, model: type[Model]) -> Address:
    """A page of the newest row of a model, which belongs to the draft strategy."""
    return lambda: reverse(f"strategy:{name}", args=[model._default_manager.latest("pk").pk])


def kitchen_answer() -> str:
    """The hearing answer of annen@, whose leader's leader is direktor@."""
    answer = HearingAnswer.objects.get(unit__name="Ernæring og kjøkkendrift")
    return reverse("strategy:hearing_answer", args=[answer.round_id, answer.unit_id])


def unit_called(name: str, unit: str, *more: str) -> Address:
    return lambda: reverse(f"organisation:{name}", args=[Unit.objects.get(name=unit).pk, *more])


def role_of(name: str, unit: str, order: str = "valid_from") -> Address:
    """A page of the contact's role in a unit; the one to come with «-valid_from»."""

    def address() -> str:
        roles = Appointment.objects.filter(unit__name=unit, role="contact", user__is_active=True).order_by(
            order
        )
        return reverse(f"organisation:{name}", args=[roles[0].pk])

    return address


# Units and people as files, by the name of the route and what stands in its address.
UPLOADED = (("units_file",), ("people_file",), ("personnel_file",))
FILES = (
    *UPLOADED,
    ("units_file_template",),
    ("people_file_template",),
    ("units_file_export", "csv"),
    ("people_file_export", "csv"),
)
# Pages with a form: who may open one may send it.
ORGANISATION: dict[str, Case] = {
    "organisation:give_role": Case(unit_called("give_role", TRANSPORT), KLIMA | ADMIN | {"leder"}),
    "organisation:role_dates": Case(role_of("role_dates", TRANSPORT), KLIMA | ADMIN | {"leder"}),
    "organisation:end_role": Case(role_of("end_role", TRANSPORT), KLIMA | ADMIN | {"leder"}),
    "organisation:withdraw_role": Case(role_of("withdraw_role", LEAVES, "-valid_from"), KLIMA | ADMIN),
    "organisation:propose_role": Case(unit_called("propose_role", PROPOSED_TO), KLIMA),
    "organisation:answer_proposal": Case(
        lambda: reverse("organisation:answer_proposal", args=[AppointmentProposal.objects.get().pk, "ja"]),
        ADMIN,
    ),
    "organisation:change_unit": Case(unit_called("change_unit", TRANSPORT, "navn"), ADMIN),
    "organisation:cancel_change": Case(
        lambda: reverse("organisation:cancel_change", args=[UnitChange.objects.get().pk]), ADMIN
    ),
    "organisation:invite": Case(plain("organisation:invite"), ADMIN),
    "organisation:switches": Case(plain("organisation:switches"), ADMIN),
    "organisation:edit_year": Case(plain("organisation:edit_year"), KLIMA | ADMIN),
    "organisation:edit_person": Case(
        lambda: reverse("organisation:edit_person", args=[person("kontakt").pk]), ADMIN
    ),
    "organisation:shut_out": Case(
        lambda: reverse("organisation:shut_out", args=[person("kontakt").pk]), ADMIN
    ),
    "organisation:take_back": Case(
        lambda: reverse("organisation:take_back", args=[person(SHUT_OUT).pk]), ADMIN
    ),
    "organisation:erase_person": Case(
        lambda: reverse("organisation:erase_person", args=[person(SHUT_OUT).pk]), ADMIN
    ),
}

GET: dict[str, Case] = {
    "min_side": Case(plain("min_side"), EVERYBODY),
    "own_data": Case(plain("own_data", "json"), EVERYBODY),
    "history": Case(lambda: reverse("history", args=["budget.climatebudget", draft().pk]), READS_HISTORY),
    "emissions:index": Case(plain("emissions:index"), EVERYBODY),
    "emissions:edition": Case(
        lambda: reverse("emissions:edition", args=[Edition.objects.first().pk]), EVERYBODY
    ),
    "emissions:development": Case(plain("emissions:development"), EVERYBODY),
    "emissions:shares": Case(plain("emissions:shares"), EVERYBODY),
    "emissions:two_years": Case(plain("emissions:two_years"), EVERYBODY),
    "emissions:sector": Case(plain("emissions:sector"), EVERYBODY),
    "emissions:export_view": Case(plain("emissions:export_view", "sektor", "csv"), EVERYBODY),
    "emissions:population": Case(plain("emissions:population"), EVERYBODY),
    "emissions:population_export": Case(plain("emissions:population_export", "csv"), EVERYBODY),
    "emissions:population_import": Case(plain("emissions:population_import"), KLIMA),
    "emissions:population_new": Case(plain("emissions:population_new"), KLIMA),
    "emissions:population_edit": Case(
        lambda: reverse("emissions:population_edit", args=[Population.objects.first().pk]), KLIMA
    ),
    "emissions:import": Case(plain("emissions:import"), KLIMA),
    "emissions:edition_comparison": Case(plain("emissions:edition_comparison"), EVERYBODY),
    "emissions:edition_undo": Case(edition_undo, KLIMA),
    "emissions:own_operations": Case(plain("emissions:own_operations"), EVERYBODY),
    "emissions:own_year": Case(plain("emissions:own_year", 2024), EVERYBODY),
    "emissions:own_factors": Case(plain("emissions:own_factors"), EVERYBODY),
    "emissions:own_factor": Case(
        lambda: reverse("emissions:own_factor", args=[ActivityType.objects.first().pk]), EVERYBODY
    ),
    "emissions:own_close": Case(plain("emissions:own_close", 2024, "egen-virksomhet-direkte"), KLIMA),
    "emissions:own_entry": Case(own_entry("own_entry"), SEES_OWN_ENTRY, refusal=404),
    "emissions:own_activity": Case(own_activity, SEES_OWN_ENTRY, refusal=404),
    "emissions:own_export": Case(plain("emissions:own_export", 2024, "csv"), EVERYBODY),
    "strategy:index": Case(plain("strategy:index"), EVERYBODY),
    "strategy:detail": Case(plain("strategy:detail", "klimastrategi-2030"), EVERYBODY),
    "strategy:measure": Case(plain("strategy:measure", "T1"), EVERYBODY),
    "strategy:edition_effect": Case(two_editions, EVERYBODY),
    "strategy:responsible": Case(plain("strategy:responsible", "T1"), KLIMA),
    "strategy:plan": Case(plain("strategy:plan"), EVERYBODY),
    "strategy:compare": Case(plain("strategy:compare", DRAFT_STRATEGY, "klimastrategi-2030"), EVERYBODY),
    "strategy:new": Case(plain("strategy:new"), KLIMA),
    "strategy:new_version": Case(plain("strategy:new_version", "klimastrategi-2030"), KLIMA),
    "strategy:edit": Case(plain("strategy:edit", DRAFT_STRATEGY), KLIMA),
    "strategy:new_area": Case(plain("strategy:new_area", DRAFT_STRATEGY), KLIMA),
    "strategy:edit_area": Case(strategy_part("edit_area", FocusArea), KLIMA),
    "strategy:new_theme": Case(strategy_part("new_theme", FocusArea), KLIMA),
    "strategy:edit_theme": Case(strategy_part("edit_theme", Theme), KLIMA),
    "strategy:place": Case(plain("strategy:place", DRAFT_STRATEGY), KLIMA),
    "strategy:edit_placement": Case(strategy_part("edit_placement", Placement), KLIMA),
    "strategy:adopt": Case(plain("strategy:adopt", DRAFT_STRATEGY), KLIMA),
    "strategy:target": Case(strategy_part("target", Target), EVERYBODY),
    "strategy:new_target": Case(plain("strategy:new_target", DRAFT_STRATEGY), KLIMA),
    "strategy:edit_target": Case(strategy_part("edit_target", Target), KLIMA),
    "strategy:ceiling": Case(strategy_part("ceiling", Target), KLIMA),
    "strategy:new_start": Case(strategy_part("new_start", Target), KLIMA),
    "strategy:new_target_indicator": Case(strategy_part("new_target_indicator", Target), KLIMA),
    "strategy:edit_indicator": Case(strategy_part("edit_indicator", TargetIndicator), KLIMA),
    "strategy:indicator_value": Case(strategy_part("indicator_value", TargetIndicator), KLIMA),
    "strategy:send_hearing": Case(plain("strategy:send_hearing", DRAFT_STRATEGY), KLIMA),
    "strategy:hearing": Case(
        strategy_part("hearing", HearingRound), READS_ALL | {"annen", "direktor"}, refusal=404
    ),
    "strategy:close_hearing": Case(strategy_part("close_hearing", HearingRound), KLIMA),
    "strategy:hearing_answer": Case(kitchen_answer, READS_ALL | {"annen", "direktor"}, refusal=404),
    "strategy:dispose": Case(strategy_part("dispose", HearingRemark), KLIMA),
    "strategy:measures": Case(plain("strategy:measures"), EVERYBODY),
    "strategy:export_measures": Case(plain("strategy:export_measures", "csv"), EVERYBODY),
    "strategy:new_measure": Case(plain("strategy:new_measure"), KLIMA),
    "strategy:starter_list": Case(plain("strategy:starter_list"), KLIMA),
    "strategy:edit_measure": Case(plain("strategy:edit_measure", "T1"), KLIMA),
    "strategy:move_measure": Case(plain("strategy:move_measure", "T1"), KLIMA),
    "strategy:reassign": Case(plain("strategy:reassign"), KLIMA),
    "strategy:import_measures": Case(plain("strategy:import_measures"), KLIMA),
    "strategy:measure_template": Case(plain("strategy:measure_template"), KLIMA),
    "strategy:new_milestone": Case(own_measure("new_milestone"), PLANNERS),
    "strategy:milestone": Case(own_measure("milestone", "milestones"), PLANNERS),
    "strategy:new_indicator": Case(own_measure("new_indicator"), PLANNERS),
    "strategy:indicator": Case(own_measure("indicator", "indicators"), PLANNERS),
    "strategy:new_plan_part": Case(plain("strategy:new_plan_part", "delmal"), KLIMA),
    "strategy:edit_plan_part": Case(plan_goal("edit_plan_part"), KLIMA),
    "strategy:barometer": Case(plain("strategy:barometer"), EVERYBODY),
    "strategy:barometer_export": Case(plain("strategy:barometer_export", "csv"), EVERYBODY),
    "strategy:barometer_indicator": Case(barometer("indicator"), EVERYBODY),
    "strategy:barometer_template": Case(plain("strategy:barometer_template", "csv"), KLIMA),
    "strategy:barometer_import": Case(plain("strategy:barometer_import"), KLIMA),
    "strategy:barometer_period": Case(a_quarter, KLIMA),
    "strategy:barometer_new": Case(plain("strategy:barometer_new"), KLIMA),
    "strategy:barometer_edit": Case(barometer("edit"), KLIMA),
    "strategy:barometer_value": Case(barometer("value"), KLIMA),
    "strategy:decisions": Case(plain("strategy:decisions"), EVERYBODY),
    "strategy:decisions_export": Case(plain("strategy:decisions_export", "csv"), EVERYBODY),
    "strategy:decision": Case(transport_decision("decision"), EVERYBODY),
    "strategy:decision_new": Case(plain("strategy:decision_new"), KLIMA),
    "strategy:decision_edit": Case(transport_decision("decision_edit"), KLIMA),
    "strategy:decision_move": Case(transport_decision("decision_move"), KLIMA),
    "budget:index": Case(plain("budget:index"), EVERYBODY),
    "budget:detail": Case(plain("budget:detail", 2026, "kommunen-direkte"), EVERYBODY),
    "budget:detail, draft": Case(plain("budget:detail", 2027, "kommunen-direkte"), READS_ALL, refusal=404),
    "budget:line, draft": Case(draft_line("line"), READS_ALL, refusal=404),
    "budget:edit_line": Case(draft_line("edit_line"), KLIMA),
    "budget:hand_over": Case(draft_step("hand_over"), KLIMA),
    "budget:estimate_choice": Case(draft_line("estimate_choice"), KLIMA),
    "budget:estimate": Case(draft_line("estimate", "kjoretoy"), KLIMA),
    "budget:estimate_again": Case(estimate_again, KLIMA),
    "budget:factors": Case(plain("budget:factors"), KLIMA),
    "budget:line_import": Case(draft_step("line_import"), KLIMA),
    "budget:line_template": Case(draft_step("line_template"), KLIMA),
    "budget:create": Case(plain("budget:create"), KLIMA),
    "budget:record_adopted": Case(plain("budget:record_adopted"), KLIMA),
    "budget:record_draft": Case(draft_step("record_draft"), KLIMA),
    "budget:adopted_document": Case(adopted_document, READS_ALL, refusal=404),
    "budget:compare": Case(plain("budget:compare", 2026, "kommunen-direkte"), EVERYBODY),
    "budget:compare, draft": Case(plain("budget:compare", 2027, "kommunen-direkte"), READS_ALL, refusal=404),
    "budget:overlaps, draft": Case(draft_step("overlaps"), READS_ALL, refusal=404),
    "budget:reference, draft": Case(draft_step("reference"), READS_ALL, refusal=404),
    "budget:reference_file, draft": Case(draft_step("reference_file"), READS_ALL, refusal=404),
    "budget:change_basis": Case(draft_step("change_basis"), KLIMA),
    "budget:confirm_basis": Case(other_basis, KLIMA),
    "budget:add_line": Case(draft_step("add_line"), KLIMA),
    "budget:add_policy": Case(draft_step("add_policy"), KLIMA),
    "budget:import_reference": Case(draft_step("import_reference"), KLIMA),
    "budget:edit_reference": Case(draft_source("edit_reference"), KLIMA),
    "budget:add_overlap": Case(shared_source("add_overlap"), KLIMA),
    "budget:edit_overlap": Case(draft_part("edit_overlap", "overlaps"), KLIMA),
    "budget:remove_overlap": Case(draft_part("remove_overlap", "overlaps"), KLIMA),
    "budget:remove_policy": Case(draft_part("remove_policy", "reference_policies"), KLIMA),
    "budget:edit_sources": Case(draft_line("edit_sources"), KLIMA),
    "budget:edit_ranges": Case(draft_line("edit_ranges"), KLIMA),
    "budget:edit_costs": Case(draft_line("edit_costs"), KLIMA),
    "budget:add_funding": Case(draft_line("add_funding"), KLIMA),
    "budget:remove_line": Case(draft_line("remove_line"), KLIMA),
    "budget:edit_funding": Case(funding("edit_funding"), KLIMA),
    "budget:remove_funding": Case(funding("remove_funding"), KLIMA),
    "budget:files": Case(plain("budget:files", 2026, "kommunen-direkte", 1), EVERYBODY),
    "budget:chapter": Case(plain("budget:chapter", 2026, "kommunen-direkte", 1), EVERYBODY),
    "budget:chapter, draft": Case(draft_step("chapter"), READS_ALL, refusal=404),
    "budget:kept": Case(plain("budget:kept", "kommunen-direkte"), EVERYBODY),
    "budget:unit": Case(lambda: reverse("budget:unit", args=[Unit.objects.first().pk]), EVERYBODY),
    "budget:scenarios": Case(draft_step("scenarios"), READS_ALL),
    "budget:scenario, shared": Case(scenario("scenario"), READS_ALL),
    "budget:edit_scenario": Case(scenario("edit_scenario"), KLIMA),
    "budget:delete_scenario": Case(scenario("delete_scenario"), KLIMA),
    "budget:change_scenario": Case(scenario("change_scenario", "ta-ut"), KLIMA),
    "publishing:index": Case(plain("publishing:index"), EVERYBODY),
    "reporting:report": Case(transport("report"), READS_ALL | {"direktor", "leder", "kontakt"}, refusal=404),
    # The newest period has nothing published: it is there for those who read it as it stands.
    "publishing:dashboard": Case(
        plain("publishing:dashboard", "2026-T2"), READS_ALL | {"direktor", "leder"}, refusal=404
    ),
    "publishing:dashboard, an area": Case(level("Tjenester og drift"), READS_ALL | {"direktor"}, refusal=404),
    "publishing:dashboard, a unit": Case(
        level("Samferdsel, vei- og parkforvaltning"), READS_ALL | {"direktor", "leder"}, refusal=404
    ),
    "publishing:dashboard, published": Case(plain("publishing:dashboard", "2026-T1"), EVERYBODY),
    "publishing:publications": Case(plain("publishing:publications", "2026-T1"), EVERYBODY),
    "publishing:publication_pdf": Case(plain("publishing:publication_pdf", "2026-T1", 1), EVERYBODY),
    "publishing:publication_file": Case(
        plain("publishing:publication_file", "2026-T1", "klimakapittel", 1, "html"), EVERYBODY
    ),
    "publishing:publication_file, zip": Case(
        plain("publishing:publication_file", "2026-T1", "klimakapittel", 1, "zip"), READS_ALL
    ),
    "publishing:chapter": Case(plain("publishing:chapter", "2026-T1"), EVERYBODY),
    "publishing:chapter, draft": Case(plain("publishing:chapter", "2026-T2"), READS_ALL, refusal=404),
    "publishing:publish": Case(plain("publishing:publish", "2026-T2"), KLIMA),
    "publishing:publish, chapter": Case(
        lambda: f"{reverse('publishing:publish', args=['2026-T2'])}?for=klimakapittel", KLIMA | {"analyse"}
    ),
    "reporting:calendar": Case(plain("reporting:calendar"), EVERYBODY),
    "reporting:messages": Case(plain("reporting:messages", "2026-T2"), READS_MAIL),
    "reporting:planned_message": Case(planned, READS_MAIL),
    "reporting:message": Case(message("message"), READS_MAIL),
    "reporting:release_escalation": Case(transport("release_escalation"), KLIMA),
    "reporting:deviations": Case(plain("reporting:deviations"), STAFF, refusal=404),
    "reporting:deviations_export": Case(plain("reporting:deviations_export", "csv"), STAFF, refusal=404),
    "reporting:deviation": Case(deviation("deviation"), READS_ALL, refusal=404),
    "reporting:exchange": Case(period_page("exchange"), READS_ALL),
    "reporting:export_statuses": Case(period_page("export_statuses", "csv"), READS_ALL),
    "reporting:import_statuses": Case(period_page("import_statuses"), KLIMA | ANALYST),
    "reporting:desk": Case(period_page("desk"), KLIMA),
    "reporting:comment_measure": Case(desk_page("comment_measure"), KLIMA),
    "reporting:move_reported": Case(desk_page("move_reported"), KLIMA),
    "reporting:money": Case(period_page("money"), READS_ALL),
    "reporting:money_template": Case(period_page("money_template"), ANALYST),
    "reporting:import_money": Case(period_page("import_money"), ANALYST),
    "reporting:link_line": Case(line_link, ANALYST),
    "reporting:finish_step": Case(period_page("finish_step", "money"), ANALYST),
    "reporting:step_deadline": Case(period_page("step_deadline", "money"), KLIMA | ANALYST),
    "reporting:unit": Case(unit_page("unit"), READS_ALL | {"direktor", "leder", "kontakt"}, refusal=404),
    "reporting:open_period": Case(plain("reporting:open_period"), KLIMA),
    "reporting:settings": Case(plain("reporting:settings"), SETS_UP),
    "reporting:use_settings": Case(plain("reporting:use_settings", "2026-T2"), SETS_UP),
    "publishing:progress": Case(plain("publishing:progress", "2026-T2"), READS_ALL),
    "reporting:area": Case(own_area, READS_ALL | {"direktor"}, refusal=404),
    "reporting:versions": Case(report_page("versions", CORRECTED, "T1"), READS_ALL, refusal=404),
    **{
        f"reporting:{name}": Case(plain(f"reporting:{name}", "2026-T2"), KLIMA)
        for name in ("deadlines", "close_period", "add_measure")
    },
    **{f"reporting:{name}": Case(transport(name), KLIMA) for name in KLIMAS_PAGES},
    "reporting:move_measure": Case(transport("move_measure", "status"), KLIMA),
    "reporting:proposals": Case(plain("reporting:proposals"), STAFF),
    "reporting:follow_ups": Case(plain("reporting:follow_ups", 2026), STAFF),
    "reporting:follow_ups_export": Case(plain("reporting:follow_ups_export", 2026, "csv"), STAFF),
    "reporting:follow_up": Case(
        yearly_part("follow_up"), READS_ALL | {"direktor", "leder", "kontakt"}, refusal=404
    ),
    "reporting:questions": Case(plain("reporting:questions"), STAFF),
    "reporting:new_question": Case(plain("reporting:new_question"), frozenset({"leder", "direktor"})),
    "reporting:question": Case(
        question("question"), READS_ALL | {"direktor", "leder", "kontakt", "annen"}, refusal=404
    ),
    "first_day": Case(plain("first_day"), READS_ALL),
    "leadership:index": Case(plain("leadership:index"), EVERYBODY),
    "klimalaget:index": Case(plain("klimalaget:index"), STAFF),
    "organisation:index": Case(plain("organisation:index"), STAFF),
    "organisation:unit": Case(unit_called("unit", TRANSPORT), STAFF),
    "organisation:people": Case(plain("organisation:people"), STAFF),
    "organisation:unowned": Case(plain("organisation:unowned"), KLIMA | ADMIN | {"leder", "direktor"}),
    "organisation:year": Case(plain("organisation:year"), STAFF),
    "organisation:person": Case(lambda: reverse("organisation:person", args=[person("kontakt").pk]), STAFF),
    **ORGANISATION,
    "organisation:new_unit": Case(plain("organisation:new_unit"), ADMIN),
    "organisation:login_log": Case(plain("organisation:login_log"), READS_LOGINS),
    "organisation:login_log_export": Case(plain("organisation:login_log_export", "csv"), READS_LOGINS),
    "account_codes_file": Case(plain("account_codes_file"), NOBODY, refusal=404),
    "organisation:two_steps": Case(plain("organisation:two_steps"), ADMIN),
    "organisation:reset_two_steps": Case(two_steps_to_reset, ADMIN),
    **{name: Case(plain(name), EVERYBODY) for name in OWN_PAGES},
    **{name: Case(plain(name), NOBODY, refusal=409) for name in CLOSED},
    # Hers to write, and the successor's, the leader's and Klima's to read.
    "organisation:handover": Case(role_of("handover", LEAVES), KLIMA | ADMIN, refusal=404),
    **{
        f"organisation:{name}": Case(plain(f"organisation:{name}", *given), frozenset({"admin"}))
        for name, *given in (("names",), ("municipality",), ("body_name", "klima"))
    },
    **{f"organisation:{name}": Case(plain(f"organisation:{name}", *given), ADMIN) for name, *given in FILES},
}


@pytest.mark.parametrize("login", sorted(EVERYBODY))
def test_everybody_gets_what_is_hers(login: str) -> None:
    client = client_for(login)
    answers = {name: client.get(case.url()) for name, case in GET.items()}
    found = {name: answer.status_code for name, answer in answers.items()}
    expected = {name: 200 if login in case.allowed else case.refusal for name, case in GET.items()}
    assert found == expected
    assert shared_titles(answers) == {}


# A line is called what its measure is called; a report is one from form to receipt; the newest year is where
# one comes first. Within a room tests/test_browser_pages*.py ask for these too.
TITLED_AS_OTHERS = re.compile(r"reporting:|budget:line\b|emissions:own_year")


def shared_titles(answers: dict[str, Any]) -> dict[str, set[str]]:
    """Title → the routes that have it, where they are several."""
    routes = defaultdict(set)
    for name, answer in answers.items():
        title = None if answer.streaming else re.search(rb"<title>(.*?)</title>", answer.content, re.DOTALL)
        if answer.status_code == 200 and title and not TITLED_AS_OTHERS.match(name):
            routes[title[1].decode().strip()].add(name.partition(",")[0])
    return {title: names for title, names in routes.items() if len(names) > 1}


def test_strangers_are_asked_to_log_in() -> None:
    client = Client()
    for name, case in GET.items():
        answer = client.get(case.url())
        assert (name, answer.status_code) == (name, 302)
        assert answer["Location"].startswith("/logg-inn/")


def test_public_pages_need_no_login() -> None:
    for name in ("live", "publishing:public_page", "account_login", "privacy"):
        assert Client().get(reverse(name)).status_code == 200
    for name in ("publishing:public_publication", "publishing:public_publication_pdf"):
        assert Client().get(reverse(name, args=["2026-T1", 1])).status_code == 200
    assert Client().get(reverse("ready")).status_code in (200, 503)


def test_every_route_has_a_class_and_every_class_a_route() -> None:
    # The demo's own are there with PORTAL_DEMO=1 only: tests/test_messages_pages.py.
    assert set(route_names()) | {pattern.name for pattern in DEMO_PATTERNS} == set(ROUTES)


POST: dict[str, Case] = {
    "account_end_session": Case(plain("account_end_session", 1), EVERYBODY),
    "account_end_all": Case(plain("account_end_all"), EVERYBODY),
    **ORGANISATION,
    "organisation:two_steps": Case(plain("organisation:two_steps"), ADMIN),
    "organisation:reset_two_steps": Case(two_steps_of_kontakt, ADMIN),
    "organisation:mail_returned": Case(
        lambda: reverse("organisation:mail_returned", args=[person("kontakt").pk]), ADMIN
    ),
    **{f"organisation:{name}": Case(plain(f"organisation:{name}"), ADMIN) for (name,) in UPLOADED},
    "organisation:new_unit": Case(plain("organisation:new_unit"), ADMIN),
    "organisation:handover": Case(role_of("handover", LEAVES), KLIMA | ADMIN),
    "organisation:send_again": Case(
        lambda: reverse("organisation:send_again", args=[person("ny.kontakt").pk]), KLIMA | ADMIN
    ),
    "strategy:new_plan_part": Case(plain("strategy:new_plan_part", "delmal"), KLIMA),
    "strategy:edit_plan_part": Case(plan_goal("edit_plan_part"), KLIMA),
    "strategy:remove_plan_part": Case(plan_goal("remove_plan_part"), KLIMA),
    "strategy:new": Case(plain("strategy:new"), KLIMA),
    "strategy:edit": Case(plain("strategy:edit", DRAFT_STRATEGY), KLIMA),
    "strategy:move_part": Case(
        lambda: reverse("strategy:move_part", args=["innsatsomrade", FocusArea.objects.latest("pk").pk]),
        KLIMA,
    ),
    "strategy:remove_part": Case(
        lambda: reverse("strategy:remove_part", args=["plassering", Placement.objects.latest("pk").pk]), KLIMA
    ),
    "strategy:adopt": Case(plain("strategy:adopt", DRAFT_STRATEGY), KLIMA),
    "strategy:take_back": Case(plain("strategy:take_back", DRAFT_STRATEGY), KLIMA),
    "strategy:remove_target": Case(strategy_part("remove_target", Target), KLIMA),
    "strategy:ceiling": Case(strategy_part("ceiling", Target), KLIMA),
    "strategy:send_hearing": Case(plain("strategy:send_hearing", DRAFT_STRATEGY), KLIMA),
    "strategy:hearing_answer": Case(kitchen_answer, frozenset({"annen"})),
    "strategy:dispose": Case(strategy_part("dispose", HearingRemark), KLIMA),
    "strategy:close_hearing": Case(strategy_part("close_hearing", HearingRound), KLIMA),
    "strategy:publish_hearing": Case(strategy_part("publish_hearing", HearingRound), KLIMA),
    "emissions:own_entry": Case(own_entry("own_entry"), OWN_ENTRY),
    "emissions:own_activity": Case(own_activity, OWN_ENTRY),
    "emissions:own_cell": Case(own_entry("own_cell", "type"), OWN_ENTRY),
    "emissions:own_close": Case(plain("emissions:own_close", 2024, "egen-virksomhet-direkte"), KLIMA),
    "emissions:own_upload": Case(plain("emissions:own_upload"), KLIMA | OWN_ENTRY | {"annen", "direktor"}),
    "strategy:responsible": Case(plain("strategy:responsible", "T1"), KLIMA),
    "strategy:new_measure": Case(plain("strategy:new_measure"), KLIMA),
    "strategy:starter_list": Case(plain("strategy:starter_list"), KLIMA),
    "strategy:edit_measure": Case(plain("strategy:edit_measure", "T1"), KLIMA),
    "strategy:move_measure": Case(plain("strategy:move_measure", "T1"), KLIMA),
    "strategy:assure_measure": Case(plain("strategy:assure_measure", "T1"), KLIMA),
    "strategy:reassign": Case(plain("strategy:reassign"), KLIMA),
    "strategy:import_measures": Case(plain("strategy:import_measures"), KLIMA),
    "strategy:new_milestone": Case(own_measure("new_milestone"), PLANNERS),
    "strategy:milestone": Case(own_measure("milestone", "milestones"), PLANNERS),
    "strategy:remove_milestone": Case(own_measure("remove_milestone", "milestones"), PLANNERS),
    "strategy:new_indicator": Case(own_measure("new_indicator"), PLANNERS),
    "strategy:indicator": Case(own_measure("indicator", "indicators"), PLANNERS),
    "strategy:remove_indicator": Case(own_measure("remove_indicator", "indicators"), PLANNERS),
    "strategy:barometer_import": Case(plain("strategy:barometer_import"), KLIMA),
    "strategy:barometer_confirm": Case(plain("strategy:barometer_confirm"), KLIMA),
    "strategy:barometer_period": Case(plain("strategy:barometer_period"), KLIMA),
    "strategy:barometer_new": Case(plain("strategy:barometer_new"), KLIMA),
    "strategy:barometer_edit": Case(barometer("edit"), KLIMA),
    "strategy:barometer_value": Case(barometer("value"), KLIMA),
    "strategy:decision_new": Case(plain("strategy:decision_new"), KLIMA),
    "strategy:decision_edit": Case(transport_decision("decision_edit"), KLIMA),
    "strategy:decision_move": Case(transport_decision("decision_move"), KLIMA),
    "strategy:decision_note": Case(transport_decision("decision_note"), KLIMA | {"kontakt", "leder"}),
    "budget:save_figure": Case(
        lambda: reverse("budget:save_figure", args=[draft().lines.order_by("pk").first().pk, 2027, "drift"]),
        KLIMA,
    ),
    "budget:save_figures": Case(lambda: f"{draft_step('save_group')()}kostnad/", KLIMA),
    "budget:undo": Case(draft_step("undo"), KLIMA),
    "budget:save_cell": Case(
        lambda: reverse("budget:save_cell", args=[draft().lines.order_by("pk").first().pk, 2027]), KLIMA
    ),
    "budget:save_group": Case(draft_step("save_group"), KLIMA),
    "budget:estimate": Case(draft_line("estimate", "kjoretoy"), KLIMA),
    "budget:estimate_again": Case(estimate_again, KLIMA),
    "budget:factors": Case(plain("budget:factors"), KLIMA),
    "budget:line_import": Case(draft_step("line_import"), KLIMA),
    "budget:line_import_confirm": Case(draft_step("line_import_confirm"), KLIMA),
    **{
        f"budget:{name}": Case(draft_step(name), KLIMA)
        for name in ("add_line", "add_policy", "import_reference", "confirm_reference")
    },
    **{
        f"budget:{name}": Case(draft_line(name), KLIMA)
        for name in ("edit_sources", "edit_ranges", "edit_costs", "add_funding", "remove_line")
    },
    "budget:create": Case(plain("budget:create"), KLIMA),
    "budget:record_adopted": Case(plain("budget:record_adopted"), KLIMA),
    "budget:record_draft": Case(draft_step("record_draft"), KLIMA),
    "budget:confirm_basis": Case(other_basis, KLIMA),
    "budget:copy_forward": Case(plain("budget:copy_forward"), KLIMA),
    "budget:edit_reference": Case(draft_source("edit_reference"), KLIMA),
    "budget:add_overlap": Case(shared_source("add_overlap"), KLIMA),
    "budget:edit_overlap": Case(draft_part("edit_overlap", "overlaps"), KLIMA),
    "budget:remove_overlap": Case(draft_part("remove_overlap", "overlaps"), KLIMA),
    "budget:remove_policy": Case(draft_part("remove_policy", "reference_policies"), KLIMA),
    "budget:edit_funding": Case(funding("edit_funding"), KLIMA),
    "budget:remove_funding": Case(funding("remove_funding"), KLIMA),
    "budget:hand_over": Case(draft_step("hand_over"), KLIMA),
    "budget:take_back": Case(draft_step("take_back"), KLIMA | {"radmann"}),
    "budget:propose": Case(draft_step("propose"), frozenset({"radmann"})),
    "budget:adopt": Case(draft_step("adopt"), KLIMA),
    "budget:order_document": Case(draft_step("order_document"), READS_ALL),
    "budget:scenarios": Case(draft_step("scenarios"), frozenset({"klima", "analyse", "radmann"})),
    "budget:edit_scenario": Case(scenario("edit_scenario"), KLIMA),
    "budget:delete_scenario": Case(scenario("delete_scenario"), KLIMA),
    "budget:change_scenario": Case(scenario("change_scenario", "ta-ut"), KLIMA),
    "budget:remove_change": Case(scenario("remove_change", 1), KLIMA),
    "emissions:import": Case(plain("emissions:import"), KLIMA),
    "emissions:edition_undo": Case(edition_undo, KLIMA),
    "emissions:population_import": Case(plain("emissions:population_import"), KLIMA),
    "emissions:population_new": Case(plain("emissions:population_new"), KLIMA),
    "emissions:population_edit": Case(
        lambda: reverse("emissions:population_edit", args=[Population.objects.first().pk]), KLIMA
    ),
    "reporting:save_status": Case(transport("save_status", "status"), frozenset({"kontakt", "leder"})),
    "reporting:submit": Case(transport("submit"), frozenset({"kontakt", "leder"})),
    "reporting:approve": Case(transport("approve"), frozenset({"leder"})),
    "reporting:return": Case(transport("return"), frozenset({"leder", "klima"})),
    "reporting:assure": Case(transport("assure"), KLIMA),
    "reporting:retry_message": Case(message("retry_message"), KLIMA),
    "reporting:release_escalation": Case(transport("release_escalation"), KLIMA),
    "reporting:open_period": Case(plain("reporting:open_period"), KLIMA),
    "reporting:settings": Case(plain("reporting:settings"), SETS_UP),
    "reporting:use_settings": Case(plain("reporting:use_settings", "2026-T2"), SETS_UP),
    **{
        f"reporting:{name}": Case(plain(f"reporting:{name}", "2026-T2"), KLIMA)
        for name in ("deadlines", "close_period", "add_measure")
    },
    **{
        f"reporting:{name}": Case(transport(name), KLIMA)
        for name in (
            "extend",
            "set_up_report",
            "hand_over",
            "name_reporter",
            "correct",
            "withdraw_correction",
        )
    },
    "reporting:move_measure": Case(transport("move_measure", "status"), KLIMA),
    "reporting:area_step": Case(report_page("area_step", AREA_APPROVES), frozenset({"direktor"})),
    "reporting:board": Case(report_page("board", "Drammen Eiendom KF"), NOBODY),
    "reporting:propose": Case(transport_proposal, frozenset({"kontakt"})),
    "reporting:edit_proposal": Case(
        proposal("edit_proposal", "Samferdsel, vei- og parkforvaltning"), frozenset({"kontakt"})
    ),
    "reporting:remove_proposal": Case(
        proposal("remove_proposal", "Samferdsel, vei- og parkforvaltning"), frozenset({"kontakt"})
    ),
    "reporting:answer_proposal": Case(proposal("answer_proposal", "Drammen Parkering KF"), KLIMA),
    "reporting:follow_up": Case(yearly_part("follow_up"), frozenset({"kontakt", "leder"})),
    "reporting:confirm_follow_up": Case(yearly_part("confirm_follow_up"), frozenset({"leder"})),
    "reporting:new_question": Case(plain("reporting:new_question"), frozenset({"leder", "direktor"})),
    "reporting:question": Case(question("question"), frozenset({"kontakt", "leder"})),
    "reporting:answer_question": Case(question("answer_question"), frozenset({"leder"})),
    "reporting:withdraw_question": Case(question("withdraw_question"), NOBODY),
    "publishing:order_summary": Case(
        lambda: reverse("publishing:order_summary", args=[Period.objects.get(kind="T2").code]),
        KLIMA | {"radmann"},
    ),
    "publishing:publish": Case(plain("publishing:publish", "2026-T2"), KLIMA),
    "reporting:deviation_owner": Case(deviation("deviation_owner"), KLIMA),
    "reporting:deviation_decide": Case(deviation("deviation_decide"), KLIMA),
    "reporting:deviation_close": Case(deviation("deviation_close"), KLIMA),
    "reporting:deviation_reopen": Case(deviation("deviation_reopen"), KLIMA),
    "reporting:import_statuses": Case(period_page("import_statuses"), KLIMA | ANALYST),
    "reporting:assure_many": Case(period_page("assure_many"), KLIMA),
    "reporting:comment_measure": Case(desk_page("comment_measure"), KLIMA),
    "reporting:move_reported": Case(desk_page("move_reported"), KLIMA),
    "reporting:import_money": Case(period_page("import_money"), ANALYST),
    "reporting:link_line": Case(line_link, ANALYST),
    "reporting:finish_step": Case(period_page("finish_step", "money"), ANALYST),
    "reporting:undo_step": Case(period_page("undo_step", "plan_links"), ANALYST),
    "reporting:step_deadline": Case(period_page("step_deadline", "money"), KLIMA | ANALYST),
    "reporting:tick": Case(unit_page("tick", "T1", "milestone"), KLIMA | {"leder", "kontakt"}),
    "reporting:untick": Case(unit_page("untick", "T1", "milestone"), KLIMA | {"leder", "kontakt"}),
}

WRITTEN = """
SELECT (SELECT count(*) FROM pghistory_context), (SELECT count(*) FROM budget_budgettransition),
       (SELECT count(*) FROM reporting_reporttransition), (SELECT sum(version) FROM reporting_unitreport),
       (SELECT sum(version) FROM reporting_period), (SELECT count(*) FROM reporting_reportlogentry),
       (SELECT count(*) FROM reporting_deadlineextension), (SELECT count(*) FROM reporting_reportingsettings),
       (SELECT sum(version) FROM organisation_appointment), (SELECT count(*) FROM emissions_edition),
       (SELECT sum(version) FROM organisation_user), (SELECT sum(version) FROM organisation_unit),
       (SELECT sum(version) FROM organisation_unitchange), (SELECT count(*) FROM organisation_handover),
       (SELECT sum(version) FROM organisation_appointmentproposal),
       (SELECT count(*) FROM publishing_summaryorder), (SELECT sum(version) FROM budget_line),
       (SELECT sum(version) FROM reporting_measurestatus), (SELECT sum(version) FROM budget_climatebudget),
       (SELECT sum(version) FROM strategy_strategy), (SELECT sum(version) FROM strategy_hearinganswer),
       (SELECT sum(version) FROM strategy_hearingremark), (SELECT sum(version) FROM strategy_hearinground),
       (SELECT count(*) FROM procrastinate_jobs), (SELECT count(*) FROM emissions_uploadreading),
       (SELECT sum(version) FROM strategy_measure), (SELECT count(*) FROM web_upload),
       (SELECT count(*) FROM strategy_milestone), (SELECT count(*) FROM strategy_indicator),
       (SELECT count(*) FROM strategy_decisionnote), (SELECT count(*) FROM strategy_decisiontransition),
       (SELECT sum(inhabitants) FROM emissions_population),
       (SELECT count(*) FROM emissions_activity),
       (SELECT count(*) FROM budget_estimate), (SELECT count(*) FROM budget_estimatefactor),
       (SELECT count(*) FROM budget_line), (SELECT count(*) FROM budget_overlap),
       (SELECT count(*) FROM budget_funding), (SELECT count(*) FROM budget_referencepolicy),
       (SELECT count(*) FROM budget_documentorder), (SELECT sum(version) FROM budget_scenario),
       (SELECT count(*) FROM budget_scenariochange), (SELECT count(*) FROM reporting_escalationrelease),
       (SELECT count(*) FROM web_outboxmail WHERE state = 'queued'),
       (SELECT sum(version) FROM reporting_deviation),
       (SELECT count(*) FROM reporting_measurecomment),
       (SELECT count(*) FROM reporting_planlink), (SELECT sum(version) FROM reporting_periodstep),
       (SELECT count(*) FROM reporting_checklisttick),
       (SELECT sum(version) FROM reporting_measureproposal),
       (SELECT sum(version) FROM reporting_strategyfollowup),
       (SELECT sum(version) FROM reporting_leaderquestion)
"""


def written() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("login", ["", *sorted(EVERYBODY)])
def test_nobody_writes_what_is_not_hers(login: str) -> None:
    client = client_for(login)
    before = written()
    for name, case in POST.items():
        if login in case.allowed:
            continue
        answer = client.post(case.url())
        refused = (302,) if not login else (403, 404)
        assert answer.status_code in refused, (name, answer.status_code)
        if not login:
            assert answer["Location"].startswith("/logg-inn/")
    assert written() == before


def test_a_post_without_token_is_refused_everywhere() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("klima"))
    before = written()
    for name, case in POST.items():
        assert (name, strict.post(case.url()).status_code) == (name, 403)
    assert written() == before


def without_tokens(page: bytes) -> bytes:
    """The page without its CSRF tokens, which are masked differently each time."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)


def test_another_units_report_looks_like_one_that_does_not_exist() -> None:
    client = client_for("annen")
    other = client.get(transport("report")())
    missing = client.get(reverse("reporting:report", args=["2026-T2", 999_999]))
    assert (other.status_code, missing.status_code) == (404, 404)
    assert without_tokens(other.content) == without_tokens(missing.content)


def test_a_role_taken_away_is_gone_at_the_next_click() -> None:
    client = client_for("klima")
    url = reverse("emissions:import")
    assert client.get(url).status_code == 200
    Appointment.objects.filter(user__email="klima@drammen.example").delete()
    assert client.get(url).status_code == 403
