from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import Holder, Holding, holding, register


def holdings_of(holder: Holder, day: date) -> Iterator[Holding]:
    """What is published about an area. Nothing is a person's."""
    # Models are not loaded when this module is.
    from publishing.queries.holding import publications_about  # noqa: PLC0415
    from publishing.words.holding import unit_holdings  # noqa: PLC0415

    if holder.unit is not None:
        yield from unit_holdings(publications_about(holder.unit))


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publisering")

    def ready(self) -> None:
        register(holding, holdings_of)
