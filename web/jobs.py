"""The plumbing's background work: mail leaves the outbox, and what has had its age goes."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from web.actors import WORKER
from web.mail import JOB
from web.mail_sending import send_waiting_mail
from web.retention import carry_out_ages


# Asked for when something is queued, and every minute for what had to wait.
@app.periodic(cron="* * * * *", queueing_lock=JOB)
@app.task(name=JOB)
def send_mail(timestamp: int = 0) -> None:
    """Sends what is due. Run twice, or by two workers at once, it sends nothing twice."""
    send_waiting_mail()


# Every hour: the clock in Oslo is not cron's, and a worker may have been down when the hour came.
@app.periodic(cron="17 * * * *", queueing_lock="web.carry_out_ages")
@app.task(name="web.carry_out_ages")
def let_go(timestamp: int = 0) -> None:
    """Everything in the slot `retention` that is too old. Twice is harmless."""
    carry_out_ages(by=WORKER, now=timezone.now())
