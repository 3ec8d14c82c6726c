"""The worker as in production, on the test's database and a mail server of the test's own; to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.db import connection
from procrastinate.contrib.django import app
from psycopg.conninfo import make_conninfo

from climate_portal.processes import until
from web.enums import MailState
from web.mail import JOB
from web.models import OutboxMail

PROJECT = Path(__file__).resolve().parent.parent


def worker_environment(**more: str) -> dict[str, str]:
    """What a worker of the test's own is started with: the test's database, and mail as files."""
    database = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    kept = ("PATH", "HOME", "LANG", "PORTAL_DATA_DIR", "SECRET_KEY")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return {**environment, "DATABASE_URL": database, **more}


def start_worker(port: int, *options: str) -> subprocess.Popen[bytes]:
    """The worker as in production, on the test's database and mail server."""
    environment = worker_environment(
        PORTAL_SMTP_HOST="127.0.0.1", PORTAL_SMTP_PORT=str(port), PORTAL_SMTP_SECURITY="none"
    )
    command = [sys.executable, str(PROJECT / "manage.py"), "procrastinate", "worker", *options]
    return subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL)


def kill(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)


def work_until_sent(port: int) -> None:
    """A new worker, until nothing waits. The next minute's look is asked for, not waited for."""
    app.configure_task(JOB).defer()
    worker = start_worker(port)
    try:
        for _left in until(60, every=0.2):
            if not OutboxMail.objects.filter(state=MailState.QUEUED).exists():
                return
        raise AssertionError("The mail was not sent.")
    finally:
        kill(worker)
