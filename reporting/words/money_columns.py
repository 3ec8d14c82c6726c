"""The columns of the file of accounting figures: the template, what comes in, and the rows to mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from web.register.columns import Column

SHEET = "Regnskapstall"
COLUMNS = (
    Column(
        "plan_row",
        _("Rad i økonomiplanen"),
        _("nøkkel: slik raden er skrevet på linjen"),
        longest=120,
        required=True,
    ),
    Column("budgeted", _("Budsjett, kr"), _("årets budsjett på raden"), kind="number"),
    Column("spent", _("Brukt, kr"), _("brukt hittil i år"), kind="number"),
    Column("forecast", _("Prognose for året, kr"), _("ventet forbruk i hele året"), kind="number"),
    Column("comment", _("Merknad"), _("kort, for den som leser tallene"), longest=500),
)
