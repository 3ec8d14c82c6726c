"""People: the register, a person's page, inviting, changing and shutting out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.actions.erasing import erase_person, roles_from
from organisation.actions.handovers import move_what_she_owns
from organisation.actions.people import (
    change_person,
    deactivate_person,
    invite_again,
    take_back_person,
)
from organisation.enums import Role
from organisation.forms.people import PersonForm, ShutOutForm, VersionForm
from organisation.forms.register import PeopleFilter
from organisation.models import SOURCE_LABELS, Appointment, User
from organisation.queries.login_log import last_lines
from organisation.queries.people import suggested_people
from organisation.queries.register import people_register
from organisation.queries.two_steps import has_two_steps
from organisation.rules import AuthenticatedRequest, Permission, duties, has_permission, roles_to_give
from organisation.views.addresses import handover_url, organisation_crumb
from organisation.words import login_log as log_words
from organisation.words.erased import is_erased, still_has_a_role
from organisation.words.handovers import handover_sentence
from organisation.words.lacks import days, role_in
from organisation.words.people_columns import COLUMNS, mail_failed
from web.actors import acting
from web.contributions import Holder, HoldingGoes, collect, holding
from web.form_page import Crumb, FormPage, run_form
from web.formats import format_number
from web.http import render_page, see_other
from web.refusals import Refused
from web.register.lists import Register, list_page


def people_crumb() -> Crumb:
    return _("Personer"), reverse("organisation:people")


@require_safe
def register(request: AuthenticatedRequest) -> HttpResponse:
    """Everybody with what she is today; whoever may, invites."""
    chosen = PeopleFilter(request.GET)
    page = Register(
        title=_("Personer"),
        columns=COLUMNS,
        crumbs=[organisation_crumb()],
        list_url=reverse("organisation:people"),
        count=lambda n: ngettext("Én person.", "{n} personer.", n).format(n=format_number(n)),
        lead=_("Hva hver er i dag. Roller har en første og en siste dag, og står på virksomhetens side."),
        caption=_("Personer med roller"),
        none_title=_("Ingen personer ennå"),
        none_text=_("Når noen er invitert, står de her."),
        not_found=_("Ingen personer passer"),
        new_url=reverse("organisation:invite") if _may_invite(request) else "",
        new_label=_("Inviter en person"),
        import_url=reverse("organisation:people_file") if _may_invite(request) else "",
        export_url=_export_url if _may_invite(request) else None,
        export_label=_("Last ned alle:"),
        row_url=lambda row: reverse("organisation:person", args=[row.pk]),
    )
    return list_page(request, page, chosen.rows(people_register(timezone.localdate())), chosen)


def _export_url(file_format: str) -> str:
    return reverse("organisation:people_file_export", args=[file_format])


def _may_invite(request: AuthenticatedRequest) -> bool:
    return has_permission(request.user, Permission.MANAGE_ORGANISATION)


@require_safe
def detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A person: her roles and days, what waits for her, and what may be done."""
    person = get_object_or_404(User, pk=pk)
    held, today = duties(request.user), timezone.localdate()
    manages = has_permission(request.user, Permission.MANAGE_ORGANISATION)
    rows = list(person.appointments.select_related("unit").order_by("-valid_from", "pk"))
    sees_what_waits = manages or person == request.user
    reads_log = has_permission(request.user, Permission.READ_LOGIN_LOG)
    sees_mail = sees_what_waits or has_permission(request.user, Permission.NAME_CONTACT)
    held_by_her = collect(holding, Holder(person=pk), today) if sees_what_waits else []
    context = {
        "page_title": person.name,
        "crumbs": [organisation_crumb(), people_crumb(), (person.name, "")],
        "person": person,
        "roles": [_role_row(row, roles_to_give(held, row.unit)) for row in rows],
        "is_invited": person.last_login is None and person.invited_at is not None,
        "manages": manages,
        "may_erase": manages and not _why_not_erased(person),
        "sees_what_waits": sees_what_waits,
        "what_waits": handover_sentence(held_by_her),
        "holdings": [one for one in held_by_her if one.goes != HoldingGoes.STAYS],
        "stays": [one for one in held_by_her if one.goes == HoldingGoes.STAYS],
        "reads_history": has_permission(request.user, Permission.READ_HISTORY),
        "mail_failed": mail_failed(person.mail_failed_at) if sees_mail and person.mail_failed_at else "",
        "has_two_steps": manages and has_two_steps(person),
        "log_lines": _log_lines(person) if reads_log else [],
        "log_url": login_log_url(person) if reads_log else "",
    }
    return render_page(request, "organisation/person.html", context)


def login_log_url(person: User) -> str:
    return f"{reverse('organisation:login_log')}?{urlencode({'sok': person.name})}"


def _log_lines(person: User) -> list[dict[str, str]]:
    return [
        {"when": log_words.when(line), "what": log_words.what(line), "by": log_words.by_whom(line)}
        for line in last_lines(person)
    ]


def _role_row(row: Appointment, gives: frozenset[Role]) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "appointment": row,
        "text": role_in(row.role, row.unit.name if row.unit else ""),
        "days": days(row.valid_from, row.valid_to),
        "handover_url": handover_url(row, may_change=Role(row.role) in gives),
        "source": SOURCE_LABELS[row.source],  # type: ignore[index]
        "may_change": Role(row.role) in gives,
        "is_over": row.valid_to is not None and row.valid_to < today,
        "has_begun": row.valid_from <= today,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another name or address."""
    person = get_object_or_404(User, pk=pk)

    def make(data: QueryDict | None) -> PersonForm:
        there = User.objects.get(pk=pk)
        initial = {"name": there.name, "email": there.email, "version": there.version}
        return PersonForm(data, initial=initial)

    def work(form: PersonForm) -> None:
        said = form.cleaned_data
        change_person(
            by=request.user, user=person, name=said["name"], email=said["email"], expected=said["version"]
        )

    page = person_page(person, _("Endre navn og adresse"), _("Endringen er lagret."))
    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def shut_out(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """She can no longer log in, her roles end today, and what she owns goes to whoever takes over."""
    person = get_object_or_404(User, pk=pk)
    held = collect(holding, Holder(person=pk), timezone.localdate())
    page = person_page(
        person,
        _("Steng ute {name}").format(name=person.name),
        _("{name} er stengt ute, og rollene er avsluttet.").format(name=person.name),
        button=_("Steng ute"),
        danger=True,
        closed="" if person.is_active else _("{name} er allerede stengt ute.").format(name=person.name),
        lead=handover_sentence(held),
        template="organisation/with_people.html",
        context={"people": suggested_people(), "holdings": held},
    )

    def work(form: ShutOutForm) -> None:
        successor = form.cleaned_data["successor"]
        with acting(request.user, _("Person stengt ute")):
            deactivate_person(by=request.user, user=person, expected=form.cleaned_data["version"])
            if successor is not None:
                day = timezone.localdate()
                move_what_she_owns(by=request.user, person=person, successor=successor, day=day)

    return run_form(request, page, lambda data: ShutOutForm(data, initial=_version(pk)), work)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Somebody who was shut out comes back, and is given roles afterwards."""
    person = get_object_or_404(User, pk=pk)
    page = person_page(
        person,
        _("Slipp inn {name} igjen").format(name=person.name),
        _("{name} kan logge inn igjen. Gi rollene på nytt.").format(name=person.name),
        button=_("Slipp inn"),
        closed=_why_not_taken_back(person),
        lead=_("Rollene som ble avsluttet, kommer ikke tilbake av seg selv."),
    )

    def work(form: VersionForm) -> None:
        take_back_person(by=request.user, user=person, expected=form.cleaned_data["version"])

    return run_form(request, page, lambda data: VersionForm(data, initial=_version(pk)), work)


def _why_not_taken_back(person: User) -> str:
    if person.erased_at is not None:
        return is_erased(person.name)
    return _("{name} er ikke stengt ute.").format(name=person.name) if person.is_active else ""


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Her name gives way to what she was, for good: on her request, before the time."""
    person = get_object_or_404(User, pk=pk)
    page = person_page(
        person,
        _("Fjern navnet til {name}").format(name=person.name),
        _("Navnet og adressen er fjernet."),
        button=_("Fjern navnet"),
        danger=True,
        closed=_why_not_erased(person),
        lead=_("Navnet byttes ut med rollen, og adressen slettes. Det kan ikke gjøres om."),
        note=_(
            "Det som er sendt, vedtatt eller publisert, beholder navnet det ble undertegnet med. "
            "E-post som er sendt, slettes når den er gammel nok."
        ),
    )

    def work(form: VersionForm) -> None:
        erase_person(by=request.user, user=person, expected=form.cleaned_data["version"])

    return run_form(request, page, lambda data: VersionForm(data, initial=_version(pk)), work)


def _why_not_erased(person: User) -> str:
    if person.erased_at is not None:
        return is_erased(person.name)
    has_role = roles_from(person, timezone.localdate()).exists()
    return still_has_a_role(person.name) if has_role else ""


@require_POST
def send_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A new invitation to somebody who has not come yet."""
    person = get_object_or_404(User, pk=pk)
    try:
        invite_again(by=request.user, user=person)
        messages.success(request, _("Invitasjonen er sendt på nytt til {email}.").format(email=person.email))
    except Refused as refused:
        messages.error(request, str(refused))
    return see_other(reverse("organisation:person", args=[pk]))


def person_page(person: User, title: str, done: str, **more: object) -> FormPage:
    person_url = reverse("organisation:person", args=[person.pk])
    return FormPage(
        title=title,
        back_url=person_url,
        done=done,
        crumbs=[organisation_crumb(), people_crumb(), (person.name, person_url)],
        **more,  # type: ignore[arg-type]
    )


def _version(pk: int) -> dict[str, int]:
    return {"version": User.objects.values_list("version", flat=True).get(pk=pk)}
