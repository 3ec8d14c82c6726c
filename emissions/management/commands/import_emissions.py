"""Import a file of emission statistics as an edition."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from emissions.importers.editions import import_edition
from emissions.importers.results import Statistics
from emissions.management.arguments import date_of, plain, scope_of
from emissions.models import Edition
from organisation.management.arguments import actor_of
from organisation.rules import Permission, require
from web.commands import PortalCommand
from web.formats import format_number
from web.names import own_municipality
from web.refusals import Refused
from web.sheets.errors import UnreadableFile
from web.sheets.limits import NATIONAL_STATISTICS, too_large
from web.unseen import without_unseen


@dataclass(frozen=True, slots=True)
class _Outcome:
    statistics: Statistics
    edition: Edition | None
    unchanged: bool


class Command(PortalCommand):
    help = "Importerer en fil med utslippsstatistikk som en ny utgave av klimaregnskapet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", help="CSV eller XLSX, slik statistikken er publisert")
        parser.add_argument("--scope", metavar="KODE", help="systemgrense, for eksempel community_direct")
        parser.add_argument("--published", metavar="ÅÅÅÅ-MM-DD", help="når statistikken ble publisert")
        parser.add_argument("--publisher", default="Miljødirektoratet", metavar="NAVN", help="hvem ga den ut")
        parser.add_argument("--municipality", metavar="NAVN", help="portalens egen når ingen er nevnt")
        parser.add_argument("--dry-run", action="store_true", help="les filen, men skriv ingenting")
        parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
        parser.add_argument("--by", metavar="E-POST", help="hvem importen gjøres for")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = self._outcome(options)
        except (UnreadableFile, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        except PermissionDenied as refusal:
            raise CommandError(f"{options['by']} har ikke rett til å importere klimaregnskap.") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(outcome), ensure_ascii=False))
        else:
            self._tell(outcome)

    def _outcome(self, options: dict[str, Any]) -> _Outcome:
        scope, published = scope_of(options["scope"]), date_of(options["published"])
        by = actor_of(options["by"])
        require(by, Permission.IMPORT_EMISSIONS)  # before anything is read
        path = Path(options["file"])
        content = _content(path)
        with transaction.atomic():
            result = import_edition(
                by=by,
                content=content,
                file_name=path.name,
                municipality=self._name(options["municipality"] or own_municipality()),
                scope=scope,
                published=published,
                publisher=self._name(options["publisher"]),
                limits=NATIONAL_STATISTICS,
            )
            # Done and taken back, so that a dry run refuses all that a real one would.
            transaction.set_rollback(options["dry_run"])
        kept = result.unchanged or not options["dry_run"]
        return _Outcome(result.statistics, result.edition if kept else None, result.unchanged)

    def _name(self, given: str) -> str:
        """A name without the signs nobody sees; that there were some is told on standard error."""
        name = without_unseen(given)
        if name != given:
            self.stderr.write(f"Merk: Vi tok bort usynlige tegn fra «{name}».")
        return name

    def _tell(self, outcome: _Outcome) -> None:
        statistics = outcome.statistics
        if outcome.edition is None:
            done = "Prøvekjøring: ingenting er skrevet."
        elif outcome.unchanged:
            done = f"Filen er allerede importert som utgave {outcome.edition.pk}. Ingenting er endret."
        else:
            done = f"Importert som utgave {outcome.edition.pk}."
        self.stdout.write(done)
        read, used = format_number(statistics.rows_read), format_number(statistics.rows_used)
        self.stdout.write(f"{statistics.municipality}: {used} av {read} rader er brukt.")
        for year, tonnes in statistics.years.items():
            self.stdout.write(f"{year}: {format_number(tonnes)} tonn CO₂e")
        for oddity in statistics.oddities:
            self.stdout.write(f"Merk: {oddity.sentence}")


def _content(path: Path) -> bytes:
    """The file's bytes. Raises CommandError, and UnreadableFile for one that is too large to read."""
    try:
        size = path.stat().st_size
        if size > NATIONAL_STATISTICS.upload:
            raise too_large(size, NATIONAL_STATISTICS)
        return path.read_bytes()
    except FileNotFoundError:
        raise CommandError(f"Filen {path} finnes ikke.") from None
    except OSError:
        raise CommandError(f"Filen {path} kan ikke leses. Er det en fil du har tilgang til?") from None


def _as_json(outcome: _Outcome) -> dict[str, object]:
    return {
        "edition": outcome.edition.pk if outcome.edition else None,
        "rows_read": outcome.statistics.rows_read,
        "rows_used": outcome.statistics.rows_used,
        "unchanged": outcome.unchanged,
        "years": {str(year): plain(tonnes) for year, tonnes in outcome.statistics.years.items()},
    }
