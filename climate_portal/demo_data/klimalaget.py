"""Klimalaget in the demo. Who sits there is published only as a picture: all of this is example data."""

from __future__ import annotations

from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.organisation import ANALYSIS, KITCHEN, TRANSPORT, person
from klimalaget.enums import SeatKind
from klimalaget.models import Meeting, Membership, Seat
from organisation.models import Unit

A, B, C = "carries_out_measures", "makes_plans", "large_emissions"
FIXED: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    (TRANSPORT, (A, C), "kontakt", "vara"),
    ("Investeringsprosjekter", (A,), "kontakt.investering", "leder.investering"),
    ("Anskaffelser", (A, C), "kontakt.anskaffelser", ""),
    ("Arealplan", (B,), "kontakt.arealplan", "leder.arealplan"),
    ("Byggesak", (A,), "", ""),
    (KITCHEN, (A,), "annen", ""),
    ("Drammen Eiendom KF", (A, C), "kontakt.eiendom", "leder.eiendom"),
    ("Drammen Drift KF", (A, C), "kontakt.drift", ""),
    ("Drammen Parkering KF", (A,), "", ""),
)
VOLUNTARY = ("IKT", "Geodata", "Kompetansesenteret", "Arrangementer og aktiv fritid", "Lønn og personal")


def load_network(units: dict[str, Unit], dates: DemoDates) -> None:
    """Create seats, memberships and the next meetings of Klimalaget."""
    for name, basis, member, deputy in FIXED:
        seat = Seat.objects.create(
            unit=units[name], kind=SeatKind.FIXED, is_example=True, **dict.fromkeys(basis, True)
        )
        if member:
            Membership.objects.create(
                seat=seat,
                member=person(member),
                deputy=person(deputy) if deputy else None,
                valid_from=dates.seats_since,
            )
    for name in VOLUNTARY:
        Seat.objects.create(unit=units[name], kind=SeatKind.VOLUNTARY, is_example=True)
    Seat.objects.create(
        unit=units[ANALYSIS],
        kind=SeatKind.OUTSIDE,
        outside_reason="Arbeider direkte med klimabudsjettet.",
    )
    titles = ("Møte i Klimalaget: innspill til klimabudsjettet", "Møte i Klimalaget")
    for starts, title in zip(dates.meetings, titles, strict=True):
        Meeting.objects.create(title=title, starts_at=starts, place="Rådhuset", is_example=True)
