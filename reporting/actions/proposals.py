"""What a unit proposes in its report: a new measure, or that one has ended. Klima answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import hold_units
from reporting.enums import ProposalKind, ProposalState
from reporting.models import MeasureProposal, UnitReport
from reporting.rules.proposals import why_not_answerable
from reporting.rules.reports import fresh_relation, why_not_editable
from strategy.actions.measure_states import move_measure
from strategy.actions.measures import MeasureHead, create_measure
from strategy.enums import Level, MeasureState
from strategy.models import Measure
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.names import naming
from web.refusals import Closed, Refusal, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalText:
    """What is proposed. A new measure has a title, one that has ended is named; both have a reason."""

    kind: ProposalKind
    title: str = ""
    measure: Measure | None = None
    reason: str = ""


def propose(*, by: Actor, report: UnitReport, text: ProposalText) -> MeasureProposal:
    """A proposal in a report the unit still works on.

    Raises PermissionDenied, Closed when the report cannot be changed now, and Refused.
    """
    with acting(by, _("Skrev et forslag i rapporten")):
        fresh = _editable(by, report.pk)
        fields = _checked(fresh, text)
        try:
            with transaction.atomic():
                return MeasureProposal.objects.create(report=fresh, kind=text.kind, **fields)
        except IntegrityError as error:
            raise _twice(error) from error


def change_proposal(
    *, by: Actor, proposal: MeasureProposal, version: int, text: ProposalText
) -> MeasureProposal:
    """The proposal in other words, while the report can be changed. Its kind stays.

    Raises what `propose` raises, and StaleObject.
    """
    with acting(by, _("Endret et forslag i rapporten")):
        report = _editable(by, proposal.report_id)
        _refuse_answered(proposal.pk)
        fields = _checked(report, text)
        try:
            with transaction.atomic():
                save_versioned(proposal, expected=version, fields=fields)
        except IntegrityError as error:
            raise _twice(error) from error
        return proposal


def remove_proposal(*, by: Actor, proposal: MeasureProposal) -> None:
    """Takes the proposal out of a report the unit works on. Raises PermissionDenied and Refused."""
    with acting(by, _("Fjernet et forslag fra rapporten")):
        _editable(by, proposal.report_id)
        _refuse_answered(proposal.pk)
        MeasureProposal.objects.filter(pk=proposal.pk).delete()


def take_in_new(
    *, by: Actor, proposal: MeasureProposal, version: int, code: str, title: str, kind: str, answer: str = ""
) -> Measure:
    """Klima makes a measure of the proposal, in state idea, with the unit that proposed it to answer for it.

    Raises PermissionDenied, StaleObject, Closed, and Refused for what a measure cannot be.
    """
    with acting(by, _("Tok inn et forslag fra en virksomhet")):
        # The unit is to answer for the measure: before its report, as whoever closes the unit takes them.
        hold_units([proposal.report.unit_id])
        fresh = _answerable(by, proposal, version)
        head = MeasureHead(code=code, title=title, kind=kind, level=Level.MUNICIPAL, description=fresh.reason)
        try:
            measure = create_measure(by=by, head=head, state=MeasureState.IDEA, unit=fresh.report.unit)
        except Refused as refused:
            raise Refused(
                *(Refusal(one.text, "code" if one.field == "unit" else one.field) for one in refused.reasons)
            ) from refused
        _answer(fresh, by, version, ProposalState.ACCEPTED, answer, measure=measure)
        return measure


def take_in_ended(
    *,
    by: Actor,
    proposal: MeasureProposal,
    version: int,
    state: MeasureState | None,
    answer: str = "",
) -> MeasureProposal:
    """Klima agrees that the measure has ended, and moves it to `state`; None leaves it where it is.

    The unit's reason goes with the move. Raises PermissionDenied, StaleObject, Closed, and
    Refused for a move the measure cannot make.
    """
    with acting(by, _("Tok inn et forslag fra en virksomhet")):
        fresh = _answerable(by, proposal, version)
        measure = fresh.measure
        assert measure is not None
        if state is not None:
            try:
                move_measure(
                    by=by, measure=measure, version=measure.version, state=state, reason=fresh.reason
                )
            except Refused as refused:
                raise Refused(Refusal(str(refused), field="state")) from refused
        _answer(fresh, by, version, ProposalState.ACCEPTED, answer)
        return fresh


def decline_proposal(*, by: Actor, proposal: MeasureProposal, version: int, answer: str) -> MeasureProposal:
    """Klima does not take the proposal in, and says why.

    Raises PermissionDenied, StaleObject, Closed, and Refused without a reason.
    """
    with acting(by, _("Svarte på et forslag fra en virksomhet")):
        fresh = _answerable(by, proposal, version)
        if not answer.strip():
            raise Refused(Refusal(_("Skriv hvorfor forslaget ikke tas inn."), field="answer"))
        _answer(fresh, by, version, ProposalState.DECLINED, answer)
        return fresh


def _editable(by: Actor, report_id: int) -> UnitReport:
    """The report, held so that it is not sent meanwhile."""
    rows = UnitReport.objects.select_for_update(no_key=True, of=("self",))
    report = rows.select_related("unit", "period").get(pk=report_id)
    if not fresh_relation(by, report.unit_id).reports:
        raise PermissionDenied
    if sentence := why_not_editable(report, timezone.now()):
        raise Closed(sentence)
    return report


def _checked(report: UnitReport, text: ProposalText) -> dict[str, Any]:
    title, reason = text.title.strip(), text.reason.strip()
    if text.kind == ProposalKind.NEW and not title:
        raise Refused(Refusal(_("Skriv hva tiltaket er."), field="title"))
    if text.kind == ProposalKind.END:
        asked = text.measure is not None and report.statuses.filter(measure=text.measure).exists()
        if not asked:
            raise Refused(Refusal(_("Velg et av tiltakene i rapporten."), field="measure"))
        title = ""
    if not reason:
        raise Refused(Refusal(_("Skriv hvorfor."), field="reason"))
    return {
        "title": title,
        "measure": text.measure if text.kind == ProposalKind.END else None,
        "reason": reason,
    }


def _twice(error: IntegrityError) -> Exception:
    if "proposal_end_once" not in str(error):
        return error
    return Refused(Refusal(_("Dere har allerede meldt at dette tiltaket er avsluttet."), field="measure"))


def _refuse_answered(pk: int) -> None:
    if MeasureProposal.objects.filter(pk=pk).exclude(state=ProposalState.OPEN).exists():
        raise Closed(naming(_("{Climate_name} har svart på forslaget, så det kan ikke endres.")))


def _answerable(by: Actor, proposal: MeasureProposal, version: int) -> MeasureProposal:
    """The proposal, held, if this person may answer it now as it stands."""
    # The report first, as in every other step, or two steps could wait for each other.
    UnitReport.objects.select_for_update(no_key=True).get(pk=proposal.report_id)
    rows = MeasureProposal.objects.select_for_update(no_key=True, of=("self",))
    fresh = rows.select_related("report__unit", "measure").get(pk=proposal.pk)
    if not fresh_relation(by, fresh.report.unit_id).assures:
        raise PermissionDenied
    if sentence := why_not_answerable(fresh):
        raise Closed(sentence)
    if fresh.version != version:
        raise StaleObject(fresh)
    return fresh


def _answer(
    proposal: MeasureProposal,
    by: Actor,
    version: int,
    state: ProposalState,
    answer: str,
    **fields: object,
) -> None:
    answered = {
        "state": state,
        "answer": answer.strip(),
        "answered_at": timezone.now(),
        **actor_values("answered_by", by),
    }
    save_versioned(proposal, expected=version, fields={**answered, **fields})
