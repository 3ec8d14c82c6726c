"""The plumbing's own tables: forms sent, files uploaded, mail on its way out, who changed what and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context

from web.actors import WHO_KEYS
from web.enums import MAIL_TRANSITIONS, MailState, MailTrouble
from web.triggers import append_only, state_table

MAIL_STATE_LABELS = {
    MailState.QUEUED: _("I kø"),
    MailState.SENT: _("Sendt"),
    MailState.FAILED: _("Ikke sendt"),
    MailState.CANCELLED: _("Trukket tilbake"),
}


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


class Upload(models.Model):
    """An uploaded file, from upload to receipt.

    `kind` is the register, `about` what of it the file is for: a period, a budget. A large file has its
    content in parts. A confirmed one has none, knows how many rows it wrote, and writes nothing again. See
    web/register/uploads.py.
    """

    kind = models.CharField(_("slag"), max_length=40)
    about = models.CharField(_("gjelder"), max_length=80, blank=True)
    # No foreign key: this package knows no app.
    user_id = models.BigIntegerField(_("lastet opp av"))
    uploaded_at = models.DateTimeField(_("lastet opp"), default=timezone.now)
    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=b"")
    # Field → heading in the file, as the uploader has said; empty where the headings are the template's.
    columns = models.JSONField(default=dict, blank=True)
    confirmed_at = models.DateTimeField(_("bekreftet"), null=True, blank=True)
    written = models.PositiveIntegerField(_("rader"), null=True, blank=True)

    class Meta:
        verbose_name = _("opplastet fil")
        verbose_name_plural = _("opplastede filer")
        indexes: ClassVar = [
            models.Index(name="upload_with_content", fields=["uploaded_at"], condition=~Q(content=b""))
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="upload_confirmed_is_written",
                condition=Q(confirmed_at__isnull=True, written__isnull=True)
                | Q(confirmed_at__isnull=False, written__isnull=False, content=b""),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class UploadPart(models.Model):
    """A piece of a large file; web and worker share no folder, and neither holds a row of sixty megabytes."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("del av opplastet fil")
        verbose_name_plural = _("deler av opplastede filer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="web_upload_part_once", fields=["upload", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.upload} {self.number}"


class OutboxMail(models.Model):
    """One mail to one person. Written with the change it is about, sent by a job: see docs/adr/0044.

    Who, when and what are fixed from the start, the Message-ID too: sent twice, it is the same mail twice.
    """

    # What the mail is, once: the same key is never queued again.
    key = models.CharField(_("nøkkel"), max_length=200, unique=True)
    kind = models.CharField(_("slag"), max_length=40)
    # No foreign key: this package knows no app. Whose address it is, is asked again when it is sent.
    recipient_id = models.BigIntegerField(_("mottaker"))
    address = models.EmailField(_("e-postadresse"))
    name = models.CharField(_("navn"), max_length=120, blank=True)
    subject = models.CharField(_("emne"), max_length=250)
    text = models.TextField(_("tekst"))
    about_url = models.CharField(_("siden den gjelder"), max_length=500, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    created = models.DateTimeField(_("lagt i kø"), default=timezone.now)
    send_after = models.DateTimeField(_("sendes tidligst"), default=timezone.now)
    state = models.CharField(
        _("tilstand"),
        max_length=10,
        choices=[(state.value, MAIL_STATE_LABELS[state]) for state in MailState],
        default=MailState.QUEUED,
    )
    attempts = models.PositiveIntegerField(_("forsøk"), default=0)
    tried_at = models.DateTimeField(_("sist forsøkt"), null=True, blank=True)
    trouble = models.CharField(_("hva den venter på"), max_length=10, blank=True)
    # Why it is delayed or not sent, in the server's words, or why it was called off, in ours.
    last_error = models.TextField(_("siste feil"), blank=True)
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-post")
        verbose_name_plural = _("e-post")
        indexes: ClassVar = [
            models.Index(name="outbox_waiting", fields=["send_after"], condition=Q(state=MailState.QUEUED))
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="outbox_state_known", condition=Q(state__in=list(MailState))),
            models.CheckConstraint(name="outbox_trouble_known", condition=Q(trouble__in=list(MailTrouble))),
            models.CheckConstraint(
                name="outbox_sent_has_time",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | ~Q(state=MailState.SENT) & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="outbox_says_why_not_sent",
                condition=~Q(state__in=[MailState.FAILED, MailState.CANCELLED]) | ~Q(last_error=""),
            ),
        ]
        triggers: ClassVar = [
            state_table(MAIL_TRANSITIONS, what="a mail"),
            # The log of what was sent to whom.
            *append_only(
                only_when="OLD.state = 'sent'", deletable_after="SENT_MAIL_KEPT_DAYS", since="sent_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.address})"

    @property
    def state_label(self) -> str:
        return str(MAIL_STATE_LABELS[MailState(self.state)])


class HistoryContext(Context):
    """Who made the changes of one operation, and why: pghistory's own table, with the rule that it stands.

    pghistory writes the row at the first change and adds to it when more is known, in the transaction
    that wrote it: `created_at` is when that began. Nothing is taken out, and who it was is never added to.
    """

    class Meta:
        proxy = True
        verbose_name = _("hvem og hvorfor")
        verbose_name_plural = _("hvem og hvorfor")
        triggers: ClassVar = append_only(
            may_grow=" AND ".join(
                [
                    "NEW.id = OLD.id AND NEW.created_at = OLD.created_at AND OLD.created_at = now()",
                    "NEW.metadata @> OLD.metadata",
                    *(
                        f"NEW.metadata -> '{key}' IS NOT DISTINCT FROM OLD.metadata -> '{key}'"
                        for key in WHO_KEYS
                    ),
                ]
            )
        )
