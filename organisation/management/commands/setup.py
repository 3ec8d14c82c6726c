"""The first command in an empty portal: whose it is, and its first administrator."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import ProgrammingError
from django.utils import timezone

from organisation.actions.setup import SetUp, set_up
from organisation.enums import SWITCHES_OF_SIZE, LinkPurpose, Size
from organisation.models import User
from organisation.queries.links import link_path
from organisation.words.switches import SIZE_DETAILS, SIZE_LABELS
from web.actors import COMMAND_LINE
from web.commands import PortalCommand, SeveralFaults
from web.mail import site_address
from web.refusals import Refused


class Command(PortalCommand):
    help = (
        "Setter opp en tom portal: kommunen og den første administratoren. Siste linje på standard ut er en "
        "lenke som administratoren velger passord med, én gang. Kjørt på nytt endrer den ingenting."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--municipality", required=True, metavar="NAVN", help="kommunen, som i statistikken"
        )
        parser.add_argument("--number", required=True, metavar="NNNN", help="kommunenummeret")
        parser.add_argument("--admin-email", required=True, metavar="E-POST", help="første administrator")
        parser.add_argument("--admin-name", required=True, metavar="NAVN", help="hva hun eller han heter")
        parser.add_argument(
            "--title", default="kommunedirektør", help="tittel på øverste leder, ubestemt form"
        )
        parser.add_argument(
            "--size",
            choices=[size.value for size in Size],
            help="hvor mye dere begynner med; ellers spør den",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        size = Size(options["size"]) if options["size"] else self._asked()
        try:
            done = set_up(
                by=COMMAND_LINE,
                name=options["municipality"].strip(),
                number=options["number"].strip(),
                admin_email=options["admin_email"],
                admin_name=options["admin_name"],
                chief_title=options["title"].strip(),
                on=SWITCHES_OF_SIZE[size],
            )
        except Refused as refused:
            raise SeveralFaults(reason.text for reason in refused.reasons) from None
        except ProgrammingError:
            raise CommandError("Databasen er ikke klargjort. Kjør «manage.py migrate» først.") from None
        self._tell(done)

    def _asked(self) -> Size:
        """The first question, to whoever sits there; a script that does not answer begins as most do."""
        if not sys.stdin.isatty():
            return Size.USUAL
        for size in Size:
            self.stderr.write(f"{size.value}: {SIZE_LABELS[size]}. {SIZE_DETAILS[size]}")
        while True:
            answer = input("Hvor mye vil dere bruke? [vanlig] ").strip().lower() or Size.USUAL
            if answer in list(Size):
                return Size(answer)
            self.stderr.write("Svar liten, vanlig eller alt. Alt kan slås på senere.")

    def _tell(self, done: SetUp) -> None:
        name, person = done.municipality.organisation, done.administrator
        self.stdout.write(
            f"{name} er satt opp. {person.name} er administrator."
            if done.changed
            else f"{name} er satt opp fra før. Ingenting er endret."
        )
        if _has_a_password(person):
            self.stdout.write(f"{person.name} har valgt passord og kan logge inn.")
            return
        self.stdout.write("Velg passord her. Lenken gjelder i noen timer og virker én gang:")
        self.stdout.write(site_address(link_path(person, LinkPurpose.INVITATION, timezone.now())))


def _has_a_password(person: User) -> bool:
    return person.has_usable_password()
