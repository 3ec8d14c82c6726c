"""Hearing rounds as Klima, the units that are asked, and other readers see them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.actions.hearings import answer_hearing, send_on_hearing
from strategy.enums import Disposition, HearingState, Verdict
from strategy.forms.hearings import AnswerForm, SendForm
from strategy.models import (
    DISPOSITION_LABELS,
    VERDICT_LABELS,
    HearingAnswer,
    HearingRemark,
    HearingRound,
    Strategy,
)
from strategy.queries.hearings import overview, remarks_of
from strategy.views.access import readable_round, readable_strategy
from strategy.views.form_page import (
    FormPage,
    add_refusals,
    crumbs_of,
    show_form,
    strategy_crumbs,
    take_form,
)
from strategy.words.hearings import overview_in_words
from web.concurrency import StaleObject
from web.http import ConflictField, conflict, invalid, render_page, see_other
from web.once import FIELD_NAME
from web.refusals import Refusal, Refused

# Disposition → (symbol, class): green, yellow, orange and red, but never the colour alone.
LOOKS = {
    Disposition.INCLUDED: ("✓", "kp-ok"),
    Disposition.OTHER_LEVEL: ("◇", "kp-late"),
    Disposition.LATER: ("▲", "kp-later"),
    Disposition.REJECTED: ("■", "kp-stop"),
}


def disposition_tag(code: str) -> dict[str, str]:
    """Symbol, class and words of a disposition; nothing decided yet is grey."""
    if not code:
        return {"symbol": "○", "css": "kp-none", "words": _("Ikke behandlet")}
    one = Disposition(code)
    symbol, css = LOOKS[one]
    return {"symbol": symbol, "css": css, "words": str(DISPOSITION_LABELS[one])}


def round_crumbs(hearing: HearingRound) -> list[tuple[str, str]]:
    before = strategy_crumbs(hearing.strategy, editing=False) if hearing.strategy else []
    return [*before, (_("Høring"), hearing.get_absolute_url())]


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Send a draft strategy to units and enterprises."""
    strategy = readable_strategy(request, slug)
    page = FormPage(
        title=_("Send på høring"),
        button=_("Send på høring"),
        back_url=strategy.get_absolute_url(),
        crumbs=strategy_crumbs(strategy, editing=False),
        lead=_(
            "Virksomhetene svarer innsatsområde for innsatsområde. Alle kan lese «{title}» fra nå av."
        ).format(title=strategy.title),
    )
    if request.method != "POST":
        title = _("Høring: {title}").format(title=strategy.title)
        return show_form(request, page, SendForm(initial={"title": title, "version": strategy.version}))
    form = SendForm(request.POST)

    def save() -> str:
        data = form.cleaned_data
        try:
            made = send_on_hearing(
                by=request.user,
                strategy=strategy,
                version=data["version"],
                title=data["title"],
                units=list(data["units"]),
                deadline=form.deadline(),
                introduction=data["introduction"],
                token=request.POST.get(FIELD_NAME, ""),
            )
        except Refused as refused:
            raise refused_with_field(refused, {"deadline": "last_day"}) from None
        return made.get_absolute_url()

    return take_form(
        request,
        page,
        form,
        save,
        done=_("Sendt på høring. De som er spurt, ser det på Min side."),
        version=lambda: Strategy.objects.get(pk=strategy.pk).version,
    )


def refused_with_field(refused: Refused, names: dict[str, str]) -> Refused:
    """The refusal with the form's own names for what the action calls otherwise."""
    return Refused(*(Refusal(one.text, names.get(one.field, one.field), one.url) for one in refused.reasons))


@require_safe
def hearing(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A round: everything for those who read all, the published summary for others, and one's own units."""
    found, access = readable_round(request, pk)
    published = found.state == HearingState.PUBLISHED
    units = None if access.reads_all else access.own_units | access.below
    seen = overview(found, units)
    return render_page(
        request,
        "strategy/hearing.html",
        {
            "page_title": found.title,
            "crumbs": crumbs_of(*round_crumbs(found)[:-1], (_("Høring"), "")),
            "hearing": found,
            "overview": overview_in_words(seen),
            "reads_all": access.reads_all,
            "may_edit": access.edits,
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
            "to_answer": [
                row.answer
                for row in seen.rows
                if row.answer.unit_id in access.own_units
                and not rules.answer_is_locked(row.answer, found, timezone.now())
            ],
            "sections": _remark_rows(found) if access.reads_all and not published else [],
            "published": _published_rows(found) if published else None,
            "is_over": found.state != HearingState.OPEN or timezone.now() > found.deadline,
        },
    )


def _remark_rows(found: HearingRound) -> list[tuple[str, list[tuple[HearingRemark, dict[str, str]]]]]:
    return [
        (section.title, [(remark, disposition_tag(remark.disposition)) for remark in remarks])
        for section, remarks in remarks_of(found)
        if remarks
    ]


def _published_rows(found: HearingRound) -> dict[str, Any]:
    """The frozen summary with the looks of each disposition."""
    frozen: dict[str, Any] = found.published or {}
    sections = [
        {
            "title": section["title"],
            "remarks": [
                {**remark, "tag": disposition_tag(remark["disposition"])} for remark in section["remarks"]
            ],
        }
        for section in frozen["sections"]
        if section["remarks"]
    ]
    return {**frozen, "sections": sections}


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AuthenticatedRequest, pk: int, unit: int) -> HttpResponse:
    """A unit's answer: a form for its own people while it can be changed, a page for those who read it."""
    found, access = readable_round(request, pk)
    given = HearingAnswer.objects.select_related("unit", "answered_by").filter(round=found, unit=unit).first()
    if given is None or not access.reads(unit):
        raise Http404
    locked = rules.answer_is_locked(given, found, timezone.now())
    may_answer = unit in access.own_units and not locked
    remarks = {remark.section_id: remark for remark in given.remarks.select_related("section")}
    if request.method != "POST":
        form = _answer_form(found, given, remarks) if may_answer else None
        return render_page(
            request, "strategy/answer.html", _answer_context(found, given, form, access, locked)
        )
    if unit not in access.own_units:
        raise PermissionDenied
    return _take_answer(request, found, given, access, locked)


def _answer_form(found: HearingRound, given: HearingAnswer, remarks: dict[int, HearingRemark]) -> AnswerForm:
    initial: dict[str, object] = {"verdict": given.verdict, "version": given.version}
    initial |= {f"section-{section}": remark.text for section, remark in remarks.items()}
    return AnswerForm(sections=found.sections.order_by("order"), initial=initial)


def _answer_context(
    found: HearingRound,
    given: HearingAnswer,
    form: AnswerForm | None,
    access: rules.HearingAccess,
    locked: str,
) -> dict[str, object]:
    shows_disposition = access.reads_all or found.state == HearingState.PUBLISHED
    return {
        "page_title": _("Høringssvar fra {unit}").format(unit=given.unit.name),
        "crumbs": crumbs_of(*round_crumbs(found), (given.unit.name, "")),
        "hearing": found,
        "given": given,
        "form": form,
        "locked": locked if given.unit_id in access.own_units else "",
        "is_past": timezone.now() > found.deadline,
        "remarks": [
            (remark, disposition_tag(remark.disposition) if shows_disposition else None)
            for remark in given.remarks.select_related("section").order_by("section__order")
        ],
    }


def _take_answer(
    request: AuthenticatedRequest,
    found: HearingRound,
    given: HearingAnswer,
    access: rules.HearingAccess,
    locked: str,
) -> HttpResponse:
    form = AnswerForm(request.POST, sections=found.sections.order_by("order"))
    template = "strategy/answer.html"
    if not form.is_valid():
        return invalid(request, template, _answer_context(found, given, form, access, locked))
    verdict, texts = Verdict(form.cleaned_data["verdict"]), form.remarks()
    try:
        answer_hearing(
            by=request.user,
            answer=given,
            version=form.cleaned_data["version"],
            verdict=verdict,
            remarks=texts,
        )
    except Refused as refused:
        add_refusals(form, refused)
        return invalid(request, template, _answer_context(found, given, form, access, ""))
    except StaleObject as stale:
        return _stale_answer(request, form, stale.obj)
    messages.success(request, _("Svaret er gitt. Takk!"))
    return see_other(request.path)


def _stale_answer(request: AuthenticatedRequest, form: AnswerForm, now: HearingAnswer) -> HttpResponse:
    stored = dict(now.remarks.values_list("section_id", "text"))
    mine = form.cleaned_data
    yours = [
        ConflictField("verdict", _("Svar"), mine["verdict"], str(VERDICT_LABELS[Verdict(mine["verdict"])]))
    ]
    theirs = [ConflictField("verdict", _("Svar"), now.verdict, str(now.get_verdict_display()))]
    for section in form.sections:
        name = f"section-{section.pk}"
        yours.append(ConflictField(name, section.title, mine[name]))
        theirs.append(ConflictField(name, section.title, stored.get(section.pk, "")))
    return conflict(
        request,
        title=_("Noen andre svarte mens du skrev"),
        yours=yours,
        theirs=theirs,
        action_url=request.path,
        hidden={"version": str(now.version)},
        back_url=reverse("strategy:hearing_answer", args=[now.round_id, now.unit_id]),
        changed_by=now.answered_by_name,
        changed_at=now.answered_at,
    )
