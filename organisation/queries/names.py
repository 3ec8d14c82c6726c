"""What the municipality and its bodies are called."""

from __future__ import annotations

from datetime import date

from organisation.enums import Body, Switch
from organisation.models import BodyName, Municipality
from web.names import BodyCalled, Called, Names

OF_MUNICIPALITY = (
    "name",
    "number",
    "organisation",
    "chief_title",
    "network",
    "leader_levels",
    "switched_on",
    "mfa_required",
)
OF_BODY = ("body", "name", "definite", "genitive", "valid_from")


def read_names() -> Names:
    """All names, of all days; one query. Those nobody has given are the words of `web.names`."""
    columns = [*OF_MUNICIPALITY, *(f"body_names__{column}" for column in OF_BODY)]
    found = list(Municipality.objects.order_by("body_names__valid_from").values_list(*columns))
    if not found:
        return Names()
    given = dict(zip(OF_MUNICIPALITY, found[0], strict=False))
    bodies = [row[len(OF_MUNICIPALITY) :] for row in found]
    return Names(
        municipality=given.pop("name"),
        switched_off=frozenset(Switch) - set(given.pop("switched_on")),
        bodies=tuple(_called(*body) for body in bodies if body[0]),
        **given,
    )


def _called(body: str, name: str, definite: str, genitive: str, since: date) -> BodyCalled:
    return BodyCalled(body, Called(name, definite, genitive), since)


def municipality() -> Municipality | None:
    """The one row; None until somebody has named the municipality."""
    return Municipality.objects.first()


def newest_name(body: Body) -> BodyName | None:
    """The name a body has, or will have last."""
    return BodyName.objects.filter(body=body).order_by("-valid_from").first()


def body_names() -> list[BodyName]:
    """Every name a body has or has had, the newest of each first."""
    return list(BodyName.objects.order_by("body", "-valid_from"))
