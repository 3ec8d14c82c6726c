"""The columns of the register of units: its files and their template."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisation.models import UNIT_KIND_LABELS
from web.register.columns import Column

SHEET = "Virksomheter"
COLUMNS = (
    Column(
        "name",
        _("Navn"),
        _("nøkkel: navnet sier hvilken virksomhet det er. Et navn som ikke finnes, er en ny virksomhet"),
        longest=120,
        required=True,
        also=("Virksomhet",),
    ),
    Column(
        "kind",
        _("Type"),
        _("område, virksomhet, stab eller kommunalt foretak"),
        kind="choice",
        labels=UNIT_KIND_LABELS,
    ),
    Column(
        "parent",
        _("Hører til"),
        _("virksomheten eller området den ligger under; tom på øverste nivå"),
        kind="link",
        longest=120,
        writer=lambda unit: unit.parent.name if unit.parent else None,
    ),
    Column("valid_from", _("Fra"), _("første dag; tom for en ny er i dag"), kind="date"),
    Column("valid_to", _("Til"), _("siste dag; fylt ut legges virksomheten ned etter den"), kind="date"),
)
BY_NAME = {column.name: column for column in COLUMNS}
