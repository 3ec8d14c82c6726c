"""The embedded PostgreSQL's whole life: made, killed, shared, refused. Every wait has a deadline."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from climate_portal.database import SOCKET_PATH_BYTES, Cluster
from climate_portal.database_owner import SYSTEM_USER, DatabaseProblem, binaries, database_owner
from climate_portal.processes import until
from manage import needs_database

pytestmark = pytest.mark.real_clock(reason="the database and those who use it are processes")

PROJECT = Path(__file__).resolve().parent.parent
DEADLINE = 60
AS_ROOT = os.geteuid() == 0
# Another ordinary user, found on every Debian; we can only become it as root.
STRANGER = 65534

# A process of its own that uses the folder until its standard input is closed.
USE_UNTIL_CLOSED = """
import os, sys
from pathlib import Path
from climate_portal.database import Cluster
from climate_portal.database_owner import DatabaseProblem
if sys.argv[2:]:  # become somebody else only now: the interpreter may lie where they cannot read
    os.setgroups([]), os.setgid(int(sys.argv[2])), os.setuid(int(sys.argv[2]))
cluster = Cluster(Path(sys.argv[1]), durable=False)
try:
    print(cluster.open().owner, flush=True)
except DatabaseProblem as problem:
    sys.exit(str(problem))
sys.stdin.read()
cluster.close()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="kp-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path / "data"
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder, durable=False, tied=True)
    yield made
    made.close()


def user_of(folder: Path, *, uid: int | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USE_UNTIL_CLOSED, str(folder), *([] if uid is None else [str(uid)])],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Let the process end; what it wrote to standard error."""
    return process.communicate(timeout=DEADLINE)[1]


def value(address: str, question: str) -> object:
    with psycopg.connect(address, connect_timeout=5) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def gone(address: str) -> bool:
    """Whether the server stops answering before the deadline."""
    for _ in until(DEADLINE):
        try:
            value(address, "SELECT 1")
        except psycopg.OperationalError:
            return True
    return False


def let_go(cluster: Cluster) -> None:
    """What the kernel does with the locks of a process that is killed."""
    assert cluster._users is not None
    os.close(cluster._users)
    cluster._users = None


def server_pid(folder: Path) -> int:
    return int((folder / "database/postmaster.pid").read_text().splitlines()[0])


def test_new_cluster_is_norwegian_checksummed_and_private(cluster: Cluster) -> None:
    address = cluster.open().owner
    assert value(address, "SELECT lower('ÆØÅ')") == "æøå"
    assert value(address, "SHOW server_encoding") == "UTF8"
    assert value(address, "SHOW data_checksums") == "on"
    assert value(address, "SHOW listen_addresses") == ""
    assert value(address, "SELECT current_database()") == "klimaportalen"
    assert cluster.pgdata.stat().st_uid == database_owner().uid


def test_durable_is_the_default(folder: Path) -> None:
    cluster = Cluster(folder)
    address = cluster.open().owner
    try:
        settings = [
            value(address, f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")
        ]
    finally:
        cluster.close()
    assert settings == ["on", "on", "on"]
    assert gone(address)


def test_what_was_written_is_there_at_the_next_start(folder: Path) -> None:
    for expected in (0, 1):
        cluster = Cluster(folder, tied=True)
        address = cluster.open().owner
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS note (line text)")
            assert connection.execute("SELECT count(*) FROM note").fetchone() == (expected,)
            connection.execute("INSERT INTO note VALUES ('her')")
        cluster.close()


def test_starts_again_after_kill_9_and_keeps_what_was_committed(folder: Path) -> None:
    cluster = Cluster(folder, tied=True)
    address = cluster.open().owner
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'bekreftet' AS line")
    os.kill(server_pid(folder), signal.SIGKILL)
    assert any(not cluster.alive() for _ in until(DEADLINE))
    assert (folder / "database/postmaster.pid").exists()
    let_go(cluster)

    again = Cluster(folder, tied=True)
    try:
        assert value(again.open().owner, "SELECT line FROM note") == "bekreftet"
    finally:
        again.close()


def test_starts_while_the_killed_server_is_an_unreaped_zombie(folder: Path) -> None:
    killed = Cluster(folder, durable=False, tied=True)
    killed.open()
    os.kill(server_pid(folder), signal.SIGKILL)
    # Nobody calls wait(): like a container without a reaper, where pg_ctl refuses for ever.
    let_go(killed)
    again = Cluster(folder, durable=False, tied=True)
    try:
        assert value(again.open().owner, "SELECT 1") == 1
    finally:
        again.close()
        assert killed.process is not None
        killed.process.wait(DEADLINE)


def test_stale_pid_file_is_seen_through(cluster: Cluster) -> None:
    # The first names a live process that is no PostgreSQL of ours: after a reboot pids are reused.
    for content in (f"{os.getpid()}\n/et/annet/sted\n", "", "ikke et tall\n", "999999999\n"):
        cluster.open()
        cluster.close()
        (cluster.pgdata / "postmaster.pid").write_text(content)
        assert value(cluster.open().owner, "SELECT 1") == 1
        cluster.close()


def test_two_at_once_share_one_server_and_the_last_one_stops_it(folder: Path) -> None:
    users = [user_of(folder), user_of(folder)]
    addresses = {user.stdout.readline().strip() for user in users if user.stdout}
    assert len(addresses) == 1, [finish(user) for user in users]
    address = addresses.pop()
    pid = server_pid(folder)

    assert finish(users[0]) == ""
    assert value(address, "SELECT 1") == 1
    assert server_pid(folder) == pid
    assert finish(users[1]) == ""
    assert gone(address)


def test_short_command_leaves_a_running_server_alone(cluster: Cluster) -> None:
    address = cluster.open().owner
    user = user_of(cluster.folder)
    assert user.stdout is not None
    assert user.stdout.readline().strip() == address
    finish(user)
    assert value(address, "SELECT 1") == 1


def test_server_of_a_killed_command_is_used_and_then_stopped(folder: Path) -> None:
    first = user_of(folder)
    assert first.stdout is not None
    address = first.stdout.readline().strip()
    first.kill()
    finish(first)
    assert value(address, "SELECT 1") == 1
    finish(user_of(folder))
    assert gone(address)


def test_tied_server_ends_with_the_process_that_is_killed(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", USE_UNTIL_CLOSED.replace("durable=False", "tied=True"), str(folder)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    process.kill()
    process.communicate(timeout=DEADLINE)
    assert gone(address)


def test_users_without_a_visible_server_are_not_run_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder may be in use from another container, where its server cannot be seen from here."""
    user = user_of(folder)
    assert user.stdout is not None
    address = user.stdout.readline().strip()
    monkeypatch.setattr("climate_portal.database.FIND_SECONDS", 1)
    elsewhere = Cluster(folder)
    monkeypatch.setattr(elsewhere, "_read_pid_file", lambda: None)
    with pytest.raises(DatabaseProblem, match="i bruk av en annen prosess"):
        elsewhere.open()
    assert value(address, "SELECT 1") == 1
    finish(user)


def test_database_without_norwegian_letters_is_refused(folder: Path) -> None:
    owner = database_owner()
    folder.mkdir(mode=0o755)
    owner.make_folder(folder / "database")
    arguments = {**owner.popen_arguments(), "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}
    subprocess.run(
        [
            binaries() / "initdb",
            "-D",
            folder / "database",
            "-U",
            "klimaportalen",
            "--encoding=UTF8",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        timeout=DEADLINE,
        **arguments,
    )
    cluster = Cluster(folder, durable=False)
    with pytest.raises(DatabaseProblem, match="norske bokstaver"):
        cluster.open()
    assert not cluster.alive()


def test_server_that_will_not_start_says_why_and_at_once(cluster: Cluster) -> None:
    cluster.open()
    cluster.close()
    (cluster.pgdata / "global/pg_control").rename(cluster.pgdata / "global/borte")
    with pytest.raises(DatabaseProblem, match=r"startet ikke: .*pg_control"):
        cluster.open()


def test_half_made_cluster_is_made_again(cluster: Cluster) -> None:
    cluster.folder.mkdir()
    unfinished = cluster.folder / "database.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    assert value(cluster.open().owner, "SELECT 1") == 1
    assert not unfinished.exists()


def test_long_path_gets_a_short_socket(folder: Path) -> None:
    cluster = Cluster(folder / ("mappe-" * 15) / "ø", durable=False, tied=True)
    address = cluster.open().owner
    socket_folder = Path(str(value(address, "SHOW unix_socket_directories")).strip('"'))
    assert len(os.fsencode(socket_folder / ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES
    cluster.close()
    assert not socket_folder.exists()


def test_path_with_comma_space_and_quote_works(folder: Path) -> None:
    cluster = Cluster(folder / "Ola's mappe, den nye", durable=False, tied=True)
    try:
        assert value(cluster.open().owner, "SELECT 1") == 1
    finally:
        cluster.close()


def manage(folder: Path, *arguments: str) -> str:
    """manage.py in a process of its own, without the session's address and key; what it wrote."""
    environment = {
        name: text
        for name, text in os.environ.items()
        if name not in {"DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY"}
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env={**environment, "PORTAL_EMBEDDED": "", "PORTAL_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_command_starts_its_database_stops_it_and_keeps_a_secret_key(folder: Path) -> None:
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    keys = [manage(folder, "shell", "--no-imports", "-v", "0", "-c", code).strip() for _ in range(2)]
    assert keys[0] == keys[1]
    assert len(keys[0]) >= 60
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not Cluster(folder).alive()


def test_command_without_a_database_starts_none(folder: Path) -> None:
    manage(folder, "check")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("", False),
        ("--help", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("check", False),
        ("check --database default", True),
        ("makemigrations --check", False),
        ("collectstatic --no-input", False),
        ("migrate", True),
        ("procrastinate worker", True),
        ("import_emissions fil.csv", True),
    ],
)
def test_which_commands_need_a_database(line: str, needed: bool) -> None:
    assert needs_database(line.split()) is needed


# --- Users of the machine ------------------------------------------------------------------------
needs_root = pytest.mark.skipif(not AS_ROOT, reason="bare root kan bli en annen bruker")


@needs_root
def test_as_root_the_server_runs_as_the_system_user(cluster: Cluster) -> None:
    cluster.open()
    owner = Path(f"/proc/{server_pid(cluster.folder)}").stat().st_uid
    assert owner == database_owner().uid != 0
    assert database_owner().name == SYSTEM_USER


@needs_root
def test_as_root_opened_folders_are_named(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    closed = folder.parent / "lukket"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "data", durable=False, tied=True)
    try:
        assert value(cluster.open().owner, "SELECT 1") == 1
    finally:
        cluster.close()
    assert f"Åpnet mappen {closed} for gjennomgang (o+x)" in capfd.readouterr().err
    assert closed.stat().st_mode & 0o777 == 0o701


@needs_root
def test_ordinary_user_runs_its_own_server(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, STRANGER, STRANGER)
    user = user_of(folder, uid=STRANGER)
    assert user.stdout is not None
    address = user.stdout.readline().strip()
    assert address, finish(user)
    assert Path(f"/proc/{server_pid(folder)}").stat().st_uid == STRANGER
    assert finish(user) == ""
    assert gone(address)


@needs_root
def test_folder_of_somebody_else_is_refused_with_one_sentence(folder: Path) -> None:
    cluster = Cluster(folder, durable=False)
    cluster.open()
    cluster.close()
    refusal = finish(user_of(folder, uid=STRANGER))
    assert refusal.startswith(f"Mappen {folder} eies av brukeren «root», ikke av «nobody»:")
    assert refusal.count("\n") == 1

    theirs = folder.parent / "deres"
    theirs.mkdir()
    os.chown(theirs, STRANGER, STRANGER)
    with pytest.raises(DatabaseProblem, match="eies av brukeren «nobody», ikke av «root»"):
        Cluster(theirs).open()
    assert list(theirs.iterdir()) == []


@needs_root
def test_database_of_another_owner_inside_our_folder_is_refused(folder: Path) -> None:
    (folder / "database").mkdir(parents=True)
    os.chown(folder / "database", STRANGER, STRANGER)
    with pytest.raises(DatabaseProblem, match="eies av brukeren «nobody»"):
        Cluster(folder).open()
