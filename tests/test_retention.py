"""What has an age is let go by one job, which asks the rooms; one that fails stands in nobody's way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from organisation.actions.handovers import NOTE_KEPT
from organisation.models import Appointment, Handover, LoginLogEntry
from reporting.enums import MessageKind
from reporting.models import ReportMessage
from tests.cast import Cast
from tests.clock import NOW
from tests.reporting_world import World
from tests.test_append_only import sent
from web import contributions
from web.actors import WORKER
from web.contributions import AgeEnds, Retention, collect, register, retention
from web.jobs import let_go
from web.models import OutboxMail, Submission
from web.retention import carry_out_ages

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [one.kind for one in collect(retention)]


def test_no_two_ages_are_of_the_same_kind() -> None:
    assert len(kinds()) == len(set(kinds()))


def test_days_that_are_a_setting_are_that_settings() -> None:
    named = {one.setting: one.days for one in collect(retention) if one.setting}
    assert named == {name: getattr(settings, name.removeprefix("PORTAL_")) for name in named} != {}


def test_lines_of_the_login_log_go_after_their_age(cast: Cast) -> None:
    with connection.cursor() as cursor:
        for days in (364, 366):
            cursor.execute(
                "INSERT INTO organisation_loginlogentry (kind, user_id, at, by_system)"
                " VALUES ('name_changed', %s, now() - make_interval(days => %s), '')",
                [cast.klima.pk, days],
            )
    for _twice in range(2):
        let_go()
        assert LoginLogEntry.objects.filter(kind="name_changed").count() == 1


def test_a_mail_goes_with_the_line_about_it(world: World) -> None:
    mails = [sent(729), sent(731)]
    for mail in mails:
        ReportMessage.objects.create(
            period=world.period, user=world.cast.klima, kind=MessageKind.DIGEST, mail_id=mail
        )
    for _twice in range(2):
        let_go()
        assert list(OutboxMail.objects.filter(pk__in=mails).values_list("pk", flat=True)) == mails[:1]
        assert ReportMessage.objects.filter(mail_id__in=mails).count() == 1


def test_a_note_goes_a_year_after_the_last_day(cast: Cast) -> None:
    held = Appointment.objects.filter(user=cast.kontakt).first()
    today = timezone.localdate()
    Handover.objects.create(appointment=held, note="Ring først.", note_until=today + timedelta(days=1))
    let_go()
    assert Handover.objects.get().note == "Ring først."
    done = carry_out_ages(by=WORKER, now=NOW + timedelta(days=1))
    assert (Handover.objects.get().note, done["handover_note"], NOTE_KEPT.days) == ("", 1, 365)


def test_that_a_form_was_sent_is_forgotten_after_three_months(cast: Cast) -> None:
    for days in (89, 91):
        one = Submission.objects.create(token=f"{days}", user_id=cast.klima.pk)
        Submission.objects.filter(pk=one.pk).update(created=NOW - timedelta(days=days))
    let_go()
    assert [one.token for one in Submission.objects.all()] == ["89"]


def test_sessions_that_are_over_go_with_where_they_were(cast: Cast) -> None:
    for hours in (-1, 1):
        Session.objects.create(session_key=f"{hours}", expire_date=NOW + timedelta(hours=hours))
        place = UserSession.objects.create(
            user=cast.klima, session_key=f"{hours}", ip="127.0.0.1", user_agent="x"
        )
        UserSession.objects.filter(pk=place.pk).update(created_at=NOW - timedelta(hours=25))
    UserSession.objects.create(user=cast.klima, session_key="new", ip="127.0.0.1", user_agent="x")
    let_go()
    assert [one.session_key for one in Session.objects.all()] == ["1"]
    assert {one.session_key for one in UserSession.objects.all()} == {"1", "new"}


@pytest.fixture
def one_that_fails(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(contributions, "_providers", {slot: [] for slot in contributions.SLOTS})
    done: list[str] = []

    def fails(_by: Any, _now: Any) -> int:
        raise RuntimeError("no")

    def works(_by: Any, _now: Any) -> int:
        done.append("works")
        return 2

    for kind, carry_out in (("first", fails), ("second", works)):
        one = Retention(kind=kind, what=kind, days=1, ends=AgeEnds.DELETED, carry_out=carry_out)
        register(retention, lambda one=one: [one])  # type: ignore[misc]
    return done


def test_one_that_fails_is_told_when_the_rest_is_done(one_that_fails: list[str]) -> None:
    with pytest.raises(ExceptionGroup, match="too old"):
        let_go()
    assert one_that_fails == ["works"]
