"""The file of «Mine opplysninger», for somebody who has asked for it and can no longer log in."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from climate_portal.home.own_data import as_file, own_data
from organisation.calculations.addresses import normal_address
from organisation.models import User


class Command(BaseCommand):
    help = "Skriver alt portalen har om en person, som JSON. Gi filen til personen selv, og bare til den."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADRESSE", help="e-postadressen i portalen")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=normal_address(options["address"])).first()
        if user is None:
            raise CommandError("Ingen har den adressen. Er navnet fjernet, er det ikke noe å gi ut.")
        self.stdout.write(as_file(own_data(user)))
