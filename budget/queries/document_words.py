"""The words of the budget document: what it is, how far from the ceiling, and how its figures are made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import BudgetState, ReferenceRule
from budget.models import BUDGET_STATE_LABELS, OVERLAP_METHOD_LABELS, REFERENCE_RULE_LABELS
from budget.queries.details import MethodNotes
from budget.queries.figure_words import gap_words, listed, tonnes, whole
from budget.queries.tables import BudgetTable, FundingRow, TableLine, TableYear
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from strategy.enums import MeasureKind, MeasureState
from strategy.models import MEASURE_KIND_LABELS, MEASURE_STATE_LABELS
from web.formats import format_date, format_number, format_percent

Note = tuple[str, str]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last year of something, as «2027–2030»."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def title_of(table: BudgetTable) -> str:
    head = table.budget
    title = _("Klimabudsjett {year}").format(year=head.year)
    return (
        title
        if head.revision == 1
        else _("{title}, revisjon {number}").format(title=title, number=head.revision)
    )


def heading_facts(table: BudgetTable) -> tuple[tuple[str, str], ...]:
    """(what, which): scope, target, plan period, edition and state."""
    head, edition = table.budget, table.edition
    return (
        (_("Systemgrense"), str(SCOPE_LABELS[Scope(head.scope)])),
        (_("Mål"), target_words(table)),
        (_("Planperiode"), str(Span(head.year, head.last_plan_year))),
        (_("Utslippstall"), edition_words(table)),
        (_("Tilstand"), state_of(table)),
        *([(_("Tall"), _("Eksempeldata"))] if head.is_example or edition.is_example else []),
    )


def target_words(table: BudgetTable) -> str:
    target = table.target
    if target.percent is None or target.base_year is None:
        return target.title
    text = _("−{percent} i {target_year} fra {base_year}")
    return text.format(
        percent=format_percent(target.percent), target_year=target.target_year, base_year=target.base_year
    )


def edition_words(table: BudgetTable) -> str:
    edition = table.edition
    text = _("{publisher}, publisert {published}, siste regnskapsår {last}")
    return text.format(
        publisher=edition.publisher, published=format_date(edition.published), last=edition.last_year
    )


def state_of(table: BudgetTable) -> str:
    """«Vedtatt av kommunestyret 9. desember 2025, sak 25/101»"""
    head = table.budget
    label = str(BUDGET_STATE_LABELS[BudgetState(head.state)])
    if head.adopted_on is None:
        return label
    text = _("Vedtatt av kommunestyret {date}, sak {case}")
    decided = text.format(date=format_date(head.adopted_on), case=head.case_number)
    return f"{decided}. {label}" if head.state == BudgetState.SUPERSEDED else decided


def distances(table: BudgetTable) -> tuple[str, ...]:
    """How far from the ceiling each year of the plan period and after is, and which way it moves."""
    sentences = []
    before: TableYear | None = None
    for row in table.years:
        if row.year >= table.budget.year and row.gap is not None and row.known:
            sentences.append(_distance(row, before))
        before = row
    return tuple(sentences)


def _distance(row: TableYear, before: TableYear | None) -> str:
    assert row.gap is not None
    text = _("{year}: {distance}").format(year=row.year, distance=gap_words(row.gap))
    if before is None or before.gap is None or row.gap < 0 or before.gap < 0:
        return f"{text}."
    # From the rounded figures, so that the sentence agrees with the table.
    moved = whole(row.gap) - whole(before.gap)
    if moved == 0:
        return _("{text}, som i {year}.").format(text=text, year=before.year)
    words = (
        _("{text}, {tonnes} mindre enn i {year}.") if moved < 0 else _("{text}, {tonnes} mer enn i {year}.")
    )
    return words.format(text=text, tonnes=tonnes(abs(moved)), year=before.year)


def band_sentence(table: BudgetTable) -> str:
    """What low and high estimates say of the answer's year; empty without any."""
    row = table.answer_year
    if row.band is None:
        return ""
    if row.band.gap_low is None or row.band.gap_high is None:
        text = _("Med lave og høye anslag ligger tiltaksbanen i {year} mellom {low} og {high} tonn.")
        return text.format(year=row.year, low=tonnes(row.band.path_low), high=tonnes(row.band.path_high))
    text = _("Regnet med høye og lave anslag går spennet fra {low} til {high}.")
    return text.format(low=gap_words(row.band.gap_low), high=gap_words(row.band.gap_high))


def band_note(table: BudgetTable) -> str:
    """What the field in the chart is; empty when there is none."""
    return _("Feltet rundt tiltaksbanen er lavt til høyt anslag.") if table.has_ranges else ""


def source_words(line: TableLine) -> str:
    """«Veitrafikk: Varebiler 70 %, Personbiler 30 %»"""
    by_sector: dict[str, list[str]] = {}
    for part in line.details.sources:
        share = "" if part.share == HUNDRED else f" {format_percent(part.share)}"
        name = part.source if part.source and part.source != part.sector else ""
        by_sector.setdefault(part.sector, []).append(f"{name}{share}".strip())
    return "; ".join(
        f"{sector}: {', '.join(names)}" if any(names) else sector for sector, names in by_sector.items()
    )


def kind_words(line: TableLine) -> str:
    return str(MEASURE_KIND_LABELS[MeasureKind(line.details.kind)]) if line.details.kind else ""


def state_words(line: TableLine) -> str:
    return str(MEASURE_STATE_LABELS[MeasureState(line.details.state)]) if line.details.state else ""


def funding_words(line: TableLine) -> str:
    return "; ".join(map(_funding, line.details.fundings))


def _funding(row: FundingRow) -> str:
    """«Klimasats 2022: gitt 648 000 kr, rapporteres innen 1. mars 2027»"""
    said = []
    if row.granted_nok is not None:
        said.append(_("gitt {nok} kr").format(nok=format_number(row.granted_nok, 0)))
    elif row.applied_nok is not None:
        said.append(_("søkt {nok} kr").format(nok=format_number(row.applied_nok, 0)))
    if row.deadline:
        said.append(_("søknadsfrist {day}").format(day=format_date(row.deadline)))
    if row.report_due:
        said.append(_("rapporteres innen {day}").format(day=format_date(row.report_due)))
    return f"{row.scheme}: {', '.join(said)}" if said else row.scheme


def decision_words(line: TableLine) -> str:
    """«Utrede klimafond, sak 26/101, 3. mars 2026; Eksempelsak 25/88»"""
    row, said = line.details.decision, []
    if row is not None:
        case = _("sak {case}").format(case=row.case_number) if row.case_number else ""
        when = format_date(row.decided_on) if row.decided_on else row.decided_when
        said.append(", ".join(part for part in (row.title, case, when) if part))
    return "; ".join(part for part in (*said, line.details.decision_reference) if part)


def indicator_words(line: TableLine, year: int) -> str:
    """«Utslippsfrie anlegg: 14 anlegg i 2027», or the name alone where the year has no goal."""
    texts = []
    for row in line.details.indicators:
        goal = row.goals.get(year)
        if goal is None:
            texts.append(row.name)
        else:
            text = _("{name}: {goal} {unit} i {year}")
            goal_text = format_number(goal)
            texts.append(text.format(name=row.name, goal=goal_text, unit=row.unit_label, year=year))
    return "; ".join(texts)


def about_figures(table: BudgetTable, method: MethodNotes) -> tuple[Note, ...]:
    """(term, explanation) of «Om tallene»."""
    head = table.budget
    found: list[Note] = [
        (
            _("Systemgrense"),
            _("{scope}. Tall fra ulike systemgrenser legges aldri sammen.").format(
                scope=SCOPE_LABELS[Scope(head.scope)]
            ),
        ),
        (_("Utslippstall"), _("{edition}.").format(edition=edition_words(table))),
    ]
    if table.target.percent is not None:
        found.append(
            (
                _("Utslippsramme"),
                _(
                    "Prosenten er løftet, og tonnene er regnet fra basisåret i denne utgaven. Der "
                    "kommunestyret ikke har vedtatt noe annet for et år, går rammen i rett linje fra "
                    "basisåret til målåret."
                ),
            )
        )
    found.append((_("Referansebane"), _reference(method)))
    if method.policies:
        found.append((_("Med i referansebanen"), "; ".join(method.policies)))
    found.append(
        (
            _("Effekt"),
            _(
                "Reduksjon mot referansebanen i samme år, per år. Det som allerede viser igjen i siste "
                "regnskapsår, er trukket fra. En kilde kan aldri gå under null."
            ),
        )
    )
    found += _overlaps(method)
    if table.has_ranges:
        found.append(
            (
                _("Lavt og høyt"),
                _(
                    "Hele regnestykket er gjort to ganger til: med alle lave og med alle høye anslag. "
                    "Det sier hvor langt tallene kan flytte seg, ikke hvor sannsynlig det er."
                ),
            )
        )
    if unknown := _unknown(table):
        found.append((_("Mangler tall"), unknown))
    found.append(
        (
            _("Avrunding"),
            _(
                "Tallene er avrundet til hele tonn og hele kroner der de vises. Regnestykket bruker alle "
                "desimaler, så en sum kan avvike litt fra de avrundede tallene over den."
            ),
        )
    )
    return tuple(found)


def _reference(method: MethodNotes) -> str:
    rule = _("{rule}.").format(rule=REFERENCE_RULE_LABELS[ReferenceRule(method.reference_rule)])
    return f"{rule} {method.reference_note}".strip()


def _overlaps(method: MethodNotes) -> list[Note]:
    if not method.overlaps:
        return []
    texts = []
    for note in method.overlaps:
        text = _("{source}, {codes} ({method}): {reason} Avgjort av {who}.")
        texts.append(
            text.format(
                source=note.source,
                codes=listed(note.codes),
                method=OVERLAP_METHOD_LABELS[note.method],
                reason=note.reason.rstrip(".") + ".",
                who=note.decided_by.rstrip("."),
            )
        )
    return [(_("Overlapp, regnet med én gang"), " ".join(texts))]


def _unknown(table: BudgetTable) -> str:
    """Quantified lines without a figure for some year of the plan period or after."""
    lines = []
    for line in table.quantified:
        years = [
            str(year) for year, figure in line.effects.items() if figure is None and year >= table.budget.year
        ]
        if years:
            lines.append(f"{line.code} ({', '.join(years)})")
    if not lines:
        return ""
    text = ngettext(
        "Ett tiltak mangler effekt i noen av årene og er regnet uten: {lines}.",
        "{count} tiltak mangler effekt i noen av årene og er regnet uten: {lines}.",
        len(lines),
    )
    return text.format(count=len(lines), lines="; ".join(lines))
