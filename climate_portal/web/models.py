"""The plumbing's only table: which forms have been sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """One sent form. The same form sent again (a double click, a retry) finds it and changes nothing."""

    token = models.CharField(_("skjema"), max_length=120, unique=True)
    # No foreign key: this package knows no app, and the row must not stand in the way of anything.
    user_id = models.BigIntegerField(_("bruker"))
    created = models.DateTimeField(_("sendt"), auto_now_add=True)
    result_url = models.CharField(_("svarside"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sendt skjema")
        verbose_name_plural = _("sendte skjemaer")

    def __str__(self) -> str:
        return self.token
