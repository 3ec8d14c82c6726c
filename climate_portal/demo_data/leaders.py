"""The leaders' yearly part and their questions to each other. All of it is example data."""

from __future__ import annotations

from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.organisation import KITCHEN, TRANSPORT
from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from reporting.actions.follow_ups import FollowUpText, confirm_follow_up, save_follow_up
from reporting.actions.questions import answer_question, ask, draft_answer
from reporting.rules.leaders import why_not_writable
from web.actors import DEMO

# Unit → its words, and whether the leader has confirmed them. What is left out is blank on purpose.
FOLLOW_UPS: dict[str, tuple[FollowUpText, bool]] = {
    "Drammen Eiendom KF": (
        FollowUpText(
            anchoring="Strategien står i foretakets virksomhetsplan, og styret behandler den hvert år.",
            own_actions="Vi krever klimaregnskap for alle rehabiliteringer over ti millioner kroner.",
            competence="To prosjektledere tar kurs i ombruk i høst.",
            asks="Vi ber Anskaffelser om en rammeavtale for brukte byggevarer.",
        ),
        True,
    ),
    "IKT": (
        FollowUpText(
            anchoring="Strategien er tatt inn i virksomhetsplanen under «drift».",
            own_actions="Utstyr brukes ett år lenger før det byttes.",
            asks="Vi ber Klima om tall for utslipp fra skytjenester.",
        ),
        True,
    ),
    "Anskaffelser": (
        FollowUpText(
            anchoring="Klimakrav er et eget punkt i anskaffelsesstrategien.",
            competence="Alle innkjøpere har tatt grunnkurset.",
        ),
        False,
    ),
    TRANSPORT: (FollowUpText(own_actions="Vi bestiller bare utslippsfrie biler."), False),
}
# From, to, question, draft, answer: answered, past its deadline, and waiting.
QUESTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        TRANSPORT, "Drammen Eiendom KF",
        "Når kan vi lade tjenestebilene ved rådhuset om natten?", "",
        "Fra 1. mars. Tolv punkter er bestilt, og dere får fire av dem.",
    ),
    (
        TRANSPORT, "Anskaffelser",
        "Kan rammeavtalen for kjøretøy åpnes for varebiler med hydrogen?", "", "",
    ),
    (
        KITCHEN, TRANSPORT,
        "Hvilke veier blir stengt for levering i 2027, så vi kan planlegge rutene?",
        "Strømsø torg fra mars til august. Resten er åpent.", "",
    ),
)  # fmt: skip


def load_leaders(year: int, dates: DemoDates) -> None:
    """Four units' parts of the year, and three questions: answered, past its deadline, and waiting."""
    units = {unit.name: unit for unit in Unit.objects.all()}
    if not why_not_writable(year, dates.today):
        for name, (text, confirmed) in FOLLOW_UPS.items():
            _follow_up(units[name], year, text, confirmed=confirmed)
    dues = (dates.question_answered_due, dates.question_overdue, dates.question_due)
    for (asker, asked, question, draft, answer), due in zip(QUESTIONS, dues, strict=True):
        made = ask(
            by=DEMO,
            from_unit=units[asker],
            to_unit=units[asked],
            question=question,
            due_on=due,
            is_example=True,
        )
        if draft:
            contact = _appointed(units[asked], Role.CONTACT)
            draft_answer(by=contact, question=made, version=made.version, text=draft)
        if answer:
            leader = _appointed(units[asked], Role.LEADER)
            answer_question(by=leader, question=made, version=made.version, text=answer)


def _follow_up(unit: Unit, year: int, text: FollowUpText, *, confirmed: bool) -> None:
    contact, leader = _appointed(unit, Role.CONTACT), _appointed(unit, Role.LEADER)
    saved = save_follow_up(by=contact, unit=unit, year=year, version=0, text=text, is_example=True)
    if confirmed:
        confirm_follow_up(by=leader, unit=unit, year=year, version=saved.version, text=text)


def _appointed(unit: Unit, role: Role) -> User:
    return Appointment.objects.current().filter(unit=unit, role=role).select_related("user")[0].user
