from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import calendar_entry, min_side_task, register


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("Strategi")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from strategy.queries.waiting import hearing_deadlines, hearing_tasks  # noqa: PLC0415

        register(min_side_task, hearing_tasks)
        register(calendar_entry, hearing_deadlines)
        from strategy.queries.decisions import decision_deadlines, decision_tasks  # noqa: PLC0415

        register(min_side_task, decision_tasks)
        register(calendar_entry, decision_deadlines)
