import datetime
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import organisation.enums
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from web.migration_operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('web', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('contact', 'kontaktperson'), ('deputy', 'vara for kontaktperson'), ('leader', 'leder'), ('climate_editor', 'Virksomhet Klima'), ('analyst', 'Oppfølging og analyse'), ('executive', 'rådmannens ledergruppe'), ('auditor', 'revisor'), ('reader', 'leser'), ('admin', 'administrator')], max_length=20, verbose_name='rolle')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
            ],
            options={
                'verbose_name': 'rolle',
                'verbose_name_plural': 'roller',
            },
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
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LoginLogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('name_changed', 'Navnet er endret'), ('email_changed', 'E-postadressen er endret')], max_length=20, verbose_name='hendelse')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='når')),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
            ],
            options={
                'verbose_name': 'linje i innloggingsloggen',
                'verbose_name_plural': 'linjer i innloggingsloggen',
            },
        ),
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
            ],
            options={
                'verbose_name': 'virksomhet eller foretak',
                'verbose_name_plural': 'virksomheter og foretak',
            },
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
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
            ],
            options={
                'abstract': False,
            },
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
            trigger=pgtrigger.compiler.Trigger(name='logs_changed_name_and_email', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."email" IS DISTINCT FROM (NEW."email"))', declare='DECLARE who jsonb;', func="\n        -- What history's own triggers read; empty outside of a deed.\n        who := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;\n        INSERT INTO organisation_loginlogentry (kind, user_id, at, by_id, by_system)\n        SELECT told.kind, NEW.id, now(), (who ->> 'actor_id')::bigint, COALESCE(who ->> 'system', '')\n        FROM (VALUES\n            ('name_changed', OLD.name IS DISTINCT FROM NEW.name),\n            ('email_changed', OLD.email IS DISTINCT FROM NEW.email)\n        ) AS told(kind, is_so)\n        WHERE told.is_so;\n        RETURN NULL;\n        ", hash='722a47e3011f2a233d8683b220cac3979054f8de', operation='UPDATE OF "name", "email"', pgid='pgtrigger_logs_changed_name_and_email_f7d8f', table='organisation_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_userevent" ("id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='e5b8f6de3214bde410798467094491a27a997d25', operation='INSERT', pgid='pgtrigger_insert_insert_8dce9', table='organisation_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active"))', func='INSERT INTO "organisation_userevent" ("id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='10ccf18cd858849bf97ca04ab71edaae24a3eb40', operation='UPDATE', pgid='pgtrigger_update_update_d7eb0', table='organisation_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "organisation_userevent" ("id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."is_active", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='c65ef16eaa7ccd56cd4ed40873c8db5176415108', operation='DELETE', pgid='pgtrigger_delete_delete_b3007', table='organisation_user', when='AFTER')),
        ),
        migrations.AddField(
            model_name='appointment',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisation.appointment'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='loginlogentry',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='loginlogentry',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='unit',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit', verbose_name='hører til'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='hører til'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='organisation.unit'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='loginlogentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [organisation.enums.LoginLogKind['NAME_CHANGED'], organisation.enums.LoginLogKind['EMAIL_CHANGED']])), name='login_log_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='loginlogentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), models.Q(('by__isnull', True), ('by_system', '')), _connector='OR'), name='login_log_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginlogentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'DELETE' AND OLD.at < now() - make_interval(days => public.days_kept('LOGIN_LOG_KEPT_DAYS')) THEN RETURN OLD; END IF; RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='bf2ff268dbd33953718c30ed34859a1944a271b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_326fe', table='organisation_loginlogentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='loginlogentry',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='276299b637180fa8bb3cc952fded061635dbc2b7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f5b73', table='organisation_loginlogentry', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('name', 'valid_from'), name='unit_name_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('coordinates_network', True), ('valid_to__isnull', True)), fields=('coordinates_network',), name='unit_one_network_coordinator'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [organisation.enums.UnitKind['AREA'], organisation.enums.UnitKind['UNIT'], organisation.enums.UnitKind['STAFF'], organisation.enums.UnitKind['ENTERPRISE']])), name='unit_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='unit_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_dates_in_order'),
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
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='6a988b38e160e267554fbf4395dd2d53c32b9e6c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ec6a', table='organisation_appointmentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointmentevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='cf595c88664e59634792cf8d28a68979b36360df', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7f068', table='organisation_appointmentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', [organisation.enums.Role['CONTACT'], organisation.enums.Role['DEPUTY'], organisation.enums.Role['LEADER']]), ('unit__isnull', False)), models.Q(('role__in', [organisation.enums.Role['ADMIN'], organisation.enums.Role['ANALYST'], organisation.enums.Role['AUDITOR'], organisation.enums.Role['CLIMATE_EDITOR'], organisation.enums.Role['EXECUTIVE'], organisation.enums.Role['READER']]), ('unit__isnull', True)), _connector='OR'), name='appointment_unit_only_for_unit_roles'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('user'), '='), (models.F('role'), '='), (models.Func(models.F('unit'), models.Value(0), function='coalesce'), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='appointment_not_twice_at_once'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='appointment_dates_in_order'),
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
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='12e674d26a0845257d1b3d3d466a50e951bcd9b4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ab73d', table='organisation_unitevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3c15f2f6ec79a66a4f4414faff2d7ea553240bc9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b9807', table='organisation_unitevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='51ae736922b2e1a99cb903383ff54be944a6a458', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1706f', table='organisation_userevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='899d503f52d17bb30507ffa8f34f5e6af771fd89', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_67163', table='organisation_userevent', when='BEFORE')),
        ),
    ])]
