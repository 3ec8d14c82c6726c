"""Make the leadership summary of a period as PDF, and publish it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser

from budget.enums import BudgetState
from budget.models import ClimateBudget
from organisation.management.arguments import actor_of
from organisation.rules import Permission, require
from publishing.exports.summary_pdf import render_summary
from publishing.jobs import publish
from publishing.queries.period_facts import period_facts
from publishing.words.period_summary import summary_of
from reporting.models import Period
from reporting.queries.reports import period_by_code
from web.commands import PortalCommand
from web.formats import whole_number
from web.pdf import PdfError


class Command(PortalCommand):
    help = "Publiserer sammendraget for ledelsen som PDF, eller gir det siste hvis ingenting er endret."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", metavar="PERIODE", help="for eksempel 2026-T2 eller 2026-AR")
        parser.add_argument("--output", required=True, metavar="FIL", help="hvor PDF-en skal ligge")
        parser.add_argument("--preview", action="store_true", help="lag PDF-en uten å publisere")
        parser.add_argument("--json", action="store_true", help="skriv nummer og kontrollsum som JSON")
        parser.add_argument("--by", metavar="E-POST", help="hvem det publiseres for")

    def handle(self, *args: Any, **options: Any) -> None:
        period = _period(options["period"])
        by = actor_of(options["by"])
        path = _place(Path(options["output"]))
        try:
            require(by, Permission.PUBLISH_SUMMARY)
            if options["preview"]:
                number, pdf = None, render_summary(summary_of(period_facts(period)), None)
            else:
                publication = publish(by=by, period=period)
                number, pdf = publication.number, bytes(publication.pdf)
        except PermissionDenied:
            raise CommandError(f"{options['by']} har ikke rett til å publisere sammendraget.") from None
        except PdfError as error:
            raise CommandError(f"PDF-en kunne ikke lages: {error}") from error
        _write(path, pdf)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(period, number, pdf), ensure_ascii=False))
        else:
            done = f"Publikasjon nr. {number}" if number else "Utkast, ikke publisert"
            self.stdout.write(f"{done}: {path}")


def _period(code: str) -> Period:
    found = period_by_code(code)
    if found is not None:
        return found
    year = whole_number(code.partition("-")[0], 0)
    adopted = ClimateBudget.objects.filter(state__in=[BudgetState.ADOPTED, BudgetState.SUPERSEDED])
    if 1000 <= year <= 9999 and not adopted.filter(year=year).exists():
        raise CommandError(
            f"Det finnes ikke noe vedtatt klimabudsjett for {year}, og derfor ingen periode {code}."
        )
    raise CommandError(f"Perioden {code} finnes ikke. Skriv for eksempel 2026-T1, 2026-T2 eller 2026-AR.")


def _place(path: Path) -> Path:
    """Where the file may be written, known before anything is published. Raises CommandError."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise CommandError(f"{path} kan ikke skrives. Finnes mappen, og har du tilgang til den?")
    return path


def _write(path: Path, content: bytes) -> None:
    """The whole file or none. Raises CommandError where it cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise CommandError(f"{path} kan ikke skrives. Er det plass på disken?") from None


def _as_json(period: Period, number: int | None, pdf: bytes) -> dict[str, object]:
    budget = ClimateBudget.objects.select_related("edition__municipality").get(pk=period.budget_id)
    edition = budget.edition
    return {
        "number": number,
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "budget": {
            "year": budget.year,
            "scope": budget.scope,
            "revision": budget.revision,
            "state": budget.state,
            "case": budget.case_number,
        },
        "edition": {
            "published": edition.published.isoformat(),
            "municipality": edition.municipality.name,
            "publisher": edition.publisher,
        },
    }
