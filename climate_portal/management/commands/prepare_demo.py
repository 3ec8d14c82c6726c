"""What `make demo` needs before it can serve: tables, cache table, static files and demo data.

Tables are made as the owner of the database, all else as the application.
"""

import hashlib
import os
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from climate_portal import environment


class Command(BaseCommand):
    help = "Gjør klar database, statiske filer og eksempeldata til make demo; det som er gjort, hoppes over."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("prepare_demo kjøres av «make demo» (PORTAL_DEMO=1).")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Lager tabellene …")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        become_the_application()
        self.collect_static_files()
        # load_demo is one transaction: when anybody is there, all of it is.
        if not get_user_model().objects.exists():
            self.say("Legger inn eksempeldata …")
            call_command("load_demo")

    def collect_static_files(self) -> None:
        """collectstatic when a file has changed since last time: compressing all of them takes a while."""
        fingerprint = static_fingerprint()
        stamp = settings.DATA_DIR / "static.stamp"
        if stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.is_dir():
            return
        self.say("Samler statiske filer …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(fingerprint)

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def become_the_application() -> None:
    """From here on the rights of web server and worker, which must be enough."""
    connection.close()
    connection.settings_dict.update(environment.database())
    os.environ.pop("DATABASE_OWNER_URL", None)


def static_fingerprint() -> str:
    """Name, size and time of every static file of the project and its apps."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            lines.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
