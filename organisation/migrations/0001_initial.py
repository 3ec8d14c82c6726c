import datetime
import django.contrib.postgres.constraints
import django.db.models.deletion
import organisation.enums
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from web.migration_operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('web', '0001_initial'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('kind', models.CharField(choices=[('område', 'område'), ('virksomhet', 'virksomhet'), ('stab', 'stab'), ('KF', 'kommunalt foretak')], max_length=20, verbose_name='type')),
                ('coordinates_network', models.BooleanField(default=False, verbose_name='koordinerer Klimalaget')),
                ('valid_from', models.DateField(default=datetime.date(2020, 1, 1), verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit', verbose_name='hører til')),
            ],
            options={
                'verbose_name': 'virksomhet eller foretak',
                'verbose_name_plural': 'virksomheter og foretak',
                'constraints': [models.UniqueConstraint(fields=('name', 'valid_from'), name='unit_name_once'), models.UniqueConstraint(condition=models.Q(('coordinates_network', True), ('valid_to__isnull', True)), fields=('coordinates_network',), name='unit_one_network_coordinator'), models.CheckConstraint(condition=models.Q(('kind__in', [organisation.enums.UnitKind['AREA'], organisation.enums.UnitKind['UNIT'], organisation.enums.UnitKind['STAFF'], organisation.enums.UnitKind['ENTERPRISE']])), name='unit_kind_known'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='unit_not_its_own_parent'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_dates_in_order')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_unitevent" ("coordinates_network", "id", "is_example", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "version") VALUES (NEW."coordinates_network", NEW."id", NEW."is_example", NEW."kind", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;', hash='d2485934128f24c0f2a7d6d8cd2883cbb45f3c13', operation='INSERT', pgid='pgtrigger_insert_insert_52bc6', table='organisation_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "organisation_unitevent" ("coordinates_network", "id", "is_example", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "version") VALUES (NEW."coordinates_network", NEW."id", NEW."is_example", NEW."kind", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;', hash='7ee3b33b8e7fcbb1faf7eca72dbfc2065356009e', operation='UPDATE', pgid='pgtrigger_update_update_4a72a', table='organisation_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_unitevent" ("coordinates_network", "id", "is_example", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "version") VALUES (OLD."coordinates_network", OLD."id", OLD."is_example", OLD."kind", OLD."name", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;', hash='e92f600de9a4a4fcc62cb424fe9615ce6765307e', operation='DELETE', pgid='pgtrigger_delete_delete_dc536', table='organisation_unit', when='AFTER')),
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-postadresse')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
            ],
            options={
                'verbose_name': 'bruker',
                'verbose_name_plural': 'brukere',
                'constraints': [models.CheckConstraint(condition=models.Q(('email', models.Func(models.F('email'), function='lower'))), name='user_email_lower_case')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_userevent" ("email", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c446d19739ec99999461af486438943fcd1fbb5a', operation='INSERT', pgid='pgtrigger_insert_insert_8dce9', table='organisation_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func='INSERT INTO "organisation_userevent" ("email", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='028ad40ae34ce48cf4018717234050bbe4f7fbaf', operation='UPDATE', pgid='pgtrigger_update_update_d7eb0', table='organisation_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_userevent" ("email", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."email", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='facc5dcf92f813f7b53f695efcfdec503758d06f', operation='DELETE', pgid='pgtrigger_delete_delete_b3007', table='organisation_user', when='AFTER')),
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('contact', 'kontaktperson'), ('deputy', 'vara for kontaktperson'), ('leader', 'leder'), ('climate_editor', 'Virksomhet Klima'), ('analyst', 'Oppfølging og analyse'), ('executive', 'rådmannens ledergruppe'), ('auditor', 'revisor'), ('reader', 'leser'), ('admin', 'administrator')], max_length=20, verbose_name='rolle')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.unit', verbose_name='virksomhet')),
            ],
            options={
                'verbose_name': 'rolle',
                'verbose_name_plural': 'roller',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role__in', [organisation.enums.Role['CONTACT'], organisation.enums.Role['DEPUTY'], organisation.enums.Role['LEADER']]), ('unit__isnull', False)), models.Q(('role__in', [organisation.enums.Role['ADMIN'], organisation.enums.Role['ANALYST'], organisation.enums.Role['AUDITOR'], organisation.enums.Role['CLIMATE_EDITOR'], organisation.enums.Role['EXECUTIVE'], organisation.enums.Role['READER']]), ('unit__isnull', True)), _connector='OR'), name='appointment_unit_only_for_unit_roles'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('user'), '='), (models.F('role'), '='), (models.Func(models.F('unit'), models.Value(0), function='coalesce'), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='appointment_not_twice_at_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='appointment_dates_in_order')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_appointmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id", "user_id", "valid_from", "valid_to") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."unit_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='726928c1377ee987d6285b9d6f7d78a5c5394ae7', operation='INSERT', pgid='pgtrigger_insert_insert_a677d', table='organisation_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "organisation_appointmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id", "user_id", "valid_from", "valid_to") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."unit_id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='624d91a6465032268c509a4a882f075fb6a30d13', operation='UPDATE', pgid='pgtrigger_update_update_4ea85', table='organisation_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_appointmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "unit_id", "user_id", "valid_from", "valid_to") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."unit_id", OLD."user_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='3ff6a957e11352f11b77e72ea184bc952e8564b4', operation='DELETE', pgid='pgtrigger_delete_delete_8ab2e', table='organisation_appointment', when='AFTER')),
        ),
        migrations.CreateModel(
            name='AppointmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('contact', 'kontaktperson'), ('deputy', 'vara for kontaktperson'), ('leader', 'leder'), ('climate_editor', 'Virksomhet Klima'), ('analyst', 'Oppfølging og analyse'), ('executive', 'rådmannens ledergruppe'), ('auditor', 'revisor'), ('reader', 'leser'), ('admin', 'administrator')], max_length=20, verbose_name='rolle')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisation.appointment')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7f561acdb392bb476e77e3e6ac2c8b183ccc089', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ec6a', table='organisation_appointmentevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('kind', models.CharField(choices=[('område', 'område'), ('virksomhet', 'virksomhet'), ('stab', 'stab'), ('KF', 'kommunalt foretak')], max_length=20, verbose_name='type')),
                ('coordinates_network', models.BooleanField(default=False, verbose_name='koordinerer Klimalaget')),
                ('valid_from', models.DateField(default=datetime.date(2020, 1, 1), verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='hører til')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisation.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71ad66a10642cf37ba51a0aa4054c370a4f814c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ab73d', table='organisation_unitevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('email', models.EmailField(max_length=254, verbose_name='e-postadresse')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='879cf9bd59aa5e233987f12efde35cd26441c868', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1706f', table='organisation_userevent', when='BEFORE')),
        ),
    ])]
