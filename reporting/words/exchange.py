"""The columns of the file of statuses: the same out of the portal and into it. See docs/utveksling.md."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from web.register.columns import Column

STATUS_SHEET = "Statuser"

STATUS_COLUMNS: Sequence[Column] = (
    Column("period", _("Periode"), _("nøkkel: år og periode, 2026-T1, 2026-T2 eller 2026-AR")),
    Column(
        "unit_id", _("Virksomhet-id"), _("nøkkel: portalens faste nummer på virksomheten"), kind="integer"
    ),
    Column("unit", _("Virksomhet"), _("navnet på virksomheten eller foretaket"), read=False),
    Column("measure", _("Tiltaksnummer"), _("nøkkel: tiltakets faste nummer, for eksempel T8")),
    Column("title", _("Tiltak"), _("tiltakets tittel, som vedtatt i budsjettet"), read=False),
    Column(
        "line_id",
        _("Linje-id"),
        _("portalens faste nummer på linjen i klimabudsjettet; tom for virkemidler uten linje"),
        kind="integer",
        read=False,
    ),
    Column(
        "report_state",
        _("Rapportens tilstand"),
        _("draft, submitted, approved, assured eller returned"),
        read=False,
    ),
    Column(
        "status",
        _("Statuskode"),
        _(
            "not_started_planned, should_have_started, on_track, delayed, stopped, postponed eller "
            "completed. Ordet i kolonnen Status kan også brukes"
        ),
    ),
    Column("status_label", _("Status"), _("statusen med ord"), read=False),
    Column("indicator", _("Resultatindikator"), _("hva resultatet måler, og måleenheten"), read=False),
    Column("indicator_value", _("Resultat"), _("tall med inntil to desimaler"), kind="number"),
    Column("what_happened", _("Siden sist"), _("hva som har skjedd siden forrige rapport")),
    Column("cause", _("Årsak"), _("må fylles ut når tiltaket ikke følger planen")),
    Column("corrective_action", _("Hva som gjøres"), _("må fylles ut når tiltaket ikke følger planen")),
    Column("new_date", _("Tatt igjen"), _("datoen tiltaket følger planen igjen, 31.12.2026"), kind="date"),
    Column(
        "delayed_share",
        _("Andel forsinket, prosent"),
        _("hvor stor del av tiltaket som er forsinket, over 0 og høyst 100"),
        kind="number",
    ),
    Column(
        "decision_level",
        _("Beslutning hos"),
        _("leader, director, executive eller council, når noen bes avgjøre noe"),
    ),
    Column("decision_question", _("Hva skal avgjøres"), _("spørsmålet som stilles"), longest=500),
    Column(
        "decision_follow_up",
        _("Gjort med beslutningen"),
        _("hva som er gjort med en beslutning en tidligere rapport ba om"),
    ),
    Column("links", _("Lenker"), _("adresser til vedlegg, én på hver linje"), longest=2000),
    Column(
        "tonnes_lost",
        _("Anslått tap, tonn CO₂e"),
        _("regnet av portalen: tapte tonn samlet over årene budsjettet summerer; tom når det ikke er kjent"),
        kind="number",
        read=False,
    ),
    Column("approved_at", _("Godkjent"), _("når lederen godkjente rapporten"), kind="date", read=False),
    Column(
        "imported_from", _("Importert fra"), _("filen statusen kom fra, hvis den er importert"), read=False
    ),
    Column(
        "board_date",
        _("Styrebehandling"),
        _("når foretakets styre behandler rapporten; tom for andre, og når datoen ikke er satt"),
        kind="date",
        read=False,
    ),
    Column(
        "enterprise_report",
        _("Foretakets egen rapport"),
        _("hvor foretakets egen rapport finnes"),
        read=False,
    ),
)
