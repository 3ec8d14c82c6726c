"""Hearing rounds: sent, answered, disposed of, closed and published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.year import unfit_deadlines
from organisation.enums import UnitKind
from organisation.models import Unit, User
from organisation.rules import Permission, hold_units, read_duties, require
from strategy.actions.transitions import move
from strategy.enums import Disposition, HearingState, StrategyState, Verdict
from strategy.models import HearingAnswer, HearingRemark, HearingRound, HearingSection, Strategy
from strategy.queries.hearings import hearing_document, summary_of
from strategy.rules import answer_is_locked
from strategy.words.hearings import hearing_sections
from web.actor_columns import actor_values, is_actor
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, Refused, refuse


@dataclass(frozen=True, slots=True)
class SectionText:
    title: str
    text: str = ""


def open_round(
    *,
    by: Actor,
    title: str,
    sections: Sequence[SectionText],
    units: Collection[Unit],
    deadline: datetime,
    introduction: str = "",
    strategy: Strategy | None = None,
    is_example: bool = False,
) -> HearingRound:
    """Ask units about a document, section by section, with a deadline (an instant).

    Raises Refused for a deadline in the past, on a quiet day or a holiday, no units, areas or closed units;
    PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    now = timezone.now()
    with acting(by, _("Sendt på høring")):
        asked = list(hold_units(unit.pk for unit in units).values())
        reasons = list(_unfit(asked))
        if deadline <= now:
            reasons.append(Refusal(_("Fristen er passert. Velg en dag som kommer."), field="deadline"))
        else:
            reasons += unfit_deadlines(by, {"deadline": deadline})
        if not units:
            reasons.append(Refusal(_("Velg minst én virksomhet eller ett foretak."), field="units"))
        if not sections:
            text = _("Dokumentet har ingen deler å svare på. Legg til innsatsområder først.")
            reasons.append(Refusal(text))
        refuse(*reasons)
        made = HearingRound.objects.create(
            title=title.strip(),
            strategy=strategy,
            introduction=introduction.strip(),
            deadline=deadline,
            sent_at=now,
            is_example=is_example,
        )
        HearingSection.objects.bulk_create(
            HearingSection(round=made, title=section.title, text=section.text, order=order)
            for order, section in enumerate(sections, start=1)
        )
        HearingAnswer.objects.bulk_create(HearingAnswer(round=made, unit=unit) for unit in asked)
    return made


def send_on_hearing(
    *,
    by: Actor,
    strategy: Strategy,
    version: int,
    title: str,
    units: Collection[Unit],
    deadline: datetime,
    introduction: str = "",
) -> HearingRound:
    """Send a draft strategy to units; it is then on hearing.

    Raises Refused, StaleObject, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Sendt på høring")):
        hold_units(unit.pk for unit in units)
        fresh = Strategy.objects.select_for_update().get(pk=strategy.pk)
        if not fresh.is_editable:
            raise Refused(_("Strategien er vedtatt. Bare et utkast kan sendes på høring."))
        if fresh.version != version:
            raise StaleObject(fresh)
        if fresh.hearings.filter(state=HearingState.OPEN).exists():
            raise Refused(_("Strategien er allerede på høring. Avslutt den høringen først."))
        made = open_round(
            by=by,
            title=title,
            sections=[SectionText(*section) for section in hearing_sections(fresh, hearing_document(fresh))],
            units=units,
            deadline=deadline,
            introduction=introduction,
            strategy=fresh,
            is_example=fresh.is_example,
        )
        if fresh.state == StrategyState.DRAFT:
            move(by, fresh, StrategyState.ON_HEARING, comment=made.title)
    return made


def answer_hearing(
    *, by: Actor, answer: HearingAnswer, version: int, verdict: Verdict, remarks: Mapping[int, str]
) -> HearingAnswer:
    """Give or change a unit's answer; `remarks` is text per section id, and empty texts are none.

    After the deadline an answer that was given in time stands; others are taken and marked late until the
    round is closed. The same answer sent again by the same person changes nothing.
    Raises Refused, StaleObject, PermissionDenied.
    """
    _require_answerer(by, answer)
    with acting(by, _("Høringssvar gitt")):
        # The round before the answer. Closing, publishing and dealing with remarks lock the round alone, so
        # it is still open when the answer is written, and no two of these wait for each other.
        one = HearingRound.objects.select_for_update().get(pk=answer.round_id)
        fresh = HearingAnswer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=answer.pk)
        wanted = {section: text.strip() for section, text in remarks.items() if text.strip()}
        now = timezone.now()
        refusal = answer_is_locked(fresh, one, now)
        if refusal:
            raise Refused(refusal)
        _check_answer(fresh, one, verdict, wanted)
        if fresh.version != version:
            if _is_repeated(by, fresh, version, verdict, wanted):
                return fresh
            raise StaleObject(fresh)
        save_versioned(
            fresh,
            expected=version,
            fields={
                "verdict": verdict,
                "answered_at": now,
                **actor_values("answered_by", by),
                "is_late": now > one.deadline,
            },
        )
        _write_remarks(fresh, wanted)
    return fresh


def dispose_remark(
    *, by: Actor, remark: HearingRemark, version: int, disposition: Disposition, reason: str
) -> HearingRemark:
    """Say what Klima does with a remark, and why. May change until the summary is published.

    Raises Refused for a missing reason or a published round, StaleObject, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    if disposition != Disposition.INCLUDED and not reason.strip():
        raise Refused(Refusal(_("Skriv hvorfor. Virksomheten skal kunne forstå svaret."), field="reason"))
    with acting(by, _("Merknaden behandlet")):
        one = HearingRound.objects.select_for_update(of=("self",)).filter(answers__remarks=remark).first()
        if one is None:  # the unit took the remark back
            raise StaleObject(None)
        if one.state == HearingState.PUBLISHED:
            raise Refused(_("Oppsummeringen er publisert. Den kan ikke endres."))
        save_versioned(
            remark, expected=version, fields={"disposition": disposition, "reason": reason.strip()}
        )
    return remark


def close_round(*, by: Actor, hearing: HearingRound, version: int) -> HearingRound:
    """Take no more answers. Closing what is closed changes nothing.

    Raises StaleObject, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Høringen avsluttet")):
        fresh = HearingRound.objects.select_for_update().get(pk=hearing.pk)
        if fresh.state == HearingState.OPEN:
            save_versioned(
                fresh,
                expected=version,
                fields={"state": HearingState.CLOSED, "closed_at": timezone.now()},
            )
    return fresh


def publish_round(*, by: Actor, hearing: HearingRound, version: int, summary: str) -> HearingRound:
    """Publish the summary: answers, remarks and dispositions as they are now, for all readers, for good.

    Raises Refused while the round is open or a remark is not disposed of, StaleObject,
    PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Oppsummeringen publisert")):
        fresh = HearingRound.objects.select_for_update().get(pk=hearing.pk)
        if fresh.state == HearingState.PUBLISHED and fresh.version == version + 1:
            return fresh
        if fresh.state == HearingState.OPEN:
            raise Refused(_("Høringen er åpen. Avslutt den før du publiserer oppsummeringen."))
        if fresh.state == HearingState.PUBLISHED:
            raise Refused(_("Oppsummeringen er allerede publisert."))
        left = HearingRemark.objects.filter(answer__round=fresh, disposition="").count()
        if left:
            text = _("{count} merknader er ikke behandlet. Behandle dem først.").format(count=left)
            if left == 1:
                text = _("Én merknad er ikke behandlet. Behandle den først.")
            raise Refused(Refusal(text, url=fresh.get_absolute_url()))
        save_versioned(
            fresh,
            expected=version,
            fields={
                "state": HearingState.PUBLISHED,
                "published_at": timezone.now(),
                "summary": summary.strip(),
                "published": summary_of(fresh),
            },
        )
    return fresh


def _unfit(units: Collection[Unit]) -> list[Refusal]:
    today = timezone.localdate()
    reasons = []
    for unit in units:
        if unit.kind == UnitKind.AREA:
            text = _("{unit} er et område. Velg virksomhetene og foretakene som skal svare.")
        elif unit.valid_from > today or (unit.valid_to is not None and unit.valid_to < today):
            text = _("{unit} er nedlagt. Ta virksomheten ut av høringen.")
        else:
            continue
        reasons.append(Refusal(text.format(unit=unit.name), field="units"))
    return reasons


def _require_answerer(by: Actor, answer: HearingAnswer) -> None:
    """The unit's own contact, deputy or leader, by appointments read again."""
    if isinstance(by, SystemActor):
        return
    if not isinstance(by, User) or answer.unit_id not in read_duties(by).own_units:
        raise PermissionDenied


def _check_answer(
    answer: HearingAnswer, one: HearingRound, verdict: Verdict, remarks: Mapping[int, str]
) -> None:
    if answer.unit.valid_to is not None and answer.unit.valid_to < timezone.localdate():
        raise Refused(_("{unit} er nedlagt og kan ikke svare.").format(unit=answer.unit.name))
    if verdict == Verdict.REMARKS and not remarks:
        text = _("Skriv minst én merknad, eller velg «Ingen merknader».")
        raise Refused(Refusal(text, field="verdict"))
    if verdict == Verdict.NO_REMARKS and remarks:
        text = _("Du har skrevet merknader. Velg «Merknader», eller ta bort teksten.")
        raise Refused(Refusal(text, field="verdict"))
    if set(remarks) - set(one.sections.values_list("pk", flat=True)):
        raise Refused(_("En av delene hører ikke til denne høringen. Last siden på nytt."))


def _is_repeated(
    by: Actor, fresh: HearingAnswer, version: int, verdict: Verdict, remarks: Mapping[int, str]
) -> bool:
    return (
        fresh.version == version + 1
        and fresh.verdict == verdict
        and is_actor(fresh, by, "answered_by")
        and dict(fresh.remarks.values_list("section_id", "text")) == dict(remarks)
    )


def _write_remarks(answer: HearingAnswer, wanted: Mapping[int, str]) -> None:
    """Remarks as they now read. One that is written again must be disposed of again."""
    answer.remarks.exclude(section__in=list(wanted)).delete()
    present = {remark.section_id: remark for remark in answer.remarks.all()}
    for section, text in wanted.items():
        remark = present.get(section)
        if remark is None:
            HearingRemark.objects.create(answer=answer, section_id=section, text=text)
        elif remark.text != text:
            save_versioned(
                remark,
                expected=remark.version,
                fields={"text": text, "disposition": "", "reason": ""},
            )
