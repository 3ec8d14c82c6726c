"""Who can log in to the demo. Read by the supervisor, which does not load Django."""

DOMAIN = "drammen.example"
PASSWORD = "klimaportalen-demo"  # noqa: S105 - printed, and only in example data
LOGINS = (
    ("klima", "Virksomhet Klima"),
    ("analyse", "Oppfølging og analyse"),
    ("radmann", "rådmann"),
    ("direktor", "direktør for området over Samferdsel og Ernæring"),
    ("leder", "leder, Samferdsel, vei- og parkforvaltning"),
    ("kontakt", "kontaktperson, Samferdsel, vei- og parkforvaltning"),
    ("vara", "vara for kontaktpersonen, Samferdsel, vei- og parkforvaltning"),
    ("annen", "kontaktperson, Ernæring og kjøkkendrift"),
    ("utvalg", "leser: bare det som er publisert"),
    ("revisor", "revisor: leser alt, også historikk"),
    ("admin", "administrator"),
)
