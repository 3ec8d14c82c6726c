"""The columns of the register of people, a row for each role: its files and their template."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisation.models import ROLE_LABELS, SOURCE_LABELS
from web.register.columns import Column

SHEET = "Personer"
COLUMNS = (
    Column("name", _("Navn"), _("fullt navn"), longest=120, required=True, also=("Person",)),
    Column(
        "email",
        _("E-post"),
        _("nøkkel: adressen sier hvem det er. En adresse som ikke finnes, er en ny person, som inviteres"),
        longest=254,
        required=True,
        also=("Epost", "E-postadresse", "Epostadresse"),
    ),
    Column(
        "role",
        _("Rolle"),
        _("en rad for hver rolle; tom for den som ikke har noen"),
        kind="choice",
        labels=ROLE_LABELS,
    ),
    Column(
        "unit",
        _("Virksomhet"),
        _("der rollen gjelder; tom for roller som gjelder hele kommunen"),
        kind="link",
        longest=120,
        writer=lambda row: row.unit or None,
    ),
    Column("valid_from", _("Fra"), _("første dag; tom for en ny rolle er i dag"), kind="date"),
    Column("valid_to", _("Til"), _("siste dag; fylt ut avsluttes rollen etter den"), kind="date"),
    Column(
        "source",
        _("Ført inn"),
        _("hvor rollen er ført inn. Det som er ført inn i portalen, endres ikke av en fil"),
        kind="choice",
        read=False,
        labels=SOURCE_LABELS,
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
