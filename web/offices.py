"""What the municipality calls its chief executive: one setting, read wherever a sentence names the office."""

from __future__ import annotations

from typing import Final, overload

from django.conf import settings
from django.utils.functional import Promise, keep_lazy_text

# «rådmannen», «kommunedirektøren»: both titles take the same ending.
CHIEF_EXECUTIVE: Final = f"{settings.CHIEF_EXECUTIVE_TITLE}en"


@overload
def naming_chief(sentence: str) -> str: ...
@overload
def naming_chief(sentence: Promise) -> Promise: ...
def naming_chief(sentence: str | Promise) -> str | Promise:
    """The sentence with {chief} and {chiefs} filled in («rådmannen», «rådmannens»); lazy stays lazy."""
    return _filled(sentence)


@keep_lazy_text
def _filled(sentence: str | Promise) -> str:
    return str(sentence).format(chief=CHIEF_EXECUTIVE, chiefs=f"{CHIEF_EXECUTIVE}s")
