"""What mail from reporting says, the reminders too.

Plain text, and dates rather than «i morgen»: nobody knows when it is read. No token in any link: the page
asks who reads it, as it does everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.queries.leading import Leading
from reporting.calculations.messages import Due
from reporting.enums import MessageKind, PeriodKind, ReportState
from reporting.models import PERIOD_KIND_LABELS, Period, UnitReport
from reporting.queries.message_material import DigestMaterial, Material, Materials
from reporting.words.chain import vacancy_sentence
from reporting.words.progress import count_word, deviation_sentence, progress_sentence
from web.contributions import Objection
from web.formats import NBSP, format_datetime, format_day, format_weekday
from web.mail import site_address
from web.names import naming

# A measure takes three quarters of a minute, and no report less than three.
_LEAST_MINUTES = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's subject and text, and the page it leads to."""

    subject: str
    text: str
    path: str


def letters(due: Iterable[Due], names: Mapping[int, str], found: Materials) -> Iterator[tuple[Due, Words]]:
    """Each message that is due with its words; `names` by user."""
    for message in due:
        name = names[message.user]
        if message.report is not None:
            yield message, words_for(message.kind, found.reports[message.report], name)
        elif found.digest is not None:
            yield message, digest_words(found.digest, name)


def words_for(kind: MessageKind, material: Material, name: str) -> Words:
    """What a message about a report says to the person with this name."""
    subject, parts, page = _WORDS[kind](material)
    path = address(page, material.report)
    return letter(subject, name, [*parts, _link(kind, path), *_calendar(kind)], _why(kind, material), path)


def digest_words(material: DigestMaterial, name: str) -> Words:
    """The week for Klima: what came in, who is missing, what waits for whom."""
    path = reverse("reporting:messages", args=[material.period.code])
    lists = (
        (_("Kom inn den siste uken"), material.came_in),
        (_("Kvalitetssikret den siste uken"), material.assured),
        (_("Mangler"), material.missing),
        (naming(_("Venter på {unit_leader_title}")), material.waits_for_leader),
        (_("Venter på området"), material.waits_for_area),
        (naming(_("Venter på {climate_name}")), material.waits_for_climate),
    )
    parts = [
        _("Slik står det til med klimarapportene for {period}. Frist for kontaktpersoner er {day}.").format(
            period=material.period, day=format_datetime(material.period.contact_deadline)
        ),
        *(f"{title}: {len(names)}\n{_listed(names)}" for title, names in lists if names),
        f"{_('Varsler og logg:')}\n{site_address(path)}",
        f"{_('Alle rapportene:')}\n{site_address(reverse('publishing:index'))}",
    ]
    subject = naming(
        _("Uken i klimarapporteringen, {period}: {missing} mangler, {waits} venter på {climate_name}"),
        period=_kind(material.period),
        missing=len(material.missing),
        waits=len(material.waits_for_climate),
    )
    return letter(subject, name, parts, naming(_("du arbeider i {climate}")), path)


def nothing_left_objection() -> Objection:
    """Why a mail is called off when its receiver has done what it asks for."""
    return Objection(_("Ikke sendt, fordi det ikke lenger var noe for mottakeren å gjøre."))


def address(page: str, report: UnitReport) -> str:
    return reverse(f"reporting:{page}", args=[report.period.code, report.unit_id])


def letter(subject: str, name: str, parts: Iterable[str], why: str, path: str) -> Words:
    """A whole mail: greeting, parts, whom to ask, and why somebody gets it."""
    greeting = _("Hei {name},").format(name=name) if name else _("Hei,")
    end = "\n".join(
        [
            _("Vennlig hilsen"),
            naming(_("{Climate}, {organisation}")),
            _("Spørsmål: {email}").format(email=settings.SUPPORT_EMAIL),
        ]
    )
    footer = _("Du får denne e-posten fordi {why}. Den er sendt av Klimaportalen.").format(why=why)
    text = "\n\n".join([greeting, *(part for part in parts if part), end, footer])
    # No-break spaces are for pages; in mail they are an odd sign in a search.
    return Words(subject.replace(NBSP, " "), text.replace(NBSP, " "), path)


def _kind(period: Period) -> str:
    return str(PERIOD_KIND_LABELS[PeriodKind(period.kind)])


def report_name(period: Period) -> str:
    """«klimarapport 2. tertial»; the whole year's is «klimarapport for hele 2026»."""
    if period.kind == PeriodKind.ANNUAL:
        return _("klimarapport for hele {year}").format(year=period.year)
    return _("klimarapport {period}").format(period=_kind(period))


def _listed(names: Iterable[str]) -> str:
    return "\n".join(f"- {name}" for name in names)


def _measures(material: Material) -> str:
    rows = [
        f"- {measure.code} {measure.title}: {measure.last or _('ikke svart på før')}"
        for measure in material.measures
    ]
    return "\n".join([_("Tiltakene, med det dere svarte sist:"), *rows])


def _minutes(material: Material) -> int:
    return max(_LEAST_MINUTES, -(-len(material.measures) * 3 // 4))


def _deadline(material: Material) -> str:
    return _("Frist: {day}").format(day=_full(material.contact_deadline))


def _full(moment: datetime) -> str:
    """«torsdag 10. september 2026 kl. 23.59»"""
    return f"{format_weekday(moment).split()[0]} {format_datetime(moment)}"


def _progress(material: Material) -> str:
    if material.report.state == ReportState.RETURNED:
        return _("Rapporten er returnert og ikke sendt på nytt ennå: {comment}").format(
            comment=material.report.return_comment
        )
    return progress_sentence(len(material.measures), material.answered)


_Parts = tuple[str, list[str], str]


def _opened(material: Material) -> _Parts:
    report, count = material.report, len(material.measures)
    subject = ngettext(
        "{report}: {count} tiltak, frist {day}", "{report}: {count} tiltak, frist {day}", count
    ).format(
        report=capfirst(report_name(report.period)), count=count, day=format_day(material.contact_deadline)
    )
    opening = _(
        "Klimarapporten for {period} er åpen. {unit} svarer for {count} tiltak. Ca. {minutes} minutter."
    ).format(
        period=report.period,
        unit=report.unit.name,
        count=count_word(count),
        minutes=_minutes(material),
    )
    return subject, [opening, _deadline(material), _measures(material)], "report"


def _reminder(subject: Promise) -> Callable[[Material], _Parts]:
    def words(material: Material) -> _Parts:
        report = material.report
        opening = _("Klimarapporten for {period} fra {unit} er ikke sendt inn ennå.").format(
            period=report.period, unit=report.unit.name
        )
        rest = _("Det tar ca. {minutes} minutter.").format(minutes=_minutes(material))
        parts = [f"{opening} {_progress(material)} {rest}", _deadline(material), _measures(material)]
        return _subject(subject, material), parts, "report"

    return words


def _subject(template: str | Promise, material: Material) -> str:
    return str(template).format(
        report=report_name(material.report.period),
        day=format_day(material.contact_deadline),
        weekday=format_weekday(material.contact_deadline),
        unit=material.report.unit.name,
    )


def _overdue(material: Material) -> _Parts:
    report = material.report
    parts = [
        _("Fristen for klimarapporten for {period} fra {unit} var {day}. {progress}").format(
            period=report.period,
            unit=report.unit.name,
            day=_full(material.contact_deadline),
            progress=_progress(material),
        ),
        _("Den kan fortsatt sendes, fram til {day}. Da blir den merket som sendt etter fristen.").format(
            day=_full(report.period.closes_at)
        ),
        _measures(material),
    ]
    return _subject(_("Fristen er gått ut: {report} fra {unit}"), material), parts, "report"


def _report_missing(material: Material) -> _Parts:
    report = material.report
    who = (
        _("Kontaktperson og vara: {names}.").format(names=", ".join(material.reporters))
        if material.reporters
        else _no_reporters(material)
    )
    parts = [
        _("Klimarapporten for {period} fra {unit} er ikke sendt inn. Fristen var {day}.").format(
            period=report.period, unit=report.unit.name, day=_full(material.contact_deadline)
        ),
        who,
        _missing_means(report),
    ]
    return _subject(_("Klimarapporten fra {unit} mangler"), material), parts, "report"


def _no_reporters(material: Material) -> str:
    if material.leading.vacant:
        return naming(_("Virksomheten har verken kontaktperson eller leder. {Climate} kan peke ut noen."))
    return _("Virksomheten har ingen kontaktperson. Da kan du selv svare.")


def _missing_means(report: UnitReport) -> str:
    return _(
        "Uten rapport regnes tiltakene som i klimabudsjettet, og virksomheten står som manglende i "
        "klimastatusen for {period}."
    ).format(period=report.period)


def _to_approve(subject: Promise) -> Callable[[Material], _Parts]:
    def words(material: Material) -> _Parts:
        report = material.report
        parts = [
            _("{unit} har sendt klimarapporten for {period}. Den venter på at du godkjenner den.").format(
                unit=report.unit.name, period=report.period
            ),
            f"{deviation_sentence(len(material.measures), material.off_plan)} "
            + _("Sendt av {name}.").format(name=material.sent_by),
            vacancy_sentence(material.leading),
            _("Frist: {day}").format(day=_full(material.leader_deadline)),
        ]
        return _subject(subject, material), parts, "approve"

    return words


def _waits_for_area(material: Material) -> _Parts:
    report = material.report
    what = (
        _("Klimarapporten for {period} fra {unit}, som ikke har leder nå, er godkjent og venter på området.")
        if material.leading.vacant
        else _("Klimarapporten for {period} fra {unit} er godkjent av {unit_leader} og venter på området.")
    )
    parts = [
        naming(what, period=report.period, unit=report.unit.name),
        deviation_sentence(len(material.measures), material.off_plan),
    ]
    return _subject(_("Til godkjenning i området: {report} fra {unit}"), material), parts, "report"


def _escalated(material: Material) -> _Parts:
    report = material.report
    waiting = report.state == ReportState.SUBMITTED
    sentence = (
        _("Klimarapporten for {period} fra {unit} er ikke godkjent av {unit_leader}. Fristen var {day}.")
        if waiting
        else _("Klimarapporten for {period} fra {unit} er ikke sendt inn. Fristen var {day}.")
    )
    what = naming(
        sentence,
        period=report.period,
        unit=report.unit.name,
        day=_full(material.leader_deadline if waiting else material.contact_deadline),
    )
    people = [
        _("Kontaktperson og vara: {names}.").format(names=", ".join(material.reporters) or _("ingen")),
        _("Leder: {names}.").format(names=", ".join(material.leading.own) or _("ingen")),
    ]
    parts = [
        what,
        " ".join(people),
        naming(_("{Climate} skriver: {reason}"), reason=material.release_reason)
        if material.release_reason
        else "",
        _missing_means(report),
    ]
    return _subject(_("Klimarapporten fra {unit} mangler: til leder over"), material), parts, "report"


def _returned(material: Material) -> _Parts:
    report = material.report
    remarks = "\n".join(f"- {title}: {text}" for title, text in material.remarks)
    parts = [
        _("Klimarapporten for {period} fra {unit} er returnert:").format(
            period=report.period, unit=report.unit.name
        ),
        report.return_comment,
        f"{_('Tiltakene som må rettes:')}\n{remarks}" if remarks else "",
        _("Rett opp og send den på nytt. {deadline}").format(deadline=_deadline(material)),
    ]
    return _subject(_("Returnert: {report} fra {unit}"), material), parts, "report"


def _assured(material: Material) -> _Parts:
    report = material.report
    parts = [
        naming(
            _("{Climate} har kvalitetssikret klimarapporten for {period} fra {unit}. Takk!"),
            period=report.period,
            unit=report.unit.name,
        ),
        naming(_("Fra {climate_name}: {comment}"), comment=report.climate_comment)
        if report.climate_comment
        else "",
        _("Du trenger ikke å gjøre noe mer."),
    ]
    return _subject(_("Kvalitetssikret: {report} fra {unit}"), material), parts, "report"


def _extended(material: Material) -> _Parts:
    report = material.report
    parts = [
        naming(
            _("{Climate} har gitt {unit} lengre frist for klimarapporten for {period}."),
            unit=report.unit.name,
            period=report.period,
        ),
        _("Ny frist: {day}").format(day=_full(material.contact_deadline)),
        _("Ny frist for leder: {day}").format(day=_full(material.leader_deadline)),
    ]
    return _subject(_("Ny frist {day}: {report} fra {unit}"), material), parts, "report"


_WORDS: dict[MessageKind, Callable[[Material], _Parts]] = {
    MessageKind.OPENED: _opened,
    MessageKind.FIRST_REMINDER: _reminder(gettext_lazy("Påminnelse: {report}, frist {day}")),
    MessageKind.SECOND_REMINDER: _reminder(gettext_lazy("Fristen er {weekday}: {report}")),
    MessageKind.DEADLINE_DAY: _reminder(gettext_lazy("I dag, {day}, er fristen: {report}")),
    MessageKind.OVERDUE: _overdue,
    MessageKind.REPORT_MISSING: _report_missing,
    MessageKind.WAITS: _to_approve(gettext_lazy("Til godkjenning: {report} fra {unit}")),
    MessageKind.LEADER_REMINDER: _to_approve(gettext_lazy("Påminnelse om godkjenning: {report} fra {unit}")),
    MessageKind.LEADER_OVERDUE: _to_approve(
        gettext_lazy("Fristen for godkjenning er gått ut: {report} fra {unit}")
    ),
    MessageKind.WAITS_FOR_AREA: _waits_for_area,
    MessageKind.ESCALATED: _escalated,
    MessageKind.RETURNED: _returned,
    MessageKind.ASSURED: _assured,
    MessageKind.EXTENDED: _extended,
}
_LEADERS = frozenset(
    {
        MessageKind.REPORT_MISSING,
        MessageKind.WAITS,
        MessageKind.LEADER_REMINDER,
        MessageKind.LEADER_OVERDUE,
    }
)
_ABOVE = frozenset({MessageKind.WAITS_FOR_AREA, MessageKind.ESCALATED})
_TO_FILL_IN = frozenset(
    {
        MessageKind.OPENED,
        MessageKind.FIRST_REMINDER,
        MessageKind.SECOND_REMINDER,
        MessageKind.DEADLINE_DAY,
        MessageKind.OVERDUE,
    }
)


def _why(kind: MessageKind, material: Material) -> str:
    if kind in _ABOVE:
        return _("du leder området over {unit}").format(unit=material.report.unit.name)
    if kind in _LEADERS:
        return _leads(material.leading).format(unit=material.report.unit.name)
    return _("du rapporterer for {unit}").format(unit=material.report.unit.name)


def _leads(leading: Leading) -> str:
    if leading.vacant:
        return _("du er nærmeste leder over {unit}, som ikke har leder nå")
    if leading.stand_ins:
        return _("du leder {unit}, eller er stedfortreder for den som gjør det")
    return _("du leder {unit}")


def _link(kind: MessageKind, path: str) -> str:
    says = _("Se rapporten her:")
    if kind in _TO_FILL_IN:
        says = _("Svar her:")
    elif kind in _LEADERS and kind != MessageKind.REPORT_MISSING:
        says = _("Les og godkjenn her:")
    elif kind == MessageKind.RETURNED:
        says = _("Rett opp her:")
    return f"{says}\n{site_address(path)}"


def _calendar(kind: MessageKind) -> list[str]:
    if kind not in {MessageKind.OPENED, MessageKind.EXTENDED}:
        return []
    return [f"{_('Fristene til kalenderen din:')}\n{site_address(reverse('reporting:calendar'))}"]
