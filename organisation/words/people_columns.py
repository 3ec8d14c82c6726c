"""The columns of the register of people: each person a row in its list, each role one in its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import ROLE_LABELS, SOURCE_LABELS
from organisation.words.lacks import roles_text
from web.formats import format_date
from web.register.columns import Column


def _roles(row: Any) -> str:
    return roles_text(one.split("|", 1) for one in row.roles)


def mail_failed(at: datetime) -> str:
    """What is said of a person whose last mail did not arrive."""
    day = format_date(timezone.localtime(at).date())
    return gettext("E-post til adressen kom ikke fram ({day}): kontroller adressen").format(day=day)


def _access(row: Any) -> str:
    if not row.is_active:
        return gettext("stengt ute")
    if row.mail_failed_at is not None:
        return mail_failed(row.mail_failed_at)
    if row.last_login is None and row.invited_at is not None:
        return gettext("invitert, har ikke logget inn")
    return ""


SHEET = "Personer"
COLUMNS = (
    Column(
        "name",
        _("Navn"),
        _("fullt navn"),
        longest=120,
        required=True,
        also=("Person",),
        in_list=True,
        searched=True,
    ),
    # All that a person is today, where her row is one.
    Column("roles", _("Rolle"), read=False, in_file=False, in_list=True, writer=_roles),
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
        filter="rolle",
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
    Column("is_active", _("Tilgang"), read=False, in_file=False, in_list=True, writer=_access),
)
BY_NAME = {column.name: column for column in COLUMNS}
