"""People who log in, and what happened to their way in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.enums import LoginLogKind
from organisation.models.labels import LOGIN_LOG_LABELS
from web.actor_columns import actor_columns, at_most_one_actor
from web.history import tracked
from web.sorting import NorskSort
from web.triggers import append_only


def one_spelling(password: str) -> str:
    """The same password from every keyboard: «å» is one sign or two, by the machine it is typed on."""
    return unicodedata.normalize("NFKC", password)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


def _logs_changes_of_who_she_is() -> pgtrigger.Trigger:
    """A line in the login log for a changed name or address, whatever path the change comes by."""
    return pgtrigger.Trigger(
        name="logs_changed_name_and_email",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("name", "email"),
        condition=pgtrigger.Q(old__name__df=pgtrigger.F("new__name"))
        | pgtrigger.Q(old__email__df=pgtrigger.F("new__email")),
        declare=[("who", "jsonb")],
        func=f"""
        -- What history's own triggers read; empty outside of a deed.
        who := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;
        INSERT INTO organisation_loginlogentry (kind, user_id, role, at, by_id, by_system)
        SELECT told.kind, NEW.id, '', now(), (who ->> 'actor_id')::bigint, COALESCE(who ->> 'system', '')
        FROM (VALUES
            ('{LoginLogKind.NAME_CHANGED}', OLD.name IS DISTINCT FROM NEW.name),
            ('{LoginLogKind.EMAIL_CHANGED}', OLD.email IS DISTINCT FROM NEW.email)
        ) AS told(kind, is_so)
        WHERE told.is_so;
        RETURN NULL;
        """,  # noqa: S608 - only codes
    )


# Who she is and how she comes in has a log of its own, without what it was.
_NOT_IN_HISTORY = [
    "password",
    "last_login",
    "name",
    "email",
    "links_used",
    "sessions_ended",
    "mail_failed_at",
    "erased_at",
]


@tracked(exclude=_NOT_IN_HISTORY)
class User(AbstractBaseUser):
    """A person who logs in. What she may do stands in her appointments, never here.

    Her name and address stand in this row only, and other tables point at it: the day she is erased, it is
    one row.
    """

    email = models.EmailField(_("e-postadresse"), unique=True)
    name = models.CharField(_("navn"), max_length=120)
    is_active = models.BooleanField(_("aktiv"), default=True)
    invited_at = models.DateTimeField(_("invitert"), null=True, blank=True)
    # Her name has given way to what she was; the login log has the line.
    erased_at = models.DateTimeField(_("navnet fjernet"), null=True, blank=True)
    # Part of what one-time links are made of, and of what sessions are held by: one more, and older are void.
    links_used = models.PositiveIntegerField(_("brukte lenker"), default=0)
    sessions_ended = models.PositiveIntegerField(_("utlogginger alle steder"), default=0)
    # The last mail to the address did not arrive. A mail that does, or another address, empties it.
    mail_failed_at = models.DateTimeField(_("e-post kom ikke fram"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_email_lower_case", condition=Q(email=Func(F("email"), function="lower"))
            ),
            models.CheckConstraint(
                name="user_erased_cannot_log_in",
                condition=Q(erased_at__isnull=True) | Q(is_active=False, last_login__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(NorskSort("name"), "id", name="user_norwegian_order")]
        triggers: ClassVar = [_logs_changes_of_who_she_is()]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else one_spelling(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(None if raw_password is None else one_spelling(raw_password))

    def get_session_auth_hash(self) -> str:
        """What a session is held by: another password, or all sessions ended, and it is nobody's."""
        return self._held_by(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for held in super().get_session_auth_fallback_hash():
            yield self._held_by(held)

    def _held_by(self, held: str) -> str:
        return f"{held}.{self.sessions_ended}" if self.sessions_ended else held


class LoginLogEntry(models.Model):
    """What happened to somebody's way in, never what it was before or after. Append-only.

    Changes of who she is and what she may do are written by the database, the rest by actions. Nobody stands
    for a change made outside of an operation, and nobody is whose login failed by an address unknown here.
    """

    kind = models.CharField(
        _("hendelse"), max_length=20, choices=[(k.value, LOGIN_LOG_LABELS[k]) for k in LoginLogKind]
    )
    user = models.ForeignKey(
        User, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of a change of role.
    role = models.CharField(_("rolle"), max_length=20, blank=True, default="", db_default="")
    at = models.DateTimeField(_("når"), default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("linje i innloggingsloggen")
        verbose_name_plural = _("linjer i innloggingsloggen")
        constraints: ClassVar = [
            models.CheckConstraint(name="login_log_kind_known", condition=Q(kind__in=list(LoginLogKind))),
            at_most_one_actor("login_log_by_one"),
            models.CheckConstraint(
                name="login_log_of_somebody",
                condition=Q(user__isnull=False)
                | Q(kind__in=[LoginLogKind.LOGIN_FAILED, LoginLogKind.LOCKED_OUT]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="login_log_newest_first")]
        triggers: ClassVar = append_only(deletable_after="LOGIN_LOG_KEPT_DAYS", since="at")

    def __str__(self) -> str:
        return f"{LOGIN_LOG_LABELS[LoginLogKind(self.kind)]}: {self.user or _('ukjent adresse')}"
