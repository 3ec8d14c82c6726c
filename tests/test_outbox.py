"""Mail is queued with what it tells of, sent once, delayed by a server that is down, and never lost."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from climate_portal.processes import until
from organisation.models import User
from tests.mail_server import MailServer, mail_server, never_take_the_first
from tests.mail_worker import kill, start_worker, work_until_sent
from web import contributions
from web.contributions import Objection, mail_objection, register
from web.enums import MailState, MailTrouble
from web.mail import JOB, Letter, queue_mail, retry_mail
from web.mail_folder import folder_mail, one_mail
from web.mail_sending import MOST_ATTEMPTS, send_waiting_mail
from web.models import OutboxMail

NOW = datetime(2026, 9, 7, 8, 42, tzinfo=UTC)


def make_user(login: str = "kontakt", **fields: Any) -> User:
    return User.objects.create(email=f"{login}@drammen.example", name=f"{login.title()} Eksempel", **fields)


def letter(user: User, key: str = "en", **fields: Any) -> Letter:
    values = {
        "key": key,
        "kind": "test",
        "recipient_id": user.pk,
        "address": user.email,
        "name": user.name,
        "subject": "Klimarapport 2. tertial: frist 10. september",
        "text": "Hei, det gjelder Ærlig Østby på Åsen.\n\nHilsen Klima",
        **fields,
    }
    return Letter(**values)


def queued(*letters: Letter) -> list[OutboxMail]:
    with transaction.atomic():
        queue_mail(letters)
    return list(OutboxMail.objects.order_by("key"))


def only() -> OutboxMail:
    return OutboxMail.objects.get()


@pytest.fixture(autouse=True)
def no_objections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "_providers", {slot: [] for slot in contributions.SLOTS})


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        use(settings, running.port)
        yield running


def use(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_TIMEOUT = 10


# --- Queueing -----------------------------


@pytest.mark.django_db
def test_the_same_key_is_queued_once() -> None:
    user = make_user()
    with transaction.atomic():
        first = queue_mail([letter(user, "en"), letter(user, "to")])
        again = queue_mail([letter(user, "en", subject="Annet"), letter(user, "tre")])
    assert sorted(first) == ["en", "to"]
    assert sorted(again) == ["tre"]
    assert OutboxMail.objects.get(key="en").subject == letter(user).subject


@pytest.mark.django_db
def test_the_job_is_asked_for_with_the_mail_and_only_once() -> None:
    queued(letter(make_user(), "en"))
    queued(letter(User.objects.get(), "to"))
    assert ProcrastinateJob.objects.filter(task_name=JOB, status="todo").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_did_not_happen_is_not_told() -> None:
    user = make_user()

    def fails() -> None:
        with transaction.atomic():
            queue_mail([letter(user)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not OutboxMail.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    with pytest.raises(RuntimeError, match="transaction"):
        queue_mail([letter(user)])


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\u2028"])
def test_a_line_break_does_not_reach_a_header(sign: str) -> None:
    user = make_user()
    queued(letter(user, subject=f"Emne{sign}Bcc: andre@drammen.example", name=f"Navn{sign}X-Annet: ja"))
    send_waiting_mail()
    [sent] = django_mail.outbox
    assert sent.subject == "Emne Bcc: andre@drammen.example"
    assert len(sent.recipients()) == 1
    message = sent.message()
    assert message["Bcc"] is None
    assert message["X-Annet"] is None


# --- Sending -----------------------------


@pytest.mark.django_db
def test_the_mail_as_it_arrives(server: MailServer, settings: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        [row] = queued(letter(make_user()))
        send_waiting_mail()
    [got] = server.messages()
    assert got["Subject"] == "Klimarapport 2. tertial: frist 10. september"
    assert got["To"] == "Kontakt Eksempel <kontakt@drammen.example>"
    assert got["From"] == settings.DEFAULT_FROM_EMAIL
    assert got["Reply-To"] == settings.SUPPORT_EMAIL
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Message-ID"] == row.message_id
    assert got["Date"].datetime == NOW
    assert got.get_content_type() == "text/plain"
    assert got.get_content().replace("\r\n", "\n") == row.text
    row.refresh_from_db()
    assert (row.state, row.attempts, row.sent_at) == (MailState.SENT, 1, NOW)


@pytest.mark.django_db
def test_nothing_is_sent_before_its_time(server: MailServer) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        queued(letter(make_user(), send_after=NOW + timedelta(hours=1)))
        send_waiting_mail()
        assert server.taken == []
        clock.shift(timedelta(hours=1))
        send_waiting_mail()
        assert len(server.taken) == 1


@pytest.mark.django_db
def test_it_goes_to_the_address_of_today(server: MailServer) -> None:
    user = make_user()
    queued(letter(user))
    User.objects.update(email="ny.adresse@drammen.example")
    send_waiting_mail()
    assert server.messages()[0]["To"] == "Kontakt Eksempel <ny.adresse@drammen.example>"
    assert only().address == "ny.adresse@drammen.example"


@pytest.mark.django_db
def test_nobody_is_told_who_no_longer_uses_the_portal(server: MailServer) -> None:
    user = make_user()
    queued(letter(user))
    User.objects.update(is_active=False)
    send_waiting_mail()
    assert server.taken == []
    assert (only().state, only().attempts) == (MailState.CANCELLED, 0)
    assert "ikke lenger bruker" in only().last_error


@pytest.mark.django_db
def test_what_somebody_objects_to_is_called_off(server: MailServer) -> None:
    user = make_user()
    rows = queued(letter(user, "en"), letter(user, "to"))

    def objects(mail_id: int) -> list[Objection]:
        return [Objection("Rapporten er sendt inn.")] if mail_id == rows[0].pk else []

    register(mail_objection, objects)
    send_waiting_mail()
    assert len(server.taken) == 1
    states = dict(OutboxMail.objects.values_list("key", "state"))
    assert states == {"en": MailState.CANCELLED, "to": MailState.SENT}
    assert OutboxMail.objects.get(key="en").last_error == "Rapporten er sendt inn."


# --- When it does not go -----------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.django_db
def test_a_server_that_is_down_delays_and_nothing_is_lost_or_doubled(settings: Any) -> None:
    user, port = make_user(), free_port()
    use(settings, port)
    with time_machine.travel(NOW, tick=False) as clock:
        queued(*(letter(user, f"{number:02}") for number in range(12)))
        for _minute in range(60):
            send_waiting_mail()
            clock.shift(timedelta(minutes=1))
        assert set(OutboxMail.objects.values_list("state", flat=True)) == {MailState.QUEUED}
        tried = OutboxMail.objects.filter(attempts__gt=0)
        assert set(tried.values_list("trouble", flat=True)) == {MailTrouble.SERVER}
        assert "refused" in tried[0].last_error
        with mail_server(port) as server:
            for _minute in range(20):
                send_waiting_mail()
                clock.shift(timedelta(minutes=1))
            assert Counter(message["Message-ID"] for message in server.messages()) == dict.fromkeys(
                OutboxMail.objects.values_list("message_id", flat=True), 1
            )
    assert set(OutboxMail.objects.values_list("state", "last_error")) == {(MailState.SENT, "")}


@pytest.mark.django_db
def test_a_server_that_is_down_is_asked_once_a_minute(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    use(settings, free_port())
    asked = []
    monkeypatch.setattr(
        "web.mail_sending._hand_over",
        lambda mail, server: asked.append(mail.key) or _down(),
    )
    with time_machine.travel(NOW, tick=False):
        queued(*(letter(user, f"{number:02}") for number in range(12)))
        for _time in range(5):
            send_waiting_mail()
    assert asked == ["00"]


def _down() -> Any:
    from web.mail_sending import _Failure  # noqa: PLC0415

    return _Failure(MailTrouble.SERVER, "nede")


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["550 finnes ikke", "553 finner ikke adressen"])
def test_a_permanent_refusal_is_shown_and_can_be_tried_again(server: MailServer, said: str) -> None:
    user = make_user()
    server.refused = {user.email: said}
    queued(letter(user, "feil"), letter(make_user("annen"), "rett"))
    send_waiting_mail()
    failed = OutboxMail.objects.get(key="feil")
    assert (failed.state, failed.last_error, failed.attempts) == (MailState.FAILED, said, 1)
    assert OutboxMail.objects.get(key="rett").state == MailState.SENT  # the next one is not held back
    send_waiting_mail()
    assert OutboxMail.objects.get(key="feil").attempts == 1  # not by itself
    server.refused = {}
    assert retry_mail(failed)
    assert not retry_mail(failed)  # the second click
    send_waiting_mail()
    failed.refresh_from_db()
    assert (failed.state, failed.last_error) == (MailState.SENT, "")
    assert len(server.taken) == 2


@pytest.mark.django_db
def test_not_now_waits_longer_each_time_and_gives_up_in_the_end(server: MailServer) -> None:
    user = make_user()
    server.refused = {user.email: "450 prøv senere"}
    waits = []
    with time_machine.travel(NOW, tick=False) as clock:
        queued(letter(user))
        for _attempt in range(9):
            send_waiting_mail()
            row = only()
            assert (row.state, row.trouble) == (MailState.QUEUED, MailTrouble.RECIPIENT)
            waits.append((row.send_after - timezone.now()).total_seconds() / 60)
            clock.move_to(row.send_after)
        assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
        OutboxMail.objects.update(attempts=MOST_ATTEMPTS - 1)
        send_waiting_mail()
    assert (only().state, only().last_error) == (MailState.FAILED, "450 prøv senere")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "state", "trouble"),
    [
        ("554 spam", MailState.FAILED, MailTrouble.NONE),
        ("452 full", MailState.QUEUED, MailTrouble.RECIPIENT),
        ("421 stenger", MailState.QUEUED, MailTrouble.SERVER),
    ],
)
def test_what_the_server_says_to_the_text(server: MailServer, said: str, state: str, trouble: str) -> None:
    server.refuses_data = said
    queued(letter(make_user()))
    send_waiting_mail()
    assert (only().state, only().trouble, only().last_error) == (state, trouble, said)


@pytest.mark.django_db
def test_one_that_cannot_be_made_does_not_hold_the_others_back(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user()
    bad, _good = queued(letter(user, "a"), letter(user, "b"))
    OutboxMail.objects.filter(pk=bad.pk).update(subject="to\nlinjer")  # past queue_mail
    send_waiting_mail()
    assert [row.state for row in OutboxMail.objects.order_by("key")] == [MailState.FAILED, MailState.SENT]


# --- At once -----------------------------

MAILS = 12


def send_at_once(server: MailServer) -> Counter[str]:
    """How often each Message-ID was taken when four workers start at the same moment."""
    user = make_user()
    queued(*(letter(user, f"{number:02}") for number in range(MAILS)))
    gate = threading.Barrier(4)

    def work(_number: int) -> None:
        try:
            gate.wait(timeout=10)
            send_waiting_mail()
        finally:
            connection.close()

    came, several = count(1), threading.Event()

    def until_another_came() -> None:
        if next(came) > 1:
            several.set()
        several.wait(10)

    server.before_answer = until_another_came
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    return Counter(str(message["Message-ID"]) for message in server.messages())


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_each_mail_is_sent_by_one(server: MailServer) -> None:
    counted = send_at_once(server)
    assert len(counted) == MAILS
    assert set(counted.values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_control_without_the_row_lock_mail_is_doubled(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    monkeypatch.setattr(OutboxMail, "save", lambda row, **options: _write(row))
    counted = send_at_once(server)
    assert max(counted.values()) > 1, "the harness must be able to see a mail sent twice"


def _write(row: OutboxMail) -> None:
    """The same, where the second one to mark the mail is not refused by the trigger."""
    fields = {"state": row.state, "sent_at": row.sent_at, "attempts": row.attempts}
    OutboxMail.objects.filter(pk=row.pk, state=MailState.QUEUED).update(**fields)


# --- A worker that is killed -----------------------------


@pytest.mark.real_clock(reason="the worker is a process of its own")
@pytest.mark.django_db(transaction=True)
def test_killed_before_the_server_took_it_it_is_sent_once_by_the_next() -> None:
    with mail_server() as server:
        came, go_on = never_take_the_first(server)
        queued(letter(make_user()))
        worker = start_worker(server.port)
        assert came.wait(60), "the worker never came"
        kill(worker)
        go_on.set()
        assert server.taken == []
        assert only().state == MailState.QUEUED  # nobody has it, and nobody says so
        work_until_sent(server.port)
        assert [str(message["Message-ID"]) for message in server.messages()] == [only().message_id]
        assert only().state == MailState.SENT


@pytest.mark.real_clock(reason="the worker is a process of its own")
@pytest.mark.django_db(transaction=True)
def test_killed_after_the_server_took_it_the_second_one_is_the_same_mail() -> None:
    """The one case where a mail comes twice; the receiving end can see that it is the same."""
    with mail_server() as server:
        queued(letter(make_user()))
        with transaction.atomic(), connection.cursor() as cursor:
            # The worker may take the row, but not write in it.
            cursor.execute("LOCK TABLE web_outboxmail IN SHARE MODE")
            worker = start_worker(server.port)
            assert any(server.taken for _left in until(60)), "the worker never came"
            kill(worker)
        assert only().state == MailState.QUEUED
        work_until_sent(server.port)
        assert len(server.taken) == 2
        assert server.taken[0] == server.taken[1]


# --- What the database holds -----------------------------


def _sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE web_outboxmail SET subject = 'Noe annet'",
        "UPDATE web_outboxmail SET state = 'queued', sent_at = NULL",
        "DELETE FROM web_outboxmail",
    ],
)
def test_what_is_sent_stays_as_it_was(statement: str) -> None:
    queued(letter(make_user()))
    if "queued" not in statement:
        with transaction.atomic():
            _sql(statement)  # passes while it waits
            transaction.set_rollback(True)
    send_waiting_mail()
    with pytest.raises(DatabaseError):
        _sql(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE web_outboxmail SET state = 'borte'",
        "UPDATE web_outboxmail SET state = 'sent'",  # without a time
        "UPDATE web_outboxmail SET sent_at = now()",
        "UPDATE web_outboxmail SET state = 'failed'",  # without a reason
        "UPDATE web_outboxmail SET state = 'cancelled'",
        "UPDATE web_outboxmail SET trouble = 'været'",
        "INSERT INTO web_outboxmail SELECT (jsonb_populate_record(m, jsonb_build_object('id', m.id + 1, "
        "'message_id', 'en annen'))).* FROM web_outboxmail m",  # the same key
        "INSERT INTO web_outboxmail SELECT (jsonb_populate_record(m, jsonb_build_object('id', m.id + 1, "
        "'key', 'en annen'))).* FROM web_outboxmail m",  # the same Message-ID
    ],
)
def test_the_database_refuses_half_truths(statement: str) -> None:
    queued(letter(make_user()))
    with pytest.raises(DatabaseError):
        _sql(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["queued", "sent", "failed"])
def test_a_mail_that_was_called_off_stays_so(to: str) -> None:
    queued(letter(make_user()))
    _sql("UPDATE web_outboxmail SET state = 'cancelled', last_error = 'x'")
    with pytest.raises(DatabaseError):
        _sql(f"UPDATE web_outboxmail SET state = '{to}', sent_at = CASE '{to}' WHEN 'sent' THEN now() END")


# --- As files -----------------------------


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "web.mail_folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


@pytest.mark.django_db
def test_mail_as_files(folder: Path) -> None:
    user = make_user()
    assert folder_mail() == []
    with time_machine.travel(NOW, tick=False) as clock:
        queued(letter(user, "en"))
        clock.shift(timedelta(minutes=5))
        queued(letter(user, "to", subject="Påminnelse: ærlig talt"))
        send_waiting_mail()
    newest, oldest = folder_mail()
    assert (newest.subject, newest.to) == (
        "Påminnelse: ærlig talt",
        "Kontakt Eksempel <kontakt@drammen.example>",
    )
    assert oldest.at == NOW
    assert "Ærlig Østby på Åsen" in oldest.text
    assert one_mail(oldest.name) == oldest
    assert one_mail("../../../etc/passwd") is None
    assert {path.suffix for path in folder.iterdir()} == {".eml"}
