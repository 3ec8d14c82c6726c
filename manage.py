#!/usr/bin/env python
"""Django's command line; starts the embedded PostgreSQL for commands that need a database and have none."""

import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext

from django.core.management import execute_from_command_line

from climate_portal import environment
from climate_portal.database import embedded_database
from climate_portal.database_owner import DatabaseProblem
from climate_portal.database_roles import RolesProblem

WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "sendtestemail",
    "version",
}


def needs_database(arguments: list[str]) -> bool:
    """Whether the command, the first of the arguments, reads or writes a database."""
    if not arguments or arguments[0].startswith("-") or {"-h", "--help"} & set(arguments):
        return False
    return arguments[0] not in WITHOUT_DATABASE or any(part.startswith("--database") for part in arguments)


def database_for(arguments: list[str]) -> AbstractContextManager[None]:
    if environment.text("DATABASE_URL") or not needs_database(arguments):
        return nullcontext()
    # A terminated command must get to stop what it started.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    return embedded_database(environment.data_folder())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climate_portal.settings")
    environment.prepare_for(sys.argv[1] if sys.argv[1:] else "")
    try:
        with database_for(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except (DatabaseProblem, RolesProblem) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
