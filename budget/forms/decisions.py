"""Choosing a decision that stands in the register."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from climate_portal.web.formats import format_date
from strategy.models import Decision


def decision_label(decision: Decision) -> str:
    """«26/101: Utrede klimafond (kommunestyret, 3. mars 2026)»"""
    case = f"{decision.case_number}: " if decision.case_number else ""
    when = format_date(decision.decided_on) if decision.decided_on else decision.decided_when
    return _("{case}{title} ({body}, {when})").format(
        case=case, title=decision.title, body=decision.get_body_display(), when=when
    )


def decision_choices(decisions: Iterable[Decision]) -> list[tuple[str, str]]:
    return [(str(decision.pk), decision_label(decision)) for decision in decisions]
