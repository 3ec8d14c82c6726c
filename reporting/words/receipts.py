"""What the receipt of a sent report says: the same words on the page and in the mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.queries.leading import UNLED, Leading
from reporting.models import ReportTransition, ReportVersion, UnitReport
from reporting.words.chain import vacancy_sentence
from reporting.words.log import who_in
from reporting.words.messages import Words, address, letter, report_name
from web.formats import format_datetime, format_number, format_weekday
from web.mail import site_address
from web.names import naming


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was sent, what is known of it, and what happens next."""

    reference: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    sha256: str
    next_steps: tuple[str, ...]


def receipt_of(
    report: UnitReport,
    version: ReportVersion,
    leading: Leading = UNLED,
    approval: ReportTransition | None = None,
) -> Receipt:
    """The receipt of one version of a report.

    `leading` is who leads the unit while it waits for approval, and `approval` the step in which it got it.
    """
    sentence = _("Klimarapporten for {period} ble sendt {when}.").format(
        period=report.period, when=format_datetime(version.submitted_at)
    )
    if version.content["late"]:
        sentence = f"{sentence} {_('Den kom etter fristen.')}"
    reference = f"{report.period.code}-{report.unit_id}-{version.number}"
    return Receipt(
        reference=reference,
        sentence=sentence,
        facts=(
            (_("Referanse"), reference),
            (_("Virksomhet eller foretak"), version.content["unit"]["name"]),
            (_("Sendt av"), version.submitted_by_name),
            (_("Versjon"), format_number(version.number)),
            (_("Tiltak"), format_number(len(version.content["statuses"]))),
            *_approved(approval, version, report.unit.name),
        ),
        sha256=version.sha256,
        next_steps=tuple(_next_steps(report, version, leading, is_approved=approval is not None)),
    )


def _approved(
    approval: ReportTransition | None, version: ReportVersion, unit: str
) -> Iterator[tuple[str, str]]:
    if approval is None:
        return
    who, when = who_in(approval, unit), format_datetime(approval.at)
    if approval.by_id is not None and approval.by_id == version.submitted_by_id:
        # Whoever reads it is to know that no other pair of eyes saw it.
        who = _("{name}, som også sendte den").format(name=who)
    yield _("Godkjent av"), f"{who}, {when}"


def _leader_step(report: UnitReport, leading: Leading) -> str:
    """What the unit's leader does, or whoever does it while there is none."""
    if leading.awaits_leader:
        return _(
            "Venter på ny daglig leder i foretaket, som godkjenner rapporten eller sender den i retur med "
            "en kommentar. Ingen utenfor foretaket godkjenner den."
        )
    if report.is_corrected:
        # The period's deadlines are past.
        step = _("Virksomhetslederen godkjenner rettingen, eller sender den i retur med en kommentar.")
    else:
        step = _(
            "Virksomhetslederen godkjenner rapporten, eller sender den i retur med en kommentar, innen {day}."
        ).format(day=format_weekday(report.leader_due))
    return f"{step} {vacancy_sentence(leading)}".strip()


def _next_steps(
    report: UnitReport, version: ReportVersion, leading: Leading, *, is_approved: bool
) -> Iterator[str]:
    if not is_approved:
        yield _leader_step(report, leading)
    if report.needs_area:
        yield _("Området godkjenner den.")
    yield naming(_("{Climate} kvalitetssikrer den."))
    if any(one["decision_level"] for one in version.content["statuses"]):
        yield _(
            "Det dere ber om at blir avgjort, går videre når lederen har godkjent. "
            "Beslutningen står i den neste rapporten."
        )
    if version.content.get("proposals"):
        yield naming(
            _("{Climate_name} svarer på forslagene når lederen har godkjent. Svaret står i rapporten.")
        )
    yield _("Svarene blir med i klimastatusen til ledelsen når lederen har godkjent.")


def receipt_words(
    report: UnitReport,
    version: ReportVersion,
    leading: Leading,
    name: str,
    approval: ReportTransition | None = None,
) -> Words:
    """The receipt: the same words as its page."""
    receipt = receipt_of(report, version, leading, approval)
    path = f"{address('receipt', report)}?nr={version.number}"
    facts = [f"{label}: {value}" for label, value in (*receipt.facts, ("SHA-256", receipt.sha256))]
    steps = [f"{number}. {step}" for number, step in enumerate(receipt.next_steps, start=1)]
    parts = [
        receipt.sentence,
        "\n".join(facts),
        "\n".join([_("Dette skjer videre:"), *steps]),
        f"{_('Kvitteringen står også her:')}\n{site_address(path)}",
    ]
    subject = _("Kvittering: {report} fra {unit}").format(
        report=report_name(report.period), unit=report.unit.name
    )
    return letter(subject, name, parts, _("du sendte rapporten"), path)
