"""Print the statuses of a period as data: XLSX, CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from reporting.exports.statuses import FORMATS, statuses_file
from reporting.queries.exchange import exported_statuses
from reporting.queries.reports import period_by_code
from web.commands import PortalCommand


class Command(PortalCommand):
    help = "Skriver statusene i en periode: bare det ledere har godkjent, hvis ikke noe annet er sagt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", metavar="PERIODE", help="for eksempel 2026-T2 eller 2026-AR")
        parser.add_argument("--format", default="json", help=", ".join(FORMATS))
        parser.add_argument("--all", action="store_true", help="ta også med det som ikke er godkjent")
        parser.add_argument("--output", metavar="FIL", help="skriv til fil i stedet for standard ut")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in FORMATS:
            raise CommandError(f"Ukjent format «{options['format']}». Velg {', '.join(FORMATS)}.")
        period = period_by_code(options["period"])
        if period is None:
            code = options["period"]
            raise CommandError(f"Perioden {code} finnes ikke. Skriv for eksempel 2026-T1 eller 2026-AR.")
        rows = exported_statuses(period, everything=options["all"])
        data = statuses_file(period, rows, options["format"])
        if options["output"]:
            self._save(Path(options["output"]), data)
        else:
            self._print(data)

    def _save(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise CommandError(f"Kan ikke skrive til {path}: {error.strerror}.") from error

    def _print(self, data: bytes) -> None:
        """The data and nothing else; bytes as they are where the stream takes bytes."""
        stream = getattr(self.stdout, "buffer", None)
        if stream is not None:
            stream.write(data)
            stream.flush()
        else:
            self.stdout.write(data.decode(), ending="")
