"""The columns of vedtaksregisteret: its list, its form and Vedtaksrapportering."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from strategy.models import DECISION_BODY_LABELS, DECISION_STATUS_LABELS, Decision
from web.register.columns import Column

COLUMNS = (
    Column(
        "case_number",
        _("Saksnummer"),
        longest=40,
        at_times=True,
        help=_("For eksempel 26/1234."),
        searched=True,
        writer=lambda decision: decision.case_number or decision.no_case_number,
    ),
    Column(
        "no_case_number",
        _("Hvis saksnummeret mangler: hvorfor?"),
        longest=160,
        at_times=True,
        in_file=False,
    ),
    Column(
        "body",
        _("Vedtatt av"),
        kind="choice",
        labels=lambda: DECISION_BODY_LABELS,
        required=True,
        writer=lambda decision: decision.body_then,
        filter="organ",
    ),
    Column(
        "decided_on",
        _("Vedtatt"),
        label=_("Vedtatt dato"),
        kind="date",
        at_times=True,
        writer=lambda decision: decision.decided_on or decision.decided_when,
    ),
    Column(
        "decided_when",
        _("Hvis datoen ikke er kjent: når?"),
        longest=80,
        at_times=True,
        help=_("For eksempel «desember 2021»."),
        in_file=False,
    ),
    Column("title", _("Tittel"), longest=200, required=True, searched=True),
    Column(
        "text",
        _("Vedtak"),
        label=_("Vedtaket"),
        kind="long_text",
        longest=5000,
        lines=6,
        required=True,
        searched=True,
    ),
    Column(
        "unit",
        _("Ansvarlig virksomhet"),
        label=_("Ansvarlig virksomhet eller foretak"),
        kind="link",
        at_times=True,
        empty=_("Ingen virksomhet"),
        unknown=_("Virksomheten er lagt ned eller finnes ikke. Velg en annen."),
        filter="virksomhet",
        filter_label=_("Ansvarlig"),
        writer=lambda decision: decision.unit.name if decision.unit else decision.no_unit,
    ),
    Column("no_unit", _("Hvis ingen er ansvarlig: hvorfor?"), longest=160, at_times=True, in_file=False),
    Column("deadline", _("Frist"), kind="date"),
    Column(
        "status",
        _("Status"),
        kind="choice",
        labels=lambda: DECISION_STATUS_LABELS,
        in_form=False,
        filter="status",
    ),
    Column("closed_on", _("Avsluttet"), kind="date", in_form=False),
    Column("last_note", _("Siste statusmerknad"), in_form=False),
    Column("last_note_at", _("Merknad skrevet"), kind="date", in_form=False),
    Column(
        "measures",
        _("Tiltak"),
        label=_("Tiltak vedtaket gjelder"),
        longest=400,
        help=_("Skriv numrene med komma mellom, for eksempel T1, KL4."),
        writer=lambda decision: measure_codes(decision),
    ),
    Column("source", _("Kilde"), longest=300, help=_("Adressen eller dokumentet vedtaket står i.")),
    Column("is_example", _("Eksempeldata"), kind="yes_no", in_form=False),
)


def measure_codes(decision: Decision) -> str:
    """«T1, KL4»"""
    return ", ".join(link.measure.code for link in decision.measure_links.all())


def missing_words(said: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each thing a decision must say, or say why not, and does neither; `said` gives
    what stands in a field.
    """
    pairs = (
        ("case_number", "no_case_number", _("Skriv saksnummeret, eller hvorfor vedtaket ikke har noe.")),
        ("decided_on", "decided_when", _("Skriv datoen, eller når det var hvis datoen ikke er kjent.")),
        ("unit", "no_unit", _("Velg en virksomhet, eller skriv hvorfor ingen er ansvarlig.")),
    )
    for one, other, sentence in pairs:
        if not said(one) and not said(other):
            yield one, str(sentence)
