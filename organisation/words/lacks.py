"""What lacks a person, and who has a role, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.enums import Role, UnitKind
from organisation.models import ROLE_LABELS, Unit
from organisation.queries.lacks import Holder, Lack
from web.formats import format_date, format_day, number_word
from web.names import Names, names, naming


def lead_sentence(missing: int, empty: int, units: int) -> str:
    """«Fire roller mangler en person. To virksomheter har ingen personer ennå.»"""
    if not units:
        return ""
    sentences = []
    if missing:
        sentences.append(
            counted(
                ngettext("Én rolle mangler en person.", "{n} roller mangler en person.", missing), missing
            )
        )
    if empty:
        sentences.append(
            counted(
                ngettext(
                    "Én virksomhet har ingen personer ennå.",
                    "{n} virksomheter og foretak har ingen personer ennå.",
                    empty,
                ),
                empty,
            )
        )
    if not sentences:
        return _("Alle virksomheter og foretak har både leder og kontaktperson.")
    return " ".join(sentences)


def unit_sentence(unit: Unit, *, has_leader: bool) -> str:
    """What matters most about a unit: that it is gone, that nobody leads it, or that somebody does."""
    if unit.valid_to is not None:
        return _("{unit} er lagt ned etter {day}.").format(unit=unit.name, day=format_date(unit.valid_to))
    if unit.kind == UnitKind.AREA:
        return _("Et område er et ledernivå. Virksomhetene under det svarer for tiltakene.")
    if has_leader:
        return _("Oppgavene hører til virksomheten. Den som har rollen, ser alt som står åpent.")
    if unit.kind == UnitKind.ENTERPRISE:
        return _("Venter på ny daglig leder i foretaket. Rapporten venter så lenge.")
    return _("Virksomheten har ingen leder nå. {meanwhile}").format(meanwhile=_meanwhile())


def _meanwhile() -> str:
    """Who approves for a unit nobody leads: the nearest level above, where the municipality has one."""
    if not names().leader_above:
        return _("Rapporten venter til noen er på plass, eller står inn for lederen.")
    return naming(_("{Leader_above} godkjenner til noen er på plass."))


def leads_as(names: Names, depth: int) -> str:
    """The title of who leads an area: the uppermost level's at the top, the one below it further down."""
    if names.leader_levels > 1:
        return names.middle_title if depth and names.leader_levels > 2 else names.director_title
    return str(ROLE_LABELS[Role.LEADER])


def lack_title(lack: Lack) -> str:
    """«Vann og avløp: kontaktperson», «Park og idrett: leder fra 1. oktober»."""
    title = f"{lack.unit.name}: {ROLE_LABELS[lack.role]}"
    return _("{title} fra {day}").format(title=title, day=format_day(lack.since)) if lack.since else title


def lack_text(lack: Lack) -> str:
    """What happens meanwhile, and who was asked."""
    if lack.invited is not None:
        return _("{name} ble invitert {day}, og har ikke logget inn ennå.").format(
            name=lack.invited.name, day=format_day(lack.invited.invited_at)
        )
    if lack.since is not None:
        return _("{name} slutter dagen før.").format(name=lack.until)
    if lack.role == Role.LEADER:
        if lack.unit.kind == UnitKind.ENTERPRISE:
            return _("Rapporten venter på ny daglig leder i foretaket.")
        return _meanwhile()
    if lack.meanwhile:
        return _("{name} får oppgavene til noen er på plass.").format(name=lack.meanwhile)
    return _("Ingen får oppgavene før noen er på plass.")


def holder_note(holder: Holder, role: Role) -> str:
    """Beside a name in the list: «stedfortreder til 10. oktober», «slutter 30. september», «invitert»."""
    notes = []
    if holder.role != role:
        notes.append(str(ROLE_LABELS[holder.role]))
    if holder.valid_to is not None:
        notes.append(_("til {day}").format(day=format_day(holder.valid_to)))
    if holder.invited_at is not None:
        notes.append(_("invitert"))
    return ", ".join(notes)


def coming_note(holder: Holder) -> str:
    """«Ny Kontakt fra 1. oktober»."""
    return _("{name} fra {day}").format(name=holder.name, day=format_day(holder.valid_from))


def days(valid_from: date, valid_to: date | None) -> str:
    """«fra 1. januar 2023», «1. februar 2025–30. september 2026»."""
    if valid_to is None:
        return _("fra {day}").format(day=format_date(valid_from))
    return f"{format_date(valid_from)}–{format_date(valid_to)}"


def role_in(role: str, unit: str) -> str:
    """«leder i Vann og avløp», «revisor» of a role's code and a unit's name or nothing."""
    label = str(ROLE_LABELS[Role(role)])
    return _("{role} i {unit}").format(role=label, unit=unit) if unit else label


def roles_text(roles: Iterable[Sequence[str]]) -> str:
    """«leder i Vann og avløp, revisor» of pairs of a role's code and a unit's name or nothing."""
    return ", ".join(role_in(role, unit) for role, unit in roles)


def counted(sentence: str, n: int) -> str:
    """The sentence with its number, {n}, in words: «Fire roller mangler en person.»"""
    return capfirst(sentence.format(n=number_word(n)))
