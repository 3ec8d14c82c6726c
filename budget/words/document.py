"""The budget as a document to read: the same tables on the page, in the PDF and in the chapter to paste.

Everything comes from the one `BudgetTable`; here figures become text, rounded to whole tonnes and kroner.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import BudgetState, ReferenceRule
from budget.models import BUDGET_STATE_LABELS, OVERLAP_METHOD_LABELS, REFERENCE_RULE_LABELS
from budget.queries.details import MethodNotes
from budget.queries.tables import BudgetTable, TableYear
from budget.words.answers import Answer, answer, none_recorded_sentence
from budget.words.document_tables import (
    cost_table,
    effect_table,
    follow_up_table,
    not_quantified_table,
    outside_tables,
    sum_tables,
    summary_table,
)
from budget.words.figures import gap_words, listed, tonnes, whole
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from web.formats import format_date, format_percent
from web.names import naming
from web.reading_tables import ReadingTable

Note = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BudgetDocument:
    """A whole budget in the order a reader meets it. Tables are None or empty where there is nothing."""

    title: str
    facts: tuple[tuple[str, str], ...]
    is_example: bool
    answer: Answer
    band: str
    distances: tuple[str, ...]
    summary: ReadingTable
    effects: ReadingTable | None
    costs: ReadingTable | None
    follow_up: ReadingTable | None
    not_quantified: ReadingTable | None
    outside: tuple[ReadingTable, ...]
    sums: tuple[ReadingTable, ...]
    notes: tuple[Note, ...]
    # Why there are no measures, of a budget that was adopted with some.
    none_recorded: str = ""

    @property
    def outside_title(self) -> str:
        return _("Virkning utenfor systemgrensen")


def budget_document(table: BudgetTable, method: MethodNotes) -> BudgetDocument:
    """The document of a table that was read with costs and details; see `details.read_method`."""
    return BudgetDocument(
        title=title_of(table),
        facts=heading_facts(table),
        is_example=table.budget.is_example or table.edition.is_example,
        answer=answer(table),
        band=band_sentence(table),
        distances=distances(table),
        summary=summary_table(table),
        effects=effect_table(table),
        costs=cost_table(table),
        follow_up=follow_up_table(table),
        not_quantified=not_quantified_table(table),
        outside=outside_tables(table),
        sums=sum_tables(table),
        notes=about_figures(table, method),
        none_recorded=none_recorded_sentence() if table.none_recorded else "",
    )


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
        *([(_("Ført inn"), _("I ettertid, etter vedtaket"))] if head.recorded_afterwards else []),
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
    text = _("Vedtatt av {council} {date}, sak {case}")
    decided = naming(text, head.adopted_on, date=format_date(head.adopted_on), case=head.case_number)
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
                naming(
                    _(
                        "Prosenten er løftet, og tonnene er regnet fra basisåret i denne utgaven. Der "
                        "{council} ikke har vedtatt noe annet for et år, går rammen i rett linje fra "
                        "basisåret til målåret."
                    )
                ),
            )
        )
    if head.recorded_afterwards:
        text = _(
            "Budsjettet er ført inn i ettertid. Der vedtaket hadde rammer i tonn, er det de som står her."
        )
        found.append((_("Ført inn"), text))
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
