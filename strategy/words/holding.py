"""What of the strategy hangs on a unit or a person, and where it goes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.enums import HoldingKind
from strategy.models import HearingAnswer
from strategy.queries.holding import HeldByPerson, HeldByUnit
from web.contributions import Holding, HoldingGoes, Move
from web.formats import format_number


def unit_holdings(held: HeldByUnit, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    """What hangs on a unit; `moves` by kind."""
    yield from _measures(held, moves)
    yield from _decisions(held, moves)
    if held.answers:
        yield Holding(
            kind=HoldingKind.HEARING_ANSWERS,
            count=len(held.answers),
            sentence=_answers_sentence(len(held.answers)),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("Er den som overtar, spurt selv, svarer den for begge."),
            url=_answers_url(held.answers),
            due=timezone.localdate(held.answers[0].round.deadline),
            move=moves[HoldingKind.HEARING_ANSWERS],
        )
    if held.given_answers:
        yield Holding(
            kind=HoldingKind.GIVEN_ANSWERS,
            count=held.given_answers,
            sentence=ngettext("{n} avgitt høringssvar", "{n} avgitte høringssvar", held.given_answers).format(
                n=format_number(held.given_answers)
            ),
            goes=HoldingGoes.STAYS,
            why=_("Svaret står med navnet det ble gitt med."),
        )


def person_holdings(held: HeldByPerson) -> Iterator[Holding]:
    """What waits for a person because of her roles."""
    why = _("Det er virksomhetens. Den som får rollen, overtar.")
    if held.decisions:
        yield Holding(
            kind=HoldingKind.DECISIONS,
            count=held.decisions,
            sentence=_decisions_sentence(held.decisions),
            goes=HoldingGoes.WITH_UNIT,
            why=why,
            url=reverse("strategy:decisions"),
            due=held.decisions_due,
        )
    if held.answers:
        yield Holding(
            kind=HoldingKind.HEARING_ANSWERS,
            count=len(held.answers),
            sentence=_answers_sentence(len(held.answers)),
            goes=HoldingGoes.WITH_UNIT,
            why=why,
            url=_answers_url(held.answers),
            due=timezone.localdate(held.answers[0].round.deadline),
        )


def _measures(held: HeldByUnit, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    if held.measures:
        yield Holding(
            kind=HoldingKind.MEASURES,
            count=held.measures,
            sentence=_("{n} tiltak").format(n=format_number(held.measures)),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("Ansvaret går over fra dagen. Det som er rapportert og vedtatt før, endres ikke."),
            url=f"{reverse('strategy:measures')}?virksomhet={held.unit}",
            move=moves[HoldingKind.MEASURES],
        )
    if held.drafts:
        yield Holding(
            kind=HoldingKind.DRAFT_MEASURES,
            count=held.drafts,
            sentence=_("{n} tiltak i utkast til strategi").format(n=format_number(held.drafts)),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("De følger ansvaret for tiltaket."),
            url=reverse("strategy:index"),
        )
    if held.over:
        yield Holding(
            kind=HoldingKind.OVER_MEASURES,
            count=held.over,
            sentence=_("{n} tiltak som er gjennomført eller avsluttet").format(n=format_number(held.over)),
            goes=HoldingGoes.STAYS,
            why=_("Det som er ferdig, står med den som gjorde det."),
            url=f"{reverse('strategy:measures')}?virksomhet={held.unit}",
        )
    if held.contributions:
        yield Holding(
            kind=HoldingKind.CONTRIBUTIONS,
            count=held.contributions,
            sentence=_("Bidrar i {n} tiltak").format(n=format_number(held.contributions)),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("Er den som overtar, med i tiltaket fra før, er den det én gang."),
            url=reverse("strategy:measures"),
            move=moves[HoldingKind.CONTRIBUTIONS],
        )


def _decisions(held: HeldByUnit, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    url = f"{reverse('strategy:decisions')}?virksomhet={held.unit}"
    if held.decisions:
        yield Holding(
            kind=HoldingKind.DECISIONS,
            count=held.decisions,
            sentence=_decisions_sentence(held.decisions),
            goes=HoldingGoes.TO_SUCCESSOR,
            url=url,
            due=held.decisions_due,
            move=moves[HoldingKind.DECISIONS],
        )
    if held.closed_decisions:
        yield Holding(
            kind=HoldingKind.CLOSED_DECISIONS,
            count=held.closed_decisions,
            sentence=ngettext("{n} avsluttet vedtak", "{n} avsluttede vedtak", held.closed_decisions).format(
                n=format_number(held.closed_decisions)
            ),
            goes=HoldingGoes.STAYS,
            why=_("Det som er ferdig, står med den som gjorde det."),
            url=url,
        )


def _decisions_sentence(count: int) -> str:
    return _("{n} vedtak som ikke er avsluttet").format(n=format_number(count))


def _answers_sentence(count: int) -> str:
    return _("{n} høringssvar som ikke er gitt").format(n=format_number(count))


def _answers_url(answers: Sequence[HearingAnswer]) -> str:
    """The form of the one with the nearest deadline: there is no list of hearings."""
    return reverse("strategy:hearing_answer", args=[answers[0].round_id, answers[0].unit_id])
