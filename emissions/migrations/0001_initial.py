import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import emissions.enums
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from web.migration_operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('web', '0001_initial'),
        ('organisation', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='ActivityType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='aktivitet')),
                ('measured_in', models.CharField(choices=[('litre', 'liter'), ('kwh', 'kWh'), ('km', 'km'), ('kg', 'kg'), ('nok', 'kroner')], max_length=10, verbose_name='måleenhet')),
                ('scope', models.CharField(choices=[('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet')], max_length=40, verbose_name='systemgrense')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
            ],
            options={
                'verbose_name': 'aktivitetstype',
                'verbose_name_plural': 'aktivitetstyper',
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='kommune')),
                ('number', models.CharField(blank=True, max_length=4, verbose_name='kommunenummer')),
                ('former_numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None, verbose_name='tidligere numre')),
            ],
            options={
                'verbose_name': 'kommune',
                'verbose_name_plural': 'kommuner',
            },
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='sektor')),
            ],
            options={
                'verbose_name': 'sektor',
                'verbose_name_plural': 'sektorer',
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=20, null=True, verbose_name='mengde')),
                ('missing_reason', models.CharField(blank=True, choices=[('not_estimated', 'ikke beregnet'), ('not_occurring', 'forekommer ikke'), ('confidential', 'unntatt offentlighet'), ('included_elsewhere', 'regnet med et annet sted'), ('not_yet_delivered', 'ikke levert ennå')], max_length=30, verbose_name='hvorfor tallet mangler')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='merknad')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('entered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='ført av')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ført av')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='organisation.unit', verbose_name='virksomhet')),
                ('activity_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='emissions.activitytype', verbose_name='aktivitet')),
            ],
            options={
                'verbose_name': 'aktivitet',
                'verbose_name_plural': 'aktiviteter',
            },
        ),
        migrations.CreateModel(
            name='ActivityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=20, null=True, verbose_name='mengde')),
                ('missing_reason', models.CharField(blank=True, choices=[('not_estimated', 'ikke beregnet'), ('not_occurring', 'forekommer ikke'), ('confidential', 'unntatt offentlighet'), ('included_elsewhere', 'regnet med et annet sted'), ('not_yet_delivered', 'ikke levert ennå')], max_length=30, verbose_name='hvorfor tallet mangler')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='merknad')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('entered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='ført av')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ført av')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='emissions.activity')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet')),
                ('activity_type', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.activitytype', verbose_name='aktivitet')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file_name', models.CharField(max_length=255)),
                ('content', models.BinaryField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'opplastet aktivitetsfil',
                'verbose_name_plural': 'opplastede aktivitetsfiler',
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('publisher', models.CharField(max_length=120, verbose_name='utgiver')),
                ('published', models.DateField(verbose_name='publisert')),
                ('file_name', models.CharField(max_length=255, verbose_name='fil')),
                ('file_sha256', models.CharField(max_length=64, verbose_name='filens SHA-256')),
                ('shape', models.CharField(max_length=40, verbose_name='filens form')),
                ('rows_read', models.PositiveIntegerField(verbose_name='rader lest')),
                ('rows_used', models.PositiveIntegerField(verbose_name='rader brukt')),
                ('oddities', models.JSONField(default=list, verbose_name='merknader')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('imported_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='importert av')),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='importert')),
                ('made_in_transaction', models.BigIntegerField(default=0, editable=False)),
                ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='importert av')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='emissions.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'utgave',
                'verbose_name_plural': 'utgaver',
            },
        ),
        migrations.CreateModel(
            name='EditionUndone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition_number', models.BigIntegerField(unique=True, verbose_name='utgavens nummer')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('publisher', models.CharField(max_length=120, verbose_name='utgiver')),
                ('published', models.DateField(verbose_name='publisert')),
                ('file_name', models.CharField(max_length=255, verbose_name='fil')),
                ('file_sha256', models.CharField(max_length=64, verbose_name='filens SHA-256')),
                ('rows_read', models.PositiveIntegerField(verbose_name='rader lest')),
                ('rows_used', models.PositiveIntegerField(verbose_name='rader brukt')),
                ('imported_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='importert av')),
                ('imported_at', models.DateTimeField(verbose_name='importert')),
                ('undone_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='angret av')),
                ('undone_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='angret')),
                ('reason', models.TextField(verbose_name='hvorfor')),
                ('made_in_transaction', models.BigIntegerField(default=0, editable=False)),
                ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='importert av')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angret av')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undone_editions', to='emissions.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'angret utgave',
                'verbose_name_plural': 'angrede utgaver',
            },
        ),
        migrations.CreateModel(
            name='EmissionFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from_year', models.PositiveSmallIntegerField(verbose_name='gjelder fra og med år')),
                ('valid_to_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='gjelder til og med år')),
                ('version', models.PositiveIntegerField(verbose_name='versjon')),
                ('kg_co2e', models.DecimalField(decimal_places=10, max_digits=24, verbose_name='kg CO₂e')),
                ('kg_co2', models.DecimalField(decimal_places=10, max_digits=20, null=True, verbose_name='kg CO₂')),
                ('kg_ch4', models.DecimalField(decimal_places=10, max_digits=20, null=True, verbose_name='kg CH₄')),
                ('kg_n2o', models.DecimalField(decimal_places=10, max_digits=20, null=True, verbose_name='kg N₂O')),
                ('gwp_set', models.CharField(blank=True, choices=[('ar4', 'AR4'), ('ar5', 'AR5')], max_length=10, verbose_name='oppvarmingsfaktorer')),
                ('source', models.CharField(max_length=300, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('created_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='lagt inn av')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='lagt inn')),
                ('activity_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factors', to='emissions.activitytype', verbose_name='aktivitet')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt inn av')),
            ],
            options={
                'verbose_name': 'utslippsfaktor',
                'verbose_name_plural': 'utslippsfaktorer',
            },
        ),
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file_name', models.CharField(max_length=255)),
                ('content', models.BinaryField(default=b'')),
                ('columns', models.JSONField(default=dict)),
                ('headers', models.JSONField(default=list)),
                ('state', models.CharField(default='kept', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('municipality', models.CharField(blank=True, max_length=80)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('problem', models.TextField(blank=True)),
                ('statistics', models.JSONField(null=True)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='emissions.edition')),
                ('undone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='emissions.editionundone')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'opplastet fil',
                'verbose_name_plural': 'opplastede filer',
            },
        ),
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('inhabitants', models.PositiveIntegerField(verbose_name='innbyggere 1. januar')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='populations', to='emissions.municipality', verbose_name='kommune')),
            ],
            options={
                'verbose_name': 'folketall',
                'verbose_name_plural': 'folketall',
            },
        ),
        migrations.CreateModel(
            name='PopulationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('inhabitants', models.PositiveIntegerField(verbose_name='innbyggere 1. januar')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.municipality', verbose_name='kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='emissions.population')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='utslippskilde')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='emissions.sector', verbose_name='sektor')),
            ],
            options={
                'verbose_name': 'utslippskilde',
                'verbose_name_plural': 'utslippskilder',
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('gas', models.CharField(blank=True, max_length=20, verbose_name='klimagass')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, null=True, verbose_name='tonn CO₂e')),
                ('missing_reason', models.CharField(blank=True, choices=[('not_estimated', 'ikke beregnet'), ('not_occurring', 'forekommer ikke'), ('confidential', 'unntatt offentlighet'), ('included_elsewhere', 'regnet med et annet sted'), ('not_yet_delivered', 'ikke levert ennå')], max_length=30, verbose_name='hvorfor tallet mangler')),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='emissions.edition')),
                ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='emissions.source')),
            ],
            options={
                'verbose_name': 'utslippstall',
                'verbose_name_plural': 'utslippstall',
            },
        ),
        migrations.CreateModel(
            name='ActivityTypeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='aktivitet')),
                ('measured_in', models.CharField(choices=[('litre', 'liter'), ('kwh', 'kWh'), ('km', 'km'), ('kg', 'kg'), ('nok', 'kroner')], max_length=10, verbose_name='måleenhet')),
                ('scope', models.CharField(choices=[('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet')], max_length=40, verbose_name='systemgrense')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='emissions.activitytype')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='activitytype',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activity_types', to='emissions.source', verbose_name='utslippskilde'),
        ),
        migrations.CreateModel(
            name='UploadPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.BinaryField()),
                ('draft', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='emissions.importdraft')),
            ],
            options={
                'verbose_name': 'del av opplastet fil',
                'verbose_name_plural': 'deler av opplastede filer',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7a618b1fc12205a027dcc2aebeb66a0277f4d13d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_279f0', table='emissions_activityevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fb36c57b3a062b77efb067c0bee40b07ee87465d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_aa411', table='emissions_activityevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('unit', 'activity_type', 'year'), name='activity_once_per_unit_and_year'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__isnull', True), ('quantity__gte', 0), _connector='OR'), name='activity_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('missing_reason', ''), models.Q(('missing_reason__in', [emissions.enums.MissingReason['NOT_ESTIMATED'], emissions.enums.MissingReason['NOT_OCCURRING'], emissions.enums.MissingReason['CONFIDENTIAL'], emissions.enums.MissingReason['INCLUDED_ELSEWHERE'], emissions.enums.MissingReason['NOT_YET_DELIVERED']]), ('quantity__isnull', True)), _connector='OR'), name='activity_number_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1970), ('year__lte', 2200)), name='activity_year_plausible'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_by__isnull', False), ('entered_by_system', '')), models.Q(('entered_by__isnull', True), models.Q(('entered_by_system', ''), _negated=True)), _connector='OR'), name='activity_entered_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "emissions_activityevent" ("activity_type_id", "entered_by_id", "entered_by_system", "id", "is_example", "missing_reason", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_id", "version", "year") VALUES (NEW."activity_type_id", NEW."entered_by_id", NEW."entered_by_system", NEW."id", NEW."is_example", NEW."missing_reason", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quantity", NEW."unit_id", NEW."version", NEW."year"); RETURN NULL;', hash='8fea1bb86446afaf561ae56013832bfd0d86459a', operation='INSERT', pgid='pgtrigger_insert_insert_5e2a7', table='emissions_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "emissions_activityevent" ("activity_type_id", "entered_by_id", "entered_by_system", "id", "is_example", "missing_reason", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_id", "version", "year") VALUES (NEW."activity_type_id", NEW."entered_by_id", NEW."entered_by_system", NEW."id", NEW."is_example", NEW."missing_reason", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quantity", NEW."unit_id", NEW."version", NEW."year"); RETURN NULL;', hash='e746629d578b70e8ab934ce06563dfd67f3ba965', operation='UPDATE', pgid='pgtrigger_update_update_a859f', table='emissions_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "emissions_activityevent" ("activity_type_id", "entered_by_id", "entered_by_system", "id", "is_example", "missing_reason", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_id", "version", "year") VALUES (OLD."activity_type_id", OLD."entered_by_id", OLD."entered_by_system", OLD."id", OLD."is_example", OLD."missing_reason", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."unit_id", OLD."version", OLD."year"); RETURN NULL;', hash='f98519b4b752f60358e83868d02b2f4964214815', operation='DELETE', pgid='pgtrigger_delete_delete_d7779', table='emissions_activity', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='activityupload',
            index=models.Index(fields=['uploaded_at'], name='activity_upload_by_age'),
        ),
        migrations.AddConstraint(
            model_name='emissionfactor',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('activity_type'), '='), (models.F('version'), '='), (models.Func(models.F('valid_from_year'), models.F('valid_to_year'), models.Value('[]'), function='int4range'), '&&')], name='factor_one_per_year_and_version'),
        ),
        migrations.AddConstraint(
            model_name='emissionfactor',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from_year__gte', 1970), ('valid_from_year__lte', 2200), models.Q(('valid_to_year__isnull', True), models.Q(('valid_to_year__gte', models.F('valid_from_year')), ('valid_to_year__lte', 2200)), _connector='OR')), name='factor_years_in_order'),
        ),
        migrations.AddConstraint(
            model_name='emissionfactor',
            constraint=models.CheckConstraint(condition=models.Q(('kg_co2e__gte', 0)), name='factor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='emissionfactor',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='factor_has_source'),
        ),
        migrations.AddConstraint(
            model_name='emissionfactor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('created_by__isnull', False), ('created_by_system', '')), models.Q(('created_by__isnull', True), models.Q(('created_by_system', ''), _negated=True)), _connector='OR'), name='factor_created_by_one'),
        ),
        migrations.AddConstraint(
            model_name='emissionfactor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kg_ch4__isnull', True), ('kg_co2__isnull', True), ('kg_n2o__isnull', True)), models.Q(('kg_ch4__gte', 0), ('kg_co2__gte', 0), ('kg_n2o__gte', 0), models.Q(models.Q(('gwp_set', emissions.enums.GwpSet['AR4']), ('kg_co2e', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('kg_co2'), '+', django.db.models.expressions.CombinedExpression(models.F('kg_ch4'), '*', models.Value(25))), '+', django.db.models.expressions.CombinedExpression(models.F('kg_n2o'), '*', models.Value(298))))), models.Q(('gwp_set', emissions.enums.GwpSet['AR5']), ('kg_co2e', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('kg_co2'), '+', django.db.models.expressions.CombinedExpression(models.F('kg_ch4'), '*', models.Value(28))), '+', django.db.models.expressions.CombinedExpression(models.F('kg_n2o'), '*', models.Value(265))))), _connector='OR')), _connector='OR'), name='factor_is_the_sum_of_its_gases'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emissionfactor',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fcca8b6a91754e73624b3c4ab995c303af31f27c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_13a9d', table='emissions_emissionfactor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emissionfactor',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a27b923ddbdee7aea4a0e397b28091ddcb438c3f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6e2c0', table='emissions_emissionfactor', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='importdraft',
            index=models.Index(fields=['uploaded_at'], name='import_draft_by_age'),
        ),
        migrations.AddConstraint(
            model_name='importdraft',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['kept', 'queued', 'reading', 'read', 'failed'])), name='import_draft_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importdraft',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='import_draft_percent'),
        ),
        migrations.AddConstraint(
            model_name='importdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'read'), _negated=True), ('statistics__isnull', False), _connector='OR'), name='import_draft_read_has_figures'),
        ),
        migrations.AddConstraint(
            model_name='editionundone',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='edition_undone_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='editionundone',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', [emissions.enums.Scope['COMMUNITY_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_FOOTPRINT'], emissions.enums.Scope['COMMUNITY_INDIRECT']])), name='edition_undone_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='editionundone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('imported_by__isnull', False), ('imported_by_system', '')), models.Q(('imported_by__isnull', True), models.Q(('imported_by_system', ''), _negated=True)), _connector='OR'), name='edition_undone_imported_by_one'),
        ),
        migrations.AddConstraint(
            model_name='editionundone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_by__isnull', False), ('undone_by_system', '')), models.Q(('undone_by__isnull', True), models.Q(('undone_by_system', ''), _negated=True)), _connector='OR'), name='edition_undone_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionundone',
            trigger=pgtrigger.compiler.Trigger(name='stamp_transaction', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.made_in_transaction := txid_current(); RETURN NEW;', hash='69ca4453ce895f3dfcf9ad872281f3256870d674', operation='INSERT', pgid='pgtrigger_stamp_transaction_8c26c', table='emissions_editionundone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionundone',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='156beaef2f1d2476b33633a68ff9287dbbdeb090', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4f6b9', table='emissions_editionundone', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='editionundone',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='be67970dcfc550e1eaaa74ff083ce677ee56fe74', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b79ab', table='emissions_editionundone', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('municipality', 'scope', 'publisher', 'published'), name='edition_once_per_date'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('municipality', 'scope', 'file_sha256'), name='edition_file_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', [emissions.enums.Scope['COMMUNITY_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_FOOTPRINT'], emissions.enums.Scope['COMMUNITY_INDIRECT']])), name='edition_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('file_sha256__regex', '^[0-9a-f]{64}$')), name='edition_hash_is_sha256'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('imported_by__isnull', False), ('imported_by_system', '')), models.Q(('imported_by__isnull', True), models.Q(('imported_by_system', ''), _negated=True)), _connector='OR'), name='edition_imported_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='stamp_transaction', sql=pgtrigger.compiler.UpsertTriggerSql(func='NEW.made_in_transaction := txid_current(); RETURN NEW;', hash='4ae271f28a7c417300a95b084e87b2bf5990805c', operation='INSERT', pgid='pgtrigger_stamp_transaction_db736', table='emissions_edition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0ec5e6a8d28ac04766d9636d94405c5bd08d3572', operation='UPDATE', pgid='pgtrigger_append_only_19eea', table='emissions_edition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7d9dda71cc5d65f713fe33303543a52a8852500a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c7f4e', table='emissions_edition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='deleted_only_when_undone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NOT EXISTS (\n    SELECT 1 FROM emissions_editionundone\n    WHERE edition_number = OLD.id AND made_in_transaction = txid_current()\n) THEN\n    RAISE EXCEPTION 'an edition is taken away whole and with a reason, or not at all';\nEND IF;\nRETURN OLD;\n", hash='fd72806a9328e21b4f90fa98b103f4bb34b1ba83', operation='DELETE', pgid='pgtrigger_deleted_only_when_undone_fa44c', table='emissions_edition', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='population',
            constraint=models.UniqueConstraint(fields=('municipality', 'year'), name='population_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='population',
            constraint=models.CheckConstraint(condition=models.Q(('inhabitants__gte', 1)), name='population_somebody'),
        ),
        migrations.AddConstraint(
            model_name='population',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='population_has_source'),
        ),
        migrations.AddConstraint(
            model_name='population',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1970), ('year__lte', 2200)), name='population_year_plausible'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='population',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "emissions_populationevent" ("id", "inhabitants", "is_example", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version", "year") VALUES (NEW."id", NEW."inhabitants", NEW."is_example", NEW."municipality_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."version", NEW."year"); RETURN NULL;', hash='81088dd5ef7fc4094ab66ad402526b848546ede8', operation='INSERT', pgid='pgtrigger_insert_insert_e1a69', table='emissions_population', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='population',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "emissions_populationevent" ("id", "inhabitants", "is_example", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version", "year") VALUES (NEW."id", NEW."inhabitants", NEW."is_example", NEW."municipality_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."version", NEW."year"); RETURN NULL;', hash='b5c664d6d23646f570d0d5cac9c019a0e9f773af', operation='UPDATE', pgid='pgtrigger_update_update_44d37', table='emissions_population', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='population',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "emissions_populationevent" ("id", "inhabitants", "is_example", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "version", "year") VALUES (OLD."id", OLD."inhabitants", OLD."is_example", OLD."municipality_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."version", OLD."year"); RETURN NULL;', hash='ccab5220084d3849b6113ebc7935db9529698c11', operation='DELETE', pgid='pgtrigger_delete_delete_914b1', table='emissions_population', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='populationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7c9020ebe458c13de7592aba3e7b463c7712d6d5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a4d56', table='emissions_populationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='populationevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='4b980c8e93b6c5799231217f756c5b43c4e6372a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_61aea', table='emissions_populationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('sector', 'name'), name='source_once_per_sector'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.UniqueConstraint(fields=('edition', 'source', 'year', 'gas'), include=('tonnes',), name='figure_once_per_key'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(('tonnes__isnull', True), ('tonnes__gte', 0), _connector='OR'), name='figure_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing_reason', ''), ('tonnes__isnull', False)), models.Q(('missing_reason__in', [emissions.enums.MissingReason['NOT_ESTIMATED'], emissions.enums.MissingReason['NOT_OCCURRING'], emissions.enums.MissingReason['CONFIDENTIAL'], emissions.enums.MissingReason['INCLUDED_ELSEWHERE'], emissions.enums.MissingReason['NOT_YET_DELIVERED']]), ('tonnes__isnull', True)), _connector='OR'), name='figure_number_or_reason'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1970), ('year__lte', 2200)), name='figure_year_plausible'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0922b687ded4382df6e79ca077fa17ae24e1f6d3', operation='UPDATE', pgid='pgtrigger_append_only_0f90a', table='emissions_figure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='4afd13069e961a40c2da8667f1c030cf342d427b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f8df6', table='emissions_figure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='deleted_only_when_undone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NOT EXISTS (\n    SELECT 1 FROM emissions_editionundone\n    WHERE edition_number = OLD.edition_id AND made_in_transaction = txid_current()\n) THEN\n    RAISE EXCEPTION 'an edition is taken away whole and with a reason, or not at all';\nEND IF;\nRETURN OLD;\n", hash='2f65185f902d576a27f9a520cfe93bd9aad076ef', operation='DELETE', pgid='pgtrigger_deleted_only_when_undone_ca2ed', table='emissions_figure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='only_with_its_edition', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF EXISTS (\n                    SELECT 1 FROM (SELECT DISTINCT edition_id FROM new_figures) AS touched\n                    JOIN emissions_edition AS edition ON edition.id = touched.edition_id\n                    WHERE edition.made_in_transaction <> txid_current()\n                ) THEN\n                    RAISE EXCEPTION 'an edition is never added to after its import';\n                END IF;\n                RETURN NULL;\n                ", hash='36ce7d9f47afa668effc79923cd6de0faab71023', level='STATEMENT', operation='INSERT', pgid='pgtrigger_only_with_its_edition_89324', referencing='REFERENCING NEW TABLE AS new_figures ', table='emissions_figure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitytypeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='9a537d4cf76fc6a4181b3027ca18fd3af079bcb2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_38ff0', table='emissions_activitytypeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitytypeevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='e0ca6144b28fcb10fef0cadb4641de5c4a6c0134', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_27f19', table='emissions_activitytypeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='activitytype',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['own_operations_direct', 'own_operations_footprint'])), name='activity_type_own_scope'),
        ),
        migrations.AddConstraint(
            model_name='activitytype',
            constraint=models.CheckConstraint(condition=models.Q(('measured_in__in', [emissions.enums.MeasuredIn['LITRE'], emissions.enums.MeasuredIn['KWH'], emissions.enums.MeasuredIn['KM'], emissions.enums.MeasuredIn['KG'], emissions.enums.MeasuredIn['NOK']])), name='activity_type_measure_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitytype',
            trigger=pgtrigger.compiler.Trigger(name='meaning_is_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."measured_in" IS DISTINCT FROM (NEW."measured_in"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='833206f314e60990e09618c6294c4506e22b74e4', operation='UPDATE', pgid='pgtrigger_meaning_is_fixed_f03a3', table='emissions_activitytype', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitytype',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "emissions_activitytypeevent" ("id", "is_example", "measured_in", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source_id") VALUES (NEW."id", NEW."is_example", NEW."measured_in", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."source_id"); RETURN NULL;', hash='37a485750c0e4f2a31b42695cca09d27ee3c75b3', operation='INSERT', pgid='pgtrigger_insert_insert_e082a', table='emissions_activitytype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitytype',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "emissions_activitytypeevent" ("id", "is_example", "measured_in", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source_id") VALUES (NEW."id", NEW."is_example", NEW."measured_in", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scope", NEW."source_id"); RETURN NULL;', hash='64ad84ca3ea57c5540ee7f3778fd353ef5ab96c8', operation='UPDATE', pgid='pgtrigger_update_update_30f00', table='emissions_activitytype', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activitytype',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "emissions_activitytypeevent" ("id", "is_example", "measured_in", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source_id") VALUES (OLD."id", OLD."is_example", OLD."measured_in", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scope", OLD."source_id"); RETURN NULL;', hash='0a9965c709e49ba358c1b639c6816901db5323b1', operation='DELETE', pgid='pgtrigger_delete_delete_8a7da', table='emissions_activitytype', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='uploadpart',
            constraint=models.UniqueConstraint(fields=('draft', 'number'), name='upload_part_once'),
        ),
    ])]
