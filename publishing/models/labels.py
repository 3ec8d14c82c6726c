"""The words people read for the codes of publishing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.enums import Audience
from web.names import name_of, naming

AUDIENCE_LABELS = {
    Audience.LEADERSHIP: name_of("leadership"),
    Audience.AREA: _("området"),
    Audience.COMMITTEE: naming(_("{committee} og offentligheten")),
    Audience.CHAPTER: _("tertialrapportens klimakapittel"),
}
# Of a measure whose leader has approved nothing about it, as leadership and as everybody else reads it.
MISSING_LABEL = _("Mangler")
NOT_REPORTED_LABEL = _("Ikke rapportert")


def audience_choices() -> list[tuple[str, Any]]:
    """A function, so that no migration holds what a body was called; the migrations name it."""
    return [(audience.value, AUDIENCE_LABELS[audience]) for audience in Audience]
