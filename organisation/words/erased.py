"""What is left of a person whose name is gone: what she was."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import Role
from organisation.models import Appointment, User
from web.names import naming

_WAS = {
    Role.CONTACT: gettext_lazy("Tidligere kontaktperson i {unit}"),
    Role.DEPUTY: gettext_lazy("Tidligere vara for kontaktperson i {unit}"),
    Role.LEADER: gettext_lazy("Tidligere leder i {unit}"),
    Role.STAND_IN: gettext_lazy("Tidligere stedfortreder for leder i {unit}"),
    Role.CLIMATE_EDITOR: gettext_lazy("Tidligere ansatt i {climate}"),
    Role.ANALYST: gettext_lazy("Tidligere ansatt i {analysis}"),
    Role.EXECUTIVE: gettext_lazy("Tidligere medlem av {leadership}"),
    Role.AUDITOR: gettext_lazy("Tidligere revisor"),
    Role.READER: gettext_lazy("Tidligere leser"),
    Role.EMPLOYEE: gettext_lazy("Tidligere ansatt"),
    Role.ADMIN: gettext_lazy("Tidligere administrator"),
}


def name_by_role(last: Appointment | None) -> str:
    """«Tidligere kontaktperson i Samferdsel», of her last role; «Tidligere bruker» of one who had none."""
    if last is None:
        return _("Tidligere bruker")
    unit = last.unit.name if last.unit else ""
    text = str(naming(str(_WAS[Role(last.role)]), unit=unit))
    longest = User._meta.get_field("name").max_length or 0
    return text[:longest]


def still_has_a_role(name: str) -> str:
    return _("{name} har en rolle, og da trengs navnet. Avslutt rollene eller steng ute først.").format(
        name=name
    )


def is_erased(name: str) -> str:
    """Said where somebody would let her in, or give her a role."""
    return _("{name} har ikke lenger navn eller adresse her. Inviter personen på nytt.").format(name=name)
