"""Klima's reason for telling the leader above a unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from web.forms import LongTextField, PortalForm


class ReleaseForm(PortalForm):
    """Why the leader above should hear of the report. The reason is part of the mail."""

    reason = LongTextField(
        label=gettext_lazy("Hvorfor skal lederen over varsles?"),
        help_text=gettext_lazy("Begrunnelsen står i e-posten."),
        max_length=500,
        rows=4,
    )
