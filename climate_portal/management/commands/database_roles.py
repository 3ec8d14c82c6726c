"""Make the two roles of the database, or print the SQL for whoever may."""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

from climate_portal import environment
from climate_portal.database_checks import not_protected
from climate_portal.database_roles import Roles, RolesProblem, make_roles, powers, roles


class Command(BaseCommand):
    help = (
        "Lager rollen som eier databasen (DATABASE_OWNER_URL) og den portalen arbeider som (DATABASE_URL). "
        "Er de der fra før, endres ingenting."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--print", action="store_true", dest="only_print", help="skriv SQL-en, gjør ingenting"
        )
        parser.add_argument(
            "--as", default="", dest="admin", metavar="ADRESSE", help="kjør som denne rollen, ikke som eieren"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wanted = roles()
            if wanted is None:
                raise RolesProblem(_one_role_does_it_all())
            if options["only_print"]:
                self.stdout.write(_for_an_administrator(wanted))
                return
            password = str(environment.database()["PASSWORD"])
            with _connected(options["admin"] or environment.text("DATABASE_OWNER_URL"), wanted) as connection:
                self.stdout.write(make_roles(connection, wanted, password))
        except RolesProblem as problem:
            raise CommandError(str(problem)) from problem


def _connected(address: str, wanted: Roles) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(address, dbname=wanted.database)
    except psycopg.Error as error:
        raise RolesProblem(
            f"Fikk ikke kontakt med databasen {wanted.database} ({str(error).splitlines()[0]}). Finnes ikke "
            f"rollen {wanted.owner} ennå, kjør med «--as» og adressen til en databaseadministrator."
        ) from error


def _for_an_administrator(wanted: Roles) -> str:
    return (
        f"-- Kjøres i databasen {wanted.database} av en rolle som får lage roller. Kan kjøres flere ganger.\n"
        f"-- Passord settes etterpå: \\password {wanted.owner} og \\password {wanted.application}\n"
        f"BEGIN;{wanted.script()}COMMIT;"
    )


def _one_role_does_it_all() -> str:
    """Said where there is only one role."""
    to_do = "Sett DATABASE_OWNER_URL til rollen som skal eie databasen, og DATABASE_URL til en annen rolle."
    try:
        with psycopg.connect(environment.text("DATABASE_URL")) as connection:
            role = connection.info.user
            found = powers(connection, role)
    except psycopg.Error:
        return to_do
    return f"{not_protected(role, found)} {to_do}" if found else to_do
