"""Questions between leaders: the list, asking, answering, withdrawing."""

from __future__ import annotations

from typing import Any

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
from reporting.views.crumbs import start_crumb
from web.form_page import Crumb, FormPage, run_form
from web.http import render_page, see_other
from web.refusals import Refused


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
    page = FormPage(
        title=_("Still et spørsmål"),
        button=_("Send spørsmålet"),
        back_url=reverse("reporting:questions"),
        done=_asked,
        crumbs=_crumbs(),
        lead=_("Den andre virksomheten får spørsmålet på Min side, og lederen der svarer."),
    )

    def work(form: QuestionForm) -> str:
        made = question_actions.ask(
            by=request.user,
            from_unit=form.asker,
            to_unit=form.cleaned_data["to_unit"],
            question=form.cleaned_data["question"],
            due_on=form.cleaned_data["due_on"],
        )
        return reverse("reporting:question", args=[made.pk])

    return run_form(request, page, lambda data: QuestionForm(leads, data), work)


def _asked(form: QuestionForm) -> str:
    return _("Spørsmålet er sendt. {unit} ser det på Min side.").format(unit=form.cleaned_data["to_unit"])


def _crumbs() -> list[Crumb]:
    return [start_crumb(), (_("Spørsmål mellom ledere"), reverse("reporting:questions"))]


def question(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: the question with its answer, or the form for it. POST: keeps a draft for the leader."""
    found, who = _get(request, pk)
    if request.method != "POST" and (why_not_open(found) or not who.drafts):
        return _read_page(request, found, who)
    if not who.drafts:
        raise PermissionDenied
    return _answer(request, found, who, sends=False)


def answer_question(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The answer of the unit that was asked."""
    found, who = _get(request, pk)
    if not who.answers:
        raise PermissionDenied
    return _answer(request, found, who, sends=True)


def withdraw_question(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The leader who asked no longer needs an answer."""
    found, who = _get(request, pk)
    if not who.withdraws:
        raise PermissionDenied
    try:
        question_actions.withdraw_question(by=request.user, question=found)
    except Refused as refused:
        return _read_page(request, _fresh(found), who, alert=str(refused), status=409)
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


def _answer(
    request: AuthenticatedRequest, found: LeaderQuestion, who: QuestionAccess, *, sends: bool
) -> HttpResponse:
    """The form for the answer. Both of its buttons send it: to those who asked, or to be kept as a draft."""
    address = reverse("reporting:question", args=[found.pk])
    page = FormPage(
        title=_title(found),
        back_url=address,
        done=_("Svaret er sendt.") if sends else _("Utkastet er lagret."),
        crumbs=_crumbs(),
        template="reporting/question.html",
        context=_around(found, who) | {"action_url": address},
    )
    operation = question_actions.answer_question if sends else question_actions.draft_answer

    def work(form: AnswerForm) -> None:
        operation(by=request.user, question=found, **form.cleaned_data)

    return run_form(request, page, lambda data: AnswerForm(_fresh(found), data), work)


def _read_page(
    request: AuthenticatedRequest,
    found: LeaderQuestion,
    who: QuestionAccess,
    *,
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    crumbs = [*_crumbs(), (_title(found), "")]
    context = {"page_title": _title(found), "crumbs": crumbs, "form": None, "alert": alert}
    return render_page(request, "reporting/question.html", context | _around(found, who), status=status)


def _title(found: LeaderQuestion) -> str:
    return _("Spørsmål fra {unit}").format(unit=found.from_unit.name)


def _around(found: LeaderQuestion, who: QuestionAccess) -> dict[str, Any]:
    closed = why_not_open(found)
    return {
        "question": found,
        "who": who,
        "late": not closed and found.due_on < timezone.localdate(),
        "may_withdraw": who.withdraws and not closed,
        "answer_url": reverse("reporting:answer_question", args=[found.pk]),
        "withdraw_url": reverse("reporting:withdraw_question", args=[found.pk]),
    }
