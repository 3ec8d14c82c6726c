from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from climate_portal.web.contributions import (
    calendar_entry,
    mail_objection,
    measure_evidence,
    min_side_task,
    register,
)


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Rapportering")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from reporting.queries.deviations import measure_evidence_of  # noqa: PLC0415
        from reporting.queries.follow_up import follow_up_dates, follow_up_tasks  # noqa: PLC0415
        from reporting.queries.follow_ups import leader_tasks  # noqa: PLC0415
        from reporting.queries.message_facts import objections_to  # noqa: PLC0415
        from reporting.queries.period_steps import step_tasks  # noqa: PLC0415
        from reporting.queries.questions import question_deadlines, question_tasks  # noqa: PLC0415
        from reporting.queries.waiting import deadlines_of, tasks_of  # noqa: PLC0415

        register(min_side_task, tasks_of)
        register(min_side_task, question_tasks)
        register(min_side_task, leader_tasks)
        register(calendar_entry, deadlines_of)
        register(min_side_task, follow_up_tasks)
        register(min_side_task, step_tasks)
        register(calendar_entry, follow_up_dates)
        register(measure_evidence, measure_evidence_of)
        register(mail_objection, objections_to)
        register(calendar_entry, question_deadlines)
