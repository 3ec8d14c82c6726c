"""Hearing rounds as Klima, the units that are asked, and other readers see them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
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
    HearingAnswer,
    HearingRemark,
    HearingRound,
    Strategy,
)
from strategy.queries.hearings import overview, remarks_of
from strategy.views.access import readable_round, readable_strategy
from strategy.views.crumbs import crumbs_above, strategy_crumbs
from strategy.words.hearings import overview_in_words
from web.form_page import FormPage, run_form
from web.http import render_page
from web.refusals import Refused

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
        done=_("Sendt på høring. De som er spurt, ser det på Min side."),
        crumbs=crumbs_above(*strategy_crumbs(strategy, editing=False)),
        lead=_(
            "Virksomhetene svarer innsatsområde for innsatsområde. Alle kan lese «{title}» fra nå av."
        ).format(title=strategy.title),
    )

    def make(data: QueryDict | None) -> SendForm:
        now = readable_strategy(request, slug)
        title = _("Høring: {title}").format(title=now.title)
        return SendForm(data, initial={"title": title, "version": now.version})

    return run_form(request, page, make, lambda form: _send(request, strategy, form))


def _send(request: AuthenticatedRequest, strategy: Strategy, form: SendForm) -> str:
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
        )
    except Refused as refused:
        # The form asks for a day where the action has a deadline.
        names = {"deadline": "last_day"}
        reasons = (replace(one, field=names.get(one.field, one.field)) for one in refused.reasons)
        raise Refused(*reasons) from None
    return made.get_absolute_url()


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
            "crumbs": crumbs_above(*round_crumbs(found)[:-1], (_("Høring"), "")),
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
    if request.method == "POST":
        if unit not in access.own_units:
            raise PermissionDenied
        return _answer_form(request, found, given)
    if unit in access.own_units and not locked:
        return _answer_form(request, found, given)
    shows_disposition = access.reads_all or found.state == HearingState.PUBLISHED
    context = {
        "page_title": _answer_title(given),
        **_around_answer(found, given),
        "locked": locked if unit in access.own_units else "",
        "remarks": [
            (remark, disposition_tag(remark.disposition) if shows_disposition else None)
            for remark in given.remarks.select_related("section").order_by("section__order")
        ],
    }
    return render_page(request, "strategy/answer.html", context)


def _answer_title(given: HearingAnswer) -> str:
    return _("Høringssvar fra {unit}").format(unit=given.unit.name)


def _around_answer(found: HearingRound, given: HearingAnswer) -> dict[str, object]:
    return {
        "crumbs": crumbs_above(*round_crumbs(found), (given.unit.name, "")),
        "hearing": found,
        "given": given,
        "is_past": timezone.now() > found.deadline,
    }


def _answer_form(request: AuthenticatedRequest, found: HearingRound, given: HearingAnswer) -> HttpResponse:
    page = FormPage(
        title=_answer_title(given),
        back_url=found.get_absolute_url(),
        done=_("Svaret er gitt. Takk!"),
        button=_("Lagre svaret") if given.verdict else _("Gi svaret"),
        template="strategy/answer_form.html",
        context=_around_answer(found, given),
    )

    def make(data: QueryDict | None) -> AnswerForm:
        now = HearingAnswer.objects.get(pk=given.pk)
        initial: dict[str, object] = {"verdict": now.verdict, "version": now.version}
        texts = now.remarks.values_list("section_id", "text")
        initial |= {f"section-{section}": text for section, text in texts}
        return AnswerForm(data, sections=found.sections.order_by("order"), initial=initial)

    def save(form: AnswerForm) -> str:
        answer_hearing(
            by=request.user,
            answer=given,
            version=form.cleaned_data["version"],
            verdict=Verdict(form.cleaned_data["verdict"]),
            remarks=form.remarks(),
        )
        return request.path

    return run_form(request, page, make, save)
