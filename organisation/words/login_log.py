"""The columns of the login log."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import LoginLogKind, Role
from organisation.models import LOGIN_LOG_LABELS, ROLE_LABELS
from web.register.columns import Column


def when(row: Any) -> str:
    return f"{timezone.localtime(row.at):%d.%m.%Y %H.%M.%S}"


def what(row: Any) -> str:
    """«Rolle er gitt: revisor»"""
    said = str(LOGIN_LOG_LABELS[LoginLogKind(row.kind)])
    return f"{said}: {ROLE_LABELS[Role(row.role)]}" if row.role else said


def whose(row: Any) -> str:
    return row.user.name if row.user else _("ukjent adresse")


def by_whom(row: Any) -> str:
    return "" if row.by_id and row.by_id == row.user_id else str(row.by_name)


def _kinds() -> dict[str, str]:
    return {kind.value: capfirst(str(LOGIN_LOG_LABELS[kind])) for kind in LoginLogKind}


LOGIN_LOG_COLUMNS = (
    Column("user", gettext_lazy("Person"), in_list=True, writer=whose),
    Column("at", gettext_lazy("Når"), in_list=True, writer=when),
    Column(
        "kind",
        gettext_lazy("Hendelse"),
        kind="choice",
        labels=_kinds,
        filter="hendelse",
        in_list=True,
        writer=what,
    ),
    Column("by", gettext_lazy("Av"), in_list=True, writer=by_whom),
)
