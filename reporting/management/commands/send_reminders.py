"""Queue the mail about deadlines that is due now, or show what would be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from organisation.models import User
from reporting.actions.messages import queue_due_messages
from reporting.calculations.messages import due_messages
from reporting.models import MESSAGE_KIND_LABELS, Period
from reporting.queries.message_facts import facts_of
from reporting.queries.message_material import materials_for
from reporting.words.messages import letters
from web.commands import PortalCommand


class Command(PortalCommand):
    help = "Legger varslene som er på tide, i kø. Bakgrunnsjobben gjør det samme hvert tiende minutt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="vis hva som ville blitt sendt, og til hvem"
        )
        parser.add_argument(
            "--now", metavar="TIDSPUNKT", help="regn som om det var da, for eksempel 2026-09-07T07:00"
        )
        parser.add_argument("--text", action="store_true", help="vis også tekstene")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            if options["now"] or options["text"]:
                raise CommandError("--now og --text brukes bare sammen med --dry-run.")
            self.stdout.write(f"Lagt i kø: {queue_due_messages()}.")
            return
        now = _moment(options["now"])
        found = 0
        for period in Period.objects.filter(opens_at__lte=now, closes_at__gt=now).order_by("pk"):
            due = due_messages(facts_of(period, now), now)
            users = User.objects.in_bulk([message.user for message in due])
            names = {pk: user.name for pk, user in users.items()}
            for message, words in letters(due, names, materials_for(period, due, now)):
                user = users[message.user]
                label = MESSAGE_KIND_LABELS[message.kind]
                self.stdout.write(f"{period.code}  {label}  {user.name} <{user.email}>  {words.subject}")
                if options["text"]:
                    self.stdout.write(f"\n{words.text}\n\n---\n")
            found += len(due)
        self.stdout.write(f"Ville blitt lagt i kø: {found}. Ingenting er sendt.")


def _moment(given: str | None) -> datetime:
    """A moment by the clock in Oslo unless it says another zone. Raises CommandError."""
    if given is None:
        return timezone.now()
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"--now {given}: skriv et tidspunkt, for eksempel 2026-09-07T07:00.")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
