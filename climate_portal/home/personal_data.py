"""What the portal stores about whom: one declaration, behind the page «Personvern» and docs/personvern.md.

Every column about a person stands in a row; tests/test_personal_data.py names one that does not. How long is
said by the slot `retention`: `{handover_note}` is that age in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from web.contributions import collect, retention
from web.formats import format_number
from web.names import naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One line of the protocol: what, why, who sees it and how long, and the columns it is in."""

    what: str | Promise
    why: str | Promise
    who_sees: str | Promise
    how_long: str | Promise
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Those the lines are about."""

    title: str | Promise
    rows: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as people read it."""

    what: str
    why: str
    who_sees: str
    how_long: str


def columns(room: str, **by_model: str) -> tuple[str, ...]:
    """«reporting.Deviation.owner» of `columns("reporting", Deviation="owner closed_by")`."""
    return tuple(f"{room}.{model}.{name}" for model, names in by_model.items() for name in names.split())


_NAME_OF_ROLE = _("Til rollen er slutt, så {person}. Deretter «tidligere kontaktperson»")

ROLES = Group(
    _("Ledere, kontaktpersoner og andre med en rolle"),
    (
        Stored(
            what=_("Navn, e-post på jobb, virksomhet, rolle og datoer"),
            why=_("Vite hvem som svarer og godkjenner"),
            who_sees=_("Alle som er logget inn, unntatt de som bare leser det publiserte"),
            how_long=_NAME_OF_ROLE,
            columns=(
                *columns("organisation", User="name email", Appointment="user"),
                *columns("klimalaget", Membership="member deputy"),
            ),
        ),
        Stored(
            what=_("Stedfortreder fra og til"),
            why=_("La noen andre godkjenne. Grunnen lagres ikke"),
            who_sees=_("Alle som er logget inn, unntatt de som bare leser det publiserte"),
            how_long=_NAME_OF_ROLE,
            columns=columns("organisation", Appointment="user"),
        ),
        Stored(
            what=_("Notat ved overlevering, og hvem som overtar"),
            why=_("Etterfølgeren skal vite om oppgaven"),
            who_sees=_("Etterfølger, leder og {climate}"),
            how_long=_("Notatet: {handover_note} etter siste dag"),
            columns=columns("organisation", Handover="note successor"),
        ),
        Stored(
            what=_("Forslag om hvem som skal ha en rolle, og planlagte endringer"),
            why=_("Lederen i et foretak velger selv"),
            who_sees=_("De som foreslår, og de som svarer"),
            how_long=_("Så lenge virksomheten finnes, uten navn etter {person}"),
            columns=columns(
                "organisation",
                AppointmentProposal="user proposed_by",
                UnitChange="planned_by stopped_because",
            ),
        ),
    ),
)

DELIVERED = Group(
    _("De som rapporterer, svarer og vedtar"),
    (
        Stored(
            what=_("Navn på det som er sendt, vedtatt eller publisert"),
            why=_("Vise hvem som sto for svaret"),
            who_sees=_("De som kan lese dokumentet"),
            how_long=_("Så lenge dokumentet finnes, med navnet fra den gangen"),
            columns=(
                *columns("reporting", ReportVersion="submitted_by content"),
                *columns("publishing", Publication="published_by data html"),
                *columns("budget", BudgetSnapshot="content"),
                *columns("strategy", HearingRound="published"),
            ),
        ),
        Stored(
            what=_("Hvem som har sendt, godkjent, returnert eller svart"),
            why=_("Se hva som er gjort, og av hvem"),
            who_sees=_("De som kan lese det den gjelder"),
            how_long=_("Så lenge det den gjelder, finnes. Navnet byttes ut med rollen etter {person}"),
            columns=(
                *columns(
                    "reporting",
                    ReportTransition="by by_for comment",
                    ReportLogEntry="by by_for person what reason",
                    DeadlineExtension="by reason",
                    EscalationRelease="by reason",
                    PeriodStep="done_by",
                    MeasureComment="by",
                    Deviation="closed_by",
                    ChecklistTick="by",
                    StatusImport="by",
                    MoneyImport="by",
                    StrategyFollowUp="confirmed_by",
                    LeaderQuestion="asked_by answered_by",
                    MeasureProposal="answered_by",
                ),
                *columns("publishing", SummaryOrder="ordered_by"),
                *columns(
                    "budget",
                    BudgetTransition="by comment",
                    EstimateFactor="created_by",
                    Estimate="created_by",
                    DocumentOrder="ordered_by",
                    Line="calculated_by_user",
                ),
                *columns(
                    "strategy",
                    StrategyTransition="by comment",
                    DecisionTransition="by comment",
                    MeasureTransition="by reason",
                    DecisionNote="by",
                    Measure="assured_by",
                    HearingAnswer="answered_by",
                ),
                *columns(
                    "emissions",
                    Edition="imported_by",
                    EditionUndone="imported_by undone_by reason",
                    EmissionFactor="created_by",
                    Activity="entered_by",
                ),
            ),
        ),
        Stored(
            what=_("Hvem som eier et avvik eller et scenario"),
            why=_("Noen må følge det opp"),
            who_sees=_("De som kan lese avviket. Et scenario ser eieren og {climate}"),
            how_long=_("Til noen overtar. Navnet byttes ut med rollen etter {person}"),
            columns=(*columns("reporting", Deviation="owner"), *columns("budget", Scenario="owner")),
        ),
        Stored(
            what=_("Det du skriver i rapporter, avvik, spørsmål og kommentarer"),
            why=_("Svaret til kommunen. Skriv om oppgaven, ikke om personer"),
            who_sees=_("Virksomheten, lederne over, {climate} og internkontroll. Utkast: virksomheten"),
            how_long=_("Så lenge rapporten finnes"),
            columns=columns(
                "reporting",
                UnitReport="leader_comment climate_comment return_comment correction_reason"
                " enterprise_report",
                MeasureStatus="what_happened cause corrective_action decision_question"
                " decision_follow_up links added_reason",
                MeasureComment="text",
                Deviation="cause corrective_action decision_question closing_reason",
                ChecklistTick="note",
                PeriodStep="comment",
                PlanRowMoney="comment",
                StrategyFollowUp="anchoring own_actions competence asks",
                LeaderQuestion="question draft answer",
                MeasureProposal="title reason answer",
            ),
        ),
        Stored(
            what=_("Det du skriver i strategi, vedtak, budsjett og klimaregnskap"),
            why=_("Kommunens planer og grunnlaget for tallene"),
            who_sees=_("De som kan lese dokumentet"),
            how_long=_("Så lenge dokumentet finnes"),
            columns=(
                *columns(
                    "strategy",
                    Strategy="introduction",
                    FocusArea="description",
                    PolicyArea="main_goal",
                    Measure="description co_benefits_note",
                    Decision="text",
                    DecisionNote="text",
                    HearingRound="introduction summary",
                    HearingSection="text",
                    HearingRemark="text reason",
                    BarometerIndicator="description",
                ),
                *columns(
                    "budget",
                    ClimateBudget="reference_note",
                    Line="assumptions not_quantified_reason",
                    Estimate="note inputs result",
                    Overlap="reason",
                    ReferenceSource="note",
                ),
                *columns("emissions", Activity="note"),
                *columns("klimalaget", Seat="outside_reason"),
            ),
        ),
        Stored(
            what=_("Navn på andre: hvem som har beregnet, vedtatt eller samarbeider"),
            why=_("Vise hvor et tall eller et vedtak kommer fra"),
            who_sees=_("De som kan lese dokumentet"),
            how_long=_("Så lenge dokumentet finnes"),
            columns=(
                *columns(
                    "budget",
                    Line="calculated_by adopted_external_actor",
                    Overlap="decided_by",
                ),
                *columns(
                    "strategy",
                    Measure="external_actor",
                    Strategy="decided_by",
                    Target="decided_by",
                ),
            ),
        ),
    ),
)

LOGGED_IN = Group(
    _("Alle som logger inn"),
    (
        Stored(
            what=_("Passord og engangskoder, lagret slik at ingen ser dem, og innloggingen i nettleseren"),
            why=_("Vite at det er deg"),
            who_sees=_("Ingen"),
            how_long=_("Passordet: som navnet. Innloggingen: {session}"),
            columns=(
                *columns("organisation", User="password"),
                *columns("mfa", Authenticator="user data"),
                *columns("socialaccount", SocialAccount="user provider uid extra_data"),
                *columns("sessions", Session="session_data"),
            ),
        ),
        Stored(
            what=_("Hvor du er logget inn: nettleser, IP-adresse og når"),
            why=_("La deg se og avslutte innlogginger som ikke er dine"),
            who_sees=_("Du"),
            how_long=_("{login_place}"),
            columns=columns("usersessions", UserSession="user user_agent ip data session_key"),
        ),
        Stored(
            what=_("Innloggingsloggen: innlogging, feil, og at navn, adresse eller rolle er endret"),
            why=_("Sikkerhet"),
            who_sees=_("Administrator og internkontroll"),
            how_long=_("{login_log}"),
            columns=columns("organisation", LoginLogEntry="user by role"),
        ),
        Stored(
            what=_("E-post fra portalen til deg"),
            why=_("Varsle deg om det du må gjøre, og vise at du er varslet"),
            who_sees=_("Teksten: du. At den er sendt: {climate} og internkontroll"),
            how_long=_("{sent_mail}. Linjen om et varsel: {report_message}"),
            columns=(
                *columns("web", OutboxMail="recipient_id address name subject text last_error"),
                *columns("reporting", ReportMessage="user"),
            ),
        ),
        Stored(
            what=_("Filer du laster opp"),
            why=_("Lese filen, og vise hvem som la inn tallene"),
            who_sees=_("Du. Hvem som la inn: de som kan lese tallene"),
            how_long=_("Innholdet: {upload_bytes}, eller til du bekrefter. Navnet på filen: som tallene"),
            columns=columns("web", Upload="user_id file_name"),
        ),
        Stored(
            what=_("At du har sendt et skjema"),
            why=_("Ikke gjøre det samme to ganger"),
            who_sees=_("Ingen"),
            how_long=_("{submission}"),
            columns=columns("web", Submission="user_id"),
        ),
        Stored(
            what=_("Historikk over endringer"),
            why=_("Vise hvem som endret hva, og hvorfor"),
            who_sees=_("{Climate}, {analysis}, administrator og internkontroll"),
            how_long=_("Så lenge det som er endret, finnes. Navnet byttes ut med rollen etter {person}"),
            columns=columns("web", HistoryContext="metadata"),
        ),
    ),
)

GROUPS = (ROLES, DELIVERED, LOGGED_IN)

NOT_STORED: tuple[tuple[str | Promise, str | Promise], ...] = (
    (
        _("Andre ansatte i personalfilen:"),
        _("bare rader med en rolle her leses. En fil med fødselsnummer avvises og lagres ikke."),
    ),
    (
        _("De som bruker åpne sider:"),
        _("ingen innlogging, ingen sporing, og ingenting hentes fra andre nettsteder."),
    ),
    (_("De som reiser, deltar eller svarer i virksomhetene:"), _("bare antall, aldri navn.")),
)


def days_in_words(days: int) -> str:
    """«ett år», «to år», «ett døgn», «90 dager»."""
    if days and days % 365 == 0:
        years = days // 365
        return ngettext("ett år", "{n} år", years).format(n=_few(years))
    return ngettext("ett døgn", "{n} dager", days).format(n=format_number(days))


def _few(number: int) -> str:
    return {2: str(_("to")), 3: str(_("tre"))}.get(number, format_number(number))


def ages() -> dict[str, str]:
    """How long each kind is kept, in words."""
    return {one.kind: days_in_words(one.days) for one in collect(retention)}


def protocol(ages: Mapping[str, str]) -> list[tuple[str, list[Line]]]:
    """The whole declaration as people read it: title of each group, and its lines."""
    return [(str(group.title), [_line(row, ages) for row in group.rows]) for group in GROUPS]


def _line(row: Stored, ages: Mapping[str, str]) -> Line:
    how_long = str(naming(str(row.how_long), **ages))
    return Line(
        what=str(row.what),
        why=str(row.why),
        who_sees=str(naming(str(row.who_sees))),
        how_long=how_long[:1].upper() + how_long[1:],
    )
