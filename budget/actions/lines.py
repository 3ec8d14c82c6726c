"""Lines of a draft budget: putting a measure in, what it says about itself, and taking it out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.editing import (
    check_decimals,
    check_nok,
    check_tonnes,
    editing,
    problems_of,
    refuse_new_problems,
)
from budget.actions.effects import EffectChange, EffectSaved, set_effects
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Line, LineSource, OverlapMember, ReferencePath, ReferencePolicy
from budget.queries.line_states import LineDetails
from strategy.models import Decision, Measure
from web.actors import Actor
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused

HUNDRED = Decimal(100)
LONGEST_LIFETIME = 200


def add_line(
    *,
    by: Actor,
    budget: ClimateBudget,
    measure: Measure,
    scope: str,
    order: int,
    sources: Mapping[int, Decimal],
    not_quantified_reason: str = "",
    already_counted: Decimal = Decimal(0),
    assumptions: str = "",
    details: LineDetails | None = None,
) -> Line:
    """Put a measure into a draft.

    sources: percent per source id, 100 together for a quantified line in scope.
    already_counted: tonnes of the effect that the edition's last year already shows.
    Raises Refused (also when the measure is there already, or in the reference path), Closed,
    PermissionDenied.
    """
    check_tonnes(already_counted)
    fields = checked_details(details or LineDetails())
    with editing(by, budget, _("Tiltak lagt inn i klimabudsjettet")):
        if Line.objects.filter(budget=budget, measure=measure).exists():
            text = _("{measure} står allerede i budsjettet.").format(measure=measure)
            raise Refused(Refusal(text, field="measure"))
        check_not_in_reference(budget, measure)
        if scope == budget.scope and not not_quantified_reason:
            _check_sources(budget, sources)
        line = Line.objects.create(
            budget=budget,
            measure=measure,
            scope=scope,
            order=order,
            not_quantified_reason=not_quantified_reason,
            already_counted=already_counted,
            assumptions=assumptions,
            **fields,
        )
        _write_sources(line, sources)
    return line


def check_not_in_reference(budget: ClimateBudget, measure: Measure) -> None:
    """Raises Refused for a measure the reference path already holds."""
    if ReferencePolicy.objects.filter(budget=budget, measure=measure).exists():
        text = _(
            "{measure} er allerede regnet med i referansebanen, og kan ikke også være et tiltak i budsjettet."
        )
        raise Refused(Refusal(text.format(measure=measure), field="measure"))


def _check_sources(budget: ClimateBudget, sources: Mapping[int, Decimal]) -> None:
    known = ReferencePath.objects.filter(budget=budget, source__in=sources)
    if set(sources) - set(known.values_list("source_id", flat=True)):
        raise Refused(_("Velg blant utslippskildene som er med i referansebanen."))
    if any(share <= 0 for share in sources.values()) or sum(sources.values()) != HUNDRED:
        raise Refused(_("Andelene på utslippskildene må summere til 100 prosent."))
    for share in sources.values():
        check_decimals(share, 2)


def _write_sources(line: Line, sources: Mapping[int, Decimal]) -> None:
    LineSource.objects.bulk_create(
        LineSource(line=line, source_id=source, share=share) for source, share in sources.items()
    )


def checked_details(details: LineDetails, line: Line | None = None) -> dict[str, object]:
    """The details as fields of a line, new or as it stands. Raises Refused."""
    if details.attachment_url and not details.attachment_url.startswith(("https://", "http://")):
        text = _("Skriv en hel adresse til vedlegget, med https:// foran.")
        raise Refused(Refusal(text, field="attachment_url"))
    if details.extra_cost_nok is not None:
        check_nok(details.extra_cost_nok, negative=True)
    if details.lifetime_years is not None and not 1 <= details.lifetime_years <= LONGEST_LIFETIME:
        text = _("Levetiden må være fra 1 til {most} år.").format(most=LONGEST_LIFETIME)
        raise Refused(Refusal(text, field="lifetime_years"))
    rate = details.discount_percent
    if rate is not None:
        if not 0 <= rate <= HUNDRED:
            text = _("Kalkulasjonsrenten må være fra 0 til 100 prosent.")
            raise Refused(Refusal(text, field="discount_percent"))
        check_decimals(rate, 2)
    if details.decision_id is not None and not Decision.objects.filter(pk=details.decision_id).exists():
        text = _("Vedtaket finnes ikke i vedtaksregisteret. Velg et annet.")
        raise Refused(Refusal(text, field="decision_id"))
    return asdict(details) | _calculated_by(details.calculated_by, line)


def _calculated_by(name: str, line: Line | None) -> dict[str, object]:
    """A name left as it stood still points at the user whose estimate it is; one that is typed is text."""
    if line is not None and line.calculated_by_user is not None and line.calculated_by_name == name:
        return {"calculated_by": "", "calculated_by_user": line.calculated_by_user}
    return {"calculated_by": name, "calculated_by_user": None}


def update_line(
    *,
    by: Actor,
    line: Line,
    version: int,
    not_quantified_reason: str,
    already_counted: Decimal,
    assumptions: str,
    effects: Iterable[EffectChange] = (),
    details: LineDetails | None = None,
) -> list[EffectSaved]:
    """Save what a line says about itself, and changed effects with it, all or nothing.

    `details` None leaves those as they are. Raises StaleObject for the line, StaleFigures for its effects,
    and otherwise as `set_effect`.
    """
    check_tonnes(already_counted)
    reason = not_quantified_reason.strip()
    changes = list(effects)
    with editing(by, line.budget, _("Tiltak endret i klimabudsjettet")):
        before = problems_of(line.budget)
        fields = {
            "not_quantified_reason": reason,
            "already_counted": already_counted,
            "assumptions": assumptions.strip(),
            **(checked_details(details, line) if details else {}),
        }
        current = Line.objects.filter(pk=line.pk, **fields)
        if not current.exists():
            save_versioned(line, expected=version, fields=fields)
        saved = set_effects(by=by, budget=line.budget, changes=changes)
        if reason and line.effects.exists():
            text = _("Fjern effektene før du skriver at tiltaket ikke er tallfestet.")
            raise Refused(Refusal(text, field="not_quantified_reason"))
        refuse_new_problems(line.budget, before)
    return saved


def set_sources(*, by: Actor, line: Line, version: int, sources: Mapping[int, Decimal]) -> None:
    """Split the line's effect over emission sources: percent per source id, 100 together.

    Raises StaleObject, Refused (also when the line stands in an overlap on a source taken away),
    Closed, PermissionDenied.
    """
    with editing(by, line.budget, _("Utslippskilder endret")):
        before = problems_of(line.budget)
        stored = dict(LineSource.objects.filter(line=line).values_list("source_id", "share"))
        if stored == dict(sources):
            return
        _check_overlaps_keep(line, set(sources))
        if sources or (line.scope == line.budget.scope and line.quantified):
            _check_sources(line.budget, sources)
        save_versioned(line, expected=version, fields={})
        # One by one, so that history sees which row it was.
        for row in LineSource.objects.filter(line=line):
            if row.source_id not in sources:
                row.delete()
            elif row.share != sources[row.source_id]:
                row.share = sources[row.source_id]
                row.save(update_fields=["share"])
        _write_sources(line, {source: share for source, share in sources.items() if source not in stored})
        refuse_new_problems(line.budget, before)


def _check_overlaps_keep(line: Line, sources: set[int]) -> None:
    gone = OverlapMember.objects.filter(line=line).exclude(overlap__source__in=sources)
    names = sorted({str(member.overlap.source) for member in gone.select_related("overlap__source__sector")})
    if names:
        text = _("Tiltaket står i en avgjørelse om overlapp på {sources}. Endre den først.")
        raise Refused(text.format(sources=", ".join(names)))


def remove_line(*, by: Actor, line: Line, version: int) -> None:
    """Take a measure out of a draft, with its figures. «Ingen overlapp» is then said about the others only.

    Raises Refused while it has funding or shares emissions in an overlap, StaleObject, Closed,
    PermissionDenied.
    """
    with editing(by, line.budget, _("Tiltak tatt ut av klimabudsjettet")):
        if line.fundings.exists():
            raise Refused(_("Tiltaket har finansiering. Ta bort finansieringen først."))
        members = OverlapMember.objects.filter(line=line).select_related("overlap__source__sector")
        for member in members:
            if member.overlap.method != OverlapMethod.NONE:
                text = _("Tiltaket står i et overlapp på {source}. Endre eller fjern overlappet først.")
                raise Refused(text.format(source=member.overlap.source))
        # Counts the version up first: somebody who is editing the line is warned.
        save_versioned(line, expected=version, fields={})
        for member in members:
            overlap = member.overlap
            member.delete()
            if overlap.members.count() < 2:
                overlap.delete()
        line.delete()
