"""When something of substance last happened to a measure, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reporting.queries.checklist import FollowedMeasure
from reporting.queries.freshness import Update, UpdateKind


@dataclass(frozen=True, slots=True)
class SaidUpdate(Update):
    """An update with `what` happened: «rapport for 2. tertial 2026»."""

    what: str


def said(rows: Iterable[FollowedMeasure]) -> list[FollowedMeasure]:
    """The measures of a unit, each with what last happened in words."""
    return [row if row.updated is None else replace(row, updated=_said(row.updated)) for row in rows]


def _said(update: Update) -> SaidUpdate:
    return SaidUpdate(update.at, update.kind, update.name, update_words(update))


def update_words(update: Update) -> str:
    """«milepælen «Kontrakt» er nådd»"""
    words = {
        UpdateKind.REPORTED: _("rapport for {name}"),
        UpdateKind.MILESTONE: _("milepælen «{name}»"),
        UpdateKind.MILESTONE_REACHED: _("milepælen «{name}» er nådd"),
        UpdateKind.INDICATOR: _("indikatoren «{name}»"),
        UpdateKind.TARGET: _("måltallet for {name}"),
        UpdateKind.MOVED: _("tilstanden ble «{name}»"),
    }
    return words[update.kind].format(name=update.name)
