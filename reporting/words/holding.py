"""What of reporting hangs on a unit or a person, and where it goes, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.enums import HoldingKind, ReportState
from reporting.models import PLACE_LABELS
from reporting.queries.holding import HeldByPerson, HeldByUnit, OpenReport, Waiting
from web.contributions import Holding, HoldingGoes, Move
from web.formats import format_number
from web.names import naming


def unit_holdings(
    held: HeldByUnit, moves: Mapping[HoldingKind, Move], report_move: Callable[[int], Move]
) -> Iterator[Holding]:
    """What hangs on a unit; `moves` by kind, and `report_move` for each open report.

    Where it reports comes first: a report made for the one who takes over is set up by it.
    """
    if held.place is not None:
        yield Holding(
            kind=HoldingKind.PLACE,
            count=1,
            sentence=_("Rapporterer {where}").format(where=PLACE_LABELS[held.place]),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("En ny virksomhet gjør det samme. En som har rapportert før, fortsetter som den gjør."),
            url=reverse("reporting:settings"),
            move=moves[HoldingKind.PLACE],
        )
    for one in held.reports:
        yield _report(one, report_move)
    if held.sent_reports:
        yield Holding(
            kind=HoldingKind.SENT_REPORTS,
            count=held.sent_reports,
            sentence=_sent(held.sent_reports),
            goes=HoldingGoes.STAYS,
            why=_("Det som er sendt, endres ikke."),
            url=reverse("reporting:unit", args=[held.unit]),
        )
    if held.deviations.count:
        url = f"{reverse('reporting:deviations')}?virksomhet={held.unit}&tilstand=open"
        yield _deviations(
            HoldingKind.DEVIATIONS, held.deviations, url=url, move=moves[HoldingKind.DEVIATIONS]
        )
    yield from _questions(held, moves)
    yield from _follow_ups(held, moves)


def person_holdings(held: HeldByPerson, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    """What waits for a person because of her roles, what is her own, and what stands with her name."""
    for one in held.reports:
        yield Holding(
            kind=HoldingKind.REPORT,
            count=1,
            sentence=f"{one.report.unit.name}. {_report_sentence(one)}",
            goes=HoldingGoes.WITH_UNIT,
            why=_("Den er virksomhetens."),
            url=_report_url(one),
            due=one.due,
        )
    if held.questions.count:
        yield Holding(
            kind=HoldingKind.QUESTIONS_TO,
            count=held.questions.count,
            sentence=_questions_sentence(held.questions.count),
            goes=HoldingGoes.WITH_UNIT,
            why=_("Det er virksomheten som er spurt."),
            url=reverse("reporting:questions"),
            due=held.questions.due,
        )
    if held.deviations.count:
        kind = HoldingKind.OWNED_DEVIATIONS
        url = reverse("reporting:deviations")
        yield _deviations(kind, held.deviations, url=url, move=moves[kind])
    if held.signed:
        yield Holding(
            kind=HoldingKind.SIGNED_REPORTS,
            count=held.signed,
            sentence=_sent(held.signed),
            goes=HoldingGoes.STAYS,
            why=_("De beholder navnet de ble sendt med."),
        )
    if held.approved:
        yield Holding(
            kind=HoldingKind.APPROVED_REPORTS,
            count=held.approved,
            sentence=ngettext("{n} godkjent rapport", "{n} godkjente rapporter", held.approved).format(
                n=format_number(held.approved)
            ),
            goes=HoldingGoes.STAYS,
            why=_("De beholder navnet de ble godkjent med."),
        )


def _report(one: OpenReport, report_move: Callable[[int], Move]) -> Holding:
    if one.can_be_given:
        why = _("Svarene følger med, og må bekreftes av den som overtar.")
    elif one.approved:
        why = naming(_("Den er godkjent av leder. {Climate_name} kvalitetssikrer den som den er."))
    else:
        why = _("Perioden tar ikke imot endringer.")
    return Holding(
        kind=HoldingKind.REPORT,
        count=1,
        sentence=_report_sentence(one),
        goes=HoldingGoes.TO_SUCCESSOR if one.can_be_given else HoldingGoes.STAYS,
        why=why,
        url=_report_url(one),
        due=one.due,
        blocks=_report_blocks(one),
        move=report_move(one.report.pk) if one.can_be_given else None,
    )


def _report_sentence(one: OpenReport) -> str:
    """«Klimarapporten for 2. tertial 2026: 1 av 4 tiltak ferdig»"""
    name = _("Klimarapporten for {period}").format(period=one.report.period)
    if one.report.is_corrected:
        return _("{report}: åpnet for retting").format(report=name)
    if one.report.state == ReportState.SUBMITTED:
        return _("{report}: venter på godkjenning av leder").format(report=name)
    if one.approved:
        return _("{report}: godkjent av leder").format(report=name)
    return _("{report}: {done} av {all} tiltak ferdig").format(
        report=name, done=format_number(one.answered), all=format_number(one.measures)
    )


def _report_blocks(one: OpenReport) -> str:
    """Why the unit cannot be closed while its report is as it is and nobody takes it over."""
    unit, period = one.report.unit.name, one.report.period
    if one.report.is_corrected:
        text = _("{unit} retter klimarapporten for {period}. Send rettingen, eller trekk den.")
    elif one.approved:
        return ""
    elif one.report.state == ReportState.SUBMITTED:
        text = _(
            "Klimarapporten til {unit} for {period} venter på leder. "
            "Få den godkjent, eller vent til perioden er lukket."
        )
    else:
        text = _("{unit} har en åpen klimarapport for {period}. Send den, eller vent til perioden er lukket.")
    return text.format(unit=unit, period=period)


def _report_url(one: OpenReport) -> str:
    return reverse("reporting:report", args=[one.report.period.code, one.report.unit_id])


def _sent(count: int) -> str:
    return ngettext("{n} sendt rapport", "{n} sendte rapporter", count).format(n=format_number(count))


def _deviations(kind: HoldingKind, waiting: Waiting, *, url: str, move: Move) -> Holding:
    return Holding(
        kind=kind,
        count=waiting.count,
        sentence=ngettext("{n} åpent avvik", "{n} åpne avvik", waiting.count).format(
            n=format_number(waiting.count)
        ),
        goes=HoldingGoes.TO_SUCCESSOR,
        url=url,
        due=waiting.due,
        move=move,
    )


def _questions(held: HeldByUnit, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    why = _("Spørsmål mellom de to blir trukket.")
    asked = _("{n} spørsmål som venter på svar fra andre")
    for kind, waiting, sentence in (
        (HoldingKind.QUESTIONS_TO, held.questions_to, _questions_sentence(held.questions_to.count)),
        (
            HoldingKind.QUESTIONS_FROM,
            held.questions_from,
            asked.format(n=format_number(held.questions_from.count)),
        ),
    ):
        if waiting.count:
            yield Holding(
                kind=kind,
                count=waiting.count,
                sentence=sentence,
                goes=HoldingGoes.TO_SUCCESSOR,
                why=why,
                url=reverse("reporting:questions"),
                due=waiting.due,
                move=moves[kind],
            )


def _questions_sentence(count: int) -> str:
    return _("{n} spørsmål å svare på").format(n=format_number(count))


def _follow_ups(held: HeldByUnit, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    if held.follow_ups:
        years = ", ".join(str(year) for year in held.follow_ups)
        yield Holding(
            kind=HoldingKind.FOLLOW_UPS,
            count=len(held.follow_ups),
            sentence=_("Strategioppfølging som ikke er bekreftet: {years}").format(years=years),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("Har den som overtar, skrevet sin egen, blir denne liggende."),
            url=reverse("reporting:follow_up", args=[held.follow_ups[-1], held.unit]),
            move=moves[HoldingKind.FOLLOW_UPS],
        )
    if held.confirmed_follow_ups:
        yield Holding(
            kind=HoldingKind.CONFIRMED_FOLLOW_UPS,
            count=held.confirmed_follow_ups,
            sentence=_("Strategioppfølging for {n} år, bekreftet").format(
                n=format_number(held.confirmed_follow_ups)
            ),
            goes=HoldingGoes.STAYS,
            why=_("Den står med navnet på virksomheten som bekreftet den."),
        )
