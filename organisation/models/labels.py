"""Labels of the organisation's codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisation.enums import (
    AppointmentSource,
    LoginLogKind,
    Role,
    UnitChangeKind,
    UnitChangeState,
    UnitKind,
)
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
    Role.STAND_IN: _("stedfortreder for leder"),
    Role.CLIMATE_EDITOR: _("Virksomhet Klima"),
    Role.ANALYST: _("Oppfølging og analyse"),
    Role.EXECUTIVE: naming_chief(_("{chiefs} ledergruppe")),
    Role.AUDITOR: _("revisor"),
    Role.READER: _("leser"),
    Role.EMPLOYEE: _("ansatt"),
    Role.ADMIN: _("administrator"),
}

SOURCE_LABELS = {
    AppointmentSource.PORTAL: _("ført inn i portalen"),
    AppointmentSource.FILE: _("fra fil"),
    AppointmentSource.SETUP: _("fra oppsettet"),
}
UNIT_CHANGE_LABELS = {
    UnitChangeKind.RENAME: _("Nytt navn"),
    UnitChangeKind.MOVE: _("Ny plass i organisasjonen"),
    UnitChangeKind.CLOSE: _("Legges ned"),
    UnitChangeKind.HAND_ALL: _("Alt flyttes til en annen"),
}
UNIT_CHANGE_STATE_LABELS = {
    UnitChangeState.PLANNED: _("Planlagt"),
    UnitChangeState.DONE: _("Gjennomført"),
    UnitChangeState.STOPPED: _("Kunne ikke gjennomføres"),
    UnitChangeState.CANCELLED: _("Avlyst"),
}

LOGIN_LOG_LABELS = {
    LoginLogKind.NAME_CHANGED: _("Navnet er endret"),
    LoginLogKind.EMAIL_CHANGED: _("E-postadressen er endret"),
}
