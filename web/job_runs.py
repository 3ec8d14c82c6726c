"""Runs of a job: only the newest may write what came of it, and what a person ordered is run at most twice.

A worker that is killed, or cannot reach the database for a while, loses its jobs to another
(`job_recovery`). It may come back and believe that they are still its own. The queue counts the runs of a
job, and that count says which of two is the newest (docs/adr/0049).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from web.names import names_read_once

log = logging.getLogger(__name__)

MOST_RUNS = 2
# Seconds before a job that lost its database is tried again.
REST = 3
# Longer than this is noticed by the worker's heartbeat, which then ends.
RESTS_BEFORE_TELLING_AGAIN = (0.5, 2.0, 5.0)
_DATABASE_LOST = (OperationalError, InterfaceError, ConnectorException)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job: 1 is the first."""

    job_id: int
    number: int


class RunReplaced(Exception):
    """A later run has taken the job over, or the job is done: what this run made is not wanted."""


_run: ContextVar[Run | None] = ContextVar("run", default=None)


def ordered_job(name: str) -> Callable[[Callable[..., None]], Any]:
    """A job that a person has ordered and waits for. Its function does the work in `run_ordered`."""
    again: RetryStrategy = RetryStrategy(wait=REST, retry_exceptions=_DATABASE_LOST)
    return app.task(name=name, task_middleware=[remember_run], retry=again)


def remember_run(work: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Middleware of a job: while it works, `hold_run` knows which run it is."""
    token = _run.set(Run(context.job.id, context.job.attempts + 1))
    try:
        with names_read_once():
            return work()
    finally:
        _run.reset(token)


def hold_run() -> None:
    """Keeps the job this run's own until the transaction ends; for the transaction that stores the result.

    Raises RunReplaced when it is not any more. Outside the queue nobody can take over, and it does nothing.
    """
    run = _run.get()
    if run is None:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("hold_run belongs inside the transaction that stores the result")
    jobs = ProcrastinateJob.objects.select_for_update(no_key=True)
    own = jobs.filter(pk=run.job_id, status=Status.DOING.value, attempts=run.number - 1)
    if own.values_list("pk", flat=True).first() is None:
        raise RunReplaced(f"run {run.number} of job {run.job_id}")


def run_ordered(work: Callable[[], None], *, fail: Callable[[str], None], broken: str) -> None:
    """Does what a person ordered, or tells her why not: she waits for one of the two.

    `work` and `fail` store what came of it in a transaction that holds the run. `broken` is the sentence for
    an error in the work, which is raised again. A lost database is raised too, and the queue tries once more.
    """
    run = _run.get()
    try:
        if run is not None and run.number > MOST_RUNS:
            fail(_("Arbeidet stanset to ganger før det var klart. Prøv igjen, og meld fra om det gjentas."))
            return
        _work_or_tell(work, fail, broken)
    except RunReplaced as replaced:
        log.warning("A later run has taken over, so this one stored nothing: %s", replaced)


def _work_or_tell(work: Callable[[], None], fail: Callable[[str], None], broken: str) -> None:
    try:
        # As in a request: a document is made with one set of names, read once.
        with names_read_once():
            work()
    except (RunReplaced, *_DATABASE_LOST):
        raise
    except Exception:
        log.exception("An ordered job failed")
        fail(broken)
        raise


_OWN = """
FROM (
    SELECT id FROM procrastinate_jobs WHERE id = %(job_id)s AND status = 'doing' AND attempts = %(attempts)s
    FOR UPDATE
) AS own
"""
_FINISH_OWN = (
    "SELECT procrastinate_finish_job_v1(id, %(status)s::procrastinate_job_status, %(delete_job)s)" + _OWN
)
_RETRY_OWN = (
    "SELECT procrastinate_retry_job_v2("
    "id, coalesce(%(retry_at)s, now()), %(priority)s, %(queue)s, %(lock)s)" + _OWN
)


class OwnRuns(JobManager):
    """The queue as a worker sees it: what it says of a job counts while the run is still its own.

    procrastinate ends or retries a job by its id alone: a worker that comes back would take the job from
    the one who does it now.
    """

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """Ends the job, unless a later run has it."""
        await self._if_own(_FINISH_OWN, job, status=status.value, delete_job=delete_job)

    async def retry_job(
        self, job: Job, retry_at: Any = None, priority: Any = None, queue: Any = None, lock: Any = None
    ) -> None:
        """Puts the job back in the queue, unless a later run has it."""
        await self._if_own(_RETRY_OWN, job, retry_at=retry_at, priority=priority, queue=queue, lock=lock)

    async def _if_own(self, query: str, job: Job, **arguments: Any) -> None:
        told = await self._insist(query, job_id=job.id, attempts=job.attempts, **arguments)
        if not told:
            log.warning("Job %s belongs to a later run, and is left to it", job.id)

    async def _insist(self, query: str, **arguments: Any) -> list[Any]:
        """A job of which this is not told stays with a worker that lives, so nobody would take it over."""
        for rest in RESTS_BEFORE_TELLING_AGAIN:
            try:
                return list(await self.connector.execute_query_all_async(query, **arguments))
            except ConnectorException as error:
                log.warning("The queue was not told how a job went, and is told again: %s", error.__cause__)
                await asyncio.sleep(rest)
        return list(await self.connector.execute_query_all_async(query, **arguments))


def own_runs(app: Any) -> None:
    """Gives the queue of the whole portal its `OwnRuns`; called once, when procrastinate is ready."""
    app.job_manager = OwnRuns(app.connector)
