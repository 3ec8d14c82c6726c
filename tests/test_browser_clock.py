"""The browser's day is the day of the tests, and what waits in the browser still happens."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import OpenTab, log_in
from tests.clock import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TIMER = "() => new Promise((done) => setTimeout(() => done(new Date().toISOString()), 200))"


def test_the_browser_has_the_same_day_and_its_timers_run(open_tab: OpenTab) -> None:
    page = open_tab("klima").go("/")
    assert page.evaluate("() => Date.now()") == NOW.timestamp() * 1000
    assert page.evaluate("() => new Date().toString()").startswith("Mon Sep 07 2026 10:42:00 GMT+0200")
    assert page.evaluate(TIMER) == "2026-09-07T08:42:00.000Z"
    assert timezone.now() == NOW


def test_a_login_lasts_in_a_browser_whose_cookies_grow_old_by_the_real_clock(open_tab: OpenTab) -> None:
    """The session ends with the browser, and the age of the other is counted from when the browser got it."""
    tab = open_tab()
    log_in(tab, "klima")
    kept = {cookie["name"]: cookie["expires"] for cookie in tab.page.context.cookies()}
    assert kept[settings.SESSION_COOKIE_NAME] == -1
    assert kept[settings.CSRF_COOKIE_NAME] > NOW.timestamp()
    expect(tab.go("/strategi/").get_by_role("heading", level=1)).to_be_visible()
    assert tab.path == "/strategi/"
