"""`make demo`: PostgreSQL, web and worker under one supervisor, with a demo municipality.

The supervisor does not load Django. What must be ready first is done by `manage.py prepare_demo`.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from climate_portal import environment
from climate_portal.database import Cluster, export
from climate_portal.database_owner import DatabaseProblem
from climate_portal.demo_data.logins import DOMAIN, LOGINS, PASSWORD
from climate_portal.processes import dies_with_parent, stop_child

HOST = "127.0.0.1"
PROJECT = Path(__file__).resolve().parent.parent
# Everything is down within 10 seconds: first web and worker together, then the database.
CHILDREN_SECONDS = 4.0
DATABASE_SECONDS = 3.0
PREPARE_SECONDS = 300
ANSWER_SECONDS = 60
QUICK_DEATHS = 5
QUICK_SECONDS = 10
# Between attempts to start what the demo can do without, after as many quick deaths.
PAUSE_SECONDS = 15


class DemoProblem(Exception):
    """The demo cannot run; the message is one Norwegian sentence."""


class Stop(BaseException):
    """Somebody asked the demo to stop."""


class Service:
    """A child that is started again when it dies.

    One that keeps dying at once ends the demo, or is given a pause when the demo can do `without` it.
    """

    def __init__(
        self, name: str, command: list[str], pass_fds: Iterable[int] = (), *, without: str = ""
    ) -> None:
        self.name = name
        self.command = command
        self.pass_fds = tuple(pass_fds)
        self.without = without
        self.quick_deaths = 0
        self.rests_until = 0.0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.child = child_process(self.command, self.pass_fds)

    def tend(self) -> None:
        if self.child.poll() is None:
            return
        if self.rests_until:
            if time.monotonic() >= self.rests_until:
                self.rests_until = 0.0
                self.start()
            return
        quick = time.monotonic() - self.started < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 1
        # What it had started itself may have outlived it, and would answer beside the new one.
        stop_child(self.child, [])
        if self.quick_deaths >= QUICK_DEATHS:
            self.rest()
            return
        say(f"{self.name} stoppet (kode {self.child.returncode}) og startes igjen.")
        time.sleep(0.5 * (self.quick_deaths - 1))
        self.start()

    def rest(self) -> None:
        problem = f"{self.name} stopper hver gang den startes: {where_to_look(self.child.returncode)}."
        if not self.without:
            raise DemoProblem(problem)
        say(f"{problem} {self.without} Vi prøver igjen om {PAUSE_SECONDS} sekunder.")
        self.rests_until = time.monotonic() + PAUSE_SECONDS


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_once)
    try:
        run()
    except (DemoProblem, DatabaseProblem, environment.BadEnvironment) as problem:
        say(str(problem), sys.stderr.fileno())
        return 1
    except Stop:
        say("Demoen er stoppet.")
    return 0


def run() -> None:
    """Hold the demo up until told to stop; whatever happens, what was started is stopped."""
    listener = listen(port_number())
    port = listener.getsockname()[1]
    if os.environ.pop("DATABASE_URL", "") or os.environ.pop("DATABASE_OWNER_URL", ""):
        say("DATABASE_URL brukes ikke: demoen har sin egen database.")
    os.environ.update(PORTAL_DEMO="1", DEBUG="0", PORTAL_STATIC_MANIFEST="1")
    os.environ.setdefault("SITE_ORIGIN", f"http://{HOST}:{port}")
    os.environ.setdefault("PORTAL_SUPPORT_EMAIL", f"klima@{DOMAIN}")
    folder = environment.data_folder()
    cluster = Cluster(folder, tied=True, stop_seconds=DATABASE_SECONDS)
    services: list[Service] = []
    try:
        export(cluster.open(), folder)
        prepare()
        services.append(Service("Nettjeneren", web_command(listener.fileno()), [listener.fileno()]))
        without = "Portalen virker, men e-post, PDF-er og store filer blir liggende."
        services.append(Service("Bakgrunnsjobben", worker_command(), without=without))
        supervise(cluster, services, port)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop_all([service.child for service in services])
        cluster.close()


def supervise(cluster: Cluster, services: list[Service], port: int) -> None:
    announced = False
    deadline = time.monotonic() + ANSWER_SECONDS
    while cluster.alive():
        for service in services:
            service.tend()
        if not announced:
            announced = answers(port)
            if announced:
                announce(port)
            elif time.monotonic() > deadline:
                raise DemoProblem(f"Nettjeneren svarte ikke på {ANSWER_SECONDS} sekunder.")
        time.sleep(0.25)
    raise DemoProblem(f"Databasen stoppet uventet: {cluster.last_words()} (se {cluster.log})")


def listen(port: int) -> socket.socket:
    """The web server's socket, taken at once so that a taken port is told before anything slow."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if isinstance(error, PermissionError):
            raise DemoProblem(f"Port {port} er forbeholdt root: velg en over 1023 med PORT.") from error
        raise DemoProblem(f"Port {port} er opptatt: velg en annen, for eksempel PORT={port + 1}.") from error
    return listener


def port_number() -> int:
    port = environment.whole_number("PORT", 8000)
    if not 1 <= port <= 65535:
        raise DemoProblem(f"PORT={port}: bruk et tall fra 1 til 65535.")
    return port


def web_command(descriptor: int) -> list[str]:
    options = ["--bind", f"fd://{descriptor}", "--graceful-timeout", "3", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", "--config", str(PROJECT / "deploy/gunicorn.conf.py"), *options]


def worker_command() -> list[str]:
    # What looks every minute would leave half a million finished jobs a year.
    kept = ("--delete-jobs", "successful", "--shutdown-graceful-timeout", "3")
    return manage("procrastinate", "worker", "--concurrency", "1", *kept)


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(PROJECT / "manage.py"), *arguments]


def child_process(
    command: list[str], pass_fds: Iterable[int] = (), *, as_owner: bool = False
) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C reaches the supervisor alone, which stops all in order.

    Only one that makes tables (`as_owner`) is given the address of the database's owner.
    """
    hidden = set() if as_owner else {"DATABASE_OWNER_URL"}
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(pass_fds),
        start_new_session=True,
        # Not a polite signal: without its database the worker would wait for it before it ended.
        preexec_fn=dies_with_parent(signal.SIGKILL),
    )


def stop_all(children: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + CHILDREN_SECONDS
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        stop_child(child, [(signal.SIGTERM, max(0.1, deadline - time.monotonic()))])


def prepare() -> None:
    child = child_process(manage("prepare_demo"), as_owner=True)
    try:
        code = child.wait(PREPARE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DemoProblem(f"Klargjøringen ble ikke ferdig på {PREPARE_SECONDS} sekunder.") from error
    finally:
        stop_child(child, [(signal.SIGTERM, 2.0)])
    if code:
        raise DemoProblem(f"Demoen kunne ikke klargjøres: {where_to_look(code)}.")


def where_to_look(code: int) -> str:
    """What to do about a process that ended with `code`; one that was killed, below zero, said nothing."""
    if code < 0:
        return f"den ble stoppet utenfra (signal {-code}). Se etter om maskinen har nok minne"
    return "se meldingene over"


def answers(port: int) -> bool:
    """Whether the web server answers; its first answer can take a moment."""
    web = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        web.request("GET", "/live")
        return web.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


def announce(port: int) -> None:
    width = max(len(name) for name, _ in LOGINS) + len(f"@{DOMAIN}")
    people = [f"  {f'{name}@{DOMAIN}':<{width}}  {role}" for name, role in LOGINS]
    address = f"Klimaportalen er klar: http://{HOST}:{port}"
    say(
        "\n".join(
            ["", address, "", f"Logg inn med passordet {PASSWORD} som", *people, "", "Stopp med Ctrl-C."]
        )
    )


def stop_once(_number: int, _frame: FrameType | None) -> None:
    # A second Ctrl-C must not interrupt the stopping.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stop


def say(text: str, descriptor: int = 1) -> None:
    """Write a line; whoever read our output may have gone, which is no reason to stop badly."""
    try:
        os.write(descriptor, f"{text}\n".encode())
    except OSError:
        return


if __name__ == "__main__":
    sys.exit(main())
