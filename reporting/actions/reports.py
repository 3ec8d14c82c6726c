"""The chain of one report: the unit sends, its leader approves, Klima assures; or it is returned.

`at` is when a step was taken: now, unless one who tells of earlier days says otherwise, as the demo does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.actions import messages
from reporting.actions.chain import (
    HERSELF,
    Right,
    Standing,
    hold_right,
    locked_report,
    move_report,
    refuse_closed,
    require,
    standing_above,
    standing_in,
)
from reporting.actions.comments import said_about, see_comments, write_comments
from reporting.actions.deviations import follow_deviations, hold_decisions
from reporting.enums import OFF_PLAN, CommentStep, Place, ReportState
from reporting.models import MeasureStatus, ReportVersion, UnitReport
from reporting.queries.deviations import decided_measures
from reporting.queries.frozen import content_sha256, frozen_content
from reporting.queries.reports import moved_away
from reporting.rules.links import why_not_links
from reporting.rules.reports import (
    Relation,
    fresh_relation,
    missing_answers,
    not_confirmed,
    why_not_approvable,
    why_not_assurable,
    why_not_editable,
    why_not_returnable,
    why_not_sendable,
)
from reporting.words.answers import moved_sentence
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.once import claim_submission, finish_submission
from web.refusals import Refusal, Refused

# What is only asked of a measure that is off plan, and so is not kept when it no longer is.
CLEARED_OFF_PLAN = (
    "cause",
    "corrective_action",
    "new_date",
    "delayed_share",
    "decision_level",
    "decision_question",
)


# The «field» of what is missing when nobody has stood behind an answer; no field of the form.
CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswers:
    """What a unit says about one measure. `delayed_share` is percent (above 0, at most 100)."""

    status: str = ""
    indicator_value: Decimal | None = None
    what_happened: str = ""
    cause: str = ""
    corrective_action: str = ""
    new_date: date | None = None
    delayed_share: Decimal | None = None
    decision_level: str = ""
    decision_question: str = ""
    decision_follow_up: str = ""
    links: str = ""


@dataclass(frozen=True, slots=True)
class StatusSaved:
    """`cleared` are the fields that had an answer which a measure on plan is not asked for."""

    status: MeasureStatus
    changed: bool
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submitted:
    """`repeated` when the same form had been sent before: the version is the one it made then."""

    version: ReportVersion
    repeated: bool = False


class IncompleteReport(Refused):
    """Something must be answered first: `problems` is (field, sentence) by the status' primary key."""

    def __init__(self, problems: Mapping[int, list[tuple[str, str]]]) -> None:
        self.problems = problems
        super().__init__(_("Svar på det som mangler før du sender rapporten."))


def save_status(
    *,
    by: Actor,
    status: MeasureStatus,
    version: int,
    answers: StatusAnswers,
    unread: Collection[str] = (),
    at: datetime | None = None,
) -> StatusSaved:
    """Saves a draft answer, complete or not, and confirms it: the unit stands behind what it has saved.

    What is only asked off plan is cleared when the plan holds. An answer without a status is kept, but not
    confirmed; nor is one with fields that could not be read (`unread`), which stay as stored. Saving what
    already stands changes nothing, whatever the version: one's own double save is no conflict.
    Raises PermissionDenied, Refused when the report cannot be changed now or a link is no address,
    and StaleObject.
    """
    with acting(by, _("Rapporterte status")):
        report = locked_report(status.report_id)
        require(fresh_relation(by, report.unit_id).reports)
        now = at or timezone.now()
        refuse_closed(why_not_editable(report, now))
        moved = moved_away(report, status.pk)
        refuse_closed(moved_sentence(moved) if moved else "")
        return _save(status, version, answers, now, unread)


def _save(
    status: MeasureStatus,
    version: int,
    answers: StatusAnswers,
    now: datetime,
    unread: Collection[str] = (),
) -> StatusSaved:
    if sentence := why_not_links(answers.links):
        raise Refused(Refusal(sentence, field="links"))
    stored = MeasureStatus.objects.filter(pk=status.pk).first()
    if stored is None:
        raise StaleObject(None)
    answers = replace(answers, **{name: getattr(stored, name) for name in unread})
    kept, cleared = _only_what_is_asked(answers)
    # What a person says here is no longer what a file said.
    fields = asdict(kept) | {"imported_from_id": None}
    settled = stored.confirmed_at is not None or not kept.status or bool(unread)
    if settled and all(getattr(stored, name) == value for name, value in fields.items()):
        return StatusSaved(stored, changed=False, cleared=cleared)
    fields["confirmed_at"] = now if kept.status and not unread else None
    save_versioned(status, expected=version, fields=fields)
    return StatusSaved(status, changed=True, cleared=cleared)


def _only_what_is_asked(answers: StatusAnswers) -> tuple[StatusAnswers, tuple[str, ...]]:
    if answers.status in OFF_PLAN:
        return answers, ()
    blank = {name: getattr(StatusAnswers(), name) for name in CLEARED_OFF_PLAN}
    cleared = tuple(name for name in CLEARED_OFF_PLAN if getattr(answers, name) != blank[name])
    return replace(answers, **blank), cleared


def submit_report(
    *, by: Actor, report: UnitReport, version: int, at: datetime | None = None, approves: bool = False
) -> Submitted:
    """Freezes the stored answers as version n+1 and hands them to the unit's leader.

    `approves` is for one who is both: what she sends she approves in the same moment, and nobody is told that
    it waits.

    Allowed until the period closes; after the contacts' deadline the version says that it was late.
    Raises PermissionDenied, Refused, IncompleteReport, and StaleObject when the report has moved.
    """
    with acting(by, _("Sendte inn rapporten")):
        right = hold_right(by, report, lambda who: who.reports)
        fresh = locked_report(report.pk)
        now = at or timezone.now()
        refuse_closed(why_not_editable(fresh, now))
        if sentence := why_not_sendable(fresh):
            raise Refused(sentence)
        _refuse_incomplete(fresh)
        standing = HERSELF if fresh.unit_id in right.duties.contact_units else _standing(right, fresh)
        move_report(fresh, by, version, ReportState.SUBMITTED, now, standing=standing, submitted_at=now)
        version_sent = freeze_version(fresh, by, now)
        if approves:
            approve_report(by=by, report=fresh, version=fresh.version, at=now)
        messages.tell_submitted(fresh, version_sent, now, approved=approves)
        return Submitted(version_sent)


def save_and_submit(
    *,
    by: AbstractBaseUser,
    report: UnitReport,
    version: int,
    answers: Mapping[int, tuple[int, StatusAnswers]],
    token: str,
    receipt_url: str,
    approves: bool = False,
) -> Submitted:
    """Saves what stands in the form and sends it, all or nothing. `answers`: (version, answers) by status.

    The same form sent again (`token`, see web.once) does nothing and gives the same version. Raises
    what `save_status` and `submit_report` raise; InvalidSubmission.
    """
    with acting(by, _("Sendte inn rapporten")):
        hold_right(by, report, lambda who: who.reports)
        claim = claim_submission(token, by)
        if claim is None:
            return Submitted(_latest_version_by(report, by), repeated=True)
        fresh = locked_report(report.pk)
        now = timezone.now()
        refuse_closed(why_not_editable(fresh, now))
        for status in fresh.statuses.filter(pk__in=answers):
            _save(status, *answers[status.pk], now)
        submitted = submit_report(by=by, report=fresh, version=version, approves=approves)
        finish_submission(claim, receipt_url)
        return submitted


def approve_report(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    comment: str = "",
    comments: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> UnitReport:
    """The unit's leader stands behind the report, with a comment of her own if she has one.

    So may who stands in for her, and the nearest leader above while the unit has none: the log says as what.
    `comments` are about single measures, by the status' primary key. Raises PermissionDenied,
    Refused when it does not wait for approval, and StaleObject.
    """
    with acting(by, _("Godkjente rapporten")):
        right = hold_right(by, report, lambda who: who.leads)
        fresh = locked_report(report.pk)
        refuse_closed(why_not_approvable(fresh))
        now = at or timezone.now()
        text = comment.strip()
        fields = {"approved_at": now, "leader_comment": text}
        standing = _standing(right, fresh)
        move_report(fresh, by, version, ReportState.APPROVED, now, text, standing=standing, **fields)
        follow_deviations(fresh)
        write_comments(by=by, report=fresh, step=CommentStep.LEADER, comments=comments or {}, at=now)
        messages.tell_approved(fresh, now)
        return fresh


def return_report(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    comment: str = "",
    comments: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> UnitReport:
    """Sends the report back to the unit: by its leader before approval, by its area or Klima after.

    `comments` are about single measures, by the status' primary key: those answers must be confirmed again.
    Raises PermissionDenied, Refused without any comment or in another state, and StaleObject.
    """
    with acting(by, _("Returnerte rapporten")):
        right = hold_right(by, report, lambda who: who.leads or who.assures or who.oversees)
        fresh, who = locked_report(report.pk), right.who
        require(who.leads or who.assures or fresh.needs_area)
        now = at or timezone.now()
        refuse_closed(why_not_returnable(fresh, who, now))
        said = said_about(fresh, comments or {})
        text = comment.strip() or see_comments(said)
        if not text:
            raise Refused(
                Refusal(_("Skriv hva som skal rettes før du returnerer rapporten."), field="comment")
            )
        step = _step_of_return(fresh, who)
        fields = {"return_comment": text, "area_approved_at": None}
        standing = _standing(right, fresh, step)
        move_report(fresh, by, version, ReportState.RETURNED, now, text, standing=standing, **fields)
        write_comments(by=by, report=fresh, step=step, comments=comments or {}, at=now, returned=True)
        messages.tell_returned(fresh, now)
        return fresh


def _standing(right: Right, report: UnitReport, step: CommentStep = CommentStep.LEADER) -> Standing:
    """As what she takes the unit's leader's step, or the area's; Klima is herself."""
    if step == CommentStep.LEADER:
        return standing_in(right.duties, report.unit_id)
    return standing_above(right.duties, report.unit_id) if step == CommentStep.AREA else HERSELF


def _step_of_return(report: UnitReport, who: Relation) -> CommentStep:
    if report.state == ReportState.SUBMITTED:
        return CommentStep.LEADER
    # One who is both returns as Klima: the report waits for her in either case.
    return CommentStep.CLIMATE if who.assures else CommentStep.AREA


def assure_report(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    comment: str = "",
    comments: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> UnitReport:
    """Klima has read the report and vouches for its quality. The measures' own states stay as they are.

    `comments` are about single measures, by the status' primary key. Raises PermissionDenied,
    Refused when it is not approved (by the area too where it is to), and StaleObject.
    """
    with acting(by, _("Kvalitetssikret rapporten")):
        hold_right(by, report, lambda who: who.assures)
        fresh = locked_report(report.pk)
        refuse_closed(why_not_assurable(fresh))
        now = at or timezone.now()
        text = comment.strip()
        # A correction after the close ends here.
        fields: dict[str, Any] = {"climate_comment": text, "correction_reason": "", "correction_origin": ""}
        move_report(fresh, by, version, ReportState.ASSURED, now, text, assured_at=now, **fields)
        write_comments(by=by, report=fresh, step=CommentStep.CLIMATE, comments=comments or {}, at=now)
        messages.tell_assured(fresh, now)
        return fresh


def _refuse_incomplete(report: UnitReport) -> None:
    statuses = list(report.statuses.all())
    # What another system reports does not know of the portal's decisions.
    here = report.place == Place.HERE
    decided = _decided([status.measure_id for status in statuses]) if here else set()
    problems = {
        status.pk: found
        for status in statuses
        if (found := list(_missing(status, report.period.year, status.measure_id in decided)))
    }
    if problems:
        raise IncompleteReport(problems)


def _decided(measure_ids: list[int]) -> set[int]:
    """The measures a decision has been made about, which stay so until the report is sent."""
    if not hold_decisions(measure_ids):
        return set()
    return decided_measures(measure_ids)


def _missing(status: MeasureStatus, year: int, decided: bool) -> Iterator[tuple[str, str]]:
    if status.status and status.confirmed_at is None:
        yield CONFIRMATION, not_confirmed()
    yield from missing_answers(status, year, decided=decided)


def freeze_version(report: UnitReport, by: Actor, now: datetime) -> ReportVersion:
    """The report as it stands, frozen as its next version. Belongs in the transaction that sends it."""
    earlier = list(report.versions.order_by("number").values_list("number", "submitted_at"))
    number = earlier[-1][0] + 1 if earlier else 1
    first_at = earlier[0][1] if earlier else now
    content = frozen_content(report, number=number, at=now, first_at=first_at)
    return ReportVersion.objects.create(
        report=report,
        number=number,
        content=content,
        sha256=content_sha256(content),
        submitted_at=now,
        **actor_values("submitted_by", by),
    )


def _latest_version_by(report: UnitReport, by: AbstractBaseUser) -> ReportVersion:
    return report.versions.filter(submitted_by_id=by.pk).latest("number")
