"""What the address asks for: scope, municipality and year, and what of it could not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS, Edition
from emissions.queries.breakdown import Line, source_lines, years_of
from emissions.queries.editions import editions_in_force
from organisation.rules import AuthenticatedRequest
from web.names import own_municipality

SCOPE_BY_SLUG = {slug: scope for scope, slug in SCOPE_SLUGS.items()}
# Longer texts from an address are cut where a sentence repeats them.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """A select of the page: name in the address, label, and (value, text, whether it is chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Tab:
    text: str
    url: str
    is_current: bool


@dataclass
class Reading:
    """One account being read: its edition in force, its figures, and problems with the address so far."""

    request: AuthenticatedRequest
    scope: Scope
    edition: Edition | None
    municipalities: tuple[str, ...]
    problems: list[str] = field(default_factory=list)

    @property
    def municipality(self) -> str:
        return self.edition.municipality.name if self.edition else own_municipality()

    @cached_property
    def lines(self) -> list[Line]:
        return source_lines(self.edition) if self.edition else []

    @cached_property
    def years(self) -> tuple[int, ...]:
        return years_of(self.lines)

    @property
    def address(self) -> dict[str, str]:
        """Scope and municipality as the address names them; our own municipality goes without saying."""
        own = self.municipality.casefold() == own_municipality().casefold()
        return ({} if own else {"kommune": self.municipality}) | {"grense": SCOPE_SLUGS[self.scope]}

    def choices(self) -> list[Choice]:
        chosen = self.municipality
        known = dict.fromkeys((own_municipality(), *self.municipalities))
        return [
            _choice("grense", _("Systemgrense"), SCOPE_SLUGS[self.scope], scope_options()),
            _choice("kommune", _("Kommune"), chosen, [(name, name) for name in known]),
        ]

    def year(self, name: str, default: int) -> int:
        """The year the address asks for, or the default, with a sentence when the edition lacks it."""
        asked = self.request.GET.get(name, "").strip()
        found = next((year for year in self.years if str(year) == asked), None)
        if asked and found is None:
            self.problems.append(
                _("Utgaven har ingen tall for året %(year)s. Vi viser %(default)d. Velg et år i listen.")
                % {"year": f"«{asked[:SHOWN]}»", "default": default}
            )
        return default if found is None else found

    def year_choice(self, name: str, label: str, chosen: int) -> Choice:
        return _choice(name, label, str(chosen), [(str(year), str(year)) for year in reversed(self.years)])

    def pick(self, name: str, label: str, options: Sequence[tuple[str, str]]) -> tuple[str, Choice]:
        """The option the address asks for, or the first, and the select it is chosen in."""
        asked = self.request.GET.get(name, "").strip()
        found = next((value for value, _text in options if value.casefold() == asked.casefold()), None)
        if asked and found is None:
            self.problems.append(
                _("Vi fant ikke %(asked)s. Vi viser «%(shown)s». Velg i listen «%(label)s».")
                % {"asked": f"«{asked[:SHOWN]}»", "shown": options[0][1], "label": label}
            )
        chosen = options[0][0] if found is None else found
        return chosen, _choice(name, label, chosen, options)


def scope_options() -> list[tuple[str, str]]:
    return [(slug, str(SCOPE_LABELS[scope])) for scope, slug in SCOPE_SLUGS.items()]


def _choice(name: str, label: str, chosen: str, options: Sequence[tuple[str, str]]) -> Choice:
    return Choice(name, label, tuple((value, text, value == chosen) for value, text in options))


def chosen_scope(request: AuthenticatedRequest, problems: list[str]) -> Scope:
    slug = request.GET.get("grense", "")
    if slug and slug not in SCOPE_BY_SLUG:
        problems.append(_("Vi kjenner ikke systemgrensen i adressen. Velg en av dem i listen."))
    return SCOPE_BY_SLUG.get(slug, Scope.COMMUNITY_DIRECT)


def no_figures(name: str) -> str:
    return _("Vi har ingen tall for %(name)s med denne systemgrensen.") % {"name": f"«{name[:SHOWN]}»"}


def reading(request: AuthenticatedRequest) -> Reading:
    """The account of the municipality in the address, our own when it names none; one query."""
    problems: list[str] = []
    scope = chosen_scope(request, problems)
    editions = {edition.municipality.name.casefold(): edition for edition in editions_in_force(scope)}
    own = own_municipality().casefold()
    name = request.GET.get("kommune", "").strip()
    edition = editions.get(name.casefold() or own)
    if edition is None and name and name.casefold() != own:
        problems.append(no_figures(name))
        edition = editions.get(own)
    names = tuple(edition.municipality.name for edition in editions.values())
    return Reading(request, scope, edition, names, problems)


def tabs(current: str, address: dict[str, str]) -> list[Tab]:
    """The views of the account, each with an address of its own for the same scope and municipality."""
    texts = {
        "index": _("Oversikt"),
        "development": _("Utvikling"),
        "shares": _("Fordeling"),
        "two_years": _("To år"),
        "sector": _("Sektor"),
    }
    query = urlencode(address)
    return [
        Tab(text, f"{reverse(f'emissions:{name}')}?{query}", name == current) for name, text in texts.items()
    ]


def last_whole_year() -> int:
    """The last year that is over: its figures exist, but may not have been published."""
    return timezone.localdate().year - 1
