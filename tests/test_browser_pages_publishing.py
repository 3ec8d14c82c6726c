"""Every page of what is published in a real browser."""

import pytest

from tests.every_page import Sweep, pages_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", pages_of("publishing"))
def test_page(sweep: Sweep, name: str) -> None:
    sweep.look_at(name)
