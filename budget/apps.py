from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import decision_evidence, min_side_task, register


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = _("Klimabudsjett")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from budget.queries.decided import evidence_of  # noqa: PLC0415
        from budget.queries.waiting import tasks_of  # noqa: PLC0415

        register(min_side_task, tasks_of)
        register(decision_evidence, evidence_of)
