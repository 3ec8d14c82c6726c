"""The columns of the register of people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.words.lacks import roles_text
from web.formats import format_date
from web.register.columns import Column


def _roles(row: Any) -> str:
    return roles_text(one.split("|", 1) for one in row.roles)


def mail_failed(at: datetime) -> str:
    day = format_date(timezone.localtime(at).date())
    return _("E-post til adressen kom ikke fram ({day}): kontroller adressen").format(day=day)


def _state(row: Any) -> str:
    if not row.is_active:
        return _("stengt ute")
    if row.mail_failed_at is not None:
        return mail_failed(row.mail_failed_at)
    if row.last_login is None and row.invited_at is not None:
        return _("invitert, har ikke logget inn")
    return ""


PEOPLE_COLUMNS = (
    Column("name", gettext_lazy("Navn"), in_list=True),
    Column("roles", gettext_lazy("Rolle"), in_list=True, writer=_roles),
    Column("is_active", gettext_lazy("Tilgang"), in_list=True, writer=_state),
)
