"""What was changed between two states of a budget, in cells, sentences and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.enums import BudgetState
from budget.models import BUDGET_STATE_LABELS, BudgetSnapshot, ClimateBudget
from budget.queries.comparison import Change, LineChange
from strategy.enums import Level
from strategy.models import LEVEL_LABELS
from web.formats import MINUS, format_datetime, format_number

TOTALS = {
    "reference": gettext_lazy("Referansebane"),
    "gross": gettext_lazy("Kutt før overlapp"),
    "overlap": gettext_lazy("Overlapp"),
    "net": gettext_lazy("Kutt etter overlapp"),
    "path": gettext_lazy("Tiltaksbane"),
    "ceiling": gettext_lazy("Utslippsramme"),
    "gap": gettext_lazy("Over rammen"),
}
WORDS = {
    "code": gettext_lazy("nummer"),
    "title": gettext_lazy("tittel"),
    "unit": gettext_lazy("ansvarlig"),
    "external_actor": gettext_lazy("ekstern aktør"),
    "focus_area": gettext_lazy("innsatsområde"),
    "level": gettext_lazy("nivå"),
    "scope": gettext_lazy("systemgrense"),
    "reason": gettext_lazy("hvorfor ikke tallfestet"),
}


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """«1 200 → 1 450 (+250)»; nothing but the figure where it is the same."""

    before: str
    after: str
    difference: str
    changed: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    name: str
    tag: str
    cells: list[ChangeCell]
    notes: list[str]


def kept_label(kept: BudgetSnapshot) -> str:
    """«Foreslått, 3. september 2026 kl. 10.42, revisjon 1»"""
    label = str(BUDGET_STATE_LABELS[BudgetState(kept.state)])
    text = _("{state}, {when}, revisjon {number}")
    return text.format(state=label, when=format_datetime(kept.transition.at), number=kept.budget.revision)


def open_label(budget: ClimateBudget) -> str:
    """«Slik det er nå: utkast, revisjon 2»"""
    state = str(BUDGET_STATE_LABELS[BudgetState(budget.state)]).lower()
    text = _("Slik det er nå: {state}, revisjon {number}")
    return text.format(state=state, number=budget.revision)


def lead_sentence(lines: Sequence[LineChange]) -> str:
    """How many lines are new, gone and changed."""
    counts = (
        (_("{n} nye"), sum(1 for line in lines if line.is_new)),
        (_("{n} borte"), sum(1 for line in lines if line.is_gone)),
        (_("{n} endret"), sum(1 for line in lines if not line.is_new and not line.is_gone)),
    )
    parts = [text.format(n=n) for text, n in counts if n]
    return _("Tiltak: {parts}.").format(parts=", ".join(parts)) if parts else _("Tiltakene er de samme.")


def change_cell(change: Change) -> ChangeCell:
    """A figure before and after, rounded to whole tonnes or kroner."""
    difference = change.difference
    text = ""
    if difference:
        sign = "+" if difference > 0 else MINUS
        text = f"{sign}{format_number(abs(difference), 0)}"
    return ChangeCell(
        before=format_number(change.before, 0),
        after=format_number(change.after, 0),
        difference=text,
        changed=change.changed,
    )


def line_row(line: LineChange, changes: Iterable[Change]) -> LineRow:
    """One line with its figures and what is said about it that is no figure."""
    tag = _("ny") if line.is_new else _("borte") if line.is_gone else _("endret")
    return LineRow(line.name, tag, [change_cell(change) for change in changes], list(_notes(line)))


def _notes(line: LineChange) -> Iterable[str]:
    for name, (before, after) in line.words.items():
        if name == "level":
            before, after = (str(LEVEL_LABELS[Level(word)]) for word in (before, after))
        text = _("{field}: «{before}» er nå «{after}»")
        yield text.format(field=WORDS[name], before=before or "–", after=after or "–")
    counted = line.already_counted
    if counted.changed and not line.is_new and not line.is_gone:
        text = _("allerede med i regnskapet: {before} er nå {after} tonn")
        yield text.format(before=format_number(counted.before), after=format_number(counted.after))
