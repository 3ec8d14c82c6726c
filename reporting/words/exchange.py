"""The columns of the file of statuses: the same out of the portal and into it. See docs/utveksling.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

STATUS_SHEET = "Statuser"
MONEY_SHEET = "Regnskapstall"


@dataclass(frozen=True, slots=True)
class FileColumn:
    """`name` is the key in JSON, `header` the heading in a sheet. What is not `read` is passed over.

    `kind` is «text», «number», «integer» or «date»; `longest` is signs of a text.
    """

    name: str
    header: Any
    meaning: Any
    kind: str = "text"
    read: bool = True
    longest: int = 1000


STATUS_COLUMNS: Sequence[FileColumn] = (
    FileColumn("period", _("Periode"), _("nøkkel: år og periode, 2026-T1, 2026-T2 eller 2026-AR")),
    FileColumn(
        "unit_id", _("Virksomhet-id"), _("nøkkel: portalens faste nummer på virksomheten"), kind="integer"
    ),
    FileColumn("unit", _("Virksomhet"), _("navnet på virksomheten eller foretaket"), read=False),
    FileColumn("measure", _("Tiltaksnummer"), _("nøkkel: tiltakets faste nummer, for eksempel T8")),
    FileColumn("title", _("Tiltak"), _("tiltakets tittel, som vedtatt i budsjettet"), read=False),
    FileColumn(
        "line_id",
        _("Linje-id"),
        _("portalens faste nummer på linjen i klimabudsjettet; tom for virkemidler uten linje"),
        kind="integer",
        read=False,
    ),
    FileColumn(
        "report_state",
        _("Rapportens tilstand"),
        _("draft, submitted, approved, assured eller returned"),
        read=False,
    ),
    FileColumn(
        "status",
        _("Statuskode"),
        _(
            "not_started_planned, should_have_started, on_track, delayed, stopped, postponed eller "
            "completed. Ordet i kolonnen Status kan også brukes"
        ),
    ),
    FileColumn("status_label", _("Status"), _("statusen med ord"), read=False),
    FileColumn("indicator", _("Resultatindikator"), _("hva resultatet måler, og måleenheten"), read=False),
    FileColumn("indicator_value", _("Resultat"), _("tall med inntil to desimaler"), kind="number"),
    FileColumn("what_happened", _("Siden sist"), _("hva som har skjedd siden forrige rapport")),
    FileColumn("cause", _("Årsak"), _("må fylles ut når tiltaket ikke følger planen")),
    FileColumn("corrective_action", _("Hva som gjøres"), _("må fylles ut når tiltaket ikke følger planen")),
    FileColumn(
        "new_date", _("Tatt igjen"), _("datoen tiltaket følger planen igjen, 31.12.2026"), kind="date"
    ),
    FileColumn(
        "delayed_share",
        _("Andel forsinket, prosent"),
        _("hvor stor del av tiltaket som er forsinket, over 0 og høyst 100"),
        kind="number",
    ),
    FileColumn(
        "decision_level",
        _("Beslutning hos"),
        _("leader, director, executive eller council, når noen bes avgjøre noe"),
    ),
    FileColumn("decision_question", _("Hva skal avgjøres"), _("spørsmålet som stilles"), longest=500),
    FileColumn(
        "decision_follow_up",
        _("Gjort med beslutningen"),
        _("hva som er gjort med en beslutning en tidligere rapport ba om"),
    ),
    FileColumn("links", _("Lenker"), _("adresser til vedlegg, én på hver linje"), longest=2000),
    FileColumn(
        "tonnes_lost",
        _("Anslått tap, tonn CO₂e"),
        _("regnet av portalen: tapte tonn samlet over årene budsjettet summerer; tom når det ikke er kjent"),
        kind="number",
        read=False,
    ),
    FileColumn("approved_at", _("Godkjent"), _("når lederen godkjente rapporten"), kind="date", read=False),
    FileColumn(
        "imported_from", _("Importert fra"), _("filen statusen kom fra, hvis den er importert"), read=False
    ),
    FileColumn(
        "board_date",
        _("Styrebehandling"),
        _("når foretakets styre behandler rapporten; tom for andre, og når datoen ikke er satt"),
        kind="date",
        read=False,
    ),
    FileColumn(
        "enterprise_report",
        _("Foretakets egen rapport"),
        _("hvor foretakets egen rapport finnes"),
        read=False,
    ),
)
MONEY_COLUMNS: Sequence[FileColumn] = (
    FileColumn(
        "plan_row", _("Rad i økonomiplanen"), _("nøkkel: slik raden er skrevet på linjen"), longest=120
    ),
    FileColumn("budgeted", _("Budsjett, kr"), _("årets budsjett på raden"), kind="number"),
    FileColumn("spent", _("Brukt, kr"), _("brukt hittil i år"), kind="number"),
    FileColumn("forecast", _("Prognose for året, kr"), _("ventet forbruk i hele året"), kind="number"),
    FileColumn("comment", _("Merknad"), _("kort, for den som leser tallene"), longest=500),
)
