"""The words people read for the codes of publishing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from publishing.enums import Audience
from web.offices import naming_chief

AUDIENCE_LABELS = {
    Audience.LEADERSHIP: naming_chief(_("{chiefs} ledergruppe")),
    Audience.AREA: _("området"),
    Audience.COMMITTEE: _("Klimautvalget og offentligheten"),
    Audience.CHAPTER: _("tertialrapportens klimakapittel"),
}
# Of a measure whose leader has approved nothing about it, as leadership and as everybody else reads it.
MISSING_LABEL = _("Mangler")
NOT_REPORTED_LABEL = _("Ikke rapportert")
