"""Codes of the plumbing."""

from enum import StrEnum


class MailState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


# Somebody may try a failed mail again; what is sent or cancelled stays so.
MAIL_TRANSITIONS: dict[MailState, frozenset[MailState]] = {
    MailState.QUEUED: frozenset({MailState.SENT, MailState.FAILED, MailState.CANCELLED}),
    MailState.FAILED: frozenset({MailState.QUEUED}),
    MailState.SENT: frozenset(),
    MailState.CANCELLED: frozenset(),
}


class MailTrouble(StrEnum):
    """What keeps a queued mail waiting: our own server, or the one that receives for the address."""

    NONE = ""
    SERVER = "server"
    RECIPIENT = "recipient"
