"""The plumbing's background work: mail leaves the outbox, and files nobody confirmed go."""

from __future__ import annotations

from procrastinate.contrib.django import app

from web.mail import JOB
from web.mail_sending import send_waiting_mail
from web.register.uploads import forget_old_uploads


# Asked for when something is queued, and every minute for what had to wait.
@app.periodic(cron="* * * * *", queueing_lock=JOB)
@app.task(name=JOB)
def send_mail(timestamp: int = 0) -> None:
    """Sends what is due. Run twice, or by two workers at once, it sends nothing twice."""
    send_waiting_mail()


@app.periodic(cron="17 * * * *", queueing_lock="web.forget_uploads")
@app.task(name="web.forget_uploads")
def forget_uploads(timestamp: int = 0) -> None:
    """The bytes of files that have waited for more than a day. Twice is harmless."""
    forget_old_uploads()
