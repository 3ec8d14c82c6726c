"""What keeps a budget from being computed or handed over, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.calculations import BudgetProblem, Key
from budget.enums import BudgetProblemCode as Code
from budget.queries.tables import BudgetTable, TableLine
from budget.words.addresses import budget_url, line_url
from web.formats import format_number
from web.refusals import Refusal

WORDS = {
    Code.SHARES_NOT_100: gettext_lazy("Utslippskildene til {line} må summere til 100 prosent, ikke {value}."),
    Code.NEGATIVE_SHARE: gettext_lazy("Utslippskildene til {line} må summere til 100 prosent."),
    Code.UNKNOWN_SOURCE: gettext_lazy("{source} er ikke med i budsjettets utslippskilder."),
    Code.UNKNOWN_LINE: gettext_lazy("Et overlapp på {source} har et tiltak som ikke står i budsjettet."),
    Code.YEAR_OUTSIDE_BUDGET: gettext_lazy("{line} har tall for {year}, som er utenfor budsjettets år."),
    Code.NEGATIVE_EFFECT: gettext_lazy(
        "Effekten av {line} i {year} er negativ. Skriv reduksjon som et positivt tall."
    ),
    Code.ESTIMATES_OUT_OF_ORDER: gettext_lazy(
        "Lavt og høyt anslag for {line} i {year} må ligge på hver sin side av effekten."
    ),
    Code.BASIS_MISSING: gettext_lazy("Overlappet på {source} mangler felles utslippsgrunnlag for {year}."),
    Code.STATED_MISSING: gettext_lazy("Overlappet på {source} mangler antall tonn for {year}."),
    Code.BASIS_ABOVE_REFERENCE: gettext_lazy(
        "Felles utslippsgrunnlag på {source} i {year} er {value} tonn, "
        "mer enn referansebanen på {limit} tonn."
    ),
    Code.EFFECT_ABOVE_BASIS: gettext_lazy(
        "Effekten av {line} på {source} i {year} er {value} tonn, "
        "mer enn felles utslippsgrunnlag på {limit} tonn."
    ),
    Code.LINE_IN_TWO_OVERLAPS: gettext_lazy("{line} står i to overlapp på {source} i {year}."),
}


def problem_sentences(table: BudgetTable, sources: Mapping[str, str]) -> list[Refusal]:
    """Every problem of the table in words, each sentence once; `sources` as `source_names` gives them."""
    return sentences_of(table.problems, names_in(table), sources)


def names_in(table: BudgetTable) -> dict[Key, str]:
    """What the lines of the table are called."""
    return {line.pk: line.name for line in (*table.lines, *table.outside)}


def sentences_of(
    problems: Iterable[BudgetProblem], names: Mapping[Key, str], sources: Mapping[str, str]
) -> list[Refusal]:
    """The problems in words, each sentence once; `names` are what the lines are called."""
    return list(dict.fromkeys(problem_sentence(problem, names, sources) for problem in problems))


def missing_for_hand_over(table: BudgetTable, sources: Mapping[str, str]) -> list[Refusal]:
    """What must be in place before a budget leaves the climate unit; empty when all is."""
    found = list(_missing_of_document(table))
    for line in (*table.lines, *table.outside):
        found += _missing_of_line(line)
    return [*found, *above_reference_refusals(table), *problem_sentences(table, sources)]


def above_reference_sentence(reference: Decimal) -> str:
    """What a cell says when it cuts more than its source emits that year, tCO2e. A draft saves it; no budget
    is handed over with it.
    """
    text = _("Mer enn kilden slipper ut: {tonnes} tonn. Må rettes før budsjettet klargjøres.")
    return text.format(tonnes=format_number(reference, 0))


def above_reference_refusals(table: BudgetTable) -> list[Refusal]:
    """One sentence per line that alone cuts more than a source of it emits, tCO2e of the worst year.

    The arithmetic caps the sums, so such a figure would stand in the document without counting.
    """
    worst: dict[int, tuple[Decimal, int, Decimal]] = {}
    lines = {line.pk: line for line in table.quantified}
    for (key, year), references in table.above_reference.items():
        line = lines.get(int(key))
        counted = None if line is None else line.effects.get(year)
        if line is not None and counted is not None:
            worst[line.pk] = max(
                worst.get(line.pk, (counted, year, min(references))), (counted, year, min(references))
            )
    text = _(
        "Effekten av {line} i {year} er {tonnes} tonn, mer enn kilden slipper ut i referansebanen: {limit} "
        "tonn. Rett tallet, fordel det på flere kilder, eller rett referansebanen."
    )
    return [
        Refusal(
            text.format(
                line=lines[pk].name, year=year, tonnes=_figure(counted), limit=format_number(limit, 0)
            ),
            url=line_url(pk),
        )
        for pk, (counted, year, limit) in worst.items()
    ]


def _missing_of_document(table: BudgetTable) -> Iterable[Refusal]:
    if not table.lines and not table.budget.recorded_afterwards:
        yield Refusal(_("Budsjettet har ingen tiltak."))
    unknown = [str(row.year) for row in table.years if row.reference is None]
    if unknown:
        text = _("Referansebanen mangler tall for {years}.").format(years=", ".join(unknown))
        yield Refusal(text, url=budget_url("reference", table.budget))


def _missing_of_line(line: TableLine) -> Iterable[Refusal]:
    name = line.name
    if line.unit_id is None:
        if line.external_actor:
            text = _("{line} utføres av {actor}, men ingen virksomhet hos oss følger det opp.")
            yield Refusal(text.format(line=name, actor=line.external_actor), url=line_url(line.pk))
        else:
            yield Refusal(
                _("{line} har ingen ansvarlig virksomhet.").format(line=name), url=line_url(line.pk)
            )
    if line.quantified and not line.raw:
        text = _("{line} har ingen tall. Legg inn effekt, eller skriv hvorfor tiltaket ikke er tallfestet.")
        yield Refusal(text.format(line=name), url=line_url(line.pk))


def problem_sentence(problem: BudgetProblem, names: Mapping[Key, str], sources: Mapping[str, str]) -> Refusal:
    """One problem in words, with its line."""
    name = None if problem.line is None else names.get(problem.line)
    words = WORDS.get(problem.code, gettext_lazy("{line} kan ikke regnes med ({code})."))
    text = str(words).format(
        line=name or _("Budsjettet"),
        source=sources.get(str(problem.source), ""),
        year=problem.year,
        value=_figure(problem.value),
        limit=_figure(problem.limit),
        code=problem.code.value,
    )
    return Refusal(text, url=line_url(problem.line) if name and isinstance(problem.line, int) else "")


def _figure(value: Decimal | None) -> str:
    return format_number(value, None if value is None or value == value.to_integral_value() else 1)
