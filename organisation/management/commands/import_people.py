"""People from a file: with the register's own columns, or as the personnel system has them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from organisation.importers.people_file import plan_people, write_people
from organisation.importers.personnel_file import (
    ENDS_LEADER,
    ENDS_MANY,
    NotAccepted,
    PersonnelPlan,
    kept_of,
    plan_personnel,
    write_personnel,
)
from organisation.management.files import FileCommand
from web.actors import Actor
from web.commands import SeveralFaults


class Command(FileCommand):
    help = "Leser personer og roller fra en fil, eller fra personalsystemets fil."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--from-personnel",
            action="store_true",
            help="filen er personalsystemets: bare noen kolonner leses",
        )
        parser.add_argument(
            "--accept",
            action="append",
            default=[],
            metavar="KODE",
            help=f"godta det som må bekreftes: {ENDS_MANY} eller {ENDS_LEADER}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if unknown := [code for code in options["accept"] if code not in (ENDS_MANY, ENDS_LEADER)]:
            raise CommandError(f"«{unknown[0]}» er ikke noe å godta. Skriv {ENDS_MANY} eller {ENDS_LEADER}.")
        if not options["from_personnel"]:
            self.take_in(options, plan_people, lambda by, plan: write_people(by=by, plan=plan))
            return

        def read(content: bytes, name: str) -> PersonnelPlan:
            plan = plan_personnel(kept_of(content, name))
            if plan.others_sentence and not options["json"]:
                self.stdout.write(plan.others_sentence)
            return plan

        def write(by: Actor, plan: PersonnelPlan) -> None:
            try:
                write_personnel(by=by, plan=plan, accepted=options["accept"])
            except NotAccepted as asked:
                raise SeveralFaults(f"{one.code}: {one.sentence}" for one in asked.questions) from None

        self.take_in(options, read, write)
