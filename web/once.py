"""A form sent twice does its work once: a double click, a retry after a lost answer, the back button.

The same form is the same token, address and content: who goes back, writes something else and sends it has
sent another form, and what she wrote is not lost.

The page carries `<input type="hidden" name="submission_token" value="{{ submission_token }}">` (from the
page frame, a new one per form). `run_form` sees to the rest, with `do_once`. An action that is sent the token
itself claims it in its own transaction:

    with acting(by, reason):
        claim = claim_submission(token, by)
        if claim is None:
            return submitted_result(token, by)
        … the work …
        finish_submission(claim, url)
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import SuspiciousOperation
from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.http import HttpRequest

from web.actors import acting
from web.models import Submission

FIELD_NAME = "submission_token"
# As it was first signed: stays, wherever the module stands.
_SIGNER = Signer(salt="climate_portal.web.submission")


class InvalidSubmission(SuspiciousOperation):
    """The token is missing, made up, or belongs to another user's form. Answered with 400."""


def new_submission_token(by: AbstractBaseUser) -> str:
    """A token for one form, usable by this user only."""
    return _SIGNER.sign(f"{by.pk}.{secrets.token_urlsafe(16)}")


def _checked(token: str, by: AbstractBaseUser) -> str:
    try:
        owner = _SIGNER.unsign(token).partition(".")[0]
    except BadSignature:
        raise InvalidSubmission("The form's submission token is missing or changed.") from None
    if owner != str(by.pk):
        raise InvalidSubmission("The form's submission token belongs to another user.")
    return token


def _key(token: str, by: AbstractBaseUser, said: str) -> str:
    return f"{_checked(token, by)}.{said}" if said else _checked(token, by)


def claim_submission(token: str, by: AbstractBaseUser, said: str = "") -> Submission | None:
    """The claim if this is the first time the form is sent, None if it has been sent before.

    Waits for another transaction that is claiming the same token: when that one rolls back, this is the
    first. Raises InvalidSubmission, and RuntimeError outside a transaction, where a claim would outlive
    work that failed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("claim_submission belongs inside the action's transaction")
    claim, is_first = Submission.objects.get_or_create(
        token=_key(token, by, said), defaults={"user_id": by.pk}
    )
    return claim if is_first else None


def finish_submission(claim: Submission, result_url: str) -> None:
    """Remembers where the form led, for the answer to the same form sent again."""
    claim.result_url = result_url
    claim.save(update_fields=["result_url"])


def said_in(request: HttpRequest) -> str:
    """What a form says and to which address, in 32 signs: all it sends but for the tokens.

    The forms of one page share its token, and may say the same of different rows.
    """
    said = [
        (name, request.POST.getlist(name))
        for name in sorted(request.POST)
        if name not in (FIELD_NAME, "csrfmiddlewaretoken")
    ]
    sent = [
        (name, one.name, one.size) for name in sorted(request.FILES) for one in request.FILES.getlist(name)
    ]
    return hashlib.sha256(repr((request.get_full_path(), said, sent)).encode()).hexdigest()[:32]


def do_once(
    *, by: AbstractBaseUser, token: str, work: Callable[[], str], reason: str = "", said: str = ""
) -> str:
    """Where the form leads: what `work` answers the first time, and the same address every time after.

    `said` is what it says (`said_in`); the same token with other words is another form.

    `work` calls an action, which says why; `reason` is for a form that calls several. What it raises passes
    through, nothing is written, and the form can be sent again. Raises InvalidSubmission.
    """
    with acting(by, reason) if reason else transaction.atomic():
        claim = claim_submission(token, by, said)
        if claim is None:
            return submitted_result(token, by, said)
        url = work()
        finish_submission(claim, url)
        return url


def submitted_result(token: str, by: AbstractBaseUser, said: str = "") -> str:
    """Where the form led when it was sent; empty if its action stored nothing. Raises InvalidSubmission."""
    result = (
        Submission.objects.filter(token=_key(token, by, said)).values_list("result_url", flat=True).first()
    )
    return result or ""
