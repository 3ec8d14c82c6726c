"""Pytest plugin (`-p tests.cluster`): a PostgreSQL of the session's own, before Django reads its settings.

With DATABASE_URL given the session uses that server instead, an ordinary PostgreSQL 15 or newer. Never
the demo's database: it has another data folder.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from climate_portal.database import Cluster, export
from tests import template

# What a developer's shell may carry that would change what is tested.
FOREIGN = ("DEBUG", "SITE_ORIGIN", "ALLOWED_HOSTS", "DEFAULT_FROM_EMAIL", "TILGJENGELIGHETSERKLAERING_URL")

_cluster: Cluster | None = None
_folder: Path | None = None


# A wrapper runs before every other implementation, pytest-django's among them, which loads the settings.
@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    global _cluster, _folder
    for name in [*FOREIGN, *(name for name in os.environ if name.startswith("PORTAL_"))]:
        os.environ.pop(name, None)
    # Short, because a socket's path may be no longer than 107 bytes; open for the system user as root.
    _folder = Path(tempfile.mkdtemp(prefix="kp-", dir="/tmp"))
    _folder.chmod(0o711)
    (_folder / "static").mkdir()  # WhiteNoise warns when what collectstatic fills is missing
    os.environ["PORTAL_DATA_DIR"] = str(_folder)
    os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 40
    if not os.environ.get("DATABASE_URL"):
        _cluster = _open_cluster(_folder)
    if template.VARIABLE not in os.environ:
        os.environ[template.VARIABLE] = template.ensure(os.environ["DATABASE_URL"])
    return (yield)


def _open_cluster(folder: Path) -> Cluster:
    """A server with the template database in it, from the last session's if nothing has changed since."""
    cluster = Cluster(folder, durable=False, tied=True)
    laid = template.lay(cluster.pgdata)
    export(cluster.open(), folder)
    if not laid:
        template.ensure(os.environ["DATABASE_URL"])
        cluster.close()  # files of a running server are not to be copied
        template.keep(cluster.pgdata)
        export(cluster.open(), folder)
    return cluster


def pytest_unconfigure() -> None:
    if _cluster is not None:
        _cluster.close()
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
