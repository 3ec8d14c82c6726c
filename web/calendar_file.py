"""Dates as a calendar file (iCalendar, RFC 5545) that any calendar program can take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

_LINE_OCTETS = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One moment, or one whole day. The same `uid` is the same event, wherever it has moved.

    `revision` counts up when it moves, so that a calendar takes the newer one.
    """

    uid: str
    at: datetime | date
    title: str
    text: str = ""
    url: str = ""
    revision: int = 0


def calendar_file(events: Iterable[CalendarEvent], *, name: str, made_at: datetime) -> bytes:
    """The file: lines end with CRLF and are folded at 75 octets, instants stand in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Klimaportalen//Frister//NO",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event(event, made_at)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(event: CalendarEvent, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_instant(made_at)}"
    if isinstance(event.at, datetime):
        yield f"DTSTART:{_instant(event.at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.at:%Y%m%d}"
    yield f"SEQUENCE:{event.revision}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    if event.url:
        yield f"URL:{event.url}"
    # A deadline takes no time from the day.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of type TEXT; control signs other than line breaks are not allowed in it."""
    plain = "".join(sign for sign in value.replace("\r\n", "\n") if sign == "\n" or sign.isprintable())
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """A long line as several, each after the first beginning with a space; never inside a letter."""
    part, used = "", 0
    for sign in line:
        size = len(sign.encode())
        if used + size > _LINE_OCTETS:
            yield part.encode()
            part, used = " ", 1
        part, used = part + sign, used + size
    yield part.encode()
