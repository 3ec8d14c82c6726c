import django.contrib.postgres.constraints
import django.db.models.deletion
import klimalaget.enums
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
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='møte')),
                ('starts_at', models.DateTimeField(verbose_name='når')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='sted')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
            ],
            options={
                'verbose_name': 'møte i Klimalaget',
                'verbose_name_plural': 'møter i Klimalaget',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='MeetingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160, verbose_name='møte')),
                ('starts_at', models.DateTimeField(verbose_name='når')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='sted')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
            ],
            options={
                'verbose_name': 'medlemskap',
                'verbose_name_plural': 'medlemskap',
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('fixed', 'fast plass'), ('voluntary', 'frivillig'), ('outside', 'utenfor')], max_length=20, verbose_name='plass')),
                ('carries_out_measures', models.BooleanField(default=False, verbose_name='gjennomfører klimatiltak og prosjekter')),
                ('makes_plans', models.BooleanField(default=False, verbose_name='lager planer og strategier der klima er sentralt')),
                ('large_emissions', models.BooleanField(default=False, verbose_name='representerer en sektor med store utslipp')),
                ('outside_reason', models.CharField(blank=True, max_length=300, verbose_name='hvorfor virksomheten står utenfor')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'plass i Klimalaget',
                'verbose_name_plural': 'plasser i Klimalaget',
            },
        ),
        migrations.CreateModel(
            name='SeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('fixed', 'fast plass'), ('voluntary', 'frivillig'), ('outside', 'utenfor')], max_length=20, verbose_name='plass')),
                ('carries_out_measures', models.BooleanField(default=False, verbose_name='gjennomfører klimatiltak og prosjekter')),
                ('makes_plans', models.BooleanField(default=False, verbose_name='lager planer og strategier der klima er sentralt')),
                ('large_emissions', models.BooleanField(default=False, verbose_name='representerer en sektor med store utslipp')),
                ('outside_reason', models.CharField(blank=True, max_length=300, verbose_name='hvorfor virksomheten står utenfor')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "klimalaget_meetingevent" ("id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_at", "title") VALUES (NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."starts_at", NEW."title"); RETURN NULL;', hash='f4b93ec0b5f3b2389e32b966b9594e3f3c99fa4e', operation='INSERT', pgid='pgtrigger_insert_insert_8a2fd', table='klimalaget_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "klimalaget_meetingevent" ("id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_at", "title") VALUES (NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."starts_at", NEW."title"); RETURN NULL;', hash='bcc5bc0f2266738e0bbca25e8287a7fb4197f6e9', operation='UPDATE', pgid='pgtrigger_update_update_094e9', table='klimalaget_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "klimalaget_meetingevent" ("id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "starts_at", "title") VALUES (OLD."id", OLD."is_example", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."starts_at", OLD."title"); RETURN NULL;', hash='fe1d4496e21b5099cc6bddff3b023550607af41e', operation='DELETE', pgid='pgtrigger_delete_delete_bf704', table='klimalaget_meeting', when='AFTER')),
        ),
        migrations.AddField(
            model_name='meetingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='meetingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='klimalaget.meeting'),
        ),
        migrations.AddField(
            model_name='membership',
            name='deputy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='klimalaget_deputyships', to=settings.AUTH_USER_MODEL, verbose_name='vara'),
        ),
        migrations.AddField(
            model_name='membership',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='klimalaget_memberships', to=settings.AUTH_USER_MODEL, verbose_name='medlem'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='deputy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vara'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='member',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medlem'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='klimalaget.membership'),
        ),
        migrations.AddField(
            model_name='seat',
            name='unit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seat', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='membershipevent',
            name='seat',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='klimalaget.seat', verbose_name='plass'),
        ),
        migrations.AddField(
            model_name='membership',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='klimalaget.seat', verbose_name='plass'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='klimalaget.seat'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='aad172ef0c520321116f0e635714e0a902d40472', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a94c2', table='klimalaget_meetingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0b01f7d2c0d1118ae47c9442742e5ae3db26bd30', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4cc18', table='klimalaget_meetingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [klimalaget.enums.SeatKind['FIXED'], klimalaget.enums.SeatKind['VOLUNTARY'], klimalaget.enums.SeatKind['OUTSIDE']])), name='seat_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', klimalaget.enums.SeatKind['OUTSIDE']), models.Q(('outside_reason', ''), _negated=True)), models.Q(('kind', klimalaget.enums.SeatKind['VOLUNTARY']), ('outside_reason', '')), models.Q(('kind', klimalaget.enums.SeatKind['FIXED']), ('outside_reason', ''), models.Q(('carries_out_measures', True), ('makes_plans', True), ('large_emissions', True), _connector='OR')), _connector='OR'), name='seat_has_basis_or_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "klimalaget_seatevent" ("carries_out_measures", "id", "is_example", "kind", "large_emissions", "makes_plans", "outside_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."carries_out_measures", NEW."id", NEW."is_example", NEW."kind", NEW."large_emissions", NEW."makes_plans", NEW."outside_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;', hash='645448cef000000f4723b281c7323e19a05d99b7', operation='INSERT', pgid='pgtrigger_insert_insert_56d61', table='klimalaget_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "klimalaget_seatevent" ("carries_out_measures", "id", "is_example", "kind", "large_emissions", "makes_plans", "outside_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (NEW."carries_out_measures", NEW."id", NEW."is_example", NEW."kind", NEW."large_emissions", NEW."makes_plans", NEW."outside_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id", NEW."version"); RETURN NULL;', hash='15e3f26d9ffc60755cf490d2d917b67905ea4837', operation='UPDATE', pgid='pgtrigger_update_update_d63d6', table='klimalaget_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "klimalaget_seatevent" ("carries_out_measures", "id", "is_example", "kind", "large_emissions", "makes_plans", "outside_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version") VALUES (OLD."carries_out_measures", OLD."id", OLD."is_example", OLD."kind", OLD."large_emissions", OLD."makes_plans", OLD."outside_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."version"); RETURN NULL;', hash='4c52b614731d2560b30f86bd4f1cb83227f8df12', operation='DELETE', pgid='pgtrigger_delete_delete_deea6', table='klimalaget_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b605347069fde730425ac991b1b5f4194874ada8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0e48', table='klimalaget_membershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershipevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='4bfb31ab75e934f3024c4880a598d1539a8c6c90', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2c31d', table='klimalaget_membershipevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('seat'), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='membership_one_member_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('deputy__isnull', True), models.Q(('deputy', models.F('member')), _negated=True), _connector='OR'), name='membership_deputy_is_another'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_dates_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "klimalaget_membershipevent" ("deputy_id", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "valid_from", "valid_to") VALUES (NEW."deputy_id", NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seat_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='35a030d851774e4f03f3acbd6b37488e9167829f', operation='INSERT', pgid='pgtrigger_insert_insert_05067', table='klimalaget_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "klimalaget_membershipevent" ("deputy_id", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "valid_from", "valid_to") VALUES (NEW."deputy_id", NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seat_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='8ae55d2499cf4a52a9014a4179fd27bffcf9bea7', operation='UPDATE', pgid='pgtrigger_update_update_c05d8', table='klimalaget_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "klimalaget_membershipevent" ("deputy_id", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat_id", "valid_from", "valid_to") VALUES (OLD."deputy_id", OLD."id", OLD."member_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seat_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='39161b603027c50df5d4e49583827dfe5563ff8f', operation='DELETE', pgid='pgtrigger_delete_delete_6beba', table='klimalaget_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3ff493182c811f4767fd6ac94bd722e6c394db84', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_db816', table='klimalaget_seatevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='99b8ed0335e0bd537d1e56d4c3127cfaaef21608', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8a318', table='klimalaget_seatevent', when='BEFORE')),
        ),
    ])]
