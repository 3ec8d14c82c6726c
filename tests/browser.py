"""Fixtures for tests in a real browser: the demo municipality on a server, and tabs that tell on the page.

Debian's Chromium, driven by Playwright. Every tab counts what a page must never do: break the
Content-Security-Policy, write an error to the console, or ask for something that is refused or missing.
What a test provokes on purpose it announces with `tab.expecting(422)`.
"""

from __future__ import annotations

import asyncio
import re
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import connections
from django.test import Client, TransactionTestCase, override_settings
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from procrastinate.contrib.django import app as jobs
from procrastinate.utils import sync_to_async
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from climate_portal.demo_data.organisation import DOMAIN, PASSWORD, person
from tests import demo_urls
from tests.demo_world import database_copied

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PATIENCE = 40_000  # milliseconds to wait for anything on a machine shared with others

expect.set_options(timeout=PATIENCE)

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The narrowest WCAG asks for, a common phone, a common laptop; axe looks at the outer two.
WIDTHS = (320, 360, 1280)
# What sticks out to the right of the screen, so that the whole page can be dragged sideways.
WIDE_PARTS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > width + 1 && !element.closest(".kp-scroll"));
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className}`;
  return [`page ${document.documentElement.scrollWidth}`, ...wide.slice(0, 5).map(name)];
}"""

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.kpViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# What the console repeats of responses, which are judged by their status, and of requests htmx itself
# gave up for a newer one (hx-sync).
REPEATED = re.compile(
    r"^Failed to load resource: the server responded|^Response Status Error Code"
    r"|^htmx:(afterRequest|sendAbort),"
)


@dataclass
class Tab:
    """One page of one person's browser, and what has gone wrong in it."""

    page: Page
    origin: str
    problems: list[str] = field(default_factory=list)
    _expected: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._problem(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.origin}{path}")
        return self.page

    @property
    def path(self) -> str:
        """Where the tab is, without the server's address."""
        return self.page.url.removeprefix(self.origin)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Lets the server refuse with these statuses, and requires that it does with each."""
        self._expected, seen = statuses, set()

        def note(response: Response) -> None:
            seen.add(response.status)

        self.page.on("response", note)
        try:
            yield
            self.page.wait_for_load_state()
            until_true(self.page, lambda: seen >= set(statuses), str(statuses))
        finally:
            self.page.remove_listener("response", note)
            self._expected = ()

    def download(self, link: Locator) -> bytes:
        """What clicking the link downloads."""
        with self.page.expect_download() as promise:
            link.click()
        return Path(promise.value.path()).read_bytes()

    def _problem(self, what: str) -> None:
        self.problems.append(f"{self.path}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REPEATED.match(message.text):
            self._problem(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # Aborted: the browser itself left the page, or turned the answer into a download.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self._problem(f"request: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._problem(f"response: {response.status} {response.url}")


@dataclass(frozen=True)
class Site:
    """The live server with the demo municipality behind it."""

    origin: str


@pytest.fixture(scope="module")
def site(demo_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The portal with the demo municipality on a server, a fresh copy for each module.

    Its tests are marked `django_db(transaction=True)`, but what each of them commits stays for the next.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, ROOT_URLCONF=demo_urls.__name__),
        pytest.MonkeyPatch.context() as patch,
        database_copied(demo_database, f"{demo_database}_site"),
    ):
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        server = LiveServer("localhost")
        try:
            yield Site(server.url)
        finally:
            server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium per module. Playwright keeps an event loop running in this thread, so not for longer."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} mangler. Kjør «make test», som installerer Chromium.")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The tests read the database beside that event loop, as synchronously as ever.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


OpenTab = Callable[..., Tab]


@dataclass
class Tabs:
    """The tabs that are open, and what has gone wrong in them or on the server behind them."""

    chromium: Browser
    origin: str
    contexts: list[BrowserContext] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def open(self, login: str = "", *, phone: bool = False, **options: Any) -> Tab:
        size: dict[str, Any] = {"viewport": DESKTOP}
        if phone:
            size = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
        context = self.chromium.new_context(locale="nb-NO", timezone_id="Europe/Oslo", **size, **options)
        self.contexts.append(context)
        # The date is the tests' own. Timers go on, or htmx would never send what it waits with; so does the
        # browser's store of cookies, which the portal gives an age in seconds and not only a date.
        context.clock.set_fixed_time(timezone.now())
        if login:
            context.add_cookies([session_cookie(login, self.origin)])
        self.tabs.append(new_page(context, self.origin))
        return self.tabs[-1]

    def problems(self) -> str:
        """What has gone wrong since this was last asked."""
        found = self.crashes + [problem for tab in self.tabs for problem in tab.problems]
        for told in (self.crashes, *(tab.problems for tab in self.tabs)):
            told.clear()
        return "\n".join(found)

    def note_crash(self, **_: object) -> None:
        self.crashes.append(traceback.format_exc())


@contextmanager
def open_tabs(chromium: Browser, origin: str) -> Iterator[Tabs]:
    """No tab yet; those that are opened are closed at last."""
    tabs = Tabs(chromium, origin)
    got_request_exception.connect(tabs.note_crash)
    try:
        yield tabs
    finally:
        got_request_exception.disconnect(tabs.note_crash)
        for context in tabs.contexts:
            context.close()


@pytest.fixture
def open_tab(site: Site, chromium: Browser) -> Iterator[OpenTab]:
    """`open_tab("klima")` is a tab where klima is logged in, `open_tab()` a stranger's.

    The test fails at its end for what any of its pages did wrong.
    """
    with open_tabs(chromium, site.origin) as tabs:
        yield tabs.open
        problems = tabs.problems()
    assert not problems, problems


def new_page(context: BrowserContext, origin: str) -> Tab:
    """A tab in a browser that is open already, for what happens in two tabs."""
    page = context.new_page()
    tab = Tab(page, origin)
    page.expose_function("kpViolation", lambda what: tab.problems.append(f"{tab.path}: CSP {what}"))
    page.add_init_script(REPORT_VIOLATIONS)
    return tab


def session_cookie(login: str, origin: str) -> Any:
    """The cookie of somebody who has logged in; the login page has tests of its own."""
    client = Client()
    client.force_login(person(login))
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": origin,
    }


def log_in(tab: Tab, login: str) -> None:
    """Through the login page, as a person does."""
    tab.go("/logg-inn/")
    tab.page.get_by_label("E-post").fill(f"{login}@{DOMAIN}")
    tab.page.get_by_label("Passord").fill(PASSWORD)
    tab.page.get_by_role("button", name="Logg inn").click()
    at_page(tab.page, "Min side")


def at_page(page: Page, title: str | re.Pattern[str]) -> Page:
    """The page once it is the one with this heading, and all of it has come.

    A click does not wait for the page it leads to, and a heading is there before what stands below it.
    """
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state()
    return page


def follow(page: Page, link: str) -> None:
    """Through a link, until all of the other page has come."""
    with page.expect_navigation():
        page.get_by_role("link", name=link).first.click()


def until_true(page: Page, holds: Callable[[], bool], awaited: str = "") -> None:
    """Waits for what is not on the page, letting the browser go on meanwhile."""
    for _moment in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"Never came: {awaited or 'what was waited for'}, at {page.url}")


def unfold(card: Locator) -> Locator:
    """The card of a measure in the report form, with its questions unfolded."""
    questions = card.locator("details").first
    if questions.get_attribute("open") is None:
        questions.locator("summary").first.click()
        expect(questions).to_have_attribute("open", "")
    return card


def work_off_jobs() -> None:
    """Does the background jobs that wait, as the worker would, and stops."""

    async def work() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        with jobs.replace_connector(jobs.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        # In the one thread that did the jobs, or its connection would be left to the garbage collector.
        await sync_to_async(connections.close_all)

    # Beside this thread, which has Playwright's event loop.
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, work()).result(60)


def faults_of(page: Page) -> list[str]:
    """What is wrong with how a page is built: too wide for a screen, hard to use without sight or mouse."""
    page.wait_for_load_state()
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {part}" for part in page.evaluate(WIDE_PARTS)]
        if width != WIDTHS[1]:
            found += [f"{width} px: {fault}" for fault in axe_violations(page)]
    return found + heading_faults(page)


def heading_faults(page: Page) -> list[str]:
    """A page has one heading of the first level, and its title names it."""
    headings = page.get_by_role("heading", level=1).all_inner_texts()
    if len(headings) != 1:
        return [f"h1: {headings}"]
    if headings[0].casefold() not in page.title().casefold():
        return [f"title «{page.title()}» does not name h1 «{headings[0]}»"]
    return []


def axe_violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA. Evaluated, as the page's policy lets no script in."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(
        "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(result => result.violations)",
        WCAG,
    )
    return [
        f"{violation['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for violation in violations
        for node in violation["nodes"]
    ]
