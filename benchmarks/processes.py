"""Web server and worker as in production, and how much memory they have needed."""

from __future__ import annotations

import http
import http.client
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from climate_portal.demo import HOST, PASSWORD, answers, child_process, stop_all, web_command, worker_command
from climate_portal.processes import until

START_SECONDS = 60
ANSWER_SECONDS = 60
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class BenchmarkFailed(Exception):
    """Something answered in another way than it should, so there is nothing to time."""


@contextmanager
def web_server(listener: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn with the portal's own configuration and one worker, answering."""
    child = child_process(web_command(listener.fileno()), [listener.fileno()])
    try:
        port = listener.getsockname()[1]
        if not any(answers(port) for _ in until(START_SECONDS, every=0.2)):
            raise BenchmarkFailed("Nettjeneren svarte ikke.")
        yield child
    finally:
        stop_all([child])


@contextmanager
def job_worker() -> Iterator[subprocess.Popen[bytes]]:
    """The worker of background jobs, just started."""
    child = child_process(worker_command())
    try:
        yield child
    finally:
        stop_all([child])


def peak_megabytes(child: subprocess.Popen[bytes]) -> float:
    """The most resident memory (VmHWM, 10⁶ bytes) one process of the child's tree has had at any time.

    Pages a gunicorn worker shares with its parent are counted in full.
    """
    return max(_peak(pid) for pid in _tree(child.pid)) * 1024 / 1e6


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text().split():
            yield from _tree(int(child))


def _peak(pid: int) -> int:
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) if found else 0


class Browser:
    """One person's browser: one connection kept alive, cookies, and the token forms are sent with."""

    def __init__(self, port: int, login: str = "", *, session: str = "") -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.location = ""
        if session:
            # Logged in already.
            self.cookies[settings.SESSION_COOKIE_NAME] = session
            return
        self.read_token(self.get("/logg-inn/"))
        self.post("/logg-inn/", {"login": f"{login}@drammen.example", "password": PASSWORD}, status=302)
        self.read_token(self.get("/"))

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, None, {}, http.HTTPStatus.OK)

    def post(
        self, path: str, fields: dict[str, str], *, status: int, headers: dict[str, str] | None = None
    ) -> bytes:
        body = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", path, body, form, status)

    def upload(self, path: str, file_name: str, content: bytes) -> None:
        """Send a file in the form's field «file», and look at the page it leads to."""
        fields = {"file": SimpleUploadedFile(file_name, content), "csrfmiddlewaretoken": self.token}
        headers = {"Content-Type": MULTIPART_CONTENT}
        body = encode_multipart(BOUNDARY, fields)
        self._ask("POST", path, body, headers, http.HTTPStatus.SEE_OTHER)
        self.get(self.location)

    def read_token(self, page: bytes) -> None:
        found = _TOKEN.search(page)
        if found is None:
            raise BenchmarkFailed("Siden har ikke noe skjema.")
        self.token = unescape(found[1].decode())

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {**headers, "Cookie": cookies})
        response = self.connection.getresponse()
        content = response.read()
        if response.status != status:
            raise BenchmarkFailed(f"{method} {path} ga {response.status}, ikke {int(status)}.")
        self.location = response.headers.get("Location", "")
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return content
