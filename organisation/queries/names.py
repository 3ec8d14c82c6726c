"""What the municipality and its bodies are called."""

from __future__ import annotations

from datetime import date

from organisation.enums import Body
from organisation.models import BodyName, Municipality
from web.names import BodyCalled, Called, Names


def read_names() -> Names:
    """All names, of all days; one query. Those nobody has given are the words of `web.names`."""
    found = list(
        Municipality.objects.order_by("body_names__valid_from").values_list(
            "name",
            "number",
            "organisation",
            "chief_title",
            "network",
            "leader_levels",
            "leader_title",
            "middle_title",
            "director_title",
            "body_names__body",
            "body_names__name",
            "body_names__definite",
            "body_names__genitive",
            "body_names__valid_from",
        )
    )
    if not found:
        return Names()
    name, number, organisation, chief_title, network, levels, *titles = found[0][:9]
    leader_title, middle_title, director_title = titles
    return Names(
        municipality=name,
        number=number,
        organisation=organisation,
        chief_title=chief_title,
        network=network,
        leader_levels=levels,
        leader_title=leader_title,
        middle_title=middle_title,
        director_title=director_title,
        bodies=tuple(_called(*row[9:]) for row in found if row[9]),
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
