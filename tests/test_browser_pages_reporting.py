"""Every page of the reporting in a real browser."""

import pytest

from tests.browser import OpenTab
from tests.every_page import Seen, look_at, pages_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", pages_of("reporting"))
def test_page(open_tab: OpenTab, seen: Seen, name: str) -> None:
    look_at(name, open_tab, seen)
