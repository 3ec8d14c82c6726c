"""A unit's report while the unit works on it: one form with a card per measure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.queries.leading import leading_of
from organisation.rules import AuthenticatedRequest
from reporting.actions import reports as report_actions
from reporting.enums import ReportState
from reporting.models import UnitReport
from reporting.queries.completeness import completeness_of
from reporting.queries.delays import estimate_of
from reporting.queries.proposals import proposals_of
from reporting.queries.reports import (
    answer_of,
    last_saved,
    moved_away,
    place_in,
    report_of,
)
from reporting.rules.reports import Relation, is_enterprise, relation, why_not_editable
from reporting.views.proposals import SLUGS
from reporting.views.report_cards import (
    CONFIRM,
    Card,
    checked,
    checked_as_stored,
    cleared_sentence,
    conflict_of,
    make_card,
    posted_cards,
    posted_elsewhere,
    posted_version,
    read_cards,
    rest_is_saved,
    unsaved_fields,
    version_in,
)
from reporting.views.report_page import address, get_report, read_page, refuse, title_of
from reporting.words.answers import moved_sentence
from reporting.words.chain import vacancy_sentence
from reporting.words.progress import completeness_sentence
from web.concurrency import StaleObject
from web.formats import format_datetime, format_time, local
from web.history import latest_change
from web.http import conflict, render_page, see_other, wants_part
from web.once import FIELD_NAME
from web.refusals import Refused

# The name of the button that sends and approves, for those who do both.
APPROVE = "godkjenn"
FORM, CARD = "reporting/report_form.html", "reporting/card.html"


def report(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """GET: the form for those who report, the page for those who read. POST: saves the whole draft."""
    found, who = get_report(request, code, unit)
    if request.method == "POST":
        return _save_all(request, found, who)
    if who.reports and not why_not_editable(found, timezone.now()):
        return _form_page(request, found, read_cards(found))
    return read_page(request, found, who)


def save_status(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """Saves one measure while it is filled in, or confirms it. Without htmx it saves all that was posted."""
    found, who = get_report(request, code, unit)
    answer = answer_of(found, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if answer is None:
        return _moved_away(request, found, who, pk)
    if not wants_part(request):
        return _save_all(request, found, who)
    _require(who.reports)
    number = place_in(found, answer.status)
    card, status = _save_card(request, found, make_card(found, answer, number, request.POST))
    partials = {f"kort-{pk}": "whole_card", f"avvik-{pk}": "deviation_saved", f"lagret-{pk}": "text_saved"}
    progress = _progress(found, [card])
    if status != 200:
        progress["saved_at"] = _("Ikke alt er lagret.")
    context = {"card": card, "report_url": address("report", found), **progress}
    response = render_page(request, CARD, context, partials=partials, status=status)
    if card.confirmed and request.POST.get(CONFIRM) == str(pk):
        # The button is gone with what it did: the page's status line says it.
        response.headers["HX-Trigger"] = json.dumps({"kp-say": completeness_sentence(progress["progress"])})
    return response


def _moved_away(request: AuthenticatedRequest, found: UnitReport, who: Relation, pk: int) -> HttpResponse:
    """409: the measure is in another unit's report now. Raises Http404 for what was never in this one."""
    moved = moved_away(found, pk)
    if moved is None or not who.reports:
        raise Http404
    sentence = moved_sentence(moved)
    if wants_part(request):
        alert = {"color": "danger", "text": sentence, "heading": ""}
        return render_page(request, "ds/alert.html", alert, status=409)
    return refuse(request, found, who, sentence)


def submit(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Saves what stands in the form and sends the report to the leader, all or nothing."""
    found, who = get_report(request, code, unit)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _require(who.reports)
    cards, posted = posted_cards(found, request.POST), []
    # Where nothing can be changed any more the action says so, or finds that this form was sent before.
    if not why_not_editable(found, timezone.now()):
        cards = [checked(card) if card.touched else card for card in cards]
        if any(card.blocked for card in cards):
            return _form_page(request, found, cards, status=422)
        posted = [card for card in cards if card.touched and not card.pristine]
    try:
        done = report_actions.save_and_submit(
            by=request.user,
            report=found,
            version=version_in(request.POST.get("version", "")),
            answers={card.pk: (posted_version(request.POST, card), card.form.answers()) for card in posted},
            token=request.POST.get(FIELD_NAME, ""),
            receipt_url=address("receipt", found),
            approves=who.leads and APPROVE in request.POST,
        )
    except report_actions.IncompleteReport as refused:
        cards = [
            checked_as_stored(found, card) if card.pk in refused.problems and not card.touched else card
            for card in cards
        ]
        return _form_page(request, found, cards, status=422)
    except Refused as refused:
        return refuse(request, found, who, str(refused))
    except StaleObject as stale:
        if isinstance(stale.obj, UnitReport):
            return _moved(request, found, cards)
        return _save_all(request, found, who)
    return see_other(f"{address('receipt', found)}?nr={done.version.number}")


def _save_all(request: AuthenticatedRequest, found: UnitReport, who: Relation) -> HttpResponse:
    """Every card that was posted, each for itself: what can be saved is saved."""
    _require(who.reports)
    cards, statuses = [], []
    for card in posted_cards(found, request.POST):
        changed = card.touched and not card.pristine
        saved, status = _save_card(request, found, card) if changed else (card, 200)
        cards.append(saved)
        statuses.append(status)
        if saved.refused:
            return refuse(request, found, who, saved.refused)
    left = [card for card, status in zip(cards, statuses, strict=True) if status != 200]
    stale = next((card for card in left if card.conflict), None)
    if stale:
        return _conflict_page(request, found, stale, [card for card in left if card is not stale])
    if left:
        return _form_page(request, found, cards, status=422)
    for card in cards:
        if card.cleared:
            messages.warning(request, f"{card.answer.title}: {card.cleared}")
    for moved in posted_elsewhere(found, request.POST):
        messages.warning(request, moved_sentence(moved))
    messages.success(request, _("Utkastet er lagret."))
    return see_other(_onward(request, found, cards))


def _onward(request: AuthenticatedRequest, found: UnitReport, cards: Sequence[Card]) -> str:
    """Where the button that saved leads: to a proposal, to the next card to confirm, or the form again."""
    onward = request.POST.get("videre", "")
    if onward in SLUGS:
        return reverse("reporting:propose", args=[found.period.code, found.unit_id, onward])
    if CONFIRM not in request.POST:
        return address("report", found)
    waiting = next((card for card in cards if not card.confirmed), None)
    return f"{address('report', found)}#{f'kort-{waiting.pk}' if waiting else 'send'}"


def _save_card(request: AuthenticatedRequest, found: UnitReport, card: Card) -> tuple[Card, int]:
    """The card after saving it, and the status to answer with: 422 when one of its fields cannot be read."""
    unread = () if card.form.is_valid() else tuple(card.form.errors)
    answers, status = card.form.answers(), card.answer.status
    try:
        done = report_actions.save_status(
            by=request.user,
            status=status,
            version=posted_version(request.POST, card),
            answers=answers,
            unread=unread,
        )
    except StaleObject as stale:
        if stale.obj is None:
            raise Http404 from stale
        return replace(card, conflict=conflict_of(card, stale.obj)), 409
    except Refused as refused:
        return replace(card, refused=str(refused)), 409
    answer = replace(card.answer, shown=status, estimate=estimate_of(status, found.period))
    cleared = cleared_sentence(card, done, answers)
    if unread:
        # What could not be read stands as it was typed; the rest of the card is what is stored now.
        typed = make_card(found, answer, card.number, request.POST)
        return replace(typed, saved=rest_is_saved(), cleared=cleared), 422
    fresh = make_card(found, answer, card.number)
    saved = _("Lagret kl. {time}").format(time=format_time(timezone.now()))
    return replace(fresh, touched=True, saved=saved, cleared=cleared), 200


def _moved(request: AuthenticatedRequest, found: UnitReport, cards: Sequence[Card]) -> HttpResponse:
    """409: the report has been sent or returned since the form was opened. What was typed stands."""
    fresh = report_of(found.period.code, found.unit_id) or found
    alert = _("Rapporten er endret siden du åpnet den. Se over svarene og send på nytt. Ingenting er sendt.")
    return _form_page(request, fresh, cards, alert=alert, status=409)


def _conflict_page(
    request: AuthenticatedRequest, found: UnitReport, card: Card, others: Sequence[Card]
) -> HttpResponse:
    assert card.conflict is not None
    change = latest_change(card.answer.status)
    return conflict(
        request,
        title=card.answer.title,
        yours=card.conflict.yours,
        theirs=card.conflict.theirs,
        action_url=address("report", found),
        hidden={
            **unsaved_fields(request.POST, others),
            card.version_name: str(card.conflict.version),
        },
        back_url=f"{address('report', found)}#kort-{card.pk}",
        changed_by=change.who if change else "",
        changed_at=change.when if change else None,
    )


def _form_page(
    request: AuthenticatedRequest,
    found: UnitReport,
    cards: Sequence[Card],
    *,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": title_of(found),
        "report": found,
        "cards": cards,
        "has_errors": any(card.blocked for card in cards),
        "returned": found.state == ReportState.RETURNED,
        "proposals": proposals_of(found),
        "alert": alert,
        "submit_url": address("submit", found),
        "approves": relation(request.user, found.unit_id).leads,
        "report_url": address("report", found),
        "board_url": address("board", found) if is_enterprise(found) else "",
        "vacancy": vacancy_sentence(leading_of(found.unit_id)),
        "today": timezone.localdate(),
        **_progress(found, cards),
    }
    return render_page(request, FORM, context, status=status)


def _progress(found: UnitReport, cards: Sequence[Card]) -> dict[str, Any]:
    refused = {card.pk for card in cards if card.form.errors or card.conflict}
    return {"progress": completeness_of(found, refused), "saved_at": _saved_at(found)}


def _saved_at(found: UnitReport) -> str:
    at = last_saved(found)
    if at is None:
        return ""
    if local(at).date() == local(timezone.now()).date():
        return _("Lagret kl. {time}").format(time=format_time(at))
    return _("Lagret {when}").format(when=format_datetime(at))


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
