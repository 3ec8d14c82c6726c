"""Two editions side by side: what moved, per year and sector."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from emissions.enums import Scope
from emissions.exports.comparisons import comparison_csv, comparison_xlsx
from emissions.models import SCOPE_LABELS, Edition
from emissions.queries.comparisons import EditionComparison, Movement, compare_editions
from emissions.queries.editions import editions_of
from emissions.words.accounts import amount_text
from organisation.rules import AuthenticatedRequest
from web.downloads import download
from web.formats import EN_DASH, MINUS, format_date, format_number, whole_number
from web.http import render_page
from web.names import own_municipality

WRITERS = {"csv": comparison_csv, "xlsx": comparison_xlsx}


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A movement as cells."""

    year: int
    sector: str
    before: str
    after: str
    difference: str
    percent: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The two editions of the address, those to choose among, and what the address got wrong."""

    before: Edition | None
    after: Edition | None
    editions: tuple[Edition, ...]
    problem: str

    @property
    def query(self) -> str:
        """The address of what is shown."""
        return urlencode({"fra": self.before.pk, "til": self.after.pk}) if self.before and self.after else ""


@require_safe
def comparison(request: AuthenticatedRequest) -> HttpResponse:
    """Without `fra` and `til` the two latest editions of our own municipality."""
    selection = _selection(request)
    found = compare_editions(selection.before, selection.after) if selection.query else None  # type: ignore[arg-type]
    shown = selection.after or selection.before
    context = {
        "page_title": _("Sammenlign to utgaver"),
        "selection": selection,
        "scope_label": SCOPE_LABELS[Scope(shown.scope)] if shown else "",
        "municipality": shown.municipality.name if shown else own_municipality(),
        "is_own": shown is not None and shown.municipality.name == own_municipality(),
        "answer": _answer(found) if found else "",
        "totals": [_line(one) for one in found.totals] if found else [],
        "moved": [_line(one) for one in found.moved] if found else [],
        "unmoved": [_line(one) for one in found.unmoved] if found else [],
    }
    return render_page(request, "emissions/edition_comparison.html", context, partials={})


@require_safe
def export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """What the page shows for the same address, as CSV or XLSX. 404 when there is nothing to show."""
    selection = _selection(request)
    if file_format not in WRITERS or selection.before is None or selection.after is None:
        raise Http404
    dates = f"{selection.before.published} {selection.after.published}"
    name = slugify(f"utgaver {selection.after.municipality.name} {dates}", allow_unicode=True)
    content = WRITERS[file_format](compare_editions(selection.before, selection.after))
    return download(content, f"{name}.{file_format}")


def _selection(request: AuthenticatedRequest) -> Selection:
    asked = [whole_number(request.GET.get(name, ""), 0) for name in ("fra", "til")]
    by_id = Edition.objects.select_related("municipality").in_bulk([pk for pk in asked if pk])
    before, after = (by_id.get(pk) if pk else None for pk in asked)
    shown = after or before or _own_latest()
    editions = tuple(editions_of(shown.municipality, shown.scope)) if shown else ()
    if any(request.GET.get(name) for name in ("fra", "til")) and not (before and after):
        return Selection(
            before, after, editions, _("En av utgavene i adressen finnes ikke. Velg to utgaver.")
        )
    if before is None or after is None:
        latest = editions[:2]
        if len(latest) < 2:
            return Selection(None, None, editions, "")
        return Selection(latest[1], latest[0], editions, "")
    if (before.municipality_id, before.scope) != (after.municipality_id, after.scope):
        problem = _("Utgavene gjelder ikke samme kommune og systemgrense, og kan ikke sammenlignes.")
        return Selection(None, None, editions, problem)
    if before == after:
        return Selection(None, None, editions, _("Velg to forskjellige utgaver."))
    return Selection(before, after, editions, "")


def _own_latest() -> Edition | None:
    own = Edition.objects.filter(municipality__name=own_municipality(), scope=Scope.COMMUNITY_DIRECT)
    return own.select_related("municipality").order_by("-published", "-pk").first()


def _answer(found: EditionComparison) -> str:
    """«Fra utgaven … til … er 3 av 40 felles tall endret. Mest endret er Veitrafikk i 2015: +12,0 tonn.»"""
    dates = {"before": format_date(found.before.published), "after": format_date(found.after.published)}
    if not found.moved:
        return _("Utgavene publisert {before} og {after} har de samme tallene.").format(**dates)
    revised = [one for one in found.moved if one.difference is not None]
    alone = len(found.moved) - len(revised)
    parts = [
        _(
            "Fra utgaven publisert {before} til den publisert {after} er {count} av {all} felles tall per "
            "sektor og år endret."
        ).format(
            count=format_number(len(revised)), all=format_number(len(revised) + len(found.unmoved)), **dates
        )
    ]
    if revised:
        most = revised[0]
        parts.append(
            _("Mest endret er {sector} i {year}: {difference} tonn.").format(
                sector=most.sector, year=most.year, difference=_signed(most.difference, 1)
            )
        )
    if alone:
        parts.append(
            ngettext(
                "{alone} tall er kjent i bare en av utgavene.",
                "{alone} tall er kjent i bare en av utgavene.",
                alone,
            ).format(alone=format_number(alone))
        )
    return " ".join(parts)


def _line(one: Movement) -> MovementLine:
    return MovementLine(
        one.year,
        one.sector,
        amount_text(one.before),
        amount_text(one.after),
        EN_DASH if one.difference is None else _signed(one.difference, 1),
        EN_DASH if one.percent is None else _signed(one.percent, 1),
    )


def _signed(value: object, decimals: int) -> str:
    """A difference with its sign: «+12,5», «−3,0», and «0» for none."""
    if not value:
        return "0"
    text = format_number(value, decimals)  # type: ignore[arg-type]
    return text if text.startswith(("-", MINUS)) else f"+{text}"
