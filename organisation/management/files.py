"""What the commands that read files of units and people have in common."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from organisation.management.arguments import actor_of
from organisation.rules import Permission, require
from web.actors import Actor
from web.commands import PortalCommand, SeveralFaults
from web.concurrency import StaleObject
from web.formats import format_number
from web.refusals import Refused
from web.register.plan import Plan
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS


class FileCommand(PortalCommand):
    """A file of a register, all of it or nothing: each fault is a line, and `--dry-run` takes it back."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", help="XLSX eller CSV med registerets egne kolonner")
        parser.add_argument("--dry-run", action="store_true", help="les filen, men skriv ingenting")
        parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
        parser.add_argument("--by", metavar="E-POST", help="hvem importen gjøres for")

    def take_in(
        self,
        options: dict[str, Any],
        plan: Callable[[bytes, str], Plan],
        write: Callable[[Actor, Any], object],
    ) -> None:
        """Reads the file to a plan, writes it, and says what became of the rows. Raises CommandError."""
        by = actor_of(options["by"])
        try:
            require(by, Permission.MANAGE_ORGANISATION)  # before anything is read
            path = Path(options["file"])
            content = _content(path)
            with transaction.atomic():
                found = plan(content, path.name)
                if faults := list(_faults(found)):
                    raise SeveralFaults(faults)
                if found.to_write:
                    write(by, found)
                # Done and taken back, so that a dry run refuses all that a real one would.
                transaction.set_rollback(options["dry_run"])
        except UnreadableFile as refusal:
            # The reader's own words, without what it was reading.
            raise CommandError(str(refusal)) from None
        except Refused as refused:
            raise SeveralFaults(reason.text for reason in refused.reasons) from None
        except StaleObject:
            raise CommandError("Noe ble endret i portalen mens filen ble lest. Prøv igjen.") from None
        except PermissionDenied:
            raise CommandError(f"{options['by']} har ikke rett til å endre organisasjonen.") from None
        self._tell(found, options)

    def _tell(self, plan: Plan, options: dict[str, Any]) -> None:
        counts = {code: plan.count(code) for code in ("new", "changed", "ended")}
        counts["unchanged"] = plan.count("unchanged") + plan.count("kept")
        if options["json"]:
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        if options["dry_run"]:
            self.stdout.write("Prøvekjøring: ingenting er skrevet.")
        words = {"new": "nye", "changed": "endret", "ended": "avsluttet", "unchanged": "uendret"}
        self.stdout.write(", ".join(f"{format_number(counts[code])} {word}" for code, word in words.items()))
        for row in plan.rows:
            if row.outcome == "kept":
                self.stdout.write(f"{row.title}: {row.outcome_word}")


def _faults(plan: Plan) -> Iterable[str]:
    for row in plan.rows:
        for header, sentence in row.errors:
            column = f", kolonne {header}" if header else ""
            yield f"rad {row.number}{column}: {sentence}"


def _content(path: Path) -> bytes:
    try:
        # One byte more than is read says that it is too large.
        with path.open("rb") as file:
            return file.read(REGISTERS.upload + 1)
    except FileNotFoundError:
        raise CommandError(f"Filen {path} finnes ikke.") from None
    except OSError:
        raise CommandError(f"Filen {path} kan ikke leses. Er det en fil du har tilgang til?") from None
