"""One-time links: an invitation, a forgotten password, a locked account. Hours, once, and for one address."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from organisation.actions.links import JOB, send_link
from organisation.actions.people import change_person, deactivate_person, invite_person
from organisation.enums import LinkPurpose, LoginLogKind, Role
from organisation.models import LoginLogEntry, User
from organisation.queries.links import link_of_mail, link_path, read_link
from tests.cast import PASSWORD, Cast
from tests.clock import NOW
from tests.html_rules import broken_rules
from web.enums import MailState
from web.mail import LINK_HERE
from web.mail_sending import as_message, send_waiting_mail
from web.models import OutboxMail
from web.secret_paths import HidesSecrets, without_secrets

pytestmark = pytest.mark.django_db

NEW = "en lang setning om været i dag"
NEW_PASSWORD, OPEN_ACCOUNT = LinkPurpose.NEW_PASSWORD, LinkPurpose.OPEN_ACCOUNT


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"link": "20/m/ip", "link_to": "3/h/key", "login_failed": "5/10m/key"}
    cache.clear()


@pytest.fixture
def moment() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def ask(client: Client, email: str, route: str = "account_forgotten") -> Any:
    return client.post(reverse(route), {"email": email})


def carry_out() -> None:
    """What the worker does with what was asked for."""
    for job in ProcrastinateJob.objects.filter(task_name=JOB, status="todo"):
        send_link(user_id=job.args["user_id"], purpose=LinkPurpose(job.args["purpose"]))


def linked(mail: OutboxMail) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", str(as_message(mail).body))
    assert found is not None
    return found[1]


def asked_for(client: Client, user: User, route: str = "account_forgotten") -> str:
    assert ask(client, user.email, route).status_code == 303
    carry_out()
    return linked(OutboxMail.objects.get(recipient_id=user.pk))


def logs_in(email: str, password: str) -> bool:
    return Client().post("/logg-inn/", {"login": email, "password": password}).status_code == 302


def without_tokens(html: str) -> str:
    return re.sub(r'(csrf\w+" value="|X-CSRFToken": ")[^"]*', "", html)


def kinds(user: User) -> list[str]:
    return list(LoginLogEntry.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


# --- A forgotten password -----------------------------------------------------------------------


def test_a_new_password_by_link_from_the_login_page(cast: Cast, client: Client) -> None:
    assert reverse("account_forgotten") in client.get("/logg-inn/").text
    page = client.get(reverse("account_forgotten"))
    assert not broken_rules(page.text)
    other = Client()
    other.post("/logg-inn/", {"login": cast.kontakt.email, "password": PASSWORD})
    assert other.get("/").status_code == 200
    path = asked_for(client, cast.kontakt)
    assert client.get(path).status_code == 200, "looked at by a mail program, it is not used"
    assert not broken_rules(client.get(path).text)
    assert client.post(path, {"password": "kort"}).status_code == 422
    done = client.post(path, {"password": NEW})
    assert (done.status_code, done["Location"]) == (303, "/logg-inn/")
    assert logs_in(cast.kontakt.email, NEW)
    assert not logs_in(cast.kontakt.email, PASSWORD)
    assert other.get("/").status_code == 302, "whoever was logged in as her is out"
    assert LoginLogKind.PASSWORD_RESET in kinds(cast.kontakt)


def test_nobody_learns_who_has_an_account(cast: Cast, client: Client) -> None:
    deactivate_person(by=cast.admin, user=cast.annen, expected=cast.annen.version)
    answers, counts = [], []
    for email in (cast.kontakt.email, "ukjent@drammen.example", cast.annen.email, cast.ingen.email.upper()):
        fresh = Client()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask(fresh, email)
        page = fresh.get("/logg-inn/").text
        answers.append(
            (
                answer.status_code,
                answer["Location"],
                re.sub(r'(csrf\w+" value="|X-CSRFToken": ")[^"]*', "", page),
            )
        )
        counts.append(len(queries))
    assert len(set(answers)) == 1
    assert len(set(counts)) == 1, "the same work, and so the same time"
    jobs = list(ProcrastinateJob.objects.filter(task_name=JOB).order_by("pk").values_list("args", flat=True))
    assert [job["user_id"] for job in jobs] == [cast.kontakt.pk, 0, 0, cast.ingen.pk]
    assert "drammen" not in str(jobs), "what was typed is stored nowhere"
    carry_out()
    told = OutboxMail.objects.values_list("recipient_id", flat=True)
    assert sorted(told) == sorted([cast.kontakt.pk, cast.ingen.pk])


def test_what_is_no_address_is_said_at_its_field(cast: Cast, client: Client) -> None:
    for typed in ("", "kontakt"):
        assert ask(client, typed).status_code == 422
    assert not ProcrastinateJob.objects.filter(task_name=JOB).exists()


def test_one_address_gets_three_an_hour_and_the_answer_is_the_same(cast: Cast, moment: Any) -> None:
    for _number in range(5):
        assert ask(Client(), cast.kontakt.email).status_code == 303
    assert ProcrastinateJob.objects.filter(task_name=JOB).count() == 3
    moment.shift(timedelta(hours=1, seconds=1))
    ask(Client(), cast.kontakt.email)
    assert ProcrastinateJob.objects.filter(task_name=JOB).count() == 4


def test_who_asks_too_often_waits(cast: Cast, client: Client, moment: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"link": "2/m/ip"}
    for number in range(2):
        assert ask(client, f"person{number}@drammen.example").status_code == 303
    refused = ask(client, cast.kontakt.email)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Vent 60 sekunder" in refused.text
    assert not broken_rules(refused.text)


# --- A link that does not hold ------------------------------------------------------------------


@pytest.mark.parametrize("purpose", list(LinkPurpose))
def test_a_link_holds_for_hours(cast: Cast, client: Client, moment: Any, purpose: LinkPurpose) -> None:
    hours = {"invitation": 72, "new_password": 4, "open_account": 4}[purpose]
    path = link_path(cast.kontakt, purpose, timezone.now())
    moment.shift(timedelta(hours=hours))
    assert client.get(path).status_code == 200
    moment.shift(timedelta(seconds=1))
    for answer in (client.get(path), client.post(path, {"password": NEW})):
        assert answer.status_code == 410
        assert "for gammel" in answer.text
        assert not broken_rules(answer.text)
    assert logs_in(cast.kontakt.email, PASSWORD)


def test_a_link_is_used_once_and_ends_the_others(cast: Cast, client: Client) -> None:
    earlier = link_path(cast.kontakt, NEW_PASSWORD, timezone.now() - timedelta(minutes=5))
    path = link_path(cast.kontakt, NEW_PASSWORD, timezone.now())
    assert client.post(path, {"password": NEW}).status_code == 303
    for used in (path, earlier):
        for answer in (client.get(used), client.post(used, {"password": f"{NEW} igjen"})):
            assert answer.status_code == 410
            assert "Lenken er brukt" in answer.text
            assert reverse("account_forgotten") in answer.text, "where to ask for a new one"
    assert logs_in(cast.kontakt.email, NEW)


def test_two_who_use_a_link_at_once_are_told(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one has seen the form: the link is asked about again where the row is held."""
    path = link_path(cast.kontakt, NEW_PASSWORD, timezone.now())

    def used_meanwhile(*given: Any, **more: Any) -> Any:
        link = read_link(*given, **more)
        User.objects.filter(pk=cast.kontakt.pk).update(links_used=1)
        return link

    monkeypatch.setattr("organisation.views.links.read_link", used_meanwhile)
    answer = client.post(path, {"password": NEW})
    assert answer.status_code == 409
    assert "Lenken er brukt" in answer.text


@pytest.mark.parametrize("change", ["address", "password", "login"])
def test_a_link_is_bound_to_address_and_password(cast: Cast, client: Client, change: str) -> None:
    path = link_path(cast.kontakt, NEW_PASSWORD, timezone.now())
    if change == "address":
        change_person(by=cast.admin, user=cast.kontakt, name="K", email="ny@drammen.example", expected=1)
    elif change == "password":
        cast.kontakt.set_password(NEW)
        cast.kontakt.save()
    else:
        assert logs_in(cast.kontakt.email, PASSWORD)
    answer = client.get(path)
    assert answer.status_code == 410
    assert "adressen er endret" in answer.text


def test_a_link_is_one_persons_and_for_one_thing(cast: Cast, client: Client) -> None:
    path = link_path(cast.kontakt, NEW_PASSWORD, timezone.now())
    others = link_path(cast.annen, NEW_PASSWORD, timezone.now())
    token = path.split("/")[3]
    wrong = [
        reverse("account_new_password", args=[others.split("/")[2], token]),
        reverse("account_open", args=[path.split("/")[2], token]),
        reverse("account_welcome", args=[path.split("/")[2], token]),
        *(
            reverse("account_new_password", args=[key, token])
            for key in ("MQ", "x", "9" * 40, "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "ø")
        ),
        *(
            reverse("account_new_password", args=[path.split("/")[2], changed])
            for changed in ("x", f"{token}0", token.upper(), "-", "zzzzzzzzzzzzzzzz-0", f"0{token}")
        ),
    ]
    for url in wrong:
        assert client.get(url).status_code == 410, url


def test_who_has_left_is_told_so_by_an_old_link_and_gets_no_new_one(cast: Cast, client: Client) -> None:
    path = link_path(cast.annen, NEW_PASSWORD, timezone.now())
    asked = ask(client, cast.annen.email)
    deactivate_person(by=cast.admin, user=cast.annen, expected=cast.annen.version)
    assert asked.status_code == 303
    carry_out()
    assert not OutboxMail.objects.filter(kind=NEW_PASSWORD).exists()
    for answer in (client.get(path), client.post(path, {"password": NEW})):
        assert answer.status_code == 410
        assert "ikke lenger tilgang" in answer.text


# --- Nobody else reads a link -------------------------------------------------------------------


def test_a_live_link_stands_in_the_mail_only(cast: Cast) -> None:
    invite_person(by=cast.admin, name="Ny", email="ny@drammen.example", role=Role.READER)
    for user_id in (cast.kontakt.pk, cast.annen.pk):
        send_link(user_id=user_id, purpose=NEW_PASSWORD)
    assert OutboxMail.objects.count() == 3
    for mail in OutboxMail.objects.all():
        assert LINK_HERE in mail.text
        assert "/nytt-passord/" in as_message(mail).body or "/velkommen/" in as_message(mail).body
    send_waiting_mail()
    for mail in OutboxMail.objects.all():
        assert mail.state == MailState.SENT
        assert not re.search(r"/(nytt-passord|velkommen)/", mail.text + mail.about_url)


def test_the_same_mail_sent_twice_is_the_same(cast: Cast, moment: Any) -> None:
    send_link(user_id=cast.kontakt.pk, purpose=NEW_PASSWORD)
    mail = OutboxMail.objects.get()
    first = as_message(mail).body
    moment.shift(timedelta(minutes=20))
    assert as_message(mail).body == first


def test_a_mail_that_comes_too_late_is_not_sent(cast: Cast, moment: Any) -> None:
    send_link(user_id=cast.kontakt.pk, purpose=NEW_PASSWORD)
    moment.shift(timedelta(hours=5))
    send_waiting_mail()
    mail = OutboxMail.objects.get()
    assert (mail.state, mail.last_error) == (MailState.CANCELLED, "Lenken i e-posten gjelder ikke lenger.")


def test_other_mail_has_no_link_of_its_own(cast: Cast) -> None:
    assert link_of_mail("receipt", cast.kontakt.pk, timezone.now()) is None


def test_a_link_is_not_told_to_other_pages_or_kept(cast: Cast, client: Client) -> None:
    path = link_path(cast.kontakt, NEW_PASSWORD, timezone.now())
    for answer in (client.get(path), client.post(path, {"password": "kort"}), client.get(path + "x")):
        if answer.status_code != 404:
            assert answer["Referrer-Policy"] == "strict-origin"
            assert "no-store" in answer["Cache-Control"]


def test_a_secret_is_written_to_no_log(cast: Cast, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    path = link_path(cast.kontakt, NEW_PASSWORD, timezone.now())
    token = path.split("/")[3]
    caplog.handler.addFilter(HidesSecrets())
    with caplog.at_level(logging.INFO):
        client.post(path, {"password": "kort"})
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert "/nytt-passord/" in written, "that it was refused is told"
    assert token not in written
    assert without_secrets(f"a {path} b") == f"a {path.replace(token, '…')} b"


def test_the_console_hides_secrets(settings: Any) -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_secrets"]


# --- A locked account ---------------------------------------------------------------------------


def lock(user: User) -> Any:
    for _number in range(6):
        answer = Client().post("/logg-inn/", {"login": user.email, "password": "feil"})
    return answer


def test_a_locked_account_is_opened_by_its_owners_link(cast: Cast, client: Client) -> None:
    page = lock(cast.kontakt)
    assert page.status_code == 429
    assert not broken_rules(page.text)
    assert f'action="{reverse("account_locked")}"' in page.text
    assert f'name="email" value="{cast.kontakt.email}"' in page.text
    path = asked_for(client, cast.kontakt, "account_locked")
    assert "/apne-konto/" in path
    assert client.get(path).status_code == 200
    assert not logs_in(cast.kontakt.email, PASSWORD), "a link that is looked at opens nothing"
    assert client.post(path)["Location"] == "/logg-inn/"
    assert client.post(path).status_code == 410
    lock(cast.annen)
    assert logs_in(cast.kontakt.email, PASSWORD)
    assert not logs_in(cast.annen.email, PASSWORD)
    expected = ["login_failed"] * 5 + ["locked_out", "account_opened", "logged_in"]
    assert [kind for kind in kinds(cast.kontakt) if kind != "role_given"] == expected


def test_a_new_password_opens_it_too(cast: Cast, client: Client) -> None:
    lock(cast.kontakt)
    client.post(link_path(cast.kontakt, NEW_PASSWORD, timezone.now()), {"password": NEW})
    assert logs_in(cast.kontakt.email, NEW)


def test_an_unknown_address_is_locked_and_asked_about_alike(cast: Cast, client: Client) -> None:
    known, unknown = lock(cast.kontakt), lock(User(email="ukjent@drammen.example"))
    plain = [
        without_tokens(answer.text.replace(email, ""))
        for answer, email in ((known, cast.kontakt.email), (unknown, "ukjent@drammen.example"))
    ]
    assert plain[0] == plain[1]
    assert ask(client, "ukjent@drammen.example", "account_locked").status_code == 303
    rows = LoginLogEntry.objects.filter(user=None)
    assert [row.kind for row in rows.order_by("pk")] == ["login_failed"] * 5 + ["locked_out"]
    assert {row.by_name for row in rows} == {""}


def test_locked_is_only_posted_to(client: Client) -> None:
    assert client.get(reverse("account_locked")).status_code == 405
