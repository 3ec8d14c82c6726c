from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from climate_portal.web.contributions import calendar_entry, min_side_task, register


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Rapportering")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from reporting.queries.follow_ups import follow_up_tasks  # noqa: PLC0415
        from reporting.queries.questions import question_deadlines, question_tasks  # noqa: PLC0415
        from reporting.queries.waiting import deadlines_of, tasks_of  # noqa: PLC0415

        register(min_side_task, tasks_of)
        register(min_side_task, question_tasks)
        register(min_side_task, follow_up_tasks)
        register(calendar_entry, deadlines_of)
        register(calendar_entry, question_deadlines)
