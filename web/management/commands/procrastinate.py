"""procrastinate's own command, with the portal's worker in place of its own."""

from __future__ import annotations

import asyncio
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from procrastinate.contrib.django.management.commands.procrastinate import Command as OwnCommand

from web.worker_process import DatabaseAway, WorkerProcess


class Command(OwnCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the subcommand. The worker ends with 0 when it was asked to stop, and else with an error."""
        if options.get("command") != "worker":
            super().handle(*args, **options)
            return
        chosen = {name: value for name, value in options.items() if name not in self._django_options}
        for name in ("command", "func"):
            chosen.pop(name)
        self.stderr.write(_("Bakgrunnsjobben er i gang."))
        try:
            asyncio.run(_work(chosen))
        except DatabaseAway as away:
            raise CommandError(
                _("Bakgrunnsjobben fikk ikke kontakt med databasen og er stoppet: {why}").format(why=away)
            ) from away


async def _work(options: dict[str, Any]) -> None:
    await WorkerProcess(options).run()
