"""How many live in the municipality, for other rooms' pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from emissions.models import Population
from web.contributions import MunicipalityFact
from web.formats import format_number


def population_fact(newest: Population | None) -> MunicipalityFact:
    """«102 273 innbyggere 1. januar 2025», and where the register is."""
    if newest is None:
        url = reverse("emissions:population")
        return MunicipalityFact(_("Folketall"), _("Ikke registrert"), url, _("Se folketallene"))
    url = f"{reverse('emissions:population')}?kommune={newest.municipality_id}"
    text = _("{n} innbyggere 1. januar {year}. Kilde: {source}").format(
        n=format_number(newest.inhabitants), year=newest.year, source=newest.source
    )
    if newest.is_example:
        text += f" ({_('eksempeldata')})"
    return MunicipalityFact(_("Folketall"), text, url, _("Se alle årene"))
