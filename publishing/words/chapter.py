"""The climate chapter's tables and sentences, as text to paste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.enums import MISSING
from publishing.models import NOT_REPORTED_LABEL
from publishing.queries.chapter import Chapter
from publishing.queries.period_summary import Loss, Section, StatusRow
from publishing.words.money import MoneyPart, money_part
from publishing.words.summary import awaiting_sentence, tonnes
from web.formats import format_date, format_number
from web.reading_tables import Column, Part, ReadingTable, TableRow


@dataclass(frozen=True, slots=True)
class ChapterTables:
    """The chapter's tables as text, rounded as they are shown."""

    statuses: ReadingTable
    off_plan: ReadingTable | None
    money: MoneyPart | None
    years: ReadingTable | None
    sections: tuple[tuple[Section, ReadingTable | None], ...]


def chapter_tables(chapter: Chapter) -> ChapterTables:
    return ChapterTables(
        statuses=_statuses(chapter),
        off_plan=_off_plan(chapter) if chapter.off_plan else None,
        money=money_part(chapter.money, year=chapter.basis.year, not_reported=str(NOT_REPORTED_LABEL)),
        years=_years(chapter) if chapter.years else None,
        sections=tuple((one, _section(one)) for one in chapter.sections),
    )


def _statuses(chapter: Chapter) -> ReadingTable:
    span = f"{chapter.first_year}–{chapter.last_year}"

    def row(one: StatusRow, label: str) -> TableRow:
        return TableRow(
            (
                label,
                format_number(one.count),
                format_number(one.tonnes, 0),
                "–" if one.status == MISSING else format_number(one.loss, 0),
                format_number(one.without_tonnes),
            )
        )

    total = StatusRow(
        "",
        "",
        sum(one.count for one in chapter.statuses),
        sum((one.tonnes for one in chapter.statuses), Decimal(0)),
        sum((one.loss for one in chapter.statuses), Decimal(0)),
        sum(one.without_tonnes for one in chapter.statuses),
    )
    return ReadingTable(
        _("Antall tiltak og kutt etter status"),
        (
            Column(_("Status")),
            Column(_("Tiltak med tonn"), numeric=True),
            Column(_("Kutt i {year} etter budsjettet, tonn").format(year=chapter.answer_year), numeric=True),
            Column(_("Mindre kutt samlet {span}, tonn").format(span=span), numeric=True),
            Column(_("Tiltak uten tonn i budsjettet"), numeric=True),
        ),
        (Part("", tuple(row(one, _status_label(one)) for one in chapter.statuses)),),
        (row(total, _("Sum")),),
        note=_(
            "Kuttet er tiltakenes egen virkning i budsjettet, før overlapp mellom tiltak. Bare svar som er "
            "godkjent av leder, er med."
        ),
    )


def _status_label(row: StatusRow) -> str:
    return str(NOT_REPORTED_LABEL) if row.status == MISSING else row.label


def _off_plan(chapter: Chapter) -> ReadingTable:
    span = f"{chapter.first_year}–{chapter.last_year}"
    rows = (
        TableRow(
            (
                one.title,
                one.unit,
                one.label,
                one.cause,
                one.corrective_action,
                _caught_up(one.new_date),
                lost_words(one.loss),
            )
        )
        for one in chapter.off_plan
    )
    return ReadingTable(
        _("Status, årsak og hva som gjøres"),
        (
            Column(_("Tiltak")),
            Column(_("Ansvarlig")),
            Column(_("Status")),
            Column(_("Årsak")),
            Column(_("Hva som gjøres")),
            Column(_("Tatt igjen")),
            Column(_("Mindre kutt samlet {span}, tonn").format(span=span), numeric=True),
        ),
        (Part("", tuple(rows)),),
    )


def _caught_up(day: date | None) -> str:
    return format_date(day)


def lost_words(loss: Loss | None) -> str:
    """The figure of a cell: «190», «ikke anslått», or that it stands outside the budget's scope."""
    if loss is None:
        return _("ikke anslått")
    figure = format_number(loss.total, 0)
    return figure if loss.counts else _("{n} utenfor systemgrensen").format(n=figure)


def _years(chapter: Chapter) -> ReadingTable:
    years = chapter.years
    rows = [
        (_("Referansebane"), [row.reference for row in years]),
        (_("Tiltaksbane"), [row.path for row in years]),
        (_("Utslippsramme"), [row.ceiling for row in years]),
    ]
    over = [(_("Over utslippsrammen"), [row.gap for row in years])]
    if chapter.new_edition:
        newest = [chapter.new_edition.of(row.year) for row in years]
        over += [
            (_("Utslippsramme, nyeste utgave"), [one.ceiling for one in newest]),
            (_("Over utslippsrammen, nyeste utgave"), [one.gap for one in newest]),
        ]

    def cells(label: str, figures: list[Decimal | None]) -> TableRow:
        return TableRow((label, *(format_number(figure, 0) for figure in figures)))

    return ReadingTable(
        _("Baner og utslippsramme per år, tonn CO₂e"),
        (Column(_("Tonn CO₂e")), *(Column(str(row.year), numeric=True) for row in years)),
        (Part("", tuple(cells(*row) for row in rows)),),
        tuple(cells(*row) for row in over),
    )


def _section(section: Section) -> ReadingTable | None:
    if not section.rows:
        return None
    head, *others = section.headers
    return ReadingTable(
        section.title,
        (Column(head), *(Column(name, numeric=True) for name in others)),
        (Part("", tuple(TableRow(row) for row in section.rows)),),
    )


def missing_words(chapter: Chapter) -> str:
    """Who has no approved answer, and how their measures are counted; empty when nobody is missing.

    Those whose report waits for its leader are among them: what is frozen does not tell them apart.
    """
    if not chapter.missing:
        return ""
    said = _(
        "Svar godkjent av leder i {n} av {total} virksomheter og foretak. "
        "Disse mangler godkjent svar: {names}."
    ).format(n=chapter.units_answered, total=chapter.units, names=", ".join(chapter.missing)) + _(
        " Tiltakene deres ({tonnes} i {year}) er regnet som i budsjettet."
    ).format(tonnes=tonnes(chapter.missing_tonnes), year=chapter.answer_year)
    return f"{said} {awaiting_sentence(chapter.awaiting_leader)}".strip()
