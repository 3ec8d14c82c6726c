"""What becomes of the rows of a file of units or people, in the order the preview shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from web.register.plan import Outcome

OUTCOMES: Mapping[Outcome, Any] = {
    "error": _("feil"),
    "ended": _("avsluttes"),
    "changed": _("endres"),
    "new": _("nye"),
    "kept": _("endres ikke av fil"),
    "unchanged": _("uendret"),
}
