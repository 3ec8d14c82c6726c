"""What another edition or target would do, in a table and in sentences."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.models import ClimateBudget
from budget.queries.basis import BasisPlan, NewBasis, YearLoss
from budget.queries.tables import TableYear
from budget.words.addresses import budget_url, line_url
from budget.words.figures import gap, listed, tonnes
from web.formats import format_date
from web.reading_tables import Column, Part, ReadingTable, TableRow
from web.refusals import Refusal


def difference_table(plan: BasisPlan) -> ReadingTable:
    """Reference path, ceiling, path and gap of every year, now and afterwards."""
    years = sorted({row.year for row in (*plan.before, *plan.after)})
    before = {row.year: row for row in plan.before}
    after = {row.year: row for row in plan.after}
    figures: tuple[tuple[str, Callable[[TableYear], str], str], ...] = (
        (_("Referansebane"), lambda row: tonnes(row.reference), ""),
        (_("Tiltaksbane"), lambda row: tonnes(row.path), "sum"),
        (_("Utslippsramme"), lambda row: tonnes(row.ceiling), ""),
        (_("Over rammen"), lambda row: gap(row.gap), "gap"),
    )
    rows = []
    for label, figure, css in figures:
        for words, side in ((_("{label}, nå"), before), (_("{label}, etter"), after)):
            cells = (figure(side[year]) if year in side else "" for year in years)
            rows.append(TableRow((words.format(label=label), *cells), css=css))
    return ReadingTable(
        _("Før og etter, tonn CO₂e"),
        (Column(_("Tonn CO₂e")), *(Column(str(year), numeric=True) for year in years)),
        (Part("", tuple(rows)),),
        note=_("Et tomt felt betyr at året ikke er med i budsjettet."),
    )


def basis_sentences(budget: ClimateBudget, plan: BasisPlan, new: NewBasis) -> list[str]:
    """What it stands on and what the base is, now and afterwards."""
    found = []
    if new.edition.pk != budget.edition_id:
        text = _("Utgave: {now} blir {then}.")
        now, then = budget.edition, new.edition
        found.append(
            text.format(
                now=_("{publisher}, publisert {day}").format(
                    publisher=now.publisher, day=format_date(now.published)
                ),
                then=_("{publisher}, publisert {day}").format(
                    publisher=then.publisher, day=format_date(then.published)
                ),
            )
        )
    if new.target.pk != budget.target_id:
        found.append(_("Mål: {now} blir {then}.").format(now=budget.target.title, then=new.target.title))
    found.append(
        _("Utslippene i basisåret: {now} blir {then}.").format(
            now=_base(plan.base_before, budget.target.base_year),
            then=_base(plan.base_after, new.target.base_year),
        )
    )
    return found


def _base(base: Decimal | None, year: int | None) -> str:
    if base is None or year is None:
        return _("ingen")
    return _("{tonnes} tonn i {year}").format(tonnes=tonnes(base), year=year)


def losses(budget: ClimateBudget, plan: BasisPlan) -> list[Refusal]:
    """What goes, each with the place it can be seen."""
    found = []
    for loss in plan.lines:
        text = _(
            "{line} mister {sources}, som ikke er med i den nye referansebanen. Velg andre kilder etterpå."
        )
        found.append(
            Refusal(text.format(line=loss.name, sources=listed(loss.sources)), url=line_url(loss.line_id))
        )
    if plan.overlaps:
        text = ngettext(
            "{n} avgjørelse om overlapp går ut: {sources}.",
            "{n} avgjørelser om overlapp går ut: {sources}.",
            len(plan.overlaps),
        )
        sources = listed(list(dict.fromkeys(plan.overlaps)))
        found.append(
            Refusal(text.format(n=len(plan.overlaps), sources=sources), url=budget_url("overlaps", budget))
        )
    found += [Refusal(_year(loss)) for loss in plan.figures]
    if plan.ruled is not None:
        found.append(
            Refusal(
                _(
                    "Referansebanen lages på nytt for alle kilder. Se over listen over det som allerede er "
                    "regnet med i den."
                ),
                url=budget_url("reference", budget),
            )
        )
    return found


def _year(loss: YearLoss) -> str:
    parts = []
    if loss.effects:
        parts.append(ngettext("{n} effekt", "{n} effekter", loss.effects).format(n=loss.effects))
    if loss.costs:
        parts.append(ngettext("{n} kostnad", "{n} kostnader", loss.costs).format(n=loss.costs))
    return _("Året {year} går ut av budsjettet, med {what}.").format(year=loss.year, what=listed(parts))
