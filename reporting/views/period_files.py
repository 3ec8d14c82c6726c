"""The period of an address, and what the files of a period have in common."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.models import Period
from reporting.queries.reports import period_by_code
from web.form_page import Crumb


def get_period(code: str) -> Period:
    """The period of an address. Raises Http404."""
    found = period_by_code(code)
    if found is None:
        raise Http404
    return found


def file_words(period: Period, *above: Crumb) -> dict[str, Any]:
    """What every file of a period says of itself; `above` are the pages it is reached from."""
    return {
        "about": period.code,
        "crumbs": [(_("Rapportering"), reverse("publishing:index")), *above],
        "back_url": above[-1][1],
        "note": _("Kolonner som ikke er med i filen, blir stående som de er. En tom celle tømmer feltet."),
        "template_note": _("(XLSX) med radene som de står nå, og et ark som sier hva kolonnene betyr."),
        "error_file_name": f"feilrader-{period.code.lower()}",
    }
