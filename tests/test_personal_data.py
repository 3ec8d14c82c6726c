"""Every column about a person stands in the declaration behind «Personvern», and in docs/personvern.md.

A new one without a row is named here: add it to a row of climate_portal/home/personal_data.py, or below with
the reason why it says nothing about anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import reverse

from climate_portal.home.personal_data import GROUPS, ages, days_in_words, protocol
from organisation.models import User
from tests.cast import Cast
from tests.html_rules import broken_rules
from web.contributions import collect, retention
from web.names import Names, names_read_once

# How a column is called that holds a user's id without a key to her.
_A_USERS_ID = re.compile(r"^(user|recipient|person|owner|member)_id$")

# Text about no person, by why.
ABOUT_NO_PERSON = {
    "names, titles and codes of things, units and bodies": """
        organisation.Unit.name organisation.UnitChange.name organisation.BodyName.name
        organisation.BodyName.definite organisation.BodyName.genitive organisation.Municipality.name
        organisation.Municipality.number organisation.Municipality.organisation
        organisation.Municipality.chief_title organisation.Municipality.network
        organisation.Municipality.leader_title organisation.Municipality.middle_title
        organisation.Municipality.director_title
        klimalaget.Meeting.title klimalaget.Meeting.place
        reporting.Period.case_number reporting.PlanRowMoney.plan_row reporting.PlanLink.plan_row
        budget.ClimateBudget.case_number budget.ClimateBudget.adopted_target_title
        budget.Line.attachment_url budget.Line.plan_reference budget.Line.decision_reference
        budget.Line.adopted_code budget.Line.adopted_title budget.Line.adopted_unit_name
        budget.Line.adopted_focus_area budget.Line.adopted_indicators
        budget.Funding.scheme budget.EstimateFactor.code budget.EstimateFactor.name
        budget.EstimateFactor.source budget.ReferencePolicy.title budget.Scenario.name
        budget.ScenarioChange.title
        strategy.BarometerIndicator.name strategy.BarometerIndicator.unit_label
        strategy.BarometerIndicator.source strategy.BarometerValue.source_note
        strategy.PolicyArea.title strategy.PolicyArea.source strategy.PlanGoal.code strategy.PlanGoal.title
        strategy.PlanStrategy.code strategy.PlanStrategy.title strategy.Strategy.title strategy.Strategy.slug
        strategy.Strategy.covers strategy.Strategy.decided_when strategy.Strategy.case_number
        strategy.Strategy.source strategy.FocusArea.title strategy.Theme.title strategy.Measure.code
        strategy.Measure.title strategy.Measure.decision_reference strategy.Decision.case_number
        strategy.Decision.no_case_number strategy.Decision.decided_when strategy.Decision.title
        strategy.Decision.no_unit strategy.Decision.source strategy.HearingRound.title
        strategy.HearingSection.title strategy.Milestone.title strategy.Indicator.name
        strategy.Indicator.unit_label strategy.Target.title strategy.Target.source
        strategy.TargetCeiling.decision strategy.TargetIndicator.name strategy.TargetIndicator.unit_label
        strategy.TargetIndicator.source emissions.Municipality.name emissions.Municipality.number
        emissions.Sector.name emissions.Source.name emissions.Edition.publisher
        emissions.EditionUndone.publisher emissions.Figure.gas emissions.ActivityType.name
        emissions.EmissionFactor.source emissions.Population.source publishing.Publication.case_number
        publishing.SummaryOrder.case_number""",
    "names of files, and how they are read": """
        budget.AdoptedDocument.file_name
        reporting.StatusImport.file_name reporting.MoneyImport.file_name emissions.Edition.file_name
        emissions.EditionUndone.file_name emissions.Edition.shape emissions.Edition.oddities
        emissions.UploadReading.headers emissions.UploadReading.state emissions.UploadReading.municipality
        emissions.UploadReading.problem emissions.UploadReading.statistics
        web.Upload.kind web.Upload.about web.Upload.columns""",
    "codes of our own": """
        reporting.ReportTransition.by_as reporting.ReportLogEntry.by_as reporting.ReportTransition.from_state
        reporting.ReportTransition.to_state reporting.UnitReport.correction_origin
        budget.BudgetTransition.from_state budget.BudgetTransition.to_state budget.BudgetSnapshot.state
        budget.DocumentOrder.state budget.DocumentOrder.error publishing.SummaryOrder.audience
        publishing.SummaryOrder.state publishing.SummaryOrder.error strategy.StrategyTransition.from_state
        strategy.StrategyTransition.to_state strategy.DecisionTransition.from_status
        strategy.DecisionTransition.to_status budget.Estimate.factors web.Submission.token
        web.Submission.result_url web.OutboxMail.key web.OutboxMail.kind web.OutboxMail.about_url
        web.OutboxMail.message_id web.OutboxMail.trouble sessions.Session.session_key""",
    "tables of libraries where nothing is written about people": """
        account.EmailAddress.user account.EmailAddress.email account.EmailConfirmation.key
        socialaccount.SocialApp.client_id socialaccount.SocialApp.key socialaccount.SocialApp.name
        socialaccount.SocialApp.provider socialaccount.SocialApp.provider_id socialaccount.SocialApp.secret
        socialaccount.SocialApp.settings socialaccount.SocialToken.token
        socialaccount.SocialToken.token_secret
        auth.Permission.name auth.Permission.codename auth.Group.name
        contenttypes.ContentType.app_label contenttypes.ContentType.model
        procrastinate.ProcrastinateJob.queue_name procrastinate.ProcrastinateJob.task_name
        procrastinate.ProcrastinateJob.lock procrastinate.ProcrastinateJob.args
        procrastinate.ProcrastinateJob.queueing_lock procrastinate.ProcrastinatePeriodicDefer.task_name
        procrastinate.ProcrastinatePeriodicDefer.periodic_id""",
}
_CHECKSUM = re.compile(r"sha256$")


def columns_about_people(*found: type[models.Model]) -> Iterator[str]:
    """Keys to people, their numbers, addresses, and all text but codes, of every table but history's own."""
    for model in found or apps.get_models(include_auto_created=True):
        if hasattr(model, "pgh_tracked_model") or model._meta.app_label == "pghistory":
            continue
        for one in model._meta.concrete_fields:
            if one.related_model is User or _is_text(one) or _A_USERS_ID.match(one.name):
                yield f"{model._meta.label}.{one.name}"


def _is_text(column: models.Field[object, object]) -> bool:
    kinds = models.CharField | models.TextField | models.JSONField | models.GenericIPAddressField
    return isinstance(column, kinds) and not column.choices and not _CHECKSUM.search(column.name)


def declared() -> set[str]:
    return {name for group in GROUPS for row in group.rows for name in row.columns}


def excused() -> set[str]:
    return {name for names in ABOUT_NO_PERSON.values() for name in names.split()}


def test_every_column_about_a_person_stands_in_a_row() -> None:
    assert sorted(set(columns_about_people()) - declared() - excused()) == []


def test_what_is_declared_and_excused_is_there_and_once() -> None:
    there = set(columns_about_people())
    assert sorted((declared() | excused()) - there) == []
    assert sorted(declared() & excused()) == []


def test_a_new_column_is_named() -> None:
    """The control."""
    with isolate_apps():

        class Leave(models.Model):  # noqa: DJ008
            person = models.ForeignKey(User, on_delete=models.CASCADE)
            reason = models.TextField()
            days = models.IntegerField()

            class Meta:
                app_label = "organisation"

    assert list(columns_about_people(Leave)) == ["organisation.Leave.person", "organisation.Leave.reason"]


def test_every_age_is_told_and_every_told_age_is_one() -> None:
    told = {
        name for group in GROUPS for row in group.rows for name in re.findall(r"{(\w+)}", str(row.how_long))
    }
    assert told == {one.kind for one in collect(retention)}


@pytest.mark.parametrize(
    ("days", "words"), [(1, "ett døgn"), (90, "90 dager"), (365, "ett år"), (730, "to år"), (3650, "10 år")]
)
def test_days_in_words(days: int, words: str) -> None:
    assert days_in_words(days) == words


# --- The document ---------------------------------------------------------------------------------


def document_rows() -> list[str]:
    text = (Path(settings.BASE_DIR) / "docs" / "personvern.md").read_text(encoding="utf-8")
    _before, table = text.split("## Protokoll", 1)
    return [line for line in table.split("\n## ", 1)[0].splitlines() if line.startswith("| ")]


def test_the_document_has_the_protocol_and_nothing_else() -> None:
    """To mend it: the lines of this test's message, as they are."""
    expected = ["| opplysninger | hvorfor | hvem ser det | hvor lenge |"]
    with names_read_once(Names()):
        lines_by_title = protocol(ages())
    for title, lines in lines_by_title:
        expected.append(f"| **{title}** | | | |")
        expected += [f"| {one.what} | {one.why} | {one.who_sees} | {one.how_long} |" for one in lines]
    assert document_rows() == expected


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_anybody_reads_the_protocol_and_nothing_about_anybody(cast: Cast) -> None:
    answer = Client().get(reverse("privacy"))
    assert answer.status_code == 200
    assert "Mine opplysninger" not in answer.text
    assert broken_rules(answer.text) == []
    for _title, lines in protocol(ages()):
        assert all(str(one.what) in answer.text for one in lines)
    html = answer.text.replace(settings.SUPPORT_EMAIL, "")
    assert not [word for row in User.objects.values_list("name", "email") for word in row if word in html]
    assert Client().get(reverse("own_data", args=["json"])).status_code == 302


@pytest.mark.django_db
def test_every_page_leads_to_it(cast: Cast, as_user: object) -> None:
    for page in (Client().get(reverse("account_login")), Client().get("/finnes-ikke/")):
        assert f'href="{reverse("privacy")}"' in page.text


@pytest.mark.django_db
def test_contact_is_the_privacy_officer_where_there_is_one(settings: object) -> None:
    assert f'mailto:{settings.SUPPORT_EMAIL}"' in Client().get(reverse("privacy")).text  # type: ignore[attr-defined]
    settings.PRIVACY_EMAIL = "ombud@kommune.example"  # type: ignore[attr-defined]
    assert 'mailto:ombud@kommune.example"' in Client().get(reverse("privacy")).text
