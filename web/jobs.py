"""The plumbing's background work: mail leaves the outbox."""

from __future__ import annotations

from procrastinate.contrib.django import app

from web.mail import JOB
from web.mail_sending import send_waiting_mail


# Asked for when something is queued, and every minute for what had to wait.
@app.periodic(cron="* * * * *", queueing_lock=JOB)
@app.task(name=JOB)
def send_mail(timestamp: int = 0) -> None:
    """Sends what is due. Run twice, or by two workers at once, it sends nothing twice."""
    send_waiting_mail()
