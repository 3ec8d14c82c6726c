"""Whom each report waits for, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.queries.leading import Leading
from reporting.enums import ReportState
from reporting.models import UnitReport
from reporting.queries.chain import Step, Waiting
from web.names import naming


@dataclass(frozen=True, slots=True)
class SaidWaiting(Waiting):
    """Whose turn it is, with the sentence of it: «Venter på Kari Eksempel i 3 dager».

    `vacancy` says who approves where the unit has no leader, until it is done.
    """

    sentence: str = ""
    vacancy: str = ""


def said(waiting: Waiting) -> SaidWaiting:
    values = {field.name: getattr(waiting, field.name) for field in fields(Waiting)}
    return SaidWaiting(**values, sentence=waiting_sentence(waiting), vacancy=_vacancy(waiting))


def all_said(waiting: Mapping[int, Waiting]) -> dict[int, SaidWaiting]:
    """By report."""
    return {report: said(one) for report, one in waiting.items()}


def waiting_sentence(waiting: Waiting) -> str:
    """«Venter på Kari Eksempel i 3 dager»"""
    if waiting.step == Step.DONE:
        return _done(waiting.report)
    if waiting.step == Step.LEADER and waiting.leading.awaits_leader:
        return _("Venter på ny daglig leder i foretaket")
    if waiting.lacks_people:
        return _nobody(waiting.step)
    if waiting.now < waiting.report.period.opens_at:
        return _("Ikke åpnet ennå")
    who = {Step.SYSTEM: _("virksomhetsstyringssystemet"), Step.CLIMATE: naming("{climate}")}.get(
        waiting.step, either(waiting.names)
    )
    if not waiting.days:
        return _("Venter på {who} fra i dag").format(who=who)
    return ngettext("Venter på {who} i {n} dag", "Venter på {who} i {n} dager", waiting.days).format(
        who=who, n=waiting.days
    )


def _vacancy(waiting: Waiting) -> str:
    """Who approves for a unit without a leader, while that is still to be done; empty where it says so."""
    if waiting.step == Step.LEADER and waiting.leading.awaits_leader:
        return ""
    return vacancy_sentence(waiting.leading) if waiting.step in (Step.CONTACT, Step.LEADER) else ""


def vacancy_sentence(leading: Leading) -> str:
    """«Virksomheten har ingen leder nå. Direktør Eksempel godkjenner.» Empty for a unit that has one."""
    if leading.awaits_leader:
        return _("Venter på ny daglig leder i foretaket. Ingen utenfor foretaket kan godkjenne rapporten.")
    if not leading.vacant or not leading.names:
        return ""
    return _("Virksomheten har ingen leder nå. {who} godkjenner.").format(who=either(leading.names))


def stand_in_sentence(leading: Leading) -> str:
    """What is told to her who stands in for the leader: «Du godkjenner som stedfortreder for …»"""
    if not leading.leaders:
        return _("Du godkjenner som stedfortreder for lederen.")
    return _("Du godkjenner som stedfortreder for {leader}.").format(leader=either(leading.leaders))


def _done(report: UnitReport) -> str:
    if report.handed_over_to_id is not None:
        return _("Overført til {unit}").format(unit=report.handed_over_to)
    if report.state == ReportState.ASSURED:
        return _("Ferdig")
    return _("Lukket før rapporten var ferdig")


def _nobody(step: Step) -> str:
    return {
        Step.CONTACT: _("Ingen kan rapportere: verken kontaktperson eller leder er satt opp"),
        Step.LEADER: _("Ingen kan godkjenne: virksomheten har ikke leder"),
        Step.AREA: _("Ingen kan godkjenne: området har ikke leder"),
    }[step]


def either(names: tuple[str, ...]) -> str:
    """«Kari Eksempel», «Kari Eksempel eller Ola Eksempel»: one of them is enough."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} eller {last}").format(first=", ".join(names[:-1]), last=names[-1])
