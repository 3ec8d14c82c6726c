from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from web.contributions import SummarySection, register, summary_section


def klimaledelse_in_summary(period_id: int) -> Iterator[SummarySection]:
    """Klimaledelse in the leadership summary: virkemidler without tonnes, counted by status."""
    # Models are not loaded when this module is.
    from leadership.queries import status_counts  # noqa: PLC0415
    from reporting.models import Period  # noqa: PLC0415

    total, counts = status_counts(Period.objects.get(pk=period_id))
    if not total:
        return
    reported = sum(count.count for count in counts)
    lines = [
        ngettext("%(n)s virkemiddel uten tonn.", "%(n)s virkemidler uten tonn.", total) % {"n": total},
    ]
    if reported < total:
        lines.append(_("%(n)s er ikke rapportert og godkjent ennå.") % {"n": total - reported})
    yield SummarySection(
        title=_("Klimaledelse"),
        lines=tuple(lines),
        headers=(_("Status"), _("Antall")),
        rows=tuple((count.label, str(count.count)) for count in counts),
    )


class LeadershipConfig(AppConfig):
    name = "leadership"
    verbose_name = gettext_lazy("Klimaledelse")

    def ready(self) -> None:
        register(summary_section, klimaledelse_in_summary, switch="leadership")
