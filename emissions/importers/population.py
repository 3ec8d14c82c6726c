"""A file of inhabitants: what it would change, and writing it."""

from __future__ import annotations

from emissions.actions.population import PopulationData, save_populations
from emissions.models import Municipality, Population
from emissions.words.population_columns import COLUMNS, SHEET
from web.actors import Actor
from web.register.plan import Plan, PlannedRow
from web.register.rows_plan import PlainRegister, plan_rows

REGISTER = PlainRegister(
    model=Population,
    columns=COLUMNS,
    sheet=SHEET,
    keys=("municipality", "year"),
    links=lambda: {"municipality": {one.name.casefold(): one for one in Municipality.objects.all()}},
    stored=lambda: Population.objects.select_related("municipality"),
    title=lambda values: f"{values.get('municipality') or ''} {values.get('year') or ''}".strip(),
)


def plan_population(content: bytes, file_name: str) -> Plan:
    """What a file would change; three queries whatever its size. Raises UnreadableFile."""
    return plan_rows(REGISTER, content, file_name)


def write_population(*, by: Actor, plan: Plan) -> int:
    """Writes what was previewed, and says how many rows. Raises as `save_populations` does."""
    rows = [_data(row) for row in plan.rows if row.outcome != "unchanged"]
    return len(save_populations(by=by, rows=rows))


def _data(row: PlannedRow) -> PopulationData:
    _pk, version = row.mark if isinstance(row.mark, tuple) else (0, 0)
    return PopulationData(version=version, **row.values)
