"""«Mine opplysninger»: everything the portal has about the person who asks, found by what points at her.

Every key to a user is walked, so that a new one is in the file by itself: tests/test_own_data.py. What others
have written is left out, and so are others' names: a row says what it is, in which role she stands there, and
what she wrote herself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budget.models import Scenario
from organisation.models import Appointment, LoginLogEntry, User
from organisation.rules import duties
from organisation.words.lacks import days, role_in
from reporting.enums import ReportState
from reporting.models import LeaderQuestion, ReportTransition, ReportVersion, UnitReport
from web.field_display import display_value, field_label
from web.formats import format_number
from web.models import HistoryContext
from web.sheets.writing import Column, Sheet

# Keys that are not walked, and why: told in the file.
LEFT_OUT = {
    "account.EmailAddress.user": gettext_lazy("Et bibliotek har tabellen. Portalen skriver ingenting i den."),
}
# Columns that hold a user's id without a key: `web` knows no users.
BY_NUMBER = (
    ("web.Upload", "user_id"),
    ("web.Submission", "user_id"),
    ("web.OutboxMail", "recipient_id"),
)
# Rows of hers that hang on a row of hers.
THROUGH = (("organisation.Handover", "appointment__user"),)
# What she wrote in a row where several people stand. Where she stands alone, all its text is hers.
OWN_TEXT: Mapping[tuple[str, str], frozenset[str]] = {
    ("reporting.LeaderQuestion", "asked_by"): frozenset({"question"}),
    ("reporting.LeaderQuestion", "answered_by"): frozenset({"draft", "answer"}),
    ("reporting.Deviation", "closed_by"): frozenset({"closing_reason"}),
    ("reporting.ReportTransition", "by"): frozenset({"comment"}),
    ("reporting.ReportLogEntry", "by"): frozenset({"what", "reason"}),
    ("emissions.EditionUndone", "undone_by"): frozenset({"reason"}),
    ("organisation.Handover", "appointment__user"): frozenset({"note"}),
    ("organisation.Handover", "successor"): frozenset({"note"}),
    # The text of a mail may hold a link that lets somebody in. What it was about stands in its subject.
    ("web.OutboxMail", "recipient_id"): frozenset({"address", "name", "subject"}),
}
# Never in a file, whatever table it stands in.
_SECRET = re.compile(r"password|token|secret|(^|_)(key|code|hash|sha256|message_id)$")
_DOCUMENT_COLUMNS = (
    Column("Slag"),
    Column("Du står som"),
    Column("Nummer", "integer"),
    Column("Opplysning"),
    Column("Verdi"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """A row that points at her: what it is, as what she stands there, and what of it is hers to have."""

    kind: str
    stands_as: str
    number: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class OwnData:
    who: dict[str, str]
    roles: list[str]
    records: list[Record]
    done: dict[str, int]
    left_out: list[str]


def pointers() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every table that points at a user, but for history and what is left out."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") or model._meta.app_label == "pghistory" or model is User:
            continue
        for column in model._meta.local_fields:
            name = f"{model._meta.label}.{column.name}"
            if column.is_relation and column.related_model is User and name not in LEFT_OUT:
                yield model, column.name
    for label, column_name in (*BY_NUMBER, *THROUGH):
        yield apps.get_model(label), column_name


def own_data(user: User) -> OwnData:
    """Reads all of it. A few queries for each column that points at people, however many rows there are."""
    return OwnData(
        who=_shown(user, _fields(User, "pk")),
        roles=roles_of(user),
        records=[one for model, column in pointers() for one in _records(user, model, column)],
        done=_done_by(user),
        left_out=[str(reason) for reason in LEFT_OUT.values()]
        + [
            _("Passord, nøkler og innholdet i dokumenter, filer og e-post."),
            _("Det andre har skrevet, og navn på andre."),
            _("Historikken er talt opp etter hva som ble gjort."),
        ],
    )


def roles_of(user: User) -> list[str]:
    rows = Appointment.objects.filter(user=user).select_related("unit").order_by("-valid_from", "pk")
    return [
        f"{capfirst(role_in(row.role, row.unit.name if row.unit else ''))}, "
        f"{days(row.valid_from, row.valid_to)}"
        for row in rows
    ]


def _done_by(user: User) -> dict[str, int]:
    """What she has done, as history calls it, and how often."""
    rows = HistoryContext.objects.filter(metadata__actor_id=user.pk).values("metadata__reason")
    counted = rows.annotate(times=Count("pk")).order_by("metadata__reason")
    return {str(row["metadata__reason"] or _("Uten grunn")): row["times"] for row in counted}


def _records(user: User, model: type[models.Model], column: str) -> Iterator[Record]:
    fields = _fields(model, column)
    rows = list(model._base_manager.filter(**{column: user.pk}).order_by("pk"))
    targets = _targets(fields, rows)
    for row in rows:
        yield Record(
            kind=capfirst(str(model._meta.verbose_name)),
            stands_as=_stands_as(model, column),
            number=row.pk,
            fields=_shown(row, fields, targets),
        )


def _stands_as(model: type[models.Model], column: str) -> str:
    first = column.partition("__")[0]
    return field_label(model._meta.get_field(first))  # type: ignore[arg-type]


def _fields(model: type[models.Model], column: str) -> list[models.Field[Any, Any]]:
    """The columns she is shown of a row: no secrets, nobody else, and no text that is not hers."""
    alone = sum(1 for one in model._meta.local_fields if one.related_model is User) <= 1
    own = OWN_TEXT.get((model._meta.label, column))
    return [
        one
        for one in model._meta.local_fields
        if not one.primary_key
        and not _SECRET.search(one.name)
        and not isinstance(one, models.JSONField | models.BinaryField | models.GeneratedField)
        and one.related_model is not User
        and one.name not in ("html", "version")
        and (not _is_text(one) or (one.name in own if own is not None else alone))
    ]


def _is_text(column: models.Field[Any, Any]) -> bool:
    return isinstance(column, models.CharField | models.TextField) and not column.choices


def _targets(fields: list[models.Field[Any, Any]], rows: list[models.Model]) -> dict[str, dict[Any, str]]:
    """What rows point at is called, by column; what is itself about somebody goes by its number."""
    called: dict[str, dict[Any, str]] = {}
    for one in fields:
        target = one.related_model
        if not isinstance(target, type) or any(f.related_model is User for f in target._meta.local_fields):
            continue
        wanted = {getattr(row, one.attname) for row in rows} - {None}
        found = target._base_manager.select_related().filter(pk__in=wanted)
        called[one.name] = {there.pk: str(there) for there in found}
    return called


def _shown(
    row: models.Model, fields: list[models.Field[Any, Any]], targets: dict[str, dict[Any, str]] | None = None
) -> dict[str, str]:
    shown = {}
    for one in fields:
        value = getattr(row, one.attname)
        if value not in (None, ""):
            called = (targets or {}).get(one.name, {}).get(value)
            shown[field_label(one)] = called or display_value(one, value)
    return shown


def as_file(mine: OwnData) -> str:
    """For another program."""
    return json.dumps(asdict(mine), ensure_ascii=False, indent=2)


def as_document(mine: OwnData) -> list[Sheet]:
    """For people: a workbook."""
    pair = (Column(_("Opplysning")), Column(_("Verdi")))
    return [
        Sheet(_("Om meg"), pair, [*mine.who.items(), *((_("Rolle"), role) for role in mine.roles)]),
        Sheet(
            _("Der du står"),
            _DOCUMENT_COLUMNS,
            [
                (one.kind, one.stands_as, one.number, label, value)
                for one in mine.records
                for label, value in (one.fields or {"": ""}).items()
            ],
        ),
        Sheet(_("Hva du har gjort"), (Column(_("Hva")), Column(_("Antall"), "integer")), mine.done.items()),
        Sheet(_("Ikke med"), (Column(_("Hva, og hvorfor")),), [(one,) for one in mine.left_out]),
    ]


def summary_of(user: User, ages: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """What stands on the page: label and lines."""
    return [
        (_("Roller"), roles_of(user) or [_("Du har ingen rolle nå.")]),
        (_("Levert"), [_delivered(user)]),
        (_("Utkast"), [_drafts(user)]),
        (_("Innlogging"), [_logins(user, ages["login_log"])]),
    ]


def _delivered(user: User) -> str:
    steps = ReportTransition.objects.filter(by=user, to_state__in=[ReportState.APPROVED, ReportState.ASSURED])
    counts = (
        _n("{n} rapport", "{n} rapporter", ReportVersion.objects.filter(submitted_by=user).count()),
        _n("{n} godkjenning", "{n} godkjenninger", steps.count()),
        _n("{n} svar", "{n} svar", LeaderQuestion.objects.filter(answered_by=user).count()),
    )
    said = [one for one in counts if one]
    return ", ".join(said) if said else _("Ingenting ennå.")


def _drafts(user: User) -> str:
    open_states = [ReportState.DRAFT, ReportState.RETURNED]
    reports = UnitReport.objects.filter(unit__in=duties(user).own_units, state__in=open_states)
    counts = (
        _n(
            "{n} rapportutkast som virksomheten ser",
            "{n} rapportutkast som virksomheten ser",
            reports.count(),
        ),
        _n("{n} scenario", "{n} scenarioer", Scenario.objects.filter(owner=user).count()),
    )
    said = [one for one in counts if one]
    return ", ".join(said) if said else _("Ingen.")


def _logins(user: User, kept: str) -> str:
    lines = LoginLogEntry.objects.filter(user=user).count()
    return ngettext(
        "{n} linje i loggen, som går {kept} tilbake, for å oppdage misbruk.",
        "{n} linjer i loggen, som går {kept} tilbake, for å oppdage misbruk.",
        lines,
    ).format(n=format_number(lines), kept=kept)


def _n(one: str, several: str, count: int) -> str:
    return ngettext(one, several, count).format(n=format_number(count)) if count else ""
