"""Management commands for people and for scripts: what is wrong is one Norwegian line, never a traceback."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class PortalCommand(BaseCommand):
    """A command whose CommandError is its sentence alone on standard error, with the error's exit code."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not getattr(self, "_called_from_command_line", False) or options.get("traceback"):
                raise
            self.stderr.write(" ".join(str(error).split()))
            sys.exit(error.returncode)
