"""Decisions about lines that act on the same emissions of a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.editing import check_tonnes, editing, problems_of, refuse_new_problems
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Line, LineSource, Overlap, OverlapMember, OverlapYear
from budget.queries.rows import horizon_of
from emissions.models import Source
from web.actors import Actor
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused, refuse


def add_overlap(
    *,
    by: Actor,
    budget: ClimateBudget,
    source: Source,
    method: OverlapMethod,
    lines: Iterable[Line],
    years: Mapping[int, Decimal],
    reason: str,
    decided_by: str,
) -> Overlap:
    """Decide about lines that act on the same emissions of a source.

    years: the shared basis (product) or the overlap itself (fixed), tCO2e; none for «ingen overlapp».
    Raises Refused, with nothing written, for what the arithmetic cannot take: a line in two overlaps
    of the same source and year, a basis above the reference, an effect above the basis.
    """
    members = list(lines)
    refuse(*_mistakes(budget, source.pk, method, members, years, reason))
    with editing(by, budget, _("Overlapp lagt inn")):
        _check_years(budget, years)
        _check_free(budget, source.pk, method, members, years, but=None)
        before = problems_of(budget)
        overlap = Overlap.objects.create(
            budget=budget,
            source=source,
            method=method,
            reason=reason.strip(),
            decided_by=decided_by.strip(),
        )
        _write(overlap, members, years)
        refuse_new_problems(budget, before)
    return overlap


def update_overlap(
    *,
    by: Actor,
    overlap: Overlap,
    version: int,
    method: OverlapMethod,
    lines: Iterable[Line],
    years: Mapping[int, Decimal],
    reason: str,
    decided_by: str,
) -> None:
    """Decide again, on the same source. Raises StaleObject, and otherwise as `add_overlap`."""
    members = list(lines)
    budget = overlap.budget
    refuse(*_mistakes(budget, overlap.source_id, method, members, years, reason))
    with editing(by, budget, _("Overlapp endret")):
        _check_years(budget, years)
        _check_free(budget, overlap.source_id, method, members, years, but=overlap.pk)
        before = problems_of(budget)
        fields = {"method": method, "reason": reason.strip(), "decided_by": decided_by.strip()}
        save_versioned(overlap, expected=version, fields=fields)
        wanted = {line.pk for line in members}
        kept = set()
        for member in overlap.members.all():
            if member.line_id in wanted:
                kept.add(member.line_id)
            else:
                member.delete()
        stored = {row.year: row for row in overlap.years.all()}
        for year, row in stored.items():
            if year not in years:
                row.delete()
            elif row.tonnes != years[year]:
                row.tonnes = years[year]
                row.save(update_fields=["tonnes"])
        new_years = {year: tonnes for year, tonnes in years.items() if year not in stored}
        _write(overlap, [line for line in members if line.pk not in kept], new_years)
        refuse_new_problems(budget, before)


def remove_overlap(*, by: Actor, overlap: Overlap, version: int) -> None:
    """Take a decision away; the lines then need a new one. Raises StaleObject, Closed."""
    with editing(by, overlap.budget, _("Overlapp fjernet")):
        save_versioned(overlap, expected=version, fields={})
        overlap.delete()


def _mistakes(
    budget: ClimateBudget,
    source_id: int,
    method: OverlapMethod,
    lines: Sequence[Line],
    years: Mapping[int, Decimal],
    reason: str,
) -> list[Refusal]:
    mistakes = []
    wanted = {line.pk for line in lines}
    if len(wanted) < 2:
        mistakes.append(Refusal(_("Velg minst to tiltak som virker på de samme utslippene."), field="lines"))
    if any(line.budget_id != budget.pk for line in lines):
        mistakes.append(Refusal(_("Alle tiltakene må stå i dette budsjettet."), field="lines"))
    acting_here = set(
        LineSource.objects.filter(line__in=wanted, source=source_id).values_list("line_id", flat=True)
    )
    strangers = [str(line.measure) for line in lines if line.pk not in acting_here]
    if strangers:
        text = _("{lines} virker ikke på denne utslippskilden.")
        mistakes.append(Refusal(text.format(lines=", ".join(strangers)), field="lines"))
    if not reason.strip():
        mistakes.append(Refusal(_("Skriv hvorfor. Begrunnelsen står i budsjettet."), field="reason"))
    if method == OverlapMethod.NONE and years:
        mistakes.append(Refusal(_("«Ingen overlapp» har ingen tonn. La årene stå tomme."), field="method"))
    if method != OverlapMethod.NONE and not years:
        mistakes.append(Refusal(_("Skriv tonn for minst ett år."), field="method"))
    return mistakes


def _check_years(budget: ClimateBudget, years: Mapping[int, Decimal]) -> None:
    for tonnes in years.values():
        check_tonnes(tonnes)
    if set(years) - set(horizon_of(budget)):
        raise Refused(_("Overlappet har år som ikke er med i budsjettet."))


def _check_free(
    budget: ClimateBudget,
    source_id: int,
    method: OverlapMethod,
    lines: Sequence[Line],
    years: Mapping[int, Decimal],
    but: int | None,
) -> None:
    """Nobody is in two overlaps of one source and year. The database refuses it too."""
    if method == OverlapMethod.NONE:
        return
    taken = (
        OverlapMember.objects.filter(
            line__in=lines,
            overlap__budget=budget,
            overlap__source=source_id,
            overlap__years__year__in=list(years),
        )
        .exclude(overlap=but)
        .values_list("line__measure__code", "line__measure__title", "overlap__years__year")
        .order_by("overlap__years__year", "line__order", "line")
    )
    found: dict[str, int] = {}
    for code, title, year in taken:
        found.setdefault(f"{code} {title}", year)
    refuse(
        *(
            _("{line} står i to overlapp på samme kilde i {year}.").format(line=line, year=year)
            for line, year in found.items()
        )
    )


def _write(overlap: Overlap, lines: Iterable[Line], years: Mapping[int, Decimal]) -> None:
    OverlapMember.objects.bulk_create(OverlapMember(overlap=overlap, line=line) for line in lines)
    OverlapYear.objects.bulk_create(
        OverlapYear(overlap=overlap, year=year, tonnes=tonnes) for year, tonnes in years.items()
    )
