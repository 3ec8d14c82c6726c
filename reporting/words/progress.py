"""How far a report has come, in words, and the numbers of measures as people say them."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.queries.completeness import Completeness
from web.formats import format_number


def count_word(count: int) -> str:
    """«ingen», «ett», «to» … «tolv», then figures; of neuter nouns."""
    words = (
        *(_("ingen"), _("ett"), _("to"), _("tre"), _("fire"), _("fem"), _("seks")),
        *(_("sju"), _("åtte"), _("ni"), _("ti"), _("elleve"), _("tolv")),
    )
    return words[count] if count < len(words) else format_number(count)


def returned_sentence(comment: str, left: int) -> str:
    """«Returnert: Skriv mer om bilene. To tiltak må bekreftes på nytt.»"""
    said = _("Returnert: {comment}").format(comment=comment)
    if not left:
        return said
    words = _("{count} tiltak må bekreftes på nytt.").format(count=count_word(left))
    return f"{said} {capfirst(words)}"


def progress_sentence(measures: int, answered: int) -> str:
    """«Fire tiltak. To er bekreftet, to gjenstår.»"""
    counted = capfirst(_("{count} tiltak.").format(count=count_word(measures)))
    if not answered:
        return f"{counted} {_('Ingen er bekreftet ennå.')}"
    if answered == measures:
        return f"{counted} {_('Alle er bekreftet, rapporten er ikke sendt.')}"
    rest = _("{done} er bekreftet, {left} gjenstår.").format(
        done=count_word(answered), left=count_word(measures - answered)
    )
    return f"{counted} {capfirst(rest)}"


def deviation_sentence(measures: int, off_plan: int) -> str:
    """«Fire tiltak, ett utenfor planen.»"""
    return capfirst(
        _("{count} tiltak, {off} utenfor planen.").format(
            count=count_word(measures), off=count_word(off_plan)
        )
    )


def completeness_sentence(found: Completeness) -> str:
    """«4 av 4 tiltak er bekreftet. Mangler svar: 2. Elbiler.»"""
    parts = [
        _("{done} av {all} tiltak er bekreftet.").format(
            done=format_number(found.confirmed), all=format_number(found.measures)
        )
    ]
    if found.lacking:
        names = ", ".join(f"{one.number}. {one.title}" for one in found.lacking)
        parts.append(_("Mangler svar: {names}.").format(names=names))
    if found.lacks_board:
        parts.append(_("Styrebehandlingen er ikke fylt ut."))
    if found.ready:
        parts.append(_("Rapporten kan sendes."))
    return " ".join(parts)
