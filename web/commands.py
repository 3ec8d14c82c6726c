"""Management commands for people and for scripts: what is wrong is one Norwegian line, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class SeveralFaults(CommandError):
    """Several things are wrong, a sentence for each."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


class PortalCommand(BaseCommand):
    """A command whose CommandError is its sentence alone on standard error, with the error's exit code.

    Each of SeveralFaults has a line of its own.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not getattr(self, "_called_from_command_line", False) or options.get("traceback"):
                raise
            for sentence in error.sentences if isinstance(error, SeveralFaults) else [str(error)]:
                self.stderr.write(" ".join(sentence.split()))
            sys.exit(error.returncode)
