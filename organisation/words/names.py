"""Sentences of the portal with names in them, as they would read with what is typed."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from web.names import Names, names_read_once, naming

SHOWN = 5
# Each stands elsewhere too, where the portal says it.
SENTENCES = (
    _("Når {climate} har lagt inn tiltak, står de her."),
    _("Når {analysis} har importert regnskapstall, står de her per tiltak og virksomhet."),
    _(
        "Alle som er logget inn, kan lese sammendraget. Det som er for {committee} og offentligheten, "
        "publiseres for seg."
    ),
    _("Budsjettet blir {chiefs} forslag, og alle som bruker portalen kan lese det."),
    _("Når {council} har vedtatt en klimastrategi, står målene her."),
    _("{Climate} bestemmer hvilke virksomheter som får plass, og hvorfor."),
    _("Planen er ikke kvalitetssikret av {climate_name} ennå."),
    _("Stegene til {analysis}"),
    _("Skriv saksnummeret til {councils} vedtak."),
    _("Budsjettet er klargjort for {chief}."),
    _("Her viser {organisation} hva som er vedtatt, og hvordan det går."),
    _("Budsjettet må bygge på utslippene i {municipality}."),
    _("Plasser i {network}"),
    _("Rapporten er ikke godkjent av {unit_leader} ennå."),
)
# Of bodies that are named beside what they decide, and in no sentence of their own.
BESIDE = (_("vedtatt av {board}"), _("venter på {leadership}"))
OF_THE_MUNICIPALITY = ("organisation", "municipality", "chief", "network", "unit")


def level_titles(names: Names) -> str:
    """The titles of the levels there are, from below: «virksomhetsleder, direktør»."""
    between = [names.middle_title] if names.leader_levels > 2 else []
    above = [names.director_title] if names.leader_levels > 1 else []
    return ", ".join([names.leader_title, *between, *above])


def sentences(typed: Names, about: Collection[str]) -> list[str]:
    """Five of them, those about what is typed first."""
    every = [str(one) for one in (*SENTENCES, *BESIDE)]
    first = [one for one in every if _subjects(one) & set(about)]
    others = [str(one) for one in SENTENCES if str(one) not in first]
    with names_read_once(typed):
        return [naming(one) for one in [*first, *others][:SHOWN]]


def _subjects(sentence: str) -> set[str]:
    """What a sentence names: «climate» of «{Climates}» and «{climate_name}»."""
    found = {name.lower().partition("_")[0] for name in re.findall(r"{(\w+)}", sentence)}
    return found | {name.removesuffix("s") for name in found}
