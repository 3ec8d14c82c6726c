"""Labels of the organisation's codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organisation.enums import (
    AppointmentSource,
    Body,
    LoginLogKind,
    Role,
    UnitChangeKind,
    UnitChangeState,
    UnitKind,
    YearMark,
)
from web.names import name_of, naming

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
    Role.CLIMATE_EDITOR: name_of("climate"),
    Role.ANALYST: name_of("analysis"),
    Role.EXECUTIVE: name_of("leadership"),
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
BODY_LABELS = {
    Body.CLIMATE: _("de som leder klimaarbeidet"),
    Body.ANALYSIS: _("de som følger opp økonomi og analyse"),
    Body.COMMITTEE: _("det politiske utvalget for klima"),
    Body.COUNCIL: _("kommunens øverste politiske organ"),
    Body.BOARD: _("det politiske organet under det øverste"),
    Body.LEADERSHIP: _("ledergruppen"),
}
# In addresses.
BODY_SLUGS = {
    Body.CLIMATE: "klima",
    Body.ANALYSIS: "analyse",
    Body.COMMITTEE: "utvalg",
    Body.COUNCIL: "kommunestyre",
    Body.BOARD: "formannskap",
    Body.LEADERSHIP: "ledergruppe",
}

LOGIN_LOG_LABELS = {
    LoginLogKind.LOGGED_IN: _("Logget inn"),
    LoginLogKind.LOGIN_FAILED: _("Mislykket innlogging"),
    LoginLogKind.LOCKED_OUT: _("Kontoen er låst en stund"),
    LoginLogKind.ACCOUNT_OPENED: _("Kontoen er åpnet med lenke"),
    LoginLogKind.PASSWORD_CHOSEN: _("Passordet er valgt første gang"),
    LoginLogKind.PASSWORD_RESET: _("Nytt passord med lenke"),
    LoginLogKind.PASSWORD_CHANGED: _("Passordet er endret"),
    LoginLogKind.SIGNED_OUT_ALL: _("Logget ut alle steder"),
    LoginLogKind.MFA_SET: _("Totrinn er satt opp"),
    LoginLogKind.MFA_REMOVED: _("Totrinn er slått av"),
    LoginLogKind.MFA_RESET: _("Totrinn er nullstilt"),
    LoginLogKind.MFA_FAILED: _("Feil kode"),
    LoginLogKind.CODE_USED: _("Reservekode er brukt"),
    LoginLogKind.CODES_RENEWED: _("Nye reservekoder"),
    LoginLogKind.ROLE_GIVEN: _("Rolle er gitt"),
    LoginLogKind.ROLE_CHANGED: _("Rolle er endret"),
    LoginLogKind.ROLE_ENDED: _("Rolle er avsluttet"),
    LoginLogKind.NAME_CHANGED: _("Navnet er endret"),
    LoginLogKind.EMAIL_CHANGED: _("E-postadressen er endret"),
    LoginLogKind.MAIL_RETURNED: _("E-post er merket som returnert"),
}


def role_choices() -> list[tuple[str, Any]]:
    """A function, so that no migration holds what a role was called; the migrations name it."""
    return [(role.value, ROLE_LABELS[role]) for role in Role]


YEAR_MARK_LABELS: dict[YearMark, Any] = {
    YearMark.ANNUAL_REPORT: _("Årsrapporten åpner"),
    YearMark.FIRST_MEETING: naming(_("Møte 1 i {network}")),
    YearMark.GRANTS: _("Søknadsfrist for Klimasats"),
    YearMark.OWN_OPERATIONS: _("Forbruket i egen virksomhet"),
    YearMark.LEADERS: _("Ledernes fem minutter"),
    YearMark.CIRCULAR: _("Rundskriv om budsjettet"),
    YearMark.FIRST_TERTIAL: _("1. tertial åpner"),
    YearMark.SECOND_MEETING: naming(_("Møte 2 i {network}")),
    YearMark.PUBLISH: _("1. tertial publiseres"),
    YearMark.FRAMES: _("Rammesaken"),
    YearMark.EFFECTS: _("Effekter og kostnader er fastsatt"),
    YearMark.SECOND_TERTIAL: _("2. tertial åpner"),
    YearMark.OWNER_REVIEWS: _("Gjennomgang med selskapene"),
    YearMark.THIRD_MEETING: naming(_("Møte 3 i {network}")),
    YearMark.SECOND_TERTIAL_CASE: _("Saken om 2. tertial"),
    YearMark.PROPOSAL: naming(_("{Chiefs} forslag")),
    YearMark.RECOMMENDATION: _("Innstillingen, åpen i 14 dager"),
    YearMark.FOURTH_MEETING: naming(_("Møte 4 i {network}")),
    YearMark.ADOPTION: naming(_("Vedtak i {council}")),
}
