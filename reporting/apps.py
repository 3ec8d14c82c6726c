from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web.contributions import (
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
        from reporting.queries.message_facts import objections_to  # noqa: PLC0415
        from reporting.queries.tasks import reporting_dates, reporting_tasks  # noqa: PLC0415

        register(min_side_task, reporting_tasks)
        register(calendar_entry, reporting_dates)
        register(measure_evidence, measure_evidence_of)
        register(mail_objection, objections_to)
