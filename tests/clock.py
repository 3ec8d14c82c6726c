"""The clock of the tests: it stands still, at the same moment in every test on whatever day they run.

Python's clock is frozen from before the first fixture to after the last, so what is loaded once per module
or per session belongs to the same moment as the tests that read it. `time.monotonic` goes on: waiting for a
thread or a process still ends. The database's clock and other processes' cannot be stopped from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection

# Monday 7 September 2026 at 10.42 in Oslo: three days before the contacts' deadline in reporting_world.
NOW = datetime(2026, 9, 7, 8, 42, tzinfo=UTC)

REAL = "real_clock"


def reason_for_real_clock(marker: pytest.Mark) -> str:
    """Why a test needs the real clock. A marker that does not say it is an error."""
    reason = marker.kwargs.get("reason")
    if marker.args or set(marker.kwargs) != {"reason"} or not isinstance(reason, str) or not reason.strip():
        raise pytest.UsageError(f'@pytest.mark.{REAL} needs a reason: {REAL}(reason="…")')
    return reason


@pytest.fixture(autouse=True, scope="session")
def standing_clock() -> Iterator[time_machine.travel]:
    """Python's clock at NOW. A test that travels on comes back to it."""
    standing = time_machine.travel(NOW, tick=False)
    standing.start()
    yield standing
    standing.stop()


@pytest.fixture(autouse=True)
def clock_of_this_test(request: pytest.FixtureRequest, standing_clock: time_machine.travel) -> Iterator[None]:
    """The standing clock, or the real one where the test is marked so and says why."""
    marker = request.node.get_closest_marker(REAL)
    if marker is None:
        yield
        return
    reason_for_real_clock(marker)
    standing_clock.stop()
    yield
    standing_clock.start()


@pytest.fixture
def database_clock(db: None) -> Iterator[datetime]:
    """Python's clock where the database's is, for what sets history beside the moment a person is told of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (now,) = cursor.fetchone()
    with time_machine.travel(now, tick=False):
        yield now
