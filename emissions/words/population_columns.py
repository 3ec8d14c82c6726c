"""The columns of the register of inhabitants: its list, its form and its files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from web.register.columns import Column

SHEET = "Folketall"
COLUMNS = (
    Column(
        "municipality",
        _("Kommune"),
        _("nøkkel: kommunens navn, slik det står i klimaregnskapet"),
        kind="link",
        required=True,
        empty=_("Velg kommune"),
        unknown=_("Kommunen finnes ikke i klimaregnskapet. Velg en annen."),
        in_list=True,
        filter="kommune",
        writer=lambda row: row.municipality.name,
    ),
    Column(
        "year",
        _("År"),
        _("nøkkel: året tallet gjelder"),
        kind="year",
        least=1970,
        most=2200,
        required=True,
        in_list=True,
    ),
    Column(
        "inhabitants",
        _("Innbyggere 1. januar"),
        _("hvor mange som bodde i kommunen"),
        kind="number",
        decimals=0,
        least=1,
        most=20_000_000,
        required=True,
        in_list=True,
    ),
    Column(
        "source",
        _("Kilde"),
        _("hvor tallet står"),
        longest=200,
        required=True,
        help=_("Hvor tallet står, for eksempel «SSB, tabell 07459»."),
        in_list=True,
        searched=True,
    ),
    Column(
        "is_example",
        _("Eksempeldata"),
        _("ja når tallet ikke er hentet fra en offentlig kilde"),
        kind="yes_no",
        label=_("Eksempeldata: tallet er ikke hentet fra en offentlig kilde"),
    ),
)
