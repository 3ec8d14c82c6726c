import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import publishing.enums
from django.conf import settings
from django.db import migrations, models

from web.migration_operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('web', '0001_initial'),
        ('organisation', '0001_initial'),
        ('reporting', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('leadership', 'rådmannens ledergruppe'), ('area', 'området'), ('committee', 'Klimautvalget og offentligheten'), ('chapter', 'tertialrapportens klimakapittel')], default=publishing.enums.Audience['LEADERSHIP'], max_length=20, verbose_name='for hvem')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('data', models.JSONField()),
                ('data_sha256', models.CharField(max_length=64)),
                ('pdf', models.BinaryField()),
                ('pdf_sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('archive_pdf', models.BinaryField(null=True)),
                ('archive_pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('html', models.TextField(blank=True)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='publisert')),
                ('published_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='publisert av')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reporting.period')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='publisert av')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'publikasjon',
                'verbose_name_plural': 'publikasjoner',
            },
        ),
        migrations.CreateModel(
            name='SummaryOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(default=publishing.enums.Audience['LEADERSHIP'], max_length=20)),
                ('state', models.CharField(default=publishing.enums.OrderState['QUEUED'], max_length=20)),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('preview', models.BooleanField(default=False)),
                ('case_number', models.CharField(blank=True, max_length=40)),
                ('pdf', models.BinaryField(null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='reporting.period')),
                ('publication', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='publishing.publication')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='organisation.unit')),
            ],
            options={
                'verbose_name': 'bestilt sammendrag',
                'verbose_name_plural': 'bestilte sammendrag',
            },
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('period', 'audience', 'unit', 'number'), name='publication_number_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', [publishing.enums.Audience['LEADERSHIP'], publishing.enums.Audience['AREA'], publishing.enums.Audience['COMMITTEE'], publishing.enums.Audience['CHAPTER']])), name='publication_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_by__isnull', False), ('published_by_system', '')), models.Q(('published_by__isnull', True), models.Q(('published_by_system', ''), _negated=True)), _connector='OR'), name='publication_published_by_one'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', publishing.enums.Audience['AREA']), ('unit__isnull', False)), models.Q(models.Q(('audience', publishing.enums.Audience['AREA']), _negated=True), ('unit__isnull', True)), _connector='OR'), name='publication_of_an_area_names_it'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='43462b055580faafd3f8a6af241881f857b1e2da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3aa4d', table='publishing_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='cc37e3342d92fd8f97f3eda953e0ff642fa29e09', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_72d5a', table='publishing_publication', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='summaryorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [publishing.enums.OrderState['QUEUED'], publishing.enums.OrderState['RUNNING'], publishing.enums.OrderState['DONE'], publishing.enums.OrderState['FAILED']])), name='order_state_known'),
        ),
        migrations.AddConstraint(
            model_name='summaryorder',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', [publishing.enums.Audience['LEADERSHIP'], publishing.enums.Audience['AREA'], publishing.enums.Audience['COMMITTEE'], publishing.enums.Audience['CHAPTER']])), name='order_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='summaryorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', publishing.enums.Audience['AREA']), ('unit__isnull', False)), models.Q(models.Q(('audience', publishing.enums.Audience['AREA']), _negated=True), ('unit__isnull', True)), _connector='OR'), name='order_of_an_area_names_it'),
        ),
    ])]
