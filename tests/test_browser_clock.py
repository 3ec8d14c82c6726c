"""The browser's day is the day of the tests, and what waits in the browser still happens."""

from __future__ import annotations

import pytest
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


def test_a_login_lasts_though_its_cookie_ends_long_ago_by_the_real_clock(open_tab: OpenTab) -> None:
    """The cookie's date is counted from the tests' day, its age from whenever the browser got it."""
    tab = open_tab()
    log_in(tab, "klima")
    [session] = [one for one in tab.page.context.cookies() if one["httpOnly"] and "session" in one["name"]]
    assert session["expires"] > NOW.timestamp()
    expect(tab.go("/strategi/").get_by_role("heading", level=1)).to_be_visible()
    assert tab.path == "/strategi/"
