"""Print the figures of the edition in force."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from emissions.management.arguments import plain, scope_of, years_of
from emissions.models import SCOPE_LABELS
from emissions.queries.accounts import emissions_table
from emissions.queries.editions import edition_in_force
from web.commands import PortalCommand
from web.names import own_municipality


class Command(PortalCommand):
    help = "Skriver tallene i den gjeldende utgaven av klimaregnskapet, per utslippskilde og år."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scope", metavar="KODE", help="systemgrense, for eksempel community_direct")
        parser.add_argument("--municipality", metavar="NAVN", help="portalens egen når ingen er nevnt")
        parser.add_argument(
            "--year", nargs="+", action="extend", metavar="ÅR", help="bare disse årene; ellers alle"
        )
        parser.add_argument("--json", action="store_true", help="skriv JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = scope_of(options["scope"])
        years = years_of([str(year) for year in options["year"]]) if options["year"] else None
        municipality = options["municipality"] or own_municipality()
        edition = edition_in_force(municipality, scope)
        if edition is None:
            raise CommandError(
                f"Klimaregnskapet har ingen utgave for {municipality} "
                f"med systemgrensen «{SCOPE_LABELS[scope]}»."
            )
        rows = [
            {
                "sector": row.sector,
                "source": row.source,
                "year": row.year,
                "tonnes": None if row.tonnes is None else plain(row.tonnes),
            }
            for row in emissions_table(edition, years)
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write("\t".join("" if value is None else str(value) for value in row.values()))
