"""What has been removed, as it stood then."""

from __future__ import annotations

from typing import Any

from django.db import models


def removed(model: type[models.Model], pk: int) -> Any | None:
    """The last event of a tracked row that is gone; None for one that stands, and for what never was."""
    if model._default_manager.filter(pk=pk).exists():
        return None
    events = model.pgh_event_model._default_manager  # type: ignore[attr-defined]
    return events.filter(id=pk, pgh_label="delete").order_by("-pgh_id").first()
