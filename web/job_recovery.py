"""Jobs whose worker is gone go back into the queue: a killed process cannot say that it has stopped."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from procrastinate import sql
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from web.worker import WORKER_SILENT_AFTER

log = logging.getLogger(__name__)


def recover_stalled_jobs(silent_after: timedelta = WORKER_SILENT_AFTER) -> int:
    """Puts the jobs of workers that have been silent for so long back in the queue; how many it was.

    One whose result somebody is just storing, or which another recovers, is left alone. Where an equal job
    waits already (`queueing_lock`), the stalled one is removed: the other does its work.
    """
    with transaction.atomic():
        # The same job, later in the queue or with another worker, is not the one that was found.
        stalled = _stalled(silent_after)
        free = ProcrastinateJob.objects.select_for_update(no_key=True, skip_locked=True)
        rows = free.filter(pk__in=[pk for pk, _attempts in stalled], status=Status.DOING.value).order_by("pk")
        found = [job for job in rows if (job.pk, job.attempts) in stalled]
        for job in found:
            _back_in_the_queue(job)
    return len(found)


def _stalled(silent_after: timedelta) -> set[tuple[int, int]]:
    """(job, attempts), as procrastinate's `get_stalled_jobs` finds them; that one is for event loops only."""
    rows = DjangoConnector().execute_query_all(
        query=sql.queries["select_stalled_jobs_by_heartbeat"],
        queue=None,
        task_name=None,
        seconds_since_heartbeat=silent_after.total_seconds(),
    )
    return {(row["id"], row["attempts"]) for row in rows}


def _back_in_the_queue(job: ProcrastinateJob) -> None:
    queue = DjangoConnector()
    try:
        with transaction.atomic():
            # No time: at once, whatever this machine's clock says.
            queue.execute_query(
                query=sql.queries["retry_job"],
                job_id=job.pk,
                retry_at=None,
                new_priority=None,
                new_queue_name=None,
                new_lock=None,
            )
    except UniqueViolation:
        queue.execute_query(
            query=sql.queries["finish_job"], job_id=job.pk, status=Status.ABORTED.value, delete_job=True
        )
        log.warning("Job %s (%s) lost its worker, and another like it waits", job.pk, job.task_name)
    else:
        log.warning("Job %s (%s) lost its worker, and is in the queue again", job.pk, job.task_name)
