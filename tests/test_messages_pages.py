"""Klima's page of mail, and the demo's letter box."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from reporting.actions import messages
from reporting.actions.messages import queue_due_messages
from reporting.enums import MessageKind
from reporting.models import EscalationRelease, ReportMessage, UnitReport
from tests import demo_urls
from tests.cast import Cast
from tests.html_rules import broken_rules, one_line
from tests.reporting_world import DEADLINE, NOW, World, build
from tests.worlds import kept
from web.enums import MailState, MailTrouble
from web.mail_sending import send_waiting_mail
from web.models import OutboxMail

pytestmark = pytest.mark.django_db
PAGE = "/rapportering/2026-T2/varsler/"
DAY = timedelta(days=1)


@kept(beside=["clock"])
def world(cast: Cast) -> World:
    made = build(cast)
    send_waiting_mail()
    return made


@pytest.fixture
def klima(world: World, as_user: Any) -> Any:
    return as_user(world.cast.klima)


def content(client: Any, url: str = PAGE) -> str:
    response = client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert broken_rules(html) == []
    return one_line(html)


def key_of(kind: MessageKind, user: User, report: UnitReport, moment: str) -> str:
    return f"{kind}:report-{report.pk}:user-{user.pk}:{moment}"


def test_what_will_be_sent_to_whom(world: World, klima: Any) -> None:
    html = content(klima)
    assert "Torsdag 10.\u00a0september: Fristen er i dag (3)" in html
    assert "Tirsdag 15.\u00a0september: Fristen er gått ut (3)" in html
    assert "Onsdag 16.\u00a0september: Til leder: rapporten mangler (2)" in html
    assert "Kontakt Eksempel, Samferdsel, vei- og parkforvaltning" in html
    assert "Til leder over: rapporten mangler" not in html


def test_today_is_called_today(world: World, as_user: Any) -> None:
    with time_machine.travel(DEADLINE.replace(hour=6), tick=False):
        klima = as_user(world.cast.klima)
        assert "I dag: Fristen er i dag (3)" in content(klima)
        queue_due_messages()
        html = content(klima)
        assert "I dag: Fristen er i dag" not in html
        assert "I kø" in html


def test_the_text_can_be_read_before_it_is_sent(world: World, klima: Any) -> None:
    key = key_of(MessageKind.DEADLINE_DAY, world.cast.kontakt, world.report(), "2026-09-10T2359")
    url = f"{PAGE}tekst/?melding={quote(key, safe='')}"
    assert url in content(klima)
    html = content(klima, url)
    assert "Blir sendt til Kontakt Eksempel torsdag 10.\u00a0september" in html
    assert "Hei Kontakt Eksempel," in html
    assert "I dag, 10. september, er fristen: klimarapport 2. tertial" in html
    assert OutboxMail.objects.count() == 3


def test_a_digest_to_come_counts_from_the_day_it_is_sent(world: World, klima: Any) -> None:
    """The week of the text is the one before the mail, as `send_reminders --dry-run --now` has it."""
    world.answer()
    world.submit()
    weeks = re.findall(r'melding=(weekly_digest[^"]+)"', content(klima))
    texts = [content(klima, f"{PAGE}tekst/?melding={key}") for key in weeks]
    # Today's, next Monday's, and the one after it, which is more than a week after the report.
    assert ["Kom inn den siste uken: 1" in text for text in texts] == [True, True, False]
    out = StringIO()
    monday = (NOW + 7 * DAY).replace(hour=5)
    call_command("send_reminders", "--dry-run", "--text", "--now", monday.isoformat(), stdout=out)
    assert "Kom inn den siste uken: 1\n" in out.getvalue()


@pytest.mark.parametrize("key", ["", "noe", "deadline_day:report-1:user-1:2026-09-10T2359"])
def test_only_what_will_be_sent_has_a_text(world: World, klima: Any, key: str) -> None:
    assert klima.get(f"{PAGE}tekst/", {"melding": key}).status_code == 404


def test_the_log_says_what_was_sent_and_what_it_said(world: World, klima: Any) -> None:
    html = content(klima)
    row = ReportMessage.objects.get(user=world.cast.kontakt)
    assert f'href="{PAGE}{row.pk}/"' in html
    assert "Sendt" in html
    page = content(klima, f"{PAGE}{row.pk}/")
    assert "Klimarapport 2. tertial: 4 tiltak, frist 10. september" in page
    assert "kontakt@drammen.example" in page
    assert row.mail.message_id.strip("<>") in page
    assert klima.get(f"/rapportering/2026-T1/varsler/{row.pk}/").status_code == 404
    assert klima.get(f"{PAGE}999999/").status_code == 404


def test_what_failed_is_shown_and_tried_again(world: World, klima: Any) -> None:
    assert 'id="ikke-sendt"' not in content(klima)
    messages.tell_extended(world.report(), NOW)
    row = ReportMessage.objects.filter(user=world.cast.kontakt).latest("pk")
    OutboxMail.objects.filter(pk=row.mail_id).update(state=MailState.FAILED, last_error="550 ukjent mottaker")
    html = content(klima)
    assert "550 ukjent mottaker" in html
    assert "Prøv igjen" in html
    url = f"{PAGE}{row.pk}/prov-igjen/"
    assert url in content(klima, f"{PAGE}{row.pk}/")
    for _click in range(2):
        answer = klima.post(url)
        assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert OutboxMail.objects.get(pk=row.mail_id).state == MailState.QUEUED
    assert 'id="ikke-sendt"' not in content(klima)
    assert klima.get(url).status_code == 405


def test_a_server_that_is_down_is_told(world: World, klima: Any) -> None:
    messages.tell_extended(world.report(), NOW)
    OutboxMail.objects.filter(state=MailState.QUEUED).update(
        trouble=MailTrouble.SERVER, tried_at=NOW, attempts=3, last_error="Connection refused"
    )
    html = content(klima)
    assert "E-posttjeneren svarer ikke. 2 e-poster venter" in html
    assert "Connection refused" in html


def test_no_server_at_all_is_told(world: World, klima: Any, settings: Any) -> None:
    assert "Portalen har ingen e-posttjener" in content(klima)
    settings.SENDS_MAIL = True
    assert "Portalen har ingen e-posttjener" not in content(klima)


def test_units_nobody_can_be_told_about(world: World, klima: Any) -> None:
    assert "Ingen å varsle" not in content(klima)
    Appointment.objects.filter(unit=world.cast.kitchen).delete()
    html = content(klima)
    assert "Ingen å varsle" in html
    assert "<li>Ernæring og kjøkkendrift</li>" in html


def test_telling_the_leader_above(world: World, as_user: Any) -> None:
    url = f"/rapportering/2026-T2/{world.cast.transport.pk}/varsle-oppover/"
    early = as_user(world.cast.klima).get(url)
    assert early.status_code == 200
    assert broken_rules(early.content.decode()) == []
    assert "Fristen er ikke gått ut" in early.content.decode()
    for day in (3, 8, 9):
        with time_machine.travel((NOW + day * DAY).replace(hour=5, minute=2), tick=False):
            queue_due_messages()
            send_waiting_mail()
    with time_machine.travel(NOW + 10 * DAY, tick=False):
        klima = as_user(world.cast.klima)
        assert f'href="{url}"' in content(klima)
        assert "Direktor Eksempel får e-post" in content(klima, url)
        empty = klima.post(url, {"reason": " "})
        assert empty.status_code == 422
        assert not EscalationRelease.objects.exists()
        done = klima.post(url, {"reason": "Tredje gang i år."})
        assert (done.status_code, done["Location"]) == (303, PAGE)
        assert OutboxMail.objects.filter(kind=MessageKind.ESCALATED, name="Direktor Eksempel").count() == 1
        again = klima.post(url, {"reason": "Tredje gang i år."})
        assert again.status_code == 409
        assert "allerede frigitt" in again.content.decode()
        assert f'href="{url}"' not in content(klima)
        assert klima.get("/rapportering/2026-T2/999999/varsle-oppover/").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["kontakt", "vara", "leder", "direktor", "analyse", "radmann", "admin", "utvalg", "ingen"],
)
def test_only_klima_and_the_auditor_see_the_mail(world: World, as_user: Any, name: str) -> None:
    client = as_user(world.cast.people()[name])
    row = ReportMessage.objects.latest("pk")
    release = f"/rapportering/2026-T2/{world.cast.transport.pk}/varsle-oppover/"
    for url in (PAGE, f"{PAGE}tekst/", f"{PAGE}{row.pk}/", release):
        assert client.get(url).status_code == 403
    assert client.post(f"{PAGE}{row.pk}/prov-igjen/").status_code == 403
    assert client.post(release, {"reason": "x"}).status_code == 403
    assert PAGE not in client.get("/rapportering/").content.decode()


def test_the_auditor_reads_all_of_it_and_does_nothing(world: World, as_user: Any) -> None:
    for day in (3, 8, 9):
        with time_machine.travel((NOW + day * DAY).replace(hour=5, minute=2), tick=False):
            queue_due_messages()
            send_waiting_mail()
    auditor = as_user(world.cast.revisor)
    messages.tell_extended(world.report(), NOW)
    row = ReportMessage.objects.filter(user=world.cast.kontakt).latest("pk")
    OutboxMail.objects.filter(pk=row.mail_id).update(state=MailState.FAILED, last_error="550 ukjent mottaker")
    release = f"/rapportering/2026-T2/{world.cast.transport.pk}/varsle-oppover/"
    retry = f"{PAGE}{row.pk}/prov-igjen/"
    assert PAGE in content(auditor, "/rapportering/")
    with time_machine.travel(NOW + 10 * DAY, tick=False):
        read, acted = (content(as_user(who)) for who in (world.cast.revisor, world.cast.klima))
    for action in (release, retry, ">Prøv igjen<"):
        assert (action in read, action in acted) == (False, True)
    assert "550 ukjent mottaker" in read
    assert retry not in content(auditor, f"{PAGE}{row.pk}/")
    planned = re.findall(rf'href="({PAGE}tekst/[^"]+)"', content(auditor))
    assert "Hei Klima Eksempel," in content(auditor, planned[-1])
    assert auditor.get(release).status_code == 403
    assert auditor.post(release, {"reason": "x"}).status_code == 403
    assert auditor.post(retry).status_code == 403
    assert OutboxMail.objects.get(pk=row.mail_id).state == MailState.FAILED


def test_the_page_is_found_from_rapportering(world: World, klima: Any) -> None:
    assert PAGE in content(klima, "/rapportering/")
    assert klima.get("/rapportering/2031-T2/varsler/").status_code == 404


@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow_with_units(world: World, as_user: Any, units: int) -> None:
    for number in range(units):
        unit = Unit.objects.create(name=f"Virksomhet {number}", kind="virksomhet", parent=world.cast.area)
        person = User.objects.create(email=f"k{number}@drammen.example", name=f"K {number} Eksempel")
        Appointment.objects.create(user=person, role=Role.CONTACT, unit=unit, valid_from=NOW.date())
        UnitReport.objects.create(period=world.period, unit=unit)
    queue_due_messages()
    send_waiting_mail()
    with time_machine.travel(DEADLINE + 2 * DAY, tick=False):
        klima = as_user(world.cast.klima)
        content(klima)
        with CaptureQueriesContext(connection) as captured:
            content(klima)
    assert len(captured) == 22


# --- The demo's letter box -----------------------------


@pytest.fixture
def letter_box(settings: Any, tmp_path: Path) -> None:
    """The demo's address and its folder, as PORTAL_DEMO=1 gives them."""
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urls.__name__
    settings.EMAIL_BACKEND = "web.mail_folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path


def test_the_letter_box_exists_in_the_demo_only(world: World, klima: Any) -> None:
    assert klima.get("/demo/epost/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo_mail")


def test_the_letter_box_shows_what_was_sent(
    letter_box: None, cast: Cast, clock: object, as_user: Any
) -> None:
    build(cast)
    send_waiting_mail()
    client = as_user(cast.annen)
    html = content(client, "/demo/epost/")
    assert html.count("Klimarapport 2. tertial: 4 tiltak, frist 10. september") == 2
    assert "Annen Eksempel &lt;annen@drammen.example&gt;" in html
    url = html.partition('href="/demo/epost/')[2].partition('"')[0]
    page = content(client, f"/demo/epost/{url}")
    assert '<a href="http://127.0.0.1:8000/rapportering/' in page
    assert "Auto-Submitted" in page
    assert client.get("/demo/epost/finnes-ikke/").status_code == 404


def test_an_empty_letter_box(letter_box: None, cast: Cast, as_user: Any) -> None:
    assert "Postkassen er tom" in content(as_user(cast.klima), "/demo/epost/")


def test_strangers_do_not_read_the_letter_box(letter_box: None, world: World, client: Any) -> None:
    assert client.get("/demo/epost/").status_code == 302
