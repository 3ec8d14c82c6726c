"""`make demo` without make: one supervisor, everything started, watched and stopped."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from climate_portal import demo as supervisor
from climate_portal.processes import until

PROJECT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.real_clock(reason="the demo is processes with clocks of their own")

START_SECONDS = 180
# For what comes by itself, on a machine that is busy with other things.
PATIENCE = 180
STOP_SECONDS = 10


class Demo:
    """A demo in a folder and on a port of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        kept = ("PATH", "HOME", "LANG", "PYTHONDONTWRITEBYTECODE")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        descriptor, name = tempfile.mkstemp(dir=folder.parent)
        self.output = Path(name)
        with os.fdopen(descriptor, "wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "climate_portal.demo"],
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                env={**environment, "PORT": str(port), "PORTAL_DATA_DIR": str(folder)},
            )

    def text(self) -> str:
        return self.output.read_text()

    def wait_until_ready(self) -> None:
        for _ in until(START_SECONDS, every=0.2):
            if "Klimaportalen er klar" in self.text():
                return
            assert self.process.poll() is None, self.text()
        raise AssertionError(f"ikke klar på {START_SECONDS} sekunder: {self.text()}")

    def status(self) -> int | None:
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            web.request("GET", "/live")
            return web.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            web.close()

    def pids(self, words: str = "") -> list[int]:
        """Processes of this demo whose command line has the words."""
        found = []
        mark = os.fsencode(self.folder)
        for place in Path("/proc").glob("[0-9]*"):
            try:
                command = (place / "cmdline").read_bytes()
                ours = mark in command or mark in (place / "environ").read_bytes()
                ours = ours or os.fsencode(os.readlink(place / "cwd")).startswith(mark)
            except OSError:
                continue
            if ours and words.encode() in command.replace(b"\0", b" "):
                found.append(int(place.name))
        return sorted(found)


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="kp-demo-", dir="/tmp"))
    path.chmod(0o755)
    yield path / "data"
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def start(folder: Path, port: int, demos: list[Demo]) -> Demo:
    demo = Demo(folder, port)
    demos.append(demo)
    return demo


@pytest.fixture
def demos() -> Iterator[list[Demo]]:
    started: list[Demo] = []
    yield started
    for demo in started:
        if demo.process.poll() is None:
            demo.process.kill()
            demo.process.wait(STOP_SECONDS)


def stopped(demo: Demo, seconds: float = STOP_SECONDS) -> int:
    """The exit code; everything the demo started is gone with it."""
    code = demo.process.wait(seconds)
    assert demo.pids() == []
    assert demo.status() is None
    return code


def let_the_worker_keep_dying(demo: Demo) -> None:
    """Five quick deaths of the worker take nothing with them, and it is given another chance."""
    killed: set[int] = set()
    for _death in range(5):
        alive = next(
            found for _ in until(PATIENCE) if (found := set(demo.pids("procrastinate worker")) - killed)
        )
        killed |= alive
        for pid in alive:
            os.kill(pid, signal.SIGKILL)
    assert any("Vi prøver igjen om" in demo.text() for _ in until(PATIENCE, every=0.2)), demo.text()
    assert "Bakgrunnsjobben stopper hver gang den startes" in demo.text()
    assert demo.status() == 200
    assert any(set(demo.pids("procrastinate worker")) - killed for _ in until(PATIENCE, every=0.2)), (
        demo.text()
    )


def test_taken_port_is_one_sentence_and_nothing_is_started(folder: Path, demos: list[Demo]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        demo = start(folder, number, demos)
        assert demo.process.wait(20) == 1
    assert demo.text() == f"Port {number} er opptatt: velg en annen, for eksempel PORT={number + 1}.\n"
    assert not folder.exists()


def test_impossible_port_is_one_sentence(folder: Path, demos: list[Demo]) -> None:
    demo = start(folder, 70000, demos)
    assert demo.process.wait(20) == 1
    assert demo.text() == "PORT=70000: bruk et tall fra 1 til 65535.\n"


def test_demo_starts_heals_and_stops(folder: Path, port: int, demos: list[Demo]) -> None:
    demo = start(folder, port, demos)
    demo.wait_until_ready()
    assert demo.status() == 200
    for name in ("klima", "kontakt", "leder", "admin"):
        assert f"{name}@drammen.example" in demo.text()
    assert "klimaportalen-demo" in demo.text()

    for words in ("gunicorn", "procrastinate worker"):
        killed = demo.pids(words)[0]
        os.kill(killed, signal.SIGKILL)
        assert any(demo.pids(words) and killed not in demo.pids(words) for _ in until(PATIENCE, every=0.2))
    assert any(demo.status() == 200 for _ in until(PATIENCE, every=0.2))

    demo.process.send_signal(signal.SIGTERM)
    assert stopped(demo) == 0

    again = start(folder, port, demos)
    again.wait_until_ready()
    # It starts on what is there: nothing is made or loaded again.
    for work in ("Lager tabellene", "Samler statiske filer", "Legger inn eksempeldata"):
        assert work in demo.text()
        assert work not in again.text()

    let_the_worker_keep_dying(again)
    os.killpg(again.process.pid, signal.SIGINT)
    assert stopped(again) == 0


class Deaths:
    """A service whose child is always dead, counting how often it is started; the clock stands still."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, without: str, code: int = 1) -> None:
        self.starts, self.now, self.code = 0, 1000.0, code
        monkeypatch.setattr(supervisor, "child_process", self.start)
        monkeypatch.setattr(supervisor, "stop_child", lambda *_: None)
        monkeypatch.setattr(supervisor, "say", lambda *_: None)
        clock = SimpleNamespace(monotonic=lambda: self.now, sleep=lambda _seconds: None)
        monkeypatch.setattr(supervisor, "time", clock)
        self.service = supervisor.Service("Prøven", [], without=without)

    def start(self, *_: object) -> SimpleNamespace:
        self.starts += 1
        return SimpleNamespace(poll=lambda: self.code, returncode=self.code)


def test_what_the_demo_cannot_do_without_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    deaths = Deaths(monkeypatch, without="")
    for _death in range(4):
        deaths.service.tend()
    with pytest.raises(supervisor.DemoProblem, match="stopper hver gang den startes: se meldingene over"):
        deaths.service.tend()


def test_nobody_is_sent_to_messages_of_a_child_that_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    deaths = Deaths(monkeypatch, without="", code=-9)
    for _death in range(4):
        deaths.service.tend()
    with pytest.raises(supervisor.DemoProblem, match=r"stoppet utenfra \(signal 9\)"):
        deaths.service.tend()
    killed = SimpleNamespace(wait=lambda _seconds: -9)
    monkeypatch.setattr(supervisor, "child_process", lambda *_, **__: killed)
    with pytest.raises(supervisor.DemoProblem, match=r"klargjøres: den ble stoppet utenfra \(signal 9\)"):
        supervisor.prepare()


def test_what_the_demo_can_do_without_rests_between_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    deaths = Deaths(monkeypatch, without="Resten virker.")
    for _look in range(20):
        deaths.service.tend()
    assert deaths.starts == 5
    deaths.now += supervisor.PAUSE_SECONDS
    deaths.service.tend()
    assert deaths.starts == 6
    deaths.service.tend()  # dead again at once: another rest, and still no more than that
    assert deaths.starts == 6


def test_demo_whose_database_dies_or_supervisor_is_killed_leaves_nothing(
    folder: Path, port: int, demos: list[Demo]
) -> None:
    demo = start(folder, port, demos)
    demo.wait_until_ready()
    os.kill(int((folder / "database/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert stopped(demo) == 1
    assert "Databasen stoppet uventet" in demo.text()

    again = start(folder, port, demos)
    again.wait_until_ready()
    again.process.kill()
    again.process.wait(STOP_SECONDS)
    assert any(not again.pids() for _ in until(STOP_SECONDS, every=0.2)), again.pids()
