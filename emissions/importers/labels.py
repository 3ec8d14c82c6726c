"""Labels the municipal statistics are known to use, 2009–2024 (docs/ordliste.md, Miljødirektoratet).

Anything else is kept as published and shown for approval: the publisher adds sectors and sources.
"""

KNOWN_SOURCES: dict[str, tuple[str, ...]] = {
    "Annen mobil forbrenning": (
        "Andre næringer", "Behandling av avfall", "Bygg og anlegg", "Jordbruk", "Skogbruk", "Snøscooter",
        "Tjenester tilknyttet transport",
    ),
    "Avfall og avløp": ("Avfallsdeponigass", "Avløp", "Biologisk behandling av avfall"),
    "Energiforsyning": (
        "Avfallsforbrenning", "Elektrisitetsproduksjon og annen energiforsyning",
        "Fjernvarme unntatt avfallsforbrenning",
    ),
    "Industri, olje og gass": ("Industri, olje og gass",),
    "Jordbruk": ("Fordøyelsesprosesser husdyr", "Gjødselhåndtering", "Jordbruksarealer"),
    "Luftfart": ("Innenriks luftfart", "Utenriks luftfart"),
    "Oppvarming": (
        "Annet", "Bioenergi", "Fossil olje", "Fyringsparafin", "LPG", "Naturgass", "Vedfyring",
    ),
    "Sjøfart": (
        "*Estimat sjøfart", "Andre aktiviteter", "Andre offshorefartøy", "Andre servicefartøy",
        "Container/RoRo", "Cruise", "Fiskefartøy", "Gasstankskip", "Havbruk", "Kjemikalie-/produkttanker",
        "Offshore", "Oljetanker", "Passasjer", "Stykkgods", "Tørrbulk",
    ),
    "Veitrafikk": ("Busser", "Personbiler", "Tunge kjøretøy", "Varebiler"),
    "produkter med fluorgasser": ("Bruk av HFK", "Bruk av SF6"),
}  # fmt: skip

_SECTORS = {sector.casefold() for sector in KNOWN_SOURCES}
_SOURCES = {
    (sector.casefold(), source.casefold()) for sector, sources in KNOWN_SOURCES.items() for source in sources
}
_SUMS = {
    "alle",
    "alle sektorer",
    "i alt",
    "samlet",
    "sum",
    "sum utslipp",
    "total",
    "totalt",
    "totalt utslipp",
}


def is_known_sector(sector: str) -> bool:
    """Whether the publisher is known to use this sector; case is ignored."""
    return sector.casefold() in _SECTORS


def is_known_source(sector: str, source: str) -> bool:
    """Whether the publisher is known to use this source in this sector; case is ignored."""
    return (sector.casefold(), source.casefold()) in _SOURCES


def is_sum(label: str | None) -> bool:
    """Whether a label says that its row is a sum of other rows."""
    return label is not None and label.casefold() in _SUMS
