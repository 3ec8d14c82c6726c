from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from climate_portal.web.contributions import calendar_entry, mail_objection, min_side_task, register


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Rapportering")

    def ready(self) -> None:
        # Models are not loaded when this module is.
        from reporting.queries.message_facts import objections_to  # noqa: PLC0415
        from reporting.queries.waiting import deadlines_of, tasks_of  # noqa: PLC0415

        register(min_side_task, tasks_of)
        register(calendar_entry, deadlines_of)
        register(mail_objection, objections_to)
