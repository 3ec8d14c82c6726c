"""Writes the demo of this commit as plain SQL: what a later version must be able to migrate.

    .venv/bin/python scripts/release_dump.py tests/releases/2026-11.sql

Made in a database of its own, with the wheel's pg_dump, as a release's files must be loadable wherever the
portal runs: PostgreSQL 15 and newer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from climate_portal.database import Cluster, export  # noqa: E402
from climate_portal.database_owner import binaries  # noqa: E402

MOST_BYTES = 5_000_000
# What newer pg_dumps write and PostgreSQL 15 does not know.
UNKNOWN_TO_15 = ("SET transaction_timeout", "\\restrict", "\\unrestrict")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="kp-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        (Path(folder) / "static").mkdir()
        text = dump_of_demo(Path(folder))
    if len(text.encode()) > MOST_BYTES:
        sys.exit(f"The dump is {len(text.encode())} bytes, more than {MOST_BYTES}.")
    Path(sys.argv[1]).write_text(text)


def dump_of_demo(folder: Path) -> str:
    """The loaded demo, its open period published for everybody, without owners and rights."""
    os.environ |= {
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "climate_portal.settings",
    }
    cluster = Cluster(folder, durable=False, tied=True)
    addresses = cluster.open()
    export(addresses, folder)
    try:
        for command in ("migrate", "createcachetable"):  # as the owner
            subprocess.run([sys.executable, ROOT / "manage.py", command, "-v0"], check=True)
        django.setup()
        call_command("load_demo", verbosity=0)
        publish_for_everybody()
        connection.close()
        return loadable(pg_dump(addresses.owner))
    finally:
        cluster.close()


def publish_for_everybody() -> None:
    """So that each audience has a publication that nothing has happened after: it must be found unchanged."""
    # Models cannot be imported before the database's address is known to the settings.
    from publishing.enums import Audience  # noqa: PLC0415
    from publishing.jobs import publish  # noqa: PLC0415
    from reporting.models import Period  # noqa: PLC0415
    from web.actors import DEMO  # noqa: PLC0415

    period = Period.objects.latest("opens_at")
    for audience in Audience:
        if audience != Audience.AREA:
            publish(by=DEMO, period=period, audience=audience)


def pg_dump(address: str) -> str:
    options = ["--no-owner", "--no-privileges", "--dbname", address]
    made = subprocess.run([binaries() / "pg_dump", *options], check=True, capture_output=True, text=True)
    return made.stdout


def loadable(text: str) -> str:
    """The dump without what PostgreSQL 15 would stop at."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(UNKNOWN_TO_15))


if __name__ == "__main__":
    main()
