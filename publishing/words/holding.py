"""What is published about a unit, which nothing changes, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.enums import HoldingKind
from web.contributions import Holding, HoldingGoes
from web.formats import format_number


def unit_holdings(publications: int) -> Iterator[Holding]:
    """Publications about an area keep its name as it was."""
    if publications:
        yield Holding(
            kind=HoldingKind.PUBLICATIONS,
            count=publications,
            sentence=ngettext("{n} publikasjon", "{n} publikasjoner", publications).format(
                n=format_number(publications)
            ),
            goes=HoldingGoes.STAYS,
            why=_("Det som er publisert, endres ikke."),
            url=reverse("publishing:index"),
        )
