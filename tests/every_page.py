"""Every page of the portal, who looks at it and where it is, for the sweeps in tests/test_browser_pages_*.py.

Each page is opened in a real browser: no error, no breach of the policy, no title that another page has. The
layout and what axe finds depend on the templates, not on who is logged in: they are looked at on the first
page of a file that shows a template, a piece or a form field.

Pages that only exist in the middle of something (a preview, a step, a receipt) are looked at where the
journey passes them, in tests/test_browser_journey.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db.models import Model
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from budget.models import ClimateBudget, Estimate, Funding, Scenario
from climate_portal.demo_data.chain import AREA_APPROVES, CORRECTED
from climate_portal.demo_data.messages import fill_letter_box
from climate_portal.demo_data.organisation import (
    LEAVES,
    PROPOSED_TO,
    SERVICES,
    SHUT_OUT,
    SINCE,
    TRANSPORT,
    person,
)
from emissions.actions.uploads import keep_large_statistics
from emissions.models import ActivityType, Edition, Population
from emissions.views.population import population_import
from organisation.enums import LinkPurpose
from organisation.importers.personnel_file import kept_of
from organisation.models import Appointment, AppointmentProposal, Unit, UnitChange, User
from organisation.queries.links import link_path
from organisation.queries.two_steps import has_two_steps
from organisation.views.people_file import people_import
from organisation.views.personnel_file import personnel_import
from organisation.views.unit_file import unit_import
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
from reporting.rules.deadlines import NAMES
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
from strategy.views.barometer_import import value_import
from strategy.views.measure_import import measure_import
from tests.browser import Site, Tab, Tabs, faults_of, heading_faults, open_tabs
from tests.file_imports import keep
from web.mail_folder import folder_mail

Address = Callable[[], str]


def plain(name: str, *arguments: object, query: str = "") -> Address:
    return lambda: reverse(name, args=arguments) + query


def first(model: type[BarometerIndicator] | type[Decision], name: str) -> Address:
    return lambda: reverse(f"strategy:{name}", args=[model.objects.order_by("pk")[0].pk])


def other_basis() -> str:
    """The draft on the older of the two editions."""
    draft = ClimateBudget.objects.get(year=2027, scope="community_direct")
    older = Edition.objects.filter(scope="community_direct").exclude(pk=draft.edition_id)[0]
    query = f"?mal={draft.target_id}&utgave={older.pk}&regel=flat"
    return reverse("budget:confirm_basis", args=[2027, "kommunen-direkte", 1]) + query


def estimate_again() -> str:
    return reverse("budget:estimate_again", args=[Estimate.objects.order_by("pk")[0].pk])


def line(name: str, year: int, code: str, *more: str) -> Address:
    def address() -> str:
        budget = ClimateBudget.objects.get(year=year, scope="community_direct")
        return reverse(f"budget:{name}", args=[budget.lines.get(measure__code=code).pk, *more])

    return address


def plan_part(name: str, parts: str) -> Address:
    """The page of the first milestone or indicator of T1."""

    def address() -> str:
        part = getattr(Measure.objects.get(code="T1"), parts).order_by("pk")[0]
        return reverse(f"strategy:{name}", args=["T1", part.pk])

    return address


def draft() -> ClimateBudget:
    return ClimateBudget.objects.get(year=2027, scope="community_direct")


def part(name: str, related: str) -> Address:
    """A page of one row of the draft."""
    return lambda: reverse(f"budget:{name}", args=[getattr(draft(), related).order_by("pk")[0].pk])


def funding(name: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[Funding.objects.filter(line__budget=draft())[0].pk])


def shared_source() -> int:
    return draft().overlaps.order_by("pk")[0].source_id


def copy_address() -> str:
    adopted = ClimateBudget.objects.get(year=2026, state="adopted")
    query = {
        "ar": 2028,
        "mal": adopted.target_id,
        "utgave": adopted.edition_id,
        "fra": adopted.pk,
        "regel": "flat",
    }
    return f"{reverse('budget:copy_forward')}?{urlencode(query)}"


def scenario(name: str, *more: object) -> Address:
    return lambda: reverse(f"budget:{name}", args=[Scenario.objects.get().pk, *more])


def unit_called(name: str, unit: str, *more: str) -> Address:
    return lambda: reverse(f"organisation:{name}", args=[Unit.objects.get(name=unit).pk, *more])


def invitation() -> str:
    """The way in of somebody who has not come yet."""
    invited = person("ny.kontakt")
    return link_path(invited, LinkPurpose.INVITATION, timezone.now())


def one_time_link(purpose: LinkPurpose) -> Address:
    return lambda: link_path(person("kontakt"), purpose, timezone.now())


def who(name: str, login: str) -> Address:
    return lambda: reverse(f"organisation:{name}", args=[person(login).pk])


def role_of(name: str, unit: str, *, comes: bool = False) -> Address:
    """A page of a contact's role in a unit."""

    def address() -> str:
        roles = Appointment.objects.filter(unit__name=unit, role="contact", valid_to__gt=SINCE)
        coming = Appointment.objects.filter(unit__name=unit, role="contact", valid_to=None)
        return reverse(f"organisation:{name}", args=[(coming if comes else roles)[0].pk])

    return address


def transport() -> Unit:
    return Unit.objects.get(name="Samferdsel, vei- og parkforvaltning")


def report(name: str, unit: str, kind: str = "T2") -> Address:
    def address() -> str:
        found = UnitReport.objects.get(period__kind=kind, unit__name=unit)
        return reverse(f"reporting:{name}", args=[found.period.code, found.unit_id])

    return address


def message() -> str:
    row = ReportMessage.objects.filter(period__kind="T2").order_by("pk")[0]
    return reverse("reporting:message", args=["2026-T2", row.pk])


def planned_message() -> str:
    period = Period.objects.get(kind="T2")
    key = overview_of(period, timezone.now()).planned[0].messages[0].key
    return f"{reverse('reporting:planned_message', args=[period.code])}?{urlencode({'melding': key})}"


def letter_box() -> str:
    fill_letter_box()
    return reverse("demo_mail")


def demo_letter() -> str:
    fill_letter_box()
    return reverse("demo_mail_text", args=[folder_mail()[0].name])


def deviation(name: str, code: str) -> Address:
    return lambda: reverse(f"reporting:{name}", args=[Deviation.objects.get(measure__code=code).pk])


def desk_page(name: str, code: str) -> Address:
    def address() -> str:
        status = MeasureStatus.objects.get(report__period__kind="T2", measure__code=code)
        return reverse(f"reporting:{name}", args=[status.report.period.code, status.pk])

    return address


def proposal(name: str, unit: str) -> Address:
    def address() -> str:
        found = MeasureProposal.objects.get(report__unit__name=unit)
        report = found.report
        return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id, found.pk])

    return address


def line_link() -> str:
    period = Period.objects.get(kind="T2")
    return reverse("reporting:link_line", args=[period.code, period.budget.lines.get(measure__code="T8").pk])


def unit_page(name: str, *more: str) -> Address:
    return lambda: reverse(f"reporting:{name}", args=[transport().pk, *more])


def moved_measure() -> str:
    found = UnitReport.objects.get(period__kind="T2", unit=transport())
    return reverse("reporting:move_measure", args=["2026-T2", found.unit_id, found.statuses.all()[0].pk])


def opening() -> str:
    """What opening the year's last period would make."""
    query = {"vis": "oversikt", "year": "2026", "kind": "AR", "case_number": "26/77"}
    query["budget"] = str(ClimateBudget.objects.get(year=2026, state="adopted").pk)
    for number, name in enumerate(NAMES, start=1):
        query |= {f"{name}_day": f"{number}.02.2027", f"{name}_time": "08.00"}
    return f"{reverse('reporting:open_period')}?{urlencode(query)}"


def propose(kind: str) -> Address:
    return lambda: f"{report('report', 'Samferdsel, vei- og parkforvaltning')()}forslag/{kind}/"


def yearly_part(unit: str) -> Address:
    return lambda: reverse("reporting:follow_up", args=[2026, Unit.objects.get(name=unit).pk])


def question(asked: str) -> Address:
    return lambda: reverse("reporting:question", args=[LeaderQuestion.objects.get(to_unit__name=asked).pk])


def waiting_file() -> str:
    """A large file in the queue; the page asks how far it is once a second."""
    reading = keep_large_statistics(
        by=person("klima"), file_name="landet.csv", pieces=[b"x"], municipality="Drammen"
    )
    return reverse("emissions:import_reading", args=[reading.pk])


def measures_with_other_headings() -> str:
    content = b"Nr;Navn;Slag;Vekt\nT1;Biler;tiltak;3\n"
    upload = keep(measure_import(), person("klima"), content, "tiltak.csv")
    return reverse("strategy:import_measures_columns", args=[upload.pk])


def unit_file() -> str:
    """A file of units that would make one, and has a wrong row."""
    rows = "Navn;Type;Hører til;Til\nEksempelkontoret;stab;;\nEksempelet;sta;;"
    upload = keep(unit_import(), person("admin"), rows.encode(), "virksomheter.csv")
    return reverse("organisation:units_file_preview", args=[upload.pk])


def people_file() -> str:
    """A file of people that would invite one, and change nothing of another."""
    rows = (
        "Navn;E-post;Rolle;Til\nNy Eksempel;ny@drammen.example;leser;\n"
        f"{person('utvalg').name};utvalg@drammen.example;leser;31.12.2030"
    )
    upload = keep(people_import(), person("admin"), rows.encode(), "personer.csv")
    return reverse("organisation:people_file_preview", args=[upload.pk])


def personnel_file() -> str:
    """A file of somebody employed, where most of those who are here are not."""
    rows = "Navn;E-post;Lønn\nIngen Her-Eksempel;ingen.her@drammen.example;1"
    kept = kept_of(rows.encode(), "ansatte.csv")
    upload = keep(personnel_import(), person("admin"), kept, "ansatte.csv")
    return reverse("organisation:personnel_file_preview", args=[upload.pk])


def population_file() -> str:
    """A year that is taken in, and a municipality nobody knows."""
    rows = "Kommune;År;Innbyggere 1. januar;Kilde\nDrammen;1999;54000;SSB\nIngensteds;1999;1;SSB\n"
    upload = keep(population_import(), person("klima"), rows.encode(), "folketall.csv")
    return reverse("emissions:population_preview", args=[upload.pk])


def barometer_file() -> str:
    """A figure that is taken in, and one in a period that is none."""
    name = BarometerIndicator.objects.filter(frequency="quarter").order_by("pk")[0].name
    rows = f"Indikator;Periode;Verdi;Mangler fordi;Kilde\n{name};2019-K1;1;;brev\n{name};i fjor;2;;\n"
    upload = keep(value_import(), person("klima"), rows.encode(), "tall.csv")
    return reverse("strategy:barometer_preview", args=[upload.pk])


def edition_effect() -> str:
    later, earlier = Edition.objects.filter(scope="community_direct").order_by("-published")[:2]
    return f"{reverse('strategy:edition_effect')}?fra={earlier.pk}&til={later.pk}"


DRAFT_STRATEGY = "klimastrategi-for-drammen-2035-eksempel"


def newest(name: str, model: type[Model], **which: object) -> Address:
    """A page of the newest row of a model, which belongs to the draft strategy."""
    return lambda: reverse(f"strategy:{name}", args=[model._default_manager.filter(**which).latest("pk").pk])


def kitchen_answer() -> str:
    answer = HearingAnswer.objects.get(unit__name="Ernæring og kjøkkendrift")
    return reverse("strategy:hearing_answer", args=[answer.round_id, answer.unit_id])


# Page, who looks at it, where it is.
TWO_STEPS = "kontakt.drift"


def with_two_steps(name: str) -> Address:
    """A page of whoever logs in with a code from an app."""

    def address() -> str:
        give_two_steps()
        return reverse(name)

    return address


def reset_of_two_steps() -> str:
    return reverse("organisation:reset_two_steps", args=[give_two_steps().pk])


def give_two_steps() -> User:
    user = person(TWO_STEPS)
    if not has_two_steps(user):
        TOTP.activate(user, generate_totp_secret())
    return user


PAGES: dict[str, tuple[str, Address]] = {
    "publishing:public_page": ("", plain("publishing:public_page")),
    "account_login": ("", plain("account_login")),
    "account_logout": ("klima", plain("account_logout")),
    "account_forgotten": ("", plain("account_forgotten")),
    "account_own": ("kontakt", plain("account_own")),
    "account_password": ("kontakt", plain("account_password")),
    "account_two_steps": ("kontakt", plain("account_two_steps")),
    "account_codes": ("kontakt", plain("account_codes")),
    "account_new_codes": (TWO_STEPS, with_two_steps("account_new_codes")),
    "account_turn_off": (TWO_STEPS, with_two_steps("account_turn_off")),
    "organisation:login_log": ("revisor", plain("organisation:login_log")),
    "organisation:reset_two_steps": ("admin", reset_of_two_steps),
    "organisation:two_steps": ("admin", plain("organisation:two_steps")),
    "account_new_password": ("", one_time_link(LinkPurpose.NEW_PASSWORD)),
    "account_open": ("", one_time_link(LinkPurpose.OPEN_ACCOUNT)),
    "min_side of kontakt": ("kontakt", plain("min_side")),
    "min_side of leder": ("leder.arealplan", plain("min_side")),
    "min_side of klima": ("klima", plain("min_side")),
    "min_side of utvalg": ("utvalg", plain("min_side")),
    "history": (
        "revisor",
        lambda: reverse("history", args=["budget.climatebudget", ClimateBudget.objects.get(year=2026).pk]),
    ),
    "emissions:index": ("utvalg", plain("emissions:index")),
    "emissions:index, own operations": (
        "klima",
        plain("emissions:index", query="?omfang=egen-virksomhet-direkte"),
    ),
    "emissions:edition": (
        "revisor",
        lambda: reverse("emissions:edition", args=[Edition.objects.order_by("pk")[0].pk]),
    ),
    "emissions:development": ("utvalg", plain("emissions:development")),
    "emissions:development, per inhabitant": (
        "klima",
        plain("emissions:development", query="?vis=innbygger"),
    ),
    "emissions:shares": ("utvalg", plain("emissions:shares")),
    "emissions:two_years": ("utvalg", plain("emissions:two_years")),
    "emissions:sector": ("utvalg", plain("emissions:sector")),
    "emissions:population": ("revisor", plain("emissions:population")),
    "emissions:population_new": ("klima", plain("emissions:population_new")),
    "emissions:population_edit": (
        "klima",
        lambda: reverse("emissions:population_edit", args=[Population.objects.order_by("pk")[0].pk]),
    ),
    "emissions:population_import": ("klima", plain("emissions:population_import")),
    "emissions:population_preview": ("klima", population_file),
    "emissions:import": ("klima", plain("emissions:import")),
    "emissions:import_reading": ("klima", waiting_file),
    "emissions:edition_comparison": ("utvalg", plain("emissions:edition_comparison")),
    "emissions:edition_undo": (
        "klima",
        lambda: reverse("emissions:edition_undo", args=[Edition.objects.order_by("pk")[0].pk]),
    ),
    "strategy:edition_effect": ("utvalg", edition_effect),
    "emissions:own_operations": ("utvalg", plain("emissions:own_operations")),
    "emissions:own_year": ("klima", plain("emissions:own_year", 2023)),
    "emissions:own_close": ("klima", plain("emissions:own_close", 2024, "egen-virksomhet-direkte")),
    "emissions:own_units": ("klima", plain("emissions:own_units", 2024)),
    "emissions:own_entry": (
        "klima",
        lambda: reverse("emissions:own_entry", args=[2024, Unit.objects.get(name="Drammen Drift KF").pk]),
    ),
    "emissions:own_entry of revisor": (
        "revisor",
        lambda: reverse("emissions:own_entry", args=[2023, Unit.objects.get(name="Drammen Drift KF").pk]),
    ),
    "emissions:own_activity": (
        "klima",
        lambda: reverse(
            "emissions:own_activity", args=[2024, transport().pk, ActivityType.objects.first().pk]
        ),
    ),
    "emissions:own_upload": ("kontakt", plain("emissions:own_upload")),
    "emissions:own_factors": ("klima", plain("emissions:own_factors")),
    "emissions:own_factor": (
        "klima",
        lambda: reverse("emissions:own_factor", args=[ActivityType.objects.order_by("pk")[0].pk]),
    ),
    "strategy:index": ("utvalg", plain("strategy:index")),
    "strategy:detail": ("utvalg", plain("strategy:detail", "klimastrategi-2030")),
    "strategy:measure": ("klima", plain("strategy:measure", "T1")),
    "strategy:responsible": ("klima", plain("strategy:responsible", "T1")),
    "strategy:detail, draft": ("klima", plain("strategy:detail", DRAFT_STRATEGY)),
    "strategy:plan": ("utvalg", plain("strategy:plan")),
    "strategy:compare": ("utvalg", plain("strategy:compare", DRAFT_STRATEGY, "klimastrategi-2030")),
    "strategy:new": ("klima", plain("strategy:new")),
    "strategy:new_version": ("klima", plain("strategy:new_version", "klimastrategi-2030")),
    "strategy:edit": ("klima", plain("strategy:edit", DRAFT_STRATEGY)),
    "strategy:new_area": ("klima", plain("strategy:new_area", DRAFT_STRATEGY)),
    "strategy:edit_area": ("klima", newest("edit_area", FocusArea)),
    "strategy:new_theme": ("klima", newest("new_theme", FocusArea)),
    "strategy:edit_theme": ("klima", newest("edit_theme", Theme)),
    "strategy:place": ("klima", plain("strategy:place", DRAFT_STRATEGY)),
    "strategy:edit_placement": ("klima", newest("edit_placement", Placement)),
    "strategy:adopt": ("klima", plain("strategy:adopt", DRAFT_STRATEGY)),
    "strategy:target": ("utvalg", newest("target", Target, kind="emission")),
    "strategy:target, indicators": ("klima", newest("target", Target, kind="qualitative")),
    "strategy:new_target": ("klima", plain("strategy:new_target", DRAFT_STRATEGY)),
    "strategy:edit_target": ("klima", newest("edit_target", Target)),
    "strategy:ceiling": ("klima", newest("ceiling", Target, kind="emission")),
    "strategy:new_start": ("klima", newest("new_start", Target, kind="emission")),
    "strategy:new_target_indicator": ("klima", newest("new_target_indicator", Target, kind="qualitative")),
    "strategy:edit_indicator": ("klima", newest("edit_indicator", TargetIndicator)),
    "strategy:indicator_value": ("klima", newest("indicator_value", TargetIndicator)),
    "strategy:send_hearing": ("klima", plain("strategy:send_hearing", DRAFT_STRATEGY)),
    "strategy:hearing of klima": ("klima", newest("hearing", HearingRound)),
    "strategy:hearing of annen": ("annen", newest("hearing", HearingRound)),
    "strategy:close_hearing": ("klima", newest("close_hearing", HearingRound)),
    "strategy:hearing_answer": ("annen", kitchen_answer),
    "strategy:dispose": ("klima", newest("dispose", HearingRemark)),
    "strategy:publish_hearing": ("klima", newest("publish_hearing", HearingRound)),
    "strategy:measures": ("klima", plain("strategy:measures")),
    "strategy:new_measure": ("klima", plain("strategy:new_measure")),
    "strategy:edit_measure": ("klima", plain("strategy:edit_measure", "T1")),
    "strategy:move_measure": ("klima", plain("strategy:move_measure", "T1")),
    "strategy:reassign": ("klima", plain("strategy:reassign")),
    "strategy:import_measures": ("klima", plain("strategy:import_measures")),
    "strategy:import_measures_columns": ("klima", measures_with_other_headings),
    "strategy:new_milestone": ("klima", plain("strategy:new_milestone", "T1")),
    "strategy:milestone": ("klima", plan_part("milestone", "milestones")),
    "strategy:new_indicator": ("klima", plain("strategy:new_indicator", "T1")),
    "strategy:indicator": ("klima", plan_part("indicator", "indicators")),
    "strategy:plan of klima": ("klima", plain("strategy:plan")),
    "strategy:new_plan_part": ("klima", plain("strategy:new_plan_part", "strategi")),
    "strategy:edit_plan_part": (
        "klima",
        lambda: reverse("strategy:edit_plan_part", args=["delmal", PlanGoal.objects.order_by("pk")[0].pk]),
    ),
    "strategy:barometer": ("klima", plain("strategy:barometer")),
    "strategy:barometer_indicator": (
        "klima",
        first(BarometerIndicator, "barometer_indicator"),
    ),
    "strategy:barometer_import": ("klima", plain("strategy:barometer_import")),
    "strategy:barometer_preview": ("klima", barometer_file),
    "strategy:barometer_period": ("klima", plain("strategy:barometer_period")),
    "strategy:barometer_new": ("klima", plain("strategy:barometer_new")),
    "strategy:barometer_edit": ("klima", first(BarometerIndicator, "barometer_edit")),
    "strategy:barometer_value": ("klima", first(BarometerIndicator, "barometer_value")),
    "strategy:decisions": ("klima", plain("strategy:decisions")),
    "strategy:decision": ("klima", first(Decision, "decision")),
    "strategy:decision_new": ("klima", plain("strategy:decision_new")),
    "strategy:decision_edit": ("klima", first(Decision, "decision_edit")),
    "strategy:decision_move": ("klima", first(Decision, "decision_move")),
    "budget:index": ("utvalg", plain("budget:index")),
    "budget:detail, adopted": ("utvalg", plain("budget:detail", 2026, "kommunen-direkte")),
    "budget:detail, draft": ("klima", plain("budget:detail", 2027, "kommunen-direkte")),
    "budget:files": ("utvalg", plain("budget:files", 2026, "kommunen-direkte", 1)),
    "budget:kept": ("utvalg", plain("budget:kept", "kommunen-direkte")),
    "budget:unit": ("kontakt", lambda: reverse("budget:unit", args=[transport().pk])),
    "budget:scenarios": ("analyse", plain("budget:scenarios", 2026, "kommunen-direkte", 1)),
    "budget:scenario": ("klima", scenario("scenario")),
    "budget:edit_scenario": ("klima", scenario("edit_scenario")),
    "budget:delete_scenario": ("klima", scenario("delete_scenario")),
    "budget:change_scenario, drop": ("klima", scenario("change_scenario", "ta-ut")),
    "budget:detail, estimates": (
        "klima",
        plain("budget:detail", 2027, "kommunen-direkte", query="?visning=spenn&grupper=sektor"),
    ),
    "budget:detail, costs": (
        "klima",
        plain("budget:detail", 2027, "kommunen-direkte", query="?visning=kostnad&grupper=virksomhet"),
    ),
    "budget:detail, funding": (
        "klima",
        plain("budget:detail", 2027, "kommunen-direkte", query="?visning=finansiering"),
    ),
    "budget:line": ("utvalg", line("line", 2026, "T4")),
    "budget:edit_line": ("klima", line("edit_line", 2027, "T8")),
    "budget:line, estimated": ("klima", line("line", 2027, "T7")),
    "budget:estimate_choice": ("klima", line("estimate_choice", 2027, "T7")),
    "budget:estimate": ("klima", line("estimate", 2027, "T7", "kjoretoy")),
    "budget:estimate, travel": ("klima", line("estimate", 2027, "T7", "reiser")),
    "budget:estimate_again": ("klima", estimate_again),
    "budget:factors": ("klima", plain("budget:factors")),
    "budget:line_import": ("klima", plain("budget:line_import", 2027, "kommunen-direkte", 1)),
    **{
        f"budget:{name}": ("klima", line(name, 2027, "T8"))
        for name in ("edit_sources", "edit_ranges", "edit_costs", "add_funding", "remove_line")
    },
    **{
        f"budget:{name}": ("klima", plain(f"budget:{name}", 2027, "kommunen-direkte", 1))
        for name in ("add_line", "overlaps", "reference", "add_policy", "import_reference")
    },
    "budget:create": ("klima", plain("budget:create")),
    "budget:record_adopted": ("klima", plain("budget:record_adopted")),
    "budget:record_draft": ("klima", plain("budget:record_draft", 2027, "kommunen-direkte", 1)),
    "budget:change_basis": ("klima", plain("budget:change_basis", 2027, "kommunen-direkte", 1)),
    "budget:confirm_basis": ("klima", other_basis),
    "budget:copy_forward": ("klima", copy_address),
    "budget:compare": ("utvalg", plain("budget:compare", 2026, "kommunen-direkte")),
    "budget:edit_reference": (
        "klima",
        lambda: reverse("budget:edit_reference", args=[2027, "kommunen-direkte", 1, shared_source()]),
    ),
    "budget:add_overlap": (
        "klima",
        lambda: plain("budget:add_overlap", 2027, "kommunen-direkte", 1, query=f"?kilde={shared_source()}")(),
    ),
    "budget:edit_overlap": ("klima", part("edit_overlap", "overlaps")),
    "budget:remove_overlap": ("klima", part("remove_overlap", "overlaps")),
    "budget:remove_policy": ("klima", part("remove_policy", "reference_policies")),
    "budget:edit_funding": ("klima", funding("edit_funding")),
    "budget:remove_funding": ("klima", funding("remove_funding")),
    "publishing:index of klima": ("klima", plain("publishing:index")),
    "publishing:index of utvalg": ("utvalg", plain("publishing:index")),
    "reporting:report, form": ("kontakt", report("report", "Samferdsel, vei- og parkforvaltning")),
    "reporting:report, page": ("revisor", report("report", "Drammen Eiendom KF")),
    "reporting:receipt": ("kontakt.eiendom", report("receipt", "Drammen Eiendom KF")),
    "reporting:approve": ("leder.arealplan", report("approve", "Arealplan")),
    "reporting:assure": ("klima", report("assure", "Drammen Parkering KF")),
    "reporting:messages": ("klima", plain("reporting:messages", "2026-T2")),
    "reporting:message": ("klima", message),
    "reporting:planned_message": ("klima", planned_message),
    "reporting:release_escalation": (
        "klima",
        report("release_escalation", "Samferdsel, vei- og parkforvaltning"),
    ),
    "demo_mail": ("kontakt", letter_box),
    "demo_mail_text": ("kontakt", demo_letter),
    "reporting:report, imported": ("klima", report("report", "Lønn og personal")),
    "reporting:deviations of klima": ("klima", plain("reporting:deviations")),
    "reporting:deviations of kontakt": ("kontakt", plain("reporting:deviations")),
    "reporting:deviation of radmann": ("radmann", deviation("deviation", "T15")),
    "reporting:deviation, decided": ("klima", deviation("deviation", "KL6")),
    "reporting:deviation_owner": ("klima", deviation("deviation_owner", "T8")),
    "reporting:deviation_decide": ("leder.drift", deviation("deviation_decide", "T15")),
    "reporting:deviation_close": ("klima", deviation("deviation_close", "KL6")),
    "reporting:desk": ("klima", plain("reporting:desk", "2026-T2")),
    "reporting:comment_measure": ("klima", desk_page("comment_measure", "T9")),
    "reporting:move_reported": ("klima", desk_page("move_reported", "T9")),
    "reporting:exchange": ("analyse", plain("reporting:exchange", "2026-T2")),
    "reporting:import_statuses": ("analyse", plain("reporting:import_statuses", "2026-T2")),
    "reporting:money of analyse": ("analyse", plain("reporting:money", "2026-T2")),
    "reporting:money of radmann": ("radmann", plain("reporting:money", "2026-T2")),
    "reporting:import_money": ("analyse", plain("reporting:import_money", "2026-T2")),
    "reporting:link_line": ("analyse", line_link),
    "reporting:finish_step": ("analyse", plain("reporting:finish_step", "2026-T2", "money")),
    "reporting:step_deadline": ("klima", plain("reporting:step_deadline", "2026-T2", "money")),
    "reporting:unit": ("kontakt", unit_page("unit")),
    "reporting:tick": ("kontakt", unit_page("tick", "T1", "milestone")),
    "reporting:open_period": ("klima", plain("reporting:open_period")),
    "reporting:open_period, preview": ("klima", opening),
    "reporting:settings": ("admin", plain("reporting:settings")),
    "reporting:use_settings": ("klima", plain("reporting:use_settings", "2026-T2")),
    "publishing:progress": ("klima", plain("publishing:progress", "2026-T2")),
    **{
        f"reporting:{name}": ("klima", plain(f"reporting:{name}", "2026-T2"))
        for name in ("deadlines", "close_period", "add_measure")
    },
    **{
        f"reporting:{name}": ("klima", report(name, "Samferdsel, vei- og parkforvaltning"))
        for name in ("extend", "set_up_report", "hand_over", "name_reporter")
    },
    "reporting:move_measure": ("klima", moved_measure),
    "reporting:report, of klima": ("klima", report("report", "Anskaffelser")),
    "reporting:area": (
        "direktor",
        lambda: reverse("reporting:area", args=["2026-T2", Unit.objects.get(name=SERVICES).pk]),
    ),
    "reporting:area_step": ("direktor", report("area_step", AREA_APPROVES)),
    "reporting:correct": ("klima", report("correct", "IKT", "T1")),
    "reporting:versions": ("klima", report("versions", CORRECTED, "T1")),
    "reporting:board": ("kontakt.drift", lambda: report("board", "Drammen Drift KF")()),
    "reporting:report, returned": ("kontakt.arrangement", report("report", "Arrangementer og aktiv fritid")),
    "reporting:report, effect on the gap": ("radmann", report("report", "Drammen Eiendom KF")),
    "reporting:propose": ("kontakt", propose("nytt-tiltak")),
    "reporting:propose, ended": ("kontakt", propose("avsluttet")),
    "reporting:edit_proposal": ("kontakt", proposal("edit_proposal", "Samferdsel, vei- og parkforvaltning")),
    "reporting:answer_proposal": ("klima", proposal("answer_proposal", "Drammen Parkering KF")),
    "reporting:proposals of klima": ("klima", plain("reporting:proposals")),
    "reporting:proposals of kontakt": ("kontakt.eiendom", plain("reporting:proposals")),
    "reporting:follow_ups": ("klima", plain("reporting:follow_ups", 2026)),
    "reporting:follow_up, form": ("leder", yearly_part("Samferdsel, vei- og parkforvaltning")),
    "reporting:follow_up, page": ("klima", yearly_part("Anskaffelser")),
    "reporting:questions": ("direktor", plain("reporting:questions")),
    "reporting:new_question": ("leder", plain("reporting:new_question")),
    "reporting:question, to answer": ("leder", question("Samferdsel, vei- og parkforvaltning")),
    "reporting:question, answered": ("klima", question("Drammen Eiendom KF")),
    "publishing:dashboard of radmann": ("radmann", plain("publishing:dashboard", "2026-T2")),
    "publishing:dashboard of direktor": ("direktor", plain("publishing:dashboard", "2026-T2")),
    "publishing:dashboard of leder": ("leder", plain("publishing:dashboard", "2026-T2")),
    "publishing:publications": ("klima", plain("publishing:publications", "2026-T1")),
    "publishing:publications of utvalg": ("utvalg", plain("publishing:publications", "2026-T1")),
    "publishing:publish": ("klima", plain("publishing:publish", "2026-T2", query="?for=klimautvalget")),
    "publishing:chapter": ("analyse", plain("publishing:chapter", "2026-T1")),
    "publishing:public_publication": ("", plain("publishing:public_publication", "2026-T1", 1)),
    "first_day": ("admin", plain("first_day")),
    "strategy:starter_list": ("klima", plain("strategy:starter_list")),
    "leadership:index": ("utvalg", plain("leadership:index")),
    "klimalaget:index": ("klima", plain("klimalaget:index")),
    "organisation:index": ("kontakt", plain("organisation:index")),
    "account_welcome": ("", invitation),
    "privacy": ("", plain("privacy")),
    "privacy, mine": ("kontakt", plain("privacy")),
    "organisation:index of admin": ("admin", plain("organisation:index")),
    "organisation:new_unit": ("admin", plain("organisation:new_unit")),
    "organisation:units_file": ("admin", plain("organisation:units_file")),
    "organisation:units_file_preview": ("admin", unit_file),
    "organisation:people_file": ("admin", plain("organisation:people_file")),
    "organisation:people_file_preview": ("admin", people_file),
    "organisation:personnel_file": ("admin", plain("organisation:personnel_file")),
    "organisation:personnel_file_preview": ("admin", personnel_file),
    "organisation:people": ("kontakt", plain("organisation:people")),
    "organisation:unowned": ("admin", plain("organisation:unowned")),
    "organisation:invite": ("admin", plain("organisation:invite")),
    "organisation:unit": ("admin", unit_called("unit", LEAVES)),
    "organisation:unit, proposed to": ("klima", unit_called("unit", PROPOSED_TO)),
    "organisation:person": ("admin", who("person", "kontakt.kompetanse")),
    "organisation:edit_person": ("admin", who("edit_person", "kontakt")),
    "organisation:shut_out": ("admin", who("shut_out", "kontakt")),
    "organisation:take_back": ("admin", who("take_back", SHUT_OUT)),
    "organisation:erase_person": ("admin", who("erase_person", SHUT_OUT)),
    "organisation:give_role": ("leder", unit_called("give_role", TRANSPORT)),
    "organisation:propose_role": ("klima", unit_called("propose_role", PROPOSED_TO)),
    "organisation:answer_proposal": (
        "leder.parkering",
        lambda: reverse("organisation:answer_proposal", args=[AppointmentProposal.objects.get().pk, "ja"]),
    ),
    "organisation:role_dates": ("klima", role_of("role_dates", LEAVES)),
    "organisation:end_role": ("klima", role_of("end_role", LEAVES)),
    "organisation:withdraw_role": ("klima", role_of("withdraw_role", LEAVES, comes=True)),
    "organisation:handover": ("kontakt.kompetanse", role_of("handover", LEAVES)),
    "organisation:change_unit": ("admin", unit_called("change_unit", TRANSPORT, "legg-ned")),
    "organisation:change_unit, name": ("admin", unit_called("change_unit", TRANSPORT, "navn")),
    "organisation:cancel_change": (
        "admin",
        lambda: reverse("organisation:cancel_change", args=[UnitChange.objects.get().pk]),
    ),
    "organisation:switches": ("admin", plain("organisation:switches")),
    "organisation:year": ("kontakt", plain("organisation:year")),
    "organisation:edit_year": ("klima", plain("organisation:edit_year")),
    "organisation:names": ("admin", plain("organisation:names")),
    "organisation:municipality": ("admin", plain("organisation:municipality")),
    "organisation:body_name": ("admin", plain("organisation:body_name", "utvalg")),
}
# Looked at where the journey passes them.
IN_THE_JOURNEY = {
    "emissions:import_preview",
    "emissions:import_columns",
    "emissions:import_receipt",
    # Its table and form are those of the preview of a reorganisation; tests/test_measure_pages.py reads it.
    "strategy:import_measures_preview",
    "emissions:own_preview",
    "budget:hand_over",
    "budget:propose",
    "budget:adopt",
    "budget:take_back",
    "budget:start_revision",
    "budget:document",
    # The same form as closing; tests/test_deviations.py reads it.
    "reporting:deviation_reopen",
    # Their tables are those of the import of measures; tests of each read them.
    "reporting:import_preview",
    "reporting:money_preview",
    "budget:reference_preview",
    "budget:line_preview",
    "reporting:assure_many",
    "publishing:order",
    # Logging in with two steps: tests/test_browser_first_day.py.
    "account_code",
}


@dataclass
class Sweep:
    """A tab for each person, and what the pages before this one have shown.

    The tabs stay open from page to page: a new one costs more than most pages do.
    """

    tabs: Tabs
    by_login: dict[str, Tab] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # and the route of the page that has it
    templates: set[str] = field(default_factory=set)

    def look_at(self, name: str) -> None:
        login, address = PAGES[name]
        if login not in self.by_login:
            self.by_login[login] = self.tabs.open(login)
        tab, path = self.by_login[login], address()
        with templates_used() as used:
            tab.go(path)
        assert heading_faults(tab.page) == []
        # Different people may see the same page under one title, and a report is one from form to receipt.
        route = route_of(name)
        assert room_of(name) == "reporting" or self.titles.setdefault(tab.page.title(), route) == route
        if not used <= self.templates:
            self.templates |= used
            assert faults_of(tab.page) == []
        tab.page.wait_for_load_state()
        assert self.tabs.problems() == ""


@pytest.fixture(scope="module")
def sweep(site: Site, chromium: Browser) -> Iterator[Sweep]:
    with open_tabs(chromium, site.origin) as tabs:
        yield Sweep(tabs)


def pages_of(*rooms: str) -> list[str]:
    return [name for name in PAGES if room_of(name) in rooms]


@contextmanager
def templates_used() -> Iterator[set[str]]:
    """The names of the templates that are rendered meanwhile, those of form fields too."""
    used: set[str] = set()

    def note(template: Any, **_: object) -> None:
        used.add(str(template.name))

    template_rendered.connect(note)
    try:
        yield used
    finally:
        template_rendered.disconnect(note)


def route_of(page: str) -> str:
    return page.partition(" of ")[0].partition(",")[0]


def room_of(page: str) -> str:
    """The room of a page; nothing for Min side and the other pages that belong to none."""
    return page.partition(":")[0] if ":" in page else ""
