"""Roles: given, changed, ended, proposed and handed over. Who may is asked of each unit."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.actions.appointments import (
    answer_proposal,
    change_dates,
    end_role,
    give_role,
    propose_role,
    withdraw_role,
)
from organisation.actions.handovers import save_handover
from organisation.actions.people import invite_person
from organisation.enums import MUNICIPALITY_ROLES, UNIT_ROLES, Role
from organisation.forms.people import DatesForm, HandoverForm, LastDayForm, RoleForm, VersionForm
from organisation.models import PROPOSABLE, ROLE_LABELS, Appointment, AppointmentProposal, Handover, Unit
from organisation.queries.people import coming_after, suggested_people
from organisation.queries.units import active_units
from organisation.rules import (
    AuthenticatedRequest,
    duties,
    employees_may_read,
    may_hand_over,
    may_propose,
    may_read_handover,
    roles_to_give,
)
from organisation.views.addresses import organisation_crumb
from organisation.views.units import unit_of
from organisation.words.handovers import ends_sentence, handover_sentence
from organisation.words.lacks import days, role_in
from web.contributions import Holder, HoldingGoes, collect, holding
from web.form_page import FormPage, run_form
from web.formats import format_date
from web.refusals import Refusal, Refused

WITH_PEOPLE = "organisation/with_people.html"


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: AuthenticatedRequest, unit: int) -> HttpResponse:
    """A role in a unit, to somebody who is here or who is invited by it."""
    found = unit_of(unit)
    roles = roles_to_give(duties(request.user), found)
    if not roles:
        raise PermissionDenied
    page = _unit_page(found, _("Gi en rolle i {unit}").format(unit=found.name), _("Gi rollen"))
    asked = request.GET.get("rolle", "")
    initial = {"role": asked if asked in roles else "", "valid_from": timezone.localdate()}

    def make(data: QueryDict | None) -> RoleForm:
        return RoleForm(data, roles=list(roles), initial=initial)

    def work(form: RoleForm) -> None:
        _give(request, form, found)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AuthenticatedRequest) -> HttpResponse:
    """Somebody with a role anywhere: the administrator's page."""
    roles = UNIT_ROLES | MUNICIPALITY_ROLES
    if not employees_may_read():
        roles -= {Role.EMPLOYEE}
    page = FormPage(
        title=_("Inviter en person"),
        button=_("Inviter"),
        back_url=reverse("organisation:index"),
        done=_("Rollen er gitt. En som er ny her, får en e-post med en lenke."),
        crumbs=[organisation_crumb()],
        template=WITH_PEOPLE,
        context={"people": suggested_people()},
    )

    def make(data: QueryDict | None) -> RoleForm:
        initial = {"valid_from": timezone.localdate()}
        return RoleForm(data, roles=list(roles), units=active_units(), initial=initial)

    def work(form: RoleForm) -> None:
        _give(request, form, form.cleaned_data["unit"])

    return run_form(request, page, make, work)


def _give(request: AuthenticatedRequest, form: RoleForm, unit: Unit | None) -> None:
    said = form.cleaned_data
    common = {
        "by": request.user,
        "role": said["role"],
        "unit": unit,
        "valid_from": said["valid_from"],
        "valid_to": said["valid_to"],
    }
    person = form.person
    if person is not None:
        give_role(user=person, **common)
    else:
        invite_person(name=said["name"], email=said["email"], **common)


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Other days for a role."""
    found = _role_of(request, pk)
    page = _role_page(found, _("Endre datoer"), _("Datoene er endret."))

    def make(data: QueryDict | None) -> DatesForm:
        there = Appointment.objects.get(pk=pk)
        initial = {"valid_from": there.valid_from, "valid_to": there.valid_to, "version": there.version}
        return DatesForm(data, initial=initial)

    def work(form: DatesForm) -> None:
        said = form.cleaned_data
        change_dates(
            by=request.user,
            appointment=found,
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            expected=said["version"],
        )

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A last day for a role. What she owns stands on the page of the handover, which comes next."""
    found = _role_of(request, pk)
    page = _role_page(
        found,
        _("Avslutt rollen"),
        _("Rollen har fått en siste dag. Nå kan den overleveres."),
        button=_("Avslutt rollen"),
        danger=True,
    )

    def make(data: QueryDict | None) -> LastDayForm:
        there = Appointment.objects.get(pk=pk)
        initial = {"last_day": there.valid_to or timezone.localdate(), "version": there.version}
        return LastDayForm(data, initial=initial)

    def work(form: LastDayForm) -> str:
        said = form.cleaned_data
        end_role(by=request.user, appointment=found, last_day=said["last_day"], expected=said["version"])
        return reverse("organisation:handover", args=[pk])

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A role that has not begun is taken back."""
    found = _role_of(request, pk)
    page = _role_page(
        found,
        _("Trekk tilbake rollen"),
        _("Rollen er trukket tilbake."),
        button=_("Trekk tilbake"),
        danger=True,
        closed=""
        if found.valid_from > timezone.localdate()
        else _("Rollen har begynt. Avslutt den med en siste dag i stedet."),
    )

    def work(form: VersionForm) -> None:
        withdraw_role(by=request.user, appointment=found, expected=form.cleaned_data["version"])

    return run_form(request, page, lambda data: VersionForm(data, initial={"version": found.version}), work)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Everything open of a role that ends: where it goes, who takes over, and a note about the task."""
    found = _appointment(pk)
    there = Handover.objects.filter(appointment=found).select_related("successor").first()
    writes = may_hand_over(request.user, found)
    if not writes and not (there is not None and may_read_handover(request.user, there)):
        raise Http404
    held = collect(holding, Holder(person=found.user_id), timezone.localdate())
    mine = found.user_id == request.user.pk
    page = FormPage(
        title=_("Overlevering"),
        button=_("Overlever"),
        back_url=reverse("min_side") if mine else _unit_url(found),
        done=_("Overleveringen er lagret, og de det gjelder, får beskjed."),
        crumbs=[(_("Min side"), reverse("min_side"))] if mine else [organisation_crumb()],
        lead=handover_sentence(held),
        closed=_why_no_handover(found, there) if writes else "",
        template="organisation/handover.html",
        context={
            "appointment": found,
            "ends": ends_sentence(found, coming_after(found), mine=mine),
            "mine": mine,
            "writes": writes,
            "handover": there,
            "needs_owner": [one for one in held if one.goes == HoldingGoes.TO_SUCCESSOR],
            "goes_on": [one for one in held if one.goes == HoldingGoes.WITH_UNIT],
            "stays": [one for one in held if one.goes == HoldingGoes.STAYS],
            "people": suggested_people() if writes else (),
        },
    )
    if not writes:
        return run_form(request, page, lambda data: VersionForm(data, initial={"version": 0}), _nobody)

    def make(data: QueryDict | None) -> HandoverForm:
        stored = Handover.objects.filter(appointment=found).select_related("successor").first()
        initial: dict[str, Any] = {"version": stored.version if stored else 0}
        if stored is not None:
            initial |= {
                "successor": stored.successor.email if stored.successor else "",
                "note": stored.note,
            }
        return HandoverForm(data, initial=initial)

    def work(form: HandoverForm) -> None:
        said = form.cleaned_data
        save_handover(
            by=request.user,
            appointment=found,
            successor=said["successor"],
            note=said["note"],
            confirm=True,
            expected=said["version"],
        )

    return run_form(request, page, make, work)


def _nobody(form: VersionForm) -> None:
    raise PermissionDenied


def _why_no_handover(found: Appointment, there: Handover | None) -> str:
    if found.valid_to is None:
        return _("Rollen har ingen siste dag. Avslutt den først, så kan den overleveres.")
    if there is not None and there.done_at is not None:
        return _("Overleveringen ble gjennomført {day}.").format(day=format_date(there.done_at))
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: AuthenticatedRequest, unit: int) -> HttpResponse:
    """Klima proposes somebody to the leader of a municipal enterprise, who decides."""
    found = unit_of(unit)
    if not may_propose(duties(request.user), found):
        raise PermissionDenied
    page = _unit_page(
        found,
        _("Foreslå en person til {unit}").format(unit=found.name),
        _("Foreslå"),
        done=_("Forslaget er sendt til daglig leder i foretaket, som avgjør."),
        note=_("Foretaket svarer til sitt eget styre. Daglig leder peker ut foretakets folk."),
    )

    def make(data: QueryDict | None) -> RoleForm:
        return RoleForm(data, roles=list(PROPOSABLE), initial={"valid_from": timezone.localdate()})

    def work(form: RoleForm) -> None:
        said, person = form.cleaned_data, form.person
        if person is None:
            sentence = _("Ingen her har den adressen. Be administratoren invitere personen.")
            raise Refused(Refusal(sentence, field="email"))
        propose_role(
            by=request.user, user=person, role=said["role"], unit=found, valid_from=said["valid_from"]
        )

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AuthenticatedRequest, pk: int, word: str) -> HttpResponse:
    """The leader takes a proposal, or leaves it."""
    found = get_object_or_404(AppointmentProposal.objects.select_related("user", "unit"), pk=pk)
    if Role(found.role) not in roles_to_give(duties(request.user), found.unit):
        raise PermissionDenied
    accept = word == "ja"
    page = _unit_page(
        found.unit,
        _("Ta forslaget til følge") if accept else _("Avslå forslaget"),
        _("Gi rollen") if accept else _("Avslå"),
        done=_("Rollen er gitt.") if accept else _("Forslaget er avslått."),
        lead=_("{name} som {role} i {unit}.").format(
            name=found.user.name, role=ROLE_LABELS[Role(found.role)], unit=found.unit.name
        ),
        closed=_("Forslaget er besvart.") if found.answered_at is not None else "",
        template="web/form_page.html",
    )

    def work(form: VersionForm) -> None:
        answer_proposal(by=request.user, proposal=found, accept=accept, expected=form.cleaned_data["version"])

    return run_form(request, page, lambda data: VersionForm(data, initial={"version": found.version}), work)


def _role_of(request: AuthenticatedRequest, pk: int) -> Appointment:
    """An appointment the user may change; 403 for others, who see it on the unit's page."""
    found = _appointment(pk)
    if Role(found.role) not in roles_to_give(duties(request.user), found.unit):
        raise PermissionDenied
    return found


def _appointment(pk: int) -> Appointment:
    return get_object_or_404(Appointment.objects.select_related("user", "unit"), pk=pk)


def _unit_url(found: Appointment) -> str:
    if found.unit_id is None:
        return reverse("organisation:person", args=[found.user_id])
    return reverse("organisation:unit", args=[found.unit_id])


def _unit_page(unit: Unit, title: str, button: str, **more: Any) -> FormPage:
    url = reverse("organisation:unit", args=[unit.pk])
    return FormPage(
        **{
            "title": title,
            "button": button,
            "back_url": url,
            "done": _("Rollen er gitt. En som er ny her, får en e-post med en lenke."),
            "crumbs": [organisation_crumb(), (unit.name, url)],
            "template": WITH_PEOPLE,
            "context": {"people": suggested_people()},
            **more,
        }
    )


def _role_page(found: Appointment, title: str, done: str, **more: Any) -> FormPage:
    back_url = _unit_url(found)
    return FormPage(
        title=title,
        back_url=back_url,
        done=done,
        crumbs=[organisation_crumb(), (found.unit.name if found.unit else found.user.name, back_url)],
        lead=_("{name}, {role}, {days}.").format(
            name=found.user.name,
            role=role_in(found.role, found.unit.name if found.unit else ""),
            days=days(found.valid_from, found.valid_to),
        ),
        **more,
    )
