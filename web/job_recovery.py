"""Jobs whose worker is gone go back into the queue: a killed process cannot say that it has stopped."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from web.worker import WORKER_SILENT_AFTER

log = logging.getLogger(__name__)


def recover_stalled_jobs(silent_after: timedelta = WORKER_SILENT_AFTER) -> int:
    """Puts the jobs of workers that have been silent for so long back in the queue; how many it was.

    One that somebody is just storing the result of, or recovering, is left alone. Where an equal job waits
    already (`queueing_lock`), the stalled one is removed: the other does its work.
    """
    manager = JobManager(DjangoConnector())
    with transaction.atomic():
        stalled = _stalled(manager, silent_after)
        free = ProcrastinateJob.objects.select_for_update(no_key=True, skip_locked=True)
        rows = free.filter(pk__in=[job.id for job in stalled], status=Status.DOING.value)
        still = set(rows.values_list("pk", "attempts"))
        found = [job for job in stalled if (job.id, job.attempts) in still]
        for job in found:
            _back_in_the_queue(manager, job)
    return len(found)


def _stalled(manager: Any, silent_after: timedelta) -> list[Job]:
    find = async_to_sync(manager.get_stalled_jobs)
    return list(find(seconds_since_heartbeat=silent_after.total_seconds()))


def _back_in_the_queue(manager: Any, job: Job) -> None:
    try:
        with transaction.atomic():
            # No time: at once, whatever this machine's clock says.
            manager.retry_job_by_id(job.id, retry_at=None)
    except UniqueViolation:
        async_to_sync(manager.finish_job_by_id_async)(job.id, Status.ABORTED, delete_job=True)
        log.warning("Job %s (%s) lost its worker, and another like it waits", job.id, job.task_name)
    else:
        log.warning("Job %s (%s) lost its worker, and is in the queue again", job.id, job.task_name)
