"""Which passwords are refused: NIST SP 800-63B, without rules about signs and without an age."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.models.people import one_spelling
from web.names import names

# What is left when all that anybody could guess is taken away.
FEWEST_LETTERS = 6
FEWEST_DIFFERENT = 5
_EVERYBODY_KNOWS = ("klimaportalen", "klimaportal", "passord", "password", "kommune", "klima")


class NotEasilyGuessed:
    """Refuses common passwords, also with figures at the end, and what is mostly a name."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        plain = one_spelling(password).casefold()
        letters = "".join(sign for sign in plain if sign.isalpha())
        if plain in self.common or letters in self.common or len(set(plain)) < FEWEST_DIFFERENT:
            raise ValidationError(_("Passordet er lett å gjette. Velg et annet, gjerne en setning."))
        left = letters
        for word in sorted(_known_words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != letters and len(left) < FEWEST_LETTERS:
            raise ValidationError(
                _("Passordet er mest navnet ditt, kommunens eller portalens. Velg noe andre ikke vet.")
            )

    def get_help_text(self) -> str:
        return _("Ikke et vanlig passord, og ikke navnet ditt eller kommunens.")


def _known_words(user: Any) -> set[str]:
    said = [*_EVERYBODY_KNOWS, names().municipality, names().organisation]
    if user is not None:
        said += [user.name, user.email]
    words = {word for text in said for word in re.split(r"[\W\d_]+", one_spelling(text).casefold())}
    return {word for word in words if len(word) > 2}
