"""Klimastatus as it is shown and frozen, for each audience: made from a period as it stands."""

from __future__ import annotations

from django.utils.translation import gettext as _

from budget.queries.afterwards import BudgetByNewEdition
from budget.words.afterwards import edition_name, new_edition_sentence
from publishing.enums import Audience
from publishing.queries.chapter import chapter_of
from publishing.queries.documents import Frozen
from publishing.queries.period_facts import PeriodFacts, year_rows
from publishing.queries.period_summary import FORM, EditionYear, NewEdition, PeriodSummary, TargetAnswer
from publishing.words.public_summary import public_summary
from publishing.words.target_answers import budget_answer, part_answer, standing_answer


def document_for(audience: str, facts: PeriodFacts) -> Frozen:
    """The period as it stands now, as this audience reads it."""
    summary = summary_of(facts)
    if audience == Audience.COMMITTEE:
        return public_summary(summary)
    if audience == Audience.CHAPTER:
        return chapter_of(summary)
    return summary


def summary_of(facts: PeriodFacts) -> PeriodSummary:
    """What leadership reads, of the municipality or of a part of it."""
    whole = facts.whole
    return PeriodSummary(
        form=FORM,
        period=facts.period.code,
        period_name=str(facts.period),
        previous_name=str(facts.previous) if facts.previous else "",
        is_final=facts.is_final,
        basis=facts.basis,
        first_year=facts.years[0],
        last_year=facts.years[-1],
        answer_year=facts.table.answer_year.year,
        answers=_answers(facts),
        decisions=facts.decisions,
        changes=facts.changes,
        years=year_rows(facts.table) if whole else (),
        statuses=facts.statuses,
        unknown_losses=facts.delays.unknown,
        sections=whole.sections if whole else (),
        units=facts.units,
        level=facts.reach.level,
        level_name=facts.reach.name,
        measures=facts.measures,
        remaining=facts.remaining,
        off_plan=facts.off_plan,
        new_edition=_new_edition(whole.new_edition) if whole and whole.new_edition else None,
        money=facts.money,
    )


def _answers(facts: PeriodFacts) -> tuple[TargetAnswer, ...]:
    """The budget's own target first, then the other scopes' targets by the newest inventory; of a part of the
    municipality, what it adds to the budget's target.
    """
    table, delays, years = facts.table, facts.delays, facts.years
    answers = []
    if facts.whole:
        answers.append(budget_answer(facts.whole.covers, table, delays, years))
        answers += [standing_answer(one) for one in facts.whole.standings]
    if facts.part:
        answers.append(part_answer(facts.reach.name or _("Virksomhetene"), table, facts.part, delays, years))
    return tuple(answers)


def _new_edition(found: BudgetByNewEdition) -> NewEdition:
    """The gap by the newest edition, where that is not the budget's own."""
    text = _("Nyeste utgave av klimaregnskapet: {edition}. {sentence}").format(
        edition=edition_name(found.edition_now), sentence=new_edition_sentence(found)
    )
    return NewEdition(text, tuple(EditionYear(row.year, row.ceiling_now, row.gap_now) for row in found.years))
