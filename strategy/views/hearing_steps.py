"""What Klima does with a hearing: each remark, the end of it, and the published summary."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest
from strategy.actions.hearings import close_round, dispose_remark, publish_round
from strategy.enums import Disposition, HearingState
from strategy.forms.hearings import CloseForm, DisposeForm, PublishForm
from strategy.models import HearingRemark, HearingRound
from strategy.queries.hearings import overview
from strategy.views.access import readable_round
from strategy.views.crumbs import crumbs_above
from strategy.views.hearings import round_crumbs
from web.form_page import FormPage, run_form
from web.formats import days_until, format_weekday
from web.http import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def dispose(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What Klima does with one remark."""
    remark = _remark_of(pk)
    hearing = remark.answer.round
    page = FormPage(
        title=_("Behandle merknad"),
        back_url=hearing.get_absolute_url(),
        done=_("Merknaden er behandlet."),
        crumbs=crumbs_above(*round_crumbs(hearing)),
        template="strategy/dispose.html",
        context={"remark": remark},
    )

    def make(data: QueryDict | None) -> DisposeForm:
        now = _remark_of(pk)
        initial = {name: getattr(now, name) for name in ("disposition", "reason", "version")}
        return DisposeForm(data, initial=initial)

    def save(form: DisposeForm) -> str:
        dispose_remark(
            by=request.user,
            remark=remark,
            version=form.cleaned_data["version"],
            disposition=Disposition(form.cleaned_data["disposition"]),
            reason=form.cleaned_data["reason"],
        )
        return f"{hearing.get_absolute_url()}#merknad-{remark.pk}"

    return run_form(request, page, make, save)


def _remark_of(pk: int) -> HearingRemark:
    rows = HearingRemark.objects.select_related("answer__round__strategy", "answer__unit", "section")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """No more answers, once it has been said who has not given theirs: a closed round is not opened again."""
    hearing, _access = readable_round(request, pk)
    if request.method != "POST" and hearing.state != HearingState.OPEN:
        return see_other(hearing.get_absolute_url())
    page = FormPage(
        title=_("Avslutt høringen"),
        button=_("Avslutt høringen"),
        back_url=hearing.get_absolute_url(),
        done=_("Høringen er avsluttet. Ingen kan svare lenger."),
        crumbs=crumbs_above(*round_crumbs(hearing)),
        lead=_who_has_not_answered(hearing),
        note=_("Etterpå kan ingen svare eller endre svaret sitt. Høringen kan ikke åpnes igjen."),
        danger=True,
    )

    def save(form: CloseForm) -> None:
        close_round(by=request.user, hearing=hearing, version=form.cleaned_data["version"])

    return run_form(request, page, lambda data: CloseForm(data, initial={"version": _version(hearing)}), save)


def _version(hearing: HearingRound) -> int:
    return HearingRound.objects.values_list("version", flat=True).get(pk=hearing.pk)


def _who_has_not_answered(hearing: HearingRound) -> str:
    seen = overview(hearing)
    parts = []
    if hearing.deadline > timezone.now():
        parts.append(
            _("Fristen er {day}, {left}.").format(
                day=format_weekday(hearing.deadline), left=days_until(hearing.deadline, timezone.localdate())
            )
        )
    if seen.unanswered:
        parts.append(
            _("{count} av {all} har ikke svart: {names}.").format(
                count=len(seen.unanswered), all=len(seen.rows), names=", ".join(seen.unanswered)
            )
        )
    else:
        parts.append(_("Alle som er spurt, har svart."))
    return " ".join(parts)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Publish the summary, for good."""
    hearing, _access = readable_round(request, pk)
    if request.method != "POST" and hearing.state == HearingState.PUBLISHED:
        return see_other(hearing.get_absolute_url())
    page = FormPage(
        title=_("Publiser oppsummeringen"),
        button=_("Publiser"),
        back_url=hearing.get_absolute_url(),
        done=_("Oppsummeringen er publisert."),
        crumbs=crumbs_above(*round_crumbs(hearing)),
        lead=_(
            "Alle som bruker portalen, får lese merknadene, hva vi gjør med dem, og hvem som ikke svarte. "
            "Det kan ikke endres etterpå."
        ),
        danger=True,
    )

    def save(form: PublishForm) -> None:
        data = form.cleaned_data
        publish_round(by=request.user, hearing=hearing, version=data["version"], summary=data["summary"])

    return run_form(
        request, page, lambda data: PublishForm(data, initial={"version": _version(hearing)}), save
    )
