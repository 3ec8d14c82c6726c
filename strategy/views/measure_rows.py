"""The rows of the list of measures as markup: through the template engine they cost as much as the rest."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from strategy.models import MEASURE_KIND_LABELS, MEASURE_STATE_LABELS
from strategy.queries.measure_list import ListedMeasure
from web.grid import escape


def rows_markup(rows: Iterable[ListedMeasure]) -> SafeString:
    """A table row for each measure: number and title as the link, type, state, and who answers."""
    # Words and the beginning of the addresses are looked up once, not for every row.
    base = escape(reverse("strategy:measures"))
    kinds = {str(code): escape(str(label)) for code, label in MEASURE_KIND_LABELS.items()}
    states = {str(code): escape(str(label)) for code, label in MEASURE_STATE_LABELS.items()}
    example = " " + render_to_string("ds/example_tag.html").strip()
    nobody = f'<span class="kp-meta">{escape(_("ingen ennå"))}</span>'

    def markup(row: ListedMeasure) -> str:
        link = f'<a href="{base}{quote(row.code)}/">{escape(row.code)} {escape(row.title)}</a>'
        return (
            f'<tr><th scope="row">{link}{example if row.is_example else ""}</th>'
            f"<td>{kinds[row.kind]}</td><td>{states[row.state]}</td>"
            f"<td>{nobody if row.unit is None else escape(row.unit)}</td></tr>"
        )

    return SafeString("\n".join(map(markup, rows)))
