"""What Klima does with a hearing: each remark, the end of it, and the published summary."""

from __future__ import annotations

from django.http import Http404, HttpResponse
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
from strategy.views.form_page import FormPage, show_form, take_form
from strategy.views.hearings import round_crumbs
from web.concurrency import StaleObject, conflict_fields
from web.formats import days_until, format_weekday
from web.http import conflict, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def dispose(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What Klima does with one remark."""
    remark = (
        HearingRemark.objects.select_related("answer__round__strategy", "answer__unit", "section")
        .filter(pk=pk)
        .first()
    )
    if remark is None:
        raise Http404
    hearing = remark.answer.round
    page = FormPage(
        title=_("Behandle merknad"),
        button=_("Lagre"),
        back_url=hearing.get_absolute_url(),
        crumbs=round_crumbs(hearing),
        template="strategy/dispose.html",
        extra={"remark": remark},
    )
    if request.method != "POST":
        initial = {
            "disposition": remark.disposition,
            "reason": remark.reason,
            "version": remark.version,
        }
        return show_form(request, page, DisposeForm(initial=initial))
    form = DisposeForm(request.POST)

    def save() -> str:
        dispose_remark(
            by=request.user,
            remark=remark,
            version=form.cleaned_data["version"],
            disposition=Disposition(form.cleaned_data["disposition"]),
            reason=form.cleaned_data["reason"],
        )
        return f"{hearing.get_absolute_url()}#merknad-{remark.pk}"

    def stale(late: StaleObject) -> HttpResponse:
        yours, theirs = conflict_fields(form, late.obj, ["disposition", "reason"])
        return conflict(
            request,
            title=_("Merknaden er endret mens du arbeidet"),
            yours=yours,
            theirs=theirs,
            action_url=request.path,
            hidden={"version": str(late.obj.version)},
            back_url=hearing.get_absolute_url(),
        )

    return take_form(request, page, form, save, done=_("Merknaden er behandlet."), stale=stale)


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
        crumbs=round_crumbs(hearing),
        lead=_who_has_not_answered(hearing),
        note=_("Etterpå kan ingen svare eller endre svaret sitt. Høringen kan ikke åpnes igjen."),
    )
    if request.method != "POST":
        return show_form(request, page, CloseForm(initial={"version": hearing.version}))
    form = CloseForm(request.POST)

    def save() -> str:
        done = close_round(by=request.user, hearing=hearing, version=form.cleaned_data["version"])
        return done.get_absolute_url()

    return take_form(
        request,
        page,
        form,
        save,
        done=_("Høringen er avsluttet. Ingen kan svare lenger."),
        version=lambda: HearingRound.objects.get(pk=hearing.pk).version,
    )


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
        crumbs=round_crumbs(hearing),
        lead=_(
            "Alle som bruker portalen, får lese merknadene, hva vi gjør med dem, og hvem som ikke svarte. "
            "Det kan ikke endres etterpå."
        ),
    )
    if request.method != "POST":
        return show_form(request, page, PublishForm(initial={"version": hearing.version}))
    form = PublishForm(request.POST)

    def save() -> str:
        done = publish_round(
            by=request.user,
            hearing=hearing,
            version=form.cleaned_data["version"],
            summary=form.cleaned_data["summary"],
        )
        return done.get_absolute_url()

    return take_form(
        request,
        page,
        form,
        save,
        done=_("Oppsummeringen er publisert."),
        version=lambda: HearingRound.objects.get(pk=hearing.pk).version,
    )
