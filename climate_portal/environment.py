"""Typed reading of environment variables: one place, one error message."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

# These make tables and rights, and run as the owner of the database. prepare_demo begins as the owner and
# goes on as the application. Everything else runs as the application from the start: docs/adr/0047.
OWNER_COMMANDS = frozenset({"createcachetable", "database_roles", "migrate", "prepare_demo"})

_is_owners = False


class BadEnvironment(ValueError):
    """An environment variable has a value the portal cannot use."""


def prepare_for(command: str) -> None:
    """Said by what starts a command, before settings are read: whether it runs as the owner."""
    global _is_owners
    _is_owners = command in OWNER_COMMANDS


def database_variable() -> str:
    """The variable with the address to work at. The owner's is forgotten by all but the owner's commands."""
    if _is_owners and text("DATABASE_OWNER_URL"):
        return "DATABASE_OWNER_URL"
    if not _is_owners:
        os.environ.pop("DATABASE_OWNER_URL", None)
    return "DATABASE_URL"


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() in {"1", "true", "yes", "on", "ja"}:
        return True
    if value.lower() in {"0", "false", "no", "off", "nei"}:
        return False
    raise BadEnvironment(f"{name}={value!r}: bruk 1 eller 0.")


def whole_number(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise BadEnvironment(f"{name}={value!r}: bruk et helt tall.")
    return int(value)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of the words; the first where nothing is set."""
    value = text(name, choices[0]).lower() or choices[0]
    if value not in choices:
        raise BadEnvironment(f"{name}={value!r}: bruk {' eller '.join(choices)}.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def networks(name: str) -> list[IPv4Network | IPv6Network | str]:
    """Addresses and networks («10.0.0.0/8»), and the word «unix»."""
    try:
        return [word if word == "unix" else ip_network(word) for word in words(name)]
    except ValueError:
        raise BadEnvironment(
            f"{name}={text(name)!r}: skriv adresser eller nettverk som 10.0.0.5, 10.0.0.0/8, eller unix."
        ) from None


def origin(name: str, default: str = "") -> str:
    """A site address, scheme and host only: «https://klima.kommune.example»."""
    value = text(name, default).rstrip("/")
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
        raise BadEnvironment(f"{name}={value!r}: skriv en adresse som https://klima.kommune.example.")
    return value


def data_folder() -> Path:
    """Where the installation keeps what it makes: embedded database, secret key, static files, mail."""
    return Path(text("PORTAL_DATA_DIR") or Path(__file__).resolve().parent.parent / ".local").resolve()


def database(name: str = "DATABASE_URL") -> dict[str, object]:
    """Django's database settings from a libpq address, unix-socket forms included.

    Without the variable nothing answers at the address: commands that need no database still run
    (triggers are compiled by the PostgreSQL backend, so the dummy one will not do), and those that
    need one get it from `climate_portal.database` before settings are read.
    """
    value = text(name)
    if not value:
        return {"ENGINE": "django.db.backends.postgresql", "NAME": "none", "HOST": "/nonexistent"}
    try:
        parts = {key: str(part) for key, part in conninfo_to_dict(value).items() if part is not None}
    except ProgrammingError as error:
        raise BadEnvironment(f"{name} kan ikke leses som en PostgreSQL-adresse: {error}") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }
