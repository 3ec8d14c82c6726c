"""Taking an edition away again, whole and with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from emissions.models import Edition, EditionUndone, Figure, UploadReading
from organisation.rules import Permission, require
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.refusals import Refusal, Refused

_COPIED = (
    "municipality_id", "scope", "publisher", "published", "file_name", "file_sha256", "rows_read",
    "rows_used", "imported_by_id", "imported_by_system", "imported_at",
)  # fmt: skip


def undo_edition(*, by: Actor, edition_id: int, reason: str) -> EditionUndone:
    """Take an edition and all its figures away, and log who did it, why and what it was.

    Done twice it gives the same. Raises Refused where something is built on the edition or the reason
    is missing, Edition.DoesNotExist and PermissionDenied; then nothing is written.
    """
    require(by, Permission.IMPORT_EMISSIONS)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Skriv hvorfor importen angres."))
    try:
        with acting(by, _("Angret import av utslippsstatistikk")):
            return _undone(by, edition_id, reason)
    except ProtectedError as refusal:
        raise in_use(sorted({str(one._meta.verbose_name) for one in refusal.protected_objects})) from None
    except IntegrityError:
        # Built on in the moment between the check and the deletion.
        raise in_use([]) from None


def hold_edition(edition_id: int) -> None:
    """For what is about to be built on the edition: nobody undoes it before the transaction ends.

    Raises Refused when it was undone a moment ago.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM emissions_edition WHERE id = %s FOR KEY SHARE", [edition_id])
        if cursor.fetchone() is None:
            raise Refused(
                Refusal(_("Utgaven er angret av noen andre. Velg en annen utgave."), field="edition")
            )


def _undone(by: Actor, edition_id: int, reason: str) -> EditionUndone:
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        before = EditionUndone.objects.filter(edition_number=edition_id).first()
        if before is None:
            raise Edition.DoesNotExist
        return before
    undone = EditionUndone.objects.create(
        edition_number=edition.pk,
        **actor_values("undone_by", by),
        reason=reason,
        **{field: getattr(edition, field) for field in _COPIED},
    )
    UploadReading.objects.filter(edition=edition).update(edition=None, undone=undone)
    Figure.objects.filter(edition=edition).delete()
    edition.delete()
    with connection.cursor() as cursor:
        # What is built on the edition refuses here rather than at commit, where nobody could say so.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return undone


def in_use(users: Sequence[str]) -> Refused:
    """Why an edition stays: what is built on it, empty where that is not known."""
    if users:
        sentence = _(
            "Utgaven kan ikke angres, for noe bygger på den: {users}. "
            "Importer en ny utgave med riktige tall i stedet."
        )
        return Refused(sentence.format(users=", ".join(users)))
    return Refused(
        _("Utgaven kan ikke angres, for noe bygger på den. Importer en ny utgave med riktige tall i stedet.")
    )
