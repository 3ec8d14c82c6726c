"""The worker as a process: it waits for a database that is away, connects again, and says if it gives up."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import psycopg
from django.db import DatabaseError, connections
from procrastinate import signals
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from web.job_recovery import recover_stalled_jobs
from web.worker import WORKER_SILENT_AFTER

log = logging.getLogger(__name__)

# A restart or a failover is over by then; what lasts longer is for whoever starts the worker to know.
PATIENCE = timedelta(minutes=10)
ASK_EVERY = 1.0
CONNECT_SECONDS = 10
LOOK_FOR_STALLED_EVERY = 10.0
# A worker that was thought dead has lost its row, and the queue refuses it a job.
_LOST = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ForeignKeyViolation)


class DatabaseAway(Exception):
    """The database has been away for longer than the worker waits."""


class _ConnectedWorker(Worker):
    """procrastinate's worker for as long as its connections hold; `stopped` when it was told to end.

    It tells itself when the heartbeat or the listening fails, and would then end as if all were well.
    """

    stopped = False

    def stop(self) -> None:
        self.stopped = True
        super().stop()


class WorkerProcess:
    """Does background jobs until it is asked to stop or, with `wait` False in the options, none is left."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = {
            **app.worker_defaults,
            "stalled_worker_timeout": WORKER_SILENT_AFTER.total_seconds(),
            **options,
            "install_signal_handlers": False,
        }
        self._asked_to_stop = asyncio.Event()
        self._worker: _ConnectedWorker | None = None

    async def run(self) -> None:
        """Raises DatabaseAway when it gives up, and what is not a matter of the connection."""
        app.perform_import_paths()
        with signals.on_stop(self._stop):
            while not self._asked_to_stop.is_set():
                await self._wait_for_database()
                if self._asked_to_stop.is_set() or await self._is_done():
                    return
                log.warning("The worker lost the database, and connects again")
                await self._pause()

    def _stop(self) -> None:
        self._asked_to_stop.set()
        if self._worker is not None:
            self._worker.stop()

    async def _is_done(self) -> bool:
        """Whether the work ended as it should, and not because the connection was lost."""
        try:
            await self._work()
        except (psycopg.Error, ConnectorException) as error:
            cause = error.__cause__ if isinstance(error, ConnectorException) else error
            if not isinstance(cause, _LOST):
                raise
            log.warning("The worker's connection: %s", cause)
            return self._asked_to_stop.is_set()
        return self._asked_to_stop.is_set() or not (self._worker and self._worker.stopped)

    async def _work(self) -> None:
        with app.replace_connector(app.connector.get_worker_connector()):
            async with app.open_async():
                await _recover()
                self._worker = _ConnectedWorker(app=app, **self._options)
                looking = asyncio.create_task(_keep_recovering(LOOK_FOR_STALLED_EVERY))
                try:
                    await self._worker.run()
                finally:
                    looking.cancel()

    async def _wait_for_database(self) -> None:
        deadline = time.monotonic() + PATIENCE.total_seconds()
        said = False
        while not self._asked_to_stop.is_set():
            problem = await _try_database()
            if problem is None:
                return
            if time.monotonic() >= deadline:
                raise DatabaseAway(str(problem))
            if not said:
                log.warning("The worker waits for the database: %s", problem)
                said = True
            await self._pause()

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._asked_to_stop.wait(), ASK_EVERY)
        except TimeoutError:
            return


async def _try_database() -> psycopg.Error | None:
    """Why the database cannot be reached; None when it answers."""
    where = {"connect_timeout": CONNECT_SECONDS, **connector_params()}
    try:
        async with await psycopg.AsyncConnection.connect(**where) as connection:
            await connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        return error
    return None


async def _keep_recovering(every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await _recover()


async def _recover() -> None:
    # In a thread: the ORM waits for the database, and the heartbeat must not.
    await asyncio.to_thread(_recover_in_thread)


def _recover_in_thread() -> None:
    try:
        recover_stalled_jobs()
    except DatabaseError:
        log.exception("Looking for stalled jobs failed; it is done again soon")
    finally:
        connections.close_all()
