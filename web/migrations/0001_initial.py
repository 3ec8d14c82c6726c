import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import web.enums
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

from web.migration_operations import Together

# The key holds only what sorts right byte by byte: æ, ø, å become the three signs after z in ASCII.
# Upper case letters outside ASCII are folded by name and by decomposition, so that the result is the same
# in every locale; the function is immutable and can stand in an index.
#   1. æ ø å, and the letters Norwegian files with them (ä, ö, œ, ü as y)
#   2. accents off: decompose and drop the combining marks; lower case; letters that do not decompose
#   3. every run of digits padded to twenty, so that KL2 comes before KL10
NORSK_SORT = r"""
CREATE FUNCTION norsk_sort(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
  SELECT regexp_replace(
    regexp_replace(
      replace(replace(
        translate(
          lower(regexp_replace(
            normalize(
              translate(
                normalize(value COLLATE "C", NFC),
                'ÆæÄäØøÖöŒœÅåÜü', '{{{{||||||}}yy'
              ),
              NFD
            ),
            '[\u0300-\u036f]', '', 'g'
          )),
          'đĐłŁŋŊŧŦðÐ', 'ddllnnttdd'
        ),
        'ß', 'ss'), 'þ', 'th'),
      '\d+', '00000000000000000000\&', 'g'
    ),
    '\d*(\d{20})', '\1', 'g'
  )
$function$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]
    # Their constraints use what is made here, which no model says.
    run_before = [("organisation", "__first__")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(NORSK_SORT, "DROP FUNCTION norsk_sort(text)"),
        Together([
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=120, unique=True, verbose_name="skjema")),
                ("user_id", models.BigIntegerField(verbose_name="bruker")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="sendt")),
                ("result_url", models.CharField(blank=True, max_length=500, verbose_name="svarside")),
            ],
            options={"verbose_name": "sendt skjema", "verbose_name_plural": "sendte skjemaer"},
        ),
        migrations.CreateModel(
            name='HistoryContext',
            fields=[
            ],
            options={
                'verbose_name': 'hvem og hvorfor',
                'verbose_name_plural': 'hvem og hvorfor',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('pghistory.context',),
        ),
        migrations.CreateModel(
            name='OutboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='nøkkel')),
                ('kind', models.CharField(max_length=40, verbose_name='slag')),
                ('recipient_id', models.BigIntegerField(verbose_name='mottaker')),
                ('address', models.EmailField(max_length=254, verbose_name='e-postadresse')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='navn')),
                ('subject', models.CharField(max_length=250, verbose_name='emne')),
                ('text', models.TextField(verbose_name='tekst')),
                ('about_url', models.CharField(blank=True, max_length=500, verbose_name='siden den gjelder')),
                ('message_id', models.CharField(max_length=200, unique=True, verbose_name='Message-ID')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, verbose_name='lagt i kø')),
                ('send_after', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sendes tidligst')),
                ('state', models.CharField(choices=[('queued', 'I kø'), ('sent', 'Sendt'), ('failed', 'Ikke sendt'), ('cancelled', 'Trukket tilbake')], default=web.enums.MailState['QUEUED'], max_length=10, verbose_name='tilstand')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='forsøk')),
                ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='sist forsøkt')),
                ('trouble', models.CharField(blank=True, max_length=10, verbose_name='hva den venter på')),
                ('last_error', models.TextField(blank=True, verbose_name='siste feil')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sendt')),
            ],
            options={
                'verbose_name': 'e-post',
                'verbose_name_plural': 'e-post',
                'indexes': [models.Index(condition=models.Q(('state', web.enums.MailState['QUEUED'])), fields=['send_after'], name='outbox_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [web.enums.MailState['QUEUED'], web.enums.MailState['SENT'], web.enums.MailState['FAILED'], web.enums.MailState['CANCELLED']])), name='outbox_state_known'), models.CheckConstraint(condition=models.Q(('trouble__in', [web.enums.MailTrouble['NONE'], web.enums.MailTrouble['SERVER'], web.enums.MailTrouble['RECIPIENT']])), name='outbox_trouble_known'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', web.enums.MailState['SENT'])), models.Q(models.Q(('state', web.enums.MailState['SENT']), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='outbox_sent_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [web.enums.MailState['FAILED'], web.enums.MailState['CANCELLED']]), _negated=True), models.Q(('last_error', ''), _negated=True), _connector='OR'), name='outbox_says_why_not_sent')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outboxmail',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n        IF (OLD.state, NEW.state) NOT IN (('queued', 'cancelled'), ('queued', 'failed'), ('queued', 'sent'), ('failed', 'queued')) THEN\n            RAISE EXCEPTION 'a mail cannot go from % to %', OLD.state, NEW.state\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='225e77f0fb9c9ec58a81bba1a27bf17579dc75fb', operation='UPDATE', pgid='pgtrigger_state_along_the_table_a3a78', table='web_outboxmail', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outboxmail',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'sent')", func="IF TG_OP = 'DELETE' AND OLD.sent_at < now() - make_interval(days => public.days_kept('SENT_MAIL_KEPT_DAYS')) THEN RETURN OLD; END IF; RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='90f4c720568570da4bba2d9a6074b46fbff7a813', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7b816', table='web_outboxmail', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outboxmail',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='bc66d3b8c32862aab6840681a52272d233cc8c54', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d54dc', table='web_outboxmail', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historycontext',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.created_at = OLD.created_at AND NEW.metadata @> OLD.metadata THEN RETURN NEW; END IF; RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fd2f063210167e22f4b6013d57b3040f0ee380e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c923b', table='pghistory_context', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historycontext',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a3f814b040c6765504abd0a206227817e52787a1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6b6dd', table='pghistory_context', when='BEFORE')),
        ),
        ]),
    ]
