"""The words of messages that are due, read for all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from reporting.calculations.messages import Due
from reporting.models import Period, UnitReport
from reporting.queries.message_material import digest_of, material_of
from reporting.queries.message_words import Words, digest_words, words_for


def words_of(
    period: Period, due: Sequence[Due], names: Mapping[int, str], now: datetime
) -> Iterator[tuple[Due, Words]]:
    """Each message with its words; the number of queries does not grow with the messages."""
    about = {message.report for message in due if message.report is not None}
    reports = UnitReport.objects.filter(pk__in=about).select_related("unit", "period")
    material = material_of(list(reports)) if about else {}
    digest = digest_of(period, now) if any(message.report is None for message in due) else None
    for message in due:
        name = names[message.user]
        if message.report is not None:
            yield message, words_for(message.kind, material[message.report], name)
        elif digest is not None:
            yield message, digest_words(digest, name)
