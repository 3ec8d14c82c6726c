"""What is published about a unit."""

from __future__ import annotations

from publishing.models import Publication


def publications_about(unit: int) -> int:
    """How many publications are about the area; one query."""
    return Publication.objects.filter(unit=unit).count()
