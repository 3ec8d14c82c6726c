"""Print a climate budget as data: JSON, CSV or XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from budget.exports.data import FORMATS, export
from budget.models import ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.budgets import find_budget
from emissions.enums import Scope
from web.commands import PortalCommand


class Command(PortalCommand):
    help = "Skriver klimabudsjettet for et år: det vedtatte, ellers det nyeste utkastet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", metavar="ÅR")
        parser.add_argument("--scope", default=Scope.COMMUNITY_DIRECT.value, help=", ".join(Scope))
        parser.add_argument("--revision", metavar="N")
        parser.add_argument("--format", default="json", help=", ".join(sorted(FORMATS)))
        parser.add_argument("--output", metavar="FIL", help="skriv til fil i stedet for standard ut")

    def handle(self, *args: Any, **options: Any) -> None:
        data = _data(options)
        if options["output"]:
            _write(Path(options["output"]), data)
        else:
            self._print(data)

    def _print(self, data: bytes) -> None:
        """The data and nothing else; bytes as they are where the stream takes bytes."""
        stream = getattr(self.stdout, "buffer", None)
        if stream is not None:
            stream.write(data)
            stream.flush()
        else:
            self.stdout.write(data.decode(), ending="")


def _data(options: dict[str, Any]) -> bytes:
    if options["format"] not in FORMATS:
        raise CommandError(f"Ukjent format «{options['format']}». Velg {', '.join(sorted(FORMATS))}.")
    return export(budget_table(_budget(options)), options["format"])


def _budget(options: dict[str, Any]) -> ClimateBudget:
    year = _number(options["year"], "Året")
    revision = None if options["revision"] is None else _number(options["revision"], "Revisjonen")
    if options["scope"] not in list(Scope):
        raise CommandError(f"Ukjent systemgrense «{options['scope']}». Velg {', '.join(Scope)}.")
    budget = find_budget(year, options["scope"], revision)
    if budget is None:
        which = f"revisjon {revision} av klimabudsjettet" if revision else "noe klimabudsjett"
        raise CommandError(f"Det finnes ikke {which} for {year} med systemgrensen {options['scope']}.")
    return budget


def _number(text: str, what: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise CommandError(f"{what} må være et tall, ikke «{text}».")
    return int(text)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CommandError(f"Kan ikke skrive til {path}: {error.strerror}.") from error
