"""Two roles in PostgreSQL: the owner makes the tables, the application reads and writes their rows.

What the database refuses, such as to change a publication, holds only for a role that cannot take the
refusal away. The application's role owns nothing and may do four things: docs/adr/0047. The script is the
same for the embedded database, the tests, `manage.py database_roles`, and by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.sql import Composed, Identifier, Literal

from climate_portal import environment

# Run in the database itself. Whoever runs it may make roles; that there is nothing left to do is no error.
_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal}) THEN
        CREATE ROLE {role} LOGIN;
    END IF;
END $$;
"""
_NO_POWERS = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = {application_literal} AND rolsuper) THEN
        ALTER ROLE {application} NOSUPERUSER;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = {application_literal}
               AND (rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)) THEN
        ALTER ROLE {application} NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
    IF pg_has_role({application_literal}, {owner_literal}, 'MEMBER') THEN
        REVOKE {owner} FROM {application};
    END IF;
END $$;
"""
# An installation from before had one role, which made everything.
_OWNED_BY_THE_OWNER = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_database WHERE datname = current_database()
               AND pg_get_userbyid(datdba) <> {owner_literal}) THEN
        ALTER DATABASE {database} OWNER TO {owner};
    END IF;
    IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public'
               AND pg_get_userbyid(nspowner) NOT IN ('pg_database_owner', {owner_literal})) THEN
        ALTER SCHEMA public OWNER TO {owner};
    END IF;
    IF EXISTS (SELECT FROM pg_shdepend WHERE deptype = 'o'
               AND refobjid = to_regrole(quote_ident({application_literal}))
               AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())) THEN
        REASSIGN OWNED BY {application} TO {owner};
    END IF;
END $$;
"""
# Needs to own the database, no more. A temporary table would stand before ours where a trigger reads it.
_RIGHTS = """
REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {application};
GRANT CONNECT ON DATABASE {database} TO {application};
REVOKE CREATE ON SCHEMA public FROM PUBLIC, {application};
GRANT USAGE ON SCHEMA public TO {application};
REVOKE TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public FROM PUBLIC, {application};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {application};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {application};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {application};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {application};
"""
_STATE = """
SELECT 'role', rolname, '', concat(rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)
    FROM pg_roles WHERE rolname IN (%(owner)s, %(application)s)
UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text, ''
    FROM pg_auth_members WHERE member = to_regrole(quote_ident(%(application)s))
UNION ALL SELECT 'database', datname, pg_get_userbyid(datdba), datacl::text
    FROM pg_database WHERE datname = current_database()
UNION ALL SELECT 'schema', nspname, pg_get_userbyid(nspowner), nspacl::text
    FROM pg_namespace WHERE nspname = 'public'
UNION ALL SELECT 'table', oid::regclass::text, pg_get_userbyid(relowner), relacl::text
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL SELECT 'function', oid::regprocedure::text, pg_get_userbyid(proowner), proacl::text
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'default', defaclobjtype::text, pg_get_userbyid(defaclrole), defaclacl::text
    FROM pg_default_acl
"""
_POWERS = """
SELECT rolsuper AS "er superbruker",
    pg_has_role(rolname, datdba, 'MEMBER') AS "eier databasen",
    EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND pg_has_role(rolname, relowner, 'MEMBER')) AS "eier tabeller",
    EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND has_table_privilege(rolname, oid, 'TRUNCATE')) AS "kan tømme tabeller",
    has_database_privilege(rolname, datname, 'CREATE')
        OR has_database_privilege(rolname, datname, 'TEMPORARY')
        OR has_schema_privilege(rolname, 'public', 'CREATE') AS "kan lage nye tabeller"
FROM pg_roles, pg_database WHERE rolname = %s AND datname = current_database()
"""


class RolesProblem(Exception):
    """The roles cannot be made; the message is one Norwegian sentence."""


@dataclass(frozen=True)
class Roles:
    """Who owns a database, and as whom the portal works in it."""

    owner: str
    application: str
    database: str

    def script(self) -> str:
        """SQL that makes both roles and gives them their rights, for whoever may; again changes nothing."""
        parts = [
            _filled(_ROLE, role=Identifier(name), literal=Literal(name))
            for name in (self.owner, self.application)
        ]
        parts += [self._filled(part) for part in (_NO_POWERS, _OWNED_BY_THE_OWNER, _RIGHTS)]
        return "".join(part.as_string(None) for part in parts)

    def rights(self) -> str:
        """The part of the script that the owner itself can run, once both roles are there."""
        return self._filled(_RIGHTS).as_string(None)

    def _filled(self, part: str) -> Composed:
        return _filled(
            part,
            owner=Identifier(self.owner),
            application=Identifier(self.application),
            database=Identifier(self.database),
            owner_literal=Literal(self.owner),
            application_literal=Literal(self.application),
        )


def roles() -> Roles | None:
    """The roles as the environment names them; None where one and the same does everything.

    Raises RolesProblem when an address does not say which role it is for.
    """
    if not environment.text("DATABASE_OWNER_URL"):
        return None
    owner, application = environment.database("DATABASE_OWNER_URL"), environment.database()
    for name, address in (("DATABASE_OWNER_URL", owner), ("DATABASE_URL", application)):
        if not address["USER"] or not address["NAME"]:
            raise RolesProblem(f"{name} må ha med både rolle og database: postgresql://ROLLE@/DATABASE.")
    if owner["USER"] == application["USER"]:
        return None
    return Roles(str(owner["USER"]), str(application["USER"]), str(owner["NAME"]))


def make_roles(connection: psycopg.Connection[Any], wanted: Roles, password: str = "") -> str:
    """Makes the roles and gives them their rights; what it did, in one line. Commits or does nothing.

    `password` is the application role's, set when the role is made. Raises RolesProblem when whoever is
    connected may not.
    """
    with connection.transaction():
        before = _state(connection, wanted)
        try:
            connection.execute(wanted.script().encode())
            if password and not _has(before, wanted.application):
                _set_password(connection, wanted.application, password)
        except psycopg.errors.InsufficientPrivilege as error:
            raise RolesProblem(
                f"Rollen {connection.info.user} får ikke lage roller og gi rettigheter "
                f"({_first_line(error)}): kjør SQL-en fra «manage.py database_roles --print» "
                "som databaseadministrator."
            ) from error
        after = _state(connection, wanted)
    return _difference(before, after, wanted)


def powers(connection: psycopg.Connection[Any], role: str) -> list[str] | None:
    """What the role can do that takes the database's protection away; None when there is no such role."""
    cursor = connection.execute(_POWERS, [role])
    row = cursor.fetchone()
    if row is None:
        return None
    assert cursor.description is not None
    return [column.name for column, can in zip(cursor.description, row, strict=True) if can]


_State = set[tuple[str, str, str, str | None]]


def _filled(part: str, **names: Identifier | Literal) -> Composed:
    return sql.SQL(part).format(**names)


def _state(connection: psycopg.Connection[Any], wanted: Roles) -> _State:
    return set(
        connection.execute(_STATE, {"owner": wanted.owner, "application": wanted.application}).fetchall()
    )


def _has(state: _State, role: str) -> bool:
    return any(kind == "role" and name == role for kind, name, *_rest in state)


def _set_password(connection: psycopg.Connection[Any], role: str, password: str) -> None:
    # Encrypted here, so that it never stands in the server's log.
    encrypted = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(role), Literal(encrypted.decode()))
    )


def _difference(before: _State, after: _State, wanted: Roles) -> str:
    if before == after:
        return f"Rollene {wanted.owner} og {wanted.application} er i orden fra før."
    made = [role for role in (wanted.owner, wanted.application) if not _has(before, role)]
    tables = [row for row in after if row[0] == "table"]
    parts = [f"laget {' og '.join(made)}"] if made else []
    parts.append(f"{wanted.owner} eier databasen {wanted.database}")
    parts.append(f"{wanted.application} leser og skriver i {len(tables)} tabeller og tellere")
    return "Rollene er satt opp: " + "; ".join(parts) + "."


def _first_line(error: psycopg.Error) -> str:
    return str(error).splitlines()[0]
