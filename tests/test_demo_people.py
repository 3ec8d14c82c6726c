"""The people of the demo stay: nobody in it left so long ago that her name gives way."""

from __future__ import annotations

import pytest

from organisation.actions.erasing import erase_former_people
from tests.clock import NOW
from web.actors import WORKER


@pytest.mark.usefixtures("demo_db")
def test_the_demo_keeps_its_people() -> None:
    assert erase_former_people(by=WORKER, now=NOW) == 0
