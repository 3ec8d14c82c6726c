"""Questions between leaders: the list, asking, answering, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, duties
from reporting.actions import questions as question_actions
from reporting.forms.leaders import AnswerForm, QuestionForm
from reporting.models import LeaderQuestion
from reporting.queries.questions import question_by_pk, questions_between, sees_all, unanswered
from reporting.rules.leaders import QuestionAccess, question_access, why_not_open
from web.concurrency import StaleObject
from web.http import ConflictField, conflict, invalid, render_page, see_other
from web.once import FIELD_NAME
from web.refusals import Closed, Refused


def questions(request: AuthenticatedRequest) -> HttpResponse:
    """What one's units have asked and been asked; all of it for those who read from inside."""
    held = duties(request.user)
    units = held.own_units | held.units_below
    inside = sees_all(request.user)
    if not inside and not units:
        raise PermissionDenied
    scope = None if inside else units
    today = timezone.localdate()
    context = {
        "page_title": _("Spørsmål mellom ledere"),
        "late": unanswered(today, scope),
        "questions": questions_between(scope),
        "today": today,
        "may_ask": bool(held.leader_units),
    }
    return render_page(request, "reporting/questions.html", context)


def new_question(request: AuthenticatedRequest) -> HttpResponse:
    """A leader asks another unit."""
    leads = list(Unit.objects.filter(pk__in=duties(request.user).leader_units))
    if not leads:
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, QuestionForm(leads))
    form = QuestionForm(leads, request.POST)
    if form.is_valid():
        try:
            made = question_actions.ask(
                by=request.user,
                from_unit=form.asker,
                to_unit=form.cleaned_data["to_unit"],
                question=form.cleaned_data["question"],
                due_on=form.cleaned_data["due_on"],
                token=request.POST.get(FIELD_NAME, ""),
            )
        except Refused as refused:
            form.add_error(refused.reasons[0].field, str(refused))
        else:
            messages.success(
                request, _("Spørsmålet er sendt. {unit} ser det på Min side.").format(unit=made.to_unit)
            )
            return see_other(reverse("reporting:question", args=[made.pk]))
    return _form_page(request, form)


def _form_page(request: AuthenticatedRequest, form: QuestionForm) -> HttpResponse:
    context = {"page_title": _("Still et spørsmål"), "form": form}
    answer = invalid if form.is_bound else render_page
    return answer(request, "reporting/question_new.html", context)


def question(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: the question with its answer, or the form for it. POST: keeps a draft for the leader."""
    found, who = _get(request, pk)
    if request.method != "POST":
        closed = why_not_open(found)
        return _page(request, found, who, AnswerForm(found) if who.drafts and not closed else None)
    if not who.drafts:
        raise PermissionDenied
    return _take(request, found, who, sends=False)


def answer_question(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The answer of the unit that was asked."""
    found, who = _get(request, pk)
    if not who.answers:
        raise PermissionDenied
    return _take(request, found, who, sends=True)


def withdraw_question(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The leader who asked no longer needs an answer."""
    found, who = _get(request, pk)
    if not who.withdraws:
        raise PermissionDenied
    try:
        question_actions.withdraw_question(by=request.user, question=found)
    except Refused as refused:
        return _page(request, _fresh(found), who, None, alert=str(refused), status=409)
    messages.success(request, _("Spørsmålet er trukket."))
    return see_other(reverse("reporting:questions"))


def _get(request: AuthenticatedRequest, pk: int) -> tuple[LeaderQuestion, QuestionAccess]:
    """To a stranger it does not exist: raises Http404."""
    found = question_by_pk(pk)
    if found is None:
        raise Http404
    who = question_access(request.user, found)
    if not who.reads:
        raise Http404
    return found, who


def _fresh(found: LeaderQuestion) -> LeaderQuestion:
    return question_by_pk(found.pk) or found


def _take(
    request: AuthenticatedRequest, found: LeaderQuestion, who: QuestionAccess, *, sends: bool
) -> HttpResponse:
    form = AnswerForm(found, request.POST)
    if not form.is_valid():
        return _page(request, found, who, form, status=422)
    operation = question_actions.answer_question if sends else question_actions.draft_answer
    try:
        operation(
            by=request.user,
            question=found,
            version=form.cleaned_data["version"],
            text=form.cleaned_data["text"],
        )
    except Closed as closed:
        return _page(request, _fresh(found), who, None, alert=str(closed), status=409)
    except Refused as refused:
        form.add_error(refused.reasons[0].field, str(refused))
        return _page(request, found, who, form, status=422)
    except StaleObject as stale:
        return _stale(request, form, stale.obj)
    messages.success(request, _("Svaret er sendt.") if sends else _("Utkastet er lagret."))
    return see_other(reverse("reporting:question", args=[found.pk]))


def _stale(request: AuthenticatedRequest, form: AnswerForm, now: LeaderQuestion) -> HttpResponse:
    address = reverse("reporting:question", args=[now.pk])
    return conflict(
        request,
        title=_("Noen andre skrev på svaret mens du arbeidet"),
        yours=[ConflictField("text", _("Svar"), form.cleaned_data["text"])],
        theirs=[ConflictField("text", _("Svar"), now.draft)],
        action_url=address,
        hidden={"version": str(now.version)},
        back_url=address,
    )


def _page(
    request: AuthenticatedRequest,
    found: LeaderQuestion,
    who: QuestionAccess,
    form: AnswerForm | None,
    *,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": _("Spørsmål fra {unit}").format(unit=found.from_unit.name),
        "question": found,
        "who": who,
        "form": form,
        "alert": alert,
        "late": not why_not_open(found) and found.due_on < timezone.localdate(),
        "may_withdraw": who.withdraws and not why_not_open(found),
        "question_url": reverse("reporting:question", args=[found.pk]),
        "answer_url": reverse("reporting:answer_question", args=[found.pk]),
        "withdraw_url": reverse("reporting:withdraw_question", args=[found.pk]),
    }
    return render_page(request, "reporting/question.html", context, status=status)
