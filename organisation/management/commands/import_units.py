"""Units from a file, with the register's own columns."""

from __future__ import annotations

from typing import Any

from organisation.importers.unit_file import plan_units, write_units
from organisation.management.files import FileCommand


class Command(FileCommand):
    help = "Leser virksomheter fra en fil: nye, flyttede og nedlagte."

    def handle(self, *args: Any, **options: Any) -> None:
        self.take_in(options, plan_units, lambda by, plan: write_units(by=by, plan=plan))
