"""The migrated database that test databases are copied from: kept, found again, and made by one at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from tests import owner, template

SERVER = os.environ.get(owner.VARIABLE, "")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return template.cache_folder()


@pytest.fixture
def pgdata(tmp_path: Path) -> Path:
    folder = tmp_path / "pgdata"
    folder.mkdir(mode=0o700)
    (folder / "PG_VERSION").write_text("18")
    return folder


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one migration and a module that it imports."""
    for path, text in {
        "room/migrations/0001_initial.py": "import room.enums\nfrom django.db import models\n",
        "room/enums.py": "A = 1\n",
        "room/other.py": "B = 1\n",
        "web/apps.py": "",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "template.py").write_text("")
    monkeypatch.setattr(template, "ROOT", tmp_path)
    monkeypatch.setattr(template, "__file__", str(tmp_path / "template.py"))
    return tmp_path


@pytest.mark.parametrize("changed", ["room/migrations/0001_initial.py", "room/enums.py", "web/apps.py"])
def test_what_the_contents_depend_on_makes_another_key(tree: Path, changed: str) -> None:
    before = template.key()
    assert template.key() == before
    with (tree / changed).open("a") as file:
        file.write("\n")
    assert template.key() != before


def test_other_code_and_a_new_version_of_what_writes(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = template.key()
    (tree / "room/other.py").write_text("B = 2\n")
    assert template.key() == before
    monkeypatch.setattr(template, "version", lambda package: f"{package} 99")
    assert template.key() != before


def test_what_is_kept_is_laid_again_and_is_the_owners_only(cache: Path, pgdata: Path, tmp_path: Path) -> None:
    assert not template.lay(tmp_path / "first")
    template.keep(pgdata)
    assert template.lay(tmp_path / "again")
    assert (tmp_path / "again" / "PG_VERSION").read_text() == "18"
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert [path.name for path in cache.iterdir()] == [template.key()]


def test_two_sessions_that_keep_at_once_leave_one(cache: Path, pgdata: Path) -> None:
    together = Barrier(2)

    def keep(_: int) -> None:
        together.wait()
        template.keep(pgdata)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(keep, range(2)))
    assert [path.name for path in cache.iterdir()] == [template.key()]


def test_the_three_last_used_are_kept(cache: Path, pgdata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        monkeypatch.setattr(template, "key", lambda number=number: f"key-{number}")
        template.keep(pgdata)
        os.utime(cache / f"key-{number}", (number, number))
    assert sorted(path.name for path in cache.iterdir()) == ["key-2", "key-3", "key-4"]


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A key of the test's own, whose database has one small table."""
    monkeypatch.setattr(template, "key", lambda: f"{os.getpid():020x}")
    yield template.name()
    with psycopg.connect(SERVER, dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {template.name()}")


def databases() -> set[str]:
    with psycopg.connect(SERVER, dbname="postgres", autocommit=True) as server:
        return {row[0] for row in server.execute("SELECT datname FROM pg_database")}


def test_of_two_that_make_it_at_once_one_makes_it(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(2)

    def migrate(address: str) -> None:
        together.wait()  # both have found it missing

    monkeypatch.setattr(template, "migrate", migrate)
    before = databases()
    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(template.ensure, [SERVER, SERVER]))
    assert made == {scratch}
    assert databases() - before == {scratch}


def test_one_that_cannot_be_migrated_is_not_left(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(address: str) -> None:
        raise RuntimeError("no table")

    monkeypatch.setattr(template, "migrate", broken)
    before = databases()
    with pytest.raises(RuntimeError, match="no table"):
        template.ensure(SERVER)
    assert databases() == before
