#!/usr/bin/env python
"""Django's command line; starts the embedded PostgreSQL for commands that need a database and have none."""

import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext

import psycopg
from django.core.management import execute_from_command_line
from django.db.utils import DatabaseError

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


def refused_by_the_database(command: str, error: BaseException) -> str:
    """One sentence for an owner's command that may not enter, or may not make tables; empty for the rest."""
    at = environment.database_variable()
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, psycopg.Error):
        cause = cause.__cause__ or cause.__context__
    said = str(cause).splitlines()[0] if cause is not None else ""
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return (
            f"Rollen i {at} har ikke lov til det {command} gjør ({said}). Sett DATABASE_OWNER_URL til rollen "
            "som eier databasen, og kjør «manage.py database_roles» først."
        )
    if isinstance(cause, psycopg.OperationalError) and said.startswith("connection"):
        return f"{command} kommer ikke inn i databasen med {at} ({said}). Rett adressen eller passordet."
    return ""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climate_portal.settings")
    command = sys.argv[1] if sys.argv[1:] else ""
    environment.prepare_for(command)
    try:
        with database_for(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except (DatabaseProblem, RolesProblem) as problem:
        sys.exit(str(problem))
    except DatabaseError as error:
        sentence = refused_by_the_database(command, error) if command in environment.OWNER_COMMANDS else ""
        if not sentence or "--traceback" in sys.argv:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
