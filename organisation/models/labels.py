"""Labels of the organisation's codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisation.enums import LoginLogKind, Role, UnitKind
from web.offices import naming_chief

UNIT_KIND_LABELS = {
    UnitKind.AREA: _("område"),
    UnitKind.UNIT: _("virksomhet"),
    UnitKind.STAFF: _("stab"),
    UnitKind.ENTERPRISE: _("kommunalt foretak"),
}
ROLE_LABELS = {
    Role.CONTACT: _("kontaktperson"),
    Role.DEPUTY: _("vara for kontaktperson"),
    Role.LEADER: _("leder"),
    Role.CLIMATE_EDITOR: _("Virksomhet Klima"),
    Role.ANALYST: _("Oppfølging og analyse"),
    Role.EXECUTIVE: naming_chief(_("{chiefs} ledergruppe")),
    Role.AUDITOR: _("revisor"),
    Role.READER: _("leser"),
    Role.ADMIN: _("administrator"),
}

LOGIN_LOG_LABELS = {
    LoginLogKind.NAME_CHANGED: _("Navnet er endret"),
    LoginLogKind.EMAIL_CHANGED: _("E-postadressen er endret"),
}
