"""Which units lack a seat, a member or a deputy in Klimalaget."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from klimalaget.queries import network_coverage
from web.commands import PortalCommand
from web.formats import parse_iso_date


class Command(PortalCommand):
    help = "Viser hvilke virksomheter som mangler plass, medlem eller vara i Klimalaget."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="skriv JSON")
        parser.add_argument(
            "--date", default="", metavar="ÅÅÅÅ-MM-DD", help="dagen det spørres om; ellers i dag"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = parse_iso_date(options["date"]) if options["date"] else None
        except ValueError as error:
            raise CommandError(
                f"«{options['date']}» er ikke en dato. Skriv for eksempel 2026-09-10."
            ) from error
        coverage = network_coverage(day)
        data = {
            "units_without_seat": [{"unit": u.unit, "kind": u.kind} for u in coverage.units_without_seat],
            "seats_without_member": [{"unit": seat.unit} for seat in coverage.seats_without_member],
            "members_without_deputy": [
                {"unit": seat.unit, "member": seat.member} for seat in coverage.members_without_deputy
            ],
        }
        if options["json"]:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for title, rows in (
            ("Uten plass", data["units_without_seat"]),
            ("Fast plass uten medlem", data["seats_without_member"]),
            ("Medlem uten vara", data["members_without_deputy"]),
        ):
            self.stdout.write(f"{title}: {', '.join(row['unit'] for row in rows) or 'ingen'}")
