"""Deviations as lists, as one story, and as what other pages need to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import Unit, User
from organisation.rules import Duties, Permission, duties
from reporting.enums import LEADER_APPROVED_STATES, OFF_PLAN, DeviationState
from reporting.models import Deviation, MeasureStatus
from reporting.rules.deviations import level_words
from strategy.enums import CLOSED_DECISIONS
from web.actor_columns import named_in_metadata
from web.contributions import Evidence
from web.formats import format_date, format_number
from web.sorting import NorskSort


def visible_deviations(user: AbstractBaseUser) -> QuerySet[Deviation]:
    """Those the user may read, open ones first, then the earliest date; three queries however many."""
    held = duties(user)
    rows = Deviation.objects.select_related(
        "measure", "unit__parent", "owner", "decision", "status__report__period__budget"
    )
    if Permission.READ_INTERNAL not in held.permissions:
        own = Q(unit_id__in=held.own_units | held.units_below) | Q(owner_id=user.pk)
        rows = rows.filter(own)
    return rows.order_by(
        F("state").desc(), F("due_on").asc(nulls_last=True), NorskSort("measure__code"), "pk"
    )


def overdue(rows: QuerySet[Deviation], today: date) -> QuerySet[Deviation]:
    """Open deviations whose date is gone."""
    return rows.filter(state=DeviationState.OPEN, due_on__lt=today)


def on_plan_again(rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
    """Open deviations whose measure was on plan when it was last reported on: offered for closing."""
    return rows.filter(state=DeviationState.OPEN).exclude(status__status__in=sorted(OFF_PLAN))


def awaiting_decision(rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
    return rows.filter(state=DeviationState.OPEN, decision__isnull=True).exclude(decision_level="")


def awaiting_decision_by(held: Duties) -> QuerySet[Deviation]:
    """Open deviations that ask for a decision somebody with these duties records."""
    from_level = Q(decision_level="leader", unit_id__in=held.leader_units)
    from_level |= Q(decision_level="director", unit_id__in=held.units_below)
    if Permission.RECORD_LEADERSHIP_DECISION in held.permissions:
        from_level |= Q(decision_level="executive")
    if Permission.ASSURE_REPORT in held.permissions:
        from_level |= Q(decision_level="council")
    rows = awaiting_decision(Deviation.objects.select_related("measure", "unit"))
    return rows.filter(from_level).order_by("opened_at", "pk")


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision an open deviation has asked for: what the next report says what has come of.

    Not `decided`: the level has not answered, and there is nothing to follow up yet. `title` and `url` are
    the decision's own.
    """

    level_words: str
    question: str
    decided: bool
    title: str = ""
    text: str = ""
    decided_on: date | None = None
    case_number: str = ""
    url: str = ""

    @property
    def sentence(self) -> str:
        """What stands above the field in the next report."""
        if not self.decided:
            return _("Dere har bedt {level} avgjøre: «{question}» Det er ikke avgjort ennå.").format(
                level=self.level_words, question=self.question
            )
        case = _(", sak {case}").format(case=self.case_number) if self.case_number else ""
        return _("Avgjort {day} av {level}{case}: «{text}»").format(
            day=format_date(self.decided_on), level=self.level_words, case=case, text=self.text
        )


def open_decisions(measure_ids: Iterable[int]) -> dict[int, OpenDecision]:
    """By measure: what its open deviation asked for, until deviation or decision is closed; one query.

    For the form of the next report (`MeasureStatus.decision_follow_up`), for sending it, and for Klima's
    desk. The trigger `complete_when_submitted` has the same rule.
    """
    rows = (
        Deviation.objects.filter(measure_id__in=list(measure_ids), state=DeviationState.OPEN)
        .exclude(decision_level="")
        .exclude(decision__status__in=sorted(CLOSED_DECISIONS))
        .select_related("decision")
    )
    return {row.measure_id: _open_decision(row) for row in rows}


def decided_measures(measure_ids: Iterable[int]) -> set[int]:
    """The measures whose next report must say what has come of a decision; one query."""
    return {measure for measure, one in open_decisions(measure_ids).items() if one.decided}


def _open_decision(row: Deviation) -> OpenDecision:
    decision = row.decision
    return OpenDecision(
        level_words=level_words(row.decision_level),
        question=row.decision_question,
        decided=decision is not None,
        title=decision.title if decision else "",
        text=decision.text if decision else "",
        decided_on=decision.decided_on if decision else None,
        case_number=decision.case_number if decision else "",
        url=decision.get_absolute_url() if decision else "",
    )


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened to a deviation, as told on its page."""

    at: datetime
    title: str
    who: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    url: str = ""
    status: str = ""
    status_label: str = ""


def story(deviation: Deviation) -> list[Chapter]:
    """All of it, newest first: what approved reports said, what was decided, who did what. Four queries."""
    chapters = [*_reported(deviation), *_done(deviation)]
    return sorted(chapters, key=lambda chapter: chapter.at, reverse=True)


def _reported(deviation: Deviation) -> Iterator[Chapter]:
    """Every approved report of the measure from the one that opened the deviation."""
    first = (
        _events(deviation).order_by("pgh_id").values_list("status__report__period__opens_at", flat=True)[:1]
    )
    rows = (
        MeasureStatus.objects.filter(
            measure_id=deviation.measure_id,
            report__state__in=sorted(LEADER_APPROVED_STATES),
            report__period__opens_at__gte=first,
        )
        .select_related("report__period", "report__unit")
        .order_by("report__period__opens_at")
    )
    for row in rows:
        report = row.report
        facts = [
            (_("Siden sist"), row.what_happened),
            (_("Årsak"), row.cause),
            (_("Hva vi gjør"), row.corrective_action),
            (_("Tatt igjen"), format_date(row.new_date) if row.new_date else ""),
            (_("Del som er forsinket"), f"{format_number(row.delayed_share)} %" if row.delayed_share else ""),
            (_("Ber {level} avgjøre").format(level=level_words(row.decision_level)), row.decision_question),
            (_("Hva som er gjort med beslutningen"), row.decision_follow_up),
        ]
        yield Chapter(
            at=report.approved_at or report.submitted_at or report.period.opens_at,
            title=_("Rapport for {period}").format(period=report.period),
            who=report.unit.name,
            facts=tuple((label, text) for label, text in facts if text),
            url=reverse("reporting:report", args=[report.period.code, report.unit_id]),
            status=row.status,
            status_label=row.get_status_display(),
        )


def _events(deviation: Deviation) -> QuerySet[Any]:
    events: QuerySet[Any] = Deviation.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=deviation.pk
    )
    return events


def _done(deviation: Deviation) -> Iterator[Chapter]:
    """What people did with it, read from its history: owner and date, decisions, closed, taken up again."""
    events = list(
        _events(deviation)
        .select_related("owner", "decision")
        .annotate(metadata=F("pgh_context__metadata"))
        .order_by("pgh_id")
    )
    names = named_in_metadata(event.metadata for event in events)
    for (before, event), who in zip(pairwise(events), names[1:], strict=True):
        at: datetime = event.pgh_created_at
        same_report = event.status_id == before.status_id
        if event.decision and event.decision_id != before.decision_id:
            decision = event.decision
            facts = [(_("Avgjort"), format_date(decision.decided_on)), (_("Beslutning"), decision.text)]
            if decision.case_number:
                facts.append((_("Saksnummer"), decision.case_number))
            title = _("Beslutning av {level}").format(level=level_words(event.decision_level))
            yield Chapter(at, title, who, tuple(facts), decision.get_absolute_url())
        elif event.state != before.state:
            closed = event.state == DeviationState.CLOSED
            reason = ((_("Hvorfor"), event.closing_reason),) if closed else ()
            yield Chapter(at, _("Lukket") if closed else _("Åpnet igjen"), who, reason)
        elif same_report and (event.owner_id, event.due_on) != (before.owner_id, before.due_on):
            facts = [
                (_("Ansvarlig"), str(event.owner.name) if event.owner else _("ingen")),
                (_("Tatt igjen innen"), format_date(event.due_on)),
            ]
            yield Chapter(at, _("Ansvarlig og dato"), who, tuple(facts))


def owner_choices(unit: Unit) -> QuerySet[User]:
    """Who can own a deviation of the unit: people of the unit and of the area above, and Klima."""
    from_unit = Q(appointments__unit_id__in=[unit.pk, unit.parent_id])
    climate = Q(appointments__role=Role.CLIMATE_EDITOR)
    today = timezone.localdate()
    current = Q(appointments__valid_from__lte=today) & (
        Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gte=today)
    )
    found = User.objects.filter((from_unit | climate) & current, is_active=True)
    return User.objects.filter(pk__in=found.values("pk")).order_by(NorskSort("name"))


def measure_evidence_of(user: AbstractBaseUser, measure_id: int) -> Iterator[Evidence]:
    """The latest approved status and the deviations of a measure, for its page in the strategy.

    For those who read from inside, and for the people of the unit the status or deviation belongs to.
    """
    held = duties(user)
    inside = Permission.READ_INTERNAL in held.permissions
    mine = held.own_units | held.units_below
    latest = (
        MeasureStatus.objects.filter(measure_id=measure_id, report__state__in=sorted(LEADER_APPROVED_STATES))
        .select_related("report__period", "report__unit")
        .order_by("-report__period__opens_at", "-pk")
        .first()
    )
    if latest is not None and (inside or latest.report.unit_id in mine):
        report = latest.report
        yield Evidence(
            title=_("Klimarapport for {period}").format(period=report.period),
            detail=latest.get_status_display(),
            url=reverse("reporting:report", args=[report.period.code, report.unit_id]),
            day=timezone.localdate(report.approved_at) if report.approved_at else None,
        )
    for deviation in visible_deviations(user).filter(measure_id=measure_id):
        yield Evidence(
            title=_("Avvik åpnet {day}").format(day=format_date(deviation.opened_at)),
            detail=_evidence_detail(deviation),
            url=deviation.get_absolute_url(),
            day=timezone.localdate(deviation.opened_at),
        )


def _evidence_detail(deviation: Deviation) -> str:
    if not deviation.is_open:
        return _("lukket {day}").format(day=format_date(deviation.closed_at))
    parts = [_("åpent")]
    if deviation.tonnes_at_stake is not None:
        parts.append(_("{tonnes} tonn på spill").format(tonnes=format_number(deviation.tonnes_at_stake, 0)))
    if deviation.awaits_decision:
        parts.append(_("venter på {level}").format(level=level_words(deviation.decision_level)))
    return ", ".join(parts)


def end_of(day: date) -> datetime:
    """The last minute of a day, Oslo time, for what is due on it."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def tonnes_together(rows: Iterable[Deviation]) -> Decimal:
    """tCO2e at stake in these deviations together; unknown ones are not in it."""
    return sum((row.tonnes_at_stake for row in rows if row.tonnes_at_stake is not None), Decimal(0))
