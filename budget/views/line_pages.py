"""One line of the budget: all it says, putting one in, and taking one out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Max, QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions import lines as line_actions
from budget.enums import CostKind
from budget.forms.lines import NewLineForm
from budget.models import COST_KIND_LABELS, ClimateBudget, Line
from budget.queries.assembling import budget_table, is_frozen
from budget.queries.line_facts import fundings_of, indicator_goals
from budget.queries.overlaps import undecided_sources
from budget.queries.tables import BudgetTable, TableLine
from budget.rules import may_edit, visible_states
from budget.views.access import get_budget, get_line
from budget.views.estimates import line_estimate
from budget.views.frames import TABLE_FORM, closed_to, crumbs
from budget.views.grid import displayed_effects, responsible
from budget.words.budgets import where_from
from budget.words.figures import tonnes
from budget.words.lines import indicator_texts, kind_words
from budget.words.overlaps import undecided_refusals
from budget.words.prices import price_sentence
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Source
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy.models import LEVEL_LABELS, Measure
from strategy.queries.decisions import measure_decisions
from web.form_page import FormPage, run_form
from web.formats import format_date, format_number
from web.forms import (
    HeltallField,
    PortalForm,
)
from web.http import render_page


@require_safe
def line(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """All that the budget says about one measure."""
    found = get_line(request, line_id)
    budget = found.budget
    table = budget_table(budget)
    row = next(one for one in (*table.lines, *table.outside) if one.pk == found.pk)
    user = request.user
    editable = may_edit(user, budget.state)
    sources = list(_sources(found))
    own = {share.source_id: share.source for share in sources}
    context = {
        "page_title": row.title,
        "budget": budget,
        "line": found,
        "row": row,
        "where_from": where_from(budget, table),
        "is_example": budget.is_example,
        "years": table.horizon,
        "facts": _facts(table, row, found),
        "figures": _figures(table, row, found),
        "costs": _costs(table, row),
        "price": price_sentence(table, row),
        "made_by": _made_by(found),
        "sources": [(str(share.source), share.share) for share in sources],
        "fundings": list(fundings_of(found, visible_states(user))),
        "may_fund": has_permission(user, Permission.EDIT_BUDGET),
        "indicators": _indicators(found),
        "editable": editable,
        "warnings": undecided_refusals(budget, undecided_sources(budget, found.pk, own)) if editable else [],
        "edit_links": _edit_links(found),
        "estimate": line_estimate(found),
        "estimate_url": reverse("budget:estimate_choice", args=[found.pk]),
        "copied_from": _copied_from(request, found),
        "decisions": measure_decisions(found.measure_id),
        "history_url": reverse("history", args=["budget.line", found.pk]),
        "may_see_history": has_permission(user, Permission.READ_HISTORY),
    }
    return render_page(request, "budget/line.html", context)


def _indicators(line: Line) -> list[str]:
    """The line's indicators with their måltall: as adopted, or as the strategy has them today."""
    if is_frozen(line.budget):
        return line.adopted_indicators.splitlines()
    return indicator_texts(indicator_goals([line.measure_id]).get(line.measure_id, []))


def _edit_links(line: Line) -> dict[str, str]:
    names = ("edit_line", "edit_sources", "edit_ranges", "edit_costs", "add_funding", "remove_line")
    return {name: reverse(f"budget:{name}", args=[line.pk]) for name in names}


def _copied_from(request: AuthenticatedRequest, line: Line) -> Line | None:
    """The same measure in the budget this one was copied from, if the reader may see that."""
    rows = Line.objects.select_related("budget")
    readable = rows.filter(budget__state__in=visible_states(request.user))
    return readable.filter(copies=line).first()


def _sources(line: Line) -> Any:
    return line.sources.select_related("source__sector").order_by("-share", "pk")


def _facts(table: BudgetTable, row: TableLine, line: Line) -> list[tuple[str, str]]:
    facts = [
        (_("Nummer"), row.code),
        (_("Ansvarlig"), responsible(row)),
        (_("Innsatsområde"), row.focus_area or _("ikke plassert")),
        (_("Type"), kind_words(row) or _("ikke oppgitt")),
        (_("Nivå"), str(LEVEL_LABELS[row.level])),
        (_("Systemgrense"), str(SCOPE_LABELS[Scope(row.scope)])),
    ]
    if not row.quantified:
        facts.append((_("Hvorfor ikke tallfestet"), row.reason))
    if row.already_counted:
        counted = _("{tonnes} tonn").format(tonnes=format_number(row.already_counted))
        facts.append((_("Allerede med i regnskapet"), counted))
    facts += _decisions(row)
    if line.plan_reference:
        facts.append((_("Rad i økonomiplanen"), line.plan_reference))
    return facts


def _decisions(row: TableLine) -> list[tuple[str, str]]:
    """The entry of the decisions register as a link, and what is said in words."""
    registered, words = row.details.decision, row.details.decision_reference
    found = [(_("Vedtak"), words)] if words else []
    if registered is not None:
        case = _("sak {case}").format(case=registered.case_number) if registered.case_number else ""
        day = format_date(registered.decided_on) if registered.decided_on else registered.decided_when
        link = format_html(
            '<a href="{}">{}</a>{}',
            reverse("strategy:decision", args=[registered.pk]),
            registered.title,
            "".join(f", {part}" for part in (case, day) if part),
        )
        found.insert(0, (_("Vedtak"), link))
    return found


def _made_by(line: Line) -> str:
    """«Regnet ut av Klima 15. september 2026», or what of it is known."""
    who = line.calculated_by_name
    if who and line.calculated_on:
        text = _("Regnet ut av {who} {day}.")
        return text.format(who=who, day=format_date(line.calculated_on))
    if who:
        return _("Regnet ut av {who}.").format(who=who)
    if line.calculated_on:
        return _("Regnet ut {day}.").format(day=format_date(line.calculated_on))
    return ""


def _figures(table: BudgetTable, row: TableLine, line: Line) -> list[tuple[str, list[str]]]:
    """(label, one figure per year): what was typed, its range, and what counts where that is different."""
    if not row.quantified:
        return []
    typed = displayed_effects(row, table.horizon, counts=False)
    rows = [(_("Effekt mot referansebanen"), [format_number(figure) for figure in typed])]
    ranges = {effect.year: (effect.low, effect.high) for effect in line.effects.all()}
    for index, label in enumerate((_("Lavt anslag"), _("Høyt anslag"))):
        estimates = [ranges.get(year, (None, None))[index] for year in table.horizon]
        if any(figure is not None for figure in estimates):
            rows.append((label, [format_number(figure) for figure in estimates]))
    if row.scope == table.budget.scope and row.already_counted:
        counted = [tonnes(figure) for figure in row.effects.values()]
        rows.append((_("Regnes med i budsjettet"), counted))
    return rows


def _costs(table: BudgetTable, row: TableLine) -> list[tuple[str, list[str]]]:
    rows = [
        (
            str(COST_KIND_LABELS[kind]).capitalize(),
            [tonnes(row.costs_by_kind[kind].get(year)) for year in table.horizon],
        )
        for kind in CostKind
        if kind in row.costs_by_kind
    ]
    if rows:
        rows.append((_("Merkostnad i året"), [tonnes(nok) for nok in row.costs.values()]))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request: AuthenticatedRequest, year: int, scope: str, revision: int) -> HttpResponse:
    """Put a measure of the strategy into the draft."""
    budget = get_budget(request, year, scope, revision)

    def make(data: QueryDict | None) -> NewLineForm:
        return NewLineForm(
            data, measures=_free_measures(budget), sources=path_sources(budget), scope=budget.scope
        )

    def work(form: NewLineForm) -> str:
        data = form.cleaned_data
        made = line_actions.add_line(
            by=request.user,
            budget=budget,
            measure=data["measure"],
            scope=data["scope"],
            order=(budget.lines.aggregate(last=Max("order"))["last"] or 0) + 1,
            sources=data["shares"],
            not_quantified_reason=data["not_quantified_reason"].strip(),
            already_counted=data["already_counted"],
            assumptions=data["assumptions"].strip(),
        )
        return made.get_absolute_url()

    page = FormPage(
        title=_("Legg til tiltak"),
        crumbs=crumbs(budget),
        closed=closed_to(request, budget),
        template=TABLE_FORM,
        lead=_("Effekten år for år legger du inn på tiltakets egen side etterpå, eller i tabellen."),
        button=_("Legg til"),
        done=_("Tiltaket er lagt til."),
        back_url=budget.get_absolute_url(),
    )
    return run_form(request, page, make, work)


def _free_measures(budget: ClimateBudget) -> QuerySet[Measure]:
    """Measures that are neither a line nor in the reference path of the budget."""
    return (
        Measure.objects.exclude(lines__budget=budget)
        .exclude(reference_policies__budget=budget)
        .order_by("code")
    )


def path_sources(budget: ClimateBudget) -> list[Source]:
    """The sources of the reference path, by sector; one query."""
    return list(
        Source.objects.filter(referencepath__budget=budget)
        .distinct()
        .select_related("sector")
        .order_by("sector__name", "name")
    )


class RemoveForm(PortalForm):
    """Nothing to fill in: the version tells whether somebody else was here first."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_line(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """Asks once more before a measure goes out of the draft."""
    line = get_line(request, line_id)
    page = FormPage(
        title=_("Ta ut tiltaket"),
        crumbs=crumbs(line.budget, line),
        closed=closed_to(request, line.budget),
        lead=_(
            "{title} går ut av {budget}, med effekter og kostnader. Tiltaket blir stående i strategien."
        ).format(title=line.measure.title, budget=line.budget),
        button=_("Ta ut tiltaket"),
        done=_("Tiltaket er tatt ut av budsjettet."),
        danger=True,
        back_url=line.get_absolute_url(),
    )

    def make(data: QueryDict | None) -> RemoveForm:
        version = Line.objects.values_list("version", flat=True).get(pk=line.pk)
        return RemoveForm(data, initial={"version": version})

    def work(form: RemoveForm) -> str:
        line_actions.remove_line(by=request.user, line=line, version=form.cleaned_data["version"])
        return line.budget.get_absolute_url()

    return run_form(request, page, make, work)
