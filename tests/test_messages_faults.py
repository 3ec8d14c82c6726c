"""A report is sent, and the worker dies before its receipt is: in a process of its own, killed with -9."""

from __future__ import annotations

from collections import Counter

import pytest

from reporting.enums import MessageKind, ReportState
from tests.cast import Cast
from tests.mail_server import mail_server, never_take_the_first
from tests.mail_worker import kill, start_worker, work_until_sent
from tests.reporting_world import build
from web.enums import MailState
from web.models import OutboxMail


@pytest.mark.real_clock(reason="the worker is a process of its own")
@pytest.mark.django_db(transaction=True)
def test_the_receipt_comes_once_though_the_worker_was_killed(cast: Cast, clock: object) -> None:
    world = build(cast)
    world.answer()
    # Only what comes of the sending: the receipt, and word to the leader.
    OutboxMail.objects.update(state=MailState.CANCELLED, last_error="prøve")
    assert world.submit().state == ReportState.SUBMITTED
    with mail_server() as server:
        came, go_on = never_take_the_first(server)
        worker = start_worker(server.port)
        assert came.wait(60), "the worker never came"
        kill(worker)
        go_on.set()
        waiting = OutboxMail.objects.filter(state=MailState.QUEUED)
        assert set(waiting.values_list("kind", flat=True)) == {MessageKind.RECEIPT, MessageKind.WAITS}
        assert server.taken == []
        work_until_sent(server.port)
        counted = Counter(str(message["Message-ID"]) for message in server.messages())
    sent = OutboxMail.objects.filter(state=MailState.SENT)
    assert counted == dict.fromkeys(sent.values_list("message_id", flat=True), 1)
    assert sent.count() == 2
    assert world.report().versions.count() == 1
