import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import reporting.enums
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('budget', '0001_initial'),
        ('organisation', '0001_initial'),
        ('organisation', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('strategy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('kind', models.CharField(choices=[('T1', '1. tertial'), ('T2', '2. tertial'), ('AR', 'årsrapport')], max_length=2, verbose_name='periode')),
                ('opens_at', models.DateTimeField(verbose_name='åpner')),
                ('contact_deadline', models.DateTimeField(verbose_name='frist for kontaktpersoner')),
                ('leader_deadline', models.DateTimeField(verbose_name='frist for ledere')),
                ('closes_at', models.DateTimeField(verbose_name='lukkes')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='budget.climatebudget', verbose_name='klimabudsjett')),
            ],
            options={
                'verbose_name': 'rapporteringsperiode',
                'verbose_name_plural': 'rapporteringsperioder',
                'constraints': [models.UniqueConstraint(fields=('year', 'kind'), name='period_once'), models.CheckConstraint(condition=models.Q(('kind__in', [reporting.enums.PeriodKind['FIRST_TERTIAL'], reporting.enums.PeriodKind['SECOND_TERTIAL'], reporting.enums.PeriodKind['ANNUAL']])), name='period_kind_known'), models.CheckConstraint(condition=models.Q(('contact_deadline__lte', models.F('leader_deadline')), ('leader_deadline__lte', models.F('closes_at')), ('opens_at__lt', models.F('contact_deadline'))), name='period_dates_in_order')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_periodevent" ("budget_id", "closes_at", "contact_deadline", "id", "kind", "leader_deadline", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."budget_id", NEW."closes_at", NEW."contact_deadline", NEW."id", NEW."kind", NEW."leader_deadline", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."year"); RETURN NULL;', hash='f144aa816712f81faec39aeada67ddde2a609d46', operation='INSERT', pgid='pgtrigger_insert_insert_c378d', table='reporting_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_periodevent" ("budget_id", "closes_at", "contact_deadline", "id", "kind", "leader_deadline", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."budget_id", NEW."closes_at", NEW."contact_deadline", NEW."id", NEW."kind", NEW."leader_deadline", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."year"); RETURN NULL;', hash='8bfd789bca07b66914dc602c9258f49576ad7510', operation='UPDATE', pgid='pgtrigger_update_update_6bfd1', table='reporting_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_periodevent" ("budget_id", "closes_at", "contact_deadline", "id", "kind", "leader_deadline", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (OLD."budget_id", OLD."closes_at", OLD."contact_deadline", OLD."id", OLD."kind", OLD."leader_deadline", OLD."opens_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."year"); RETURN NULL;', hash='ceb06b8d0e66da6e7571c556aad28b7b88fe7217', operation='DELETE', pgid='pgtrigger_delete_delete_280c3', table='reporting_period', when='AFTER')),
        ),
        migrations.CreateModel(
            name='UnitReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Under arbeid'), ('submitted', 'Til godkjenning hos virksomhetsleder'), ('approved', 'Godkjent av leder'), ('assured', 'Kvalitetssikret av Klima'), ('returned', 'Returnert')], default=reporting.enums.ReportState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('leader_comment', models.TextField(blank=True, verbose_name='kommentar fra leder')),
                ('climate_comment', models.TextField(blank=True, verbose_name='kommentar fra Klima')),
                ('return_comment', models.TextField(blank=True, verbose_name='hvorfor rapporten er returnert')),
                ('board_date', models.DateField(blank=True, null=True, verbose_name='behandlet i styret')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sendt inn')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkjent')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='kvalitetssikret')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reporting.period', verbose_name='periode')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='organisation.unit', verbose_name='virksomhet')),
            ],
            options={
                'verbose_name': 'rapport',
                'verbose_name_plural': 'rapporter',
                'constraints': [models.UniqueConstraint(fields=('period', 'unit'), name='report_once_per_unit_and_period'), models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.ReportState['DRAFT'], reporting.enums.ReportState['SUBMITTED'], reporting.enums.ReportState['APPROVED'], reporting.enums.ReportState['ASSURED'], reporting.enums.ReportState['RETURNED']])), name='report_state_known'), models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.ReportState['DRAFT'], reporting.enums.ReportState['RETURNED']]), ('submitted_at__isnull', False), _connector='OR'), name='report_submitted_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', reporting.enums.ReportState['RETURNED']), _negated=True), models.Q(('return_comment', ''), _negated=True), _connector='OR'), name='report_returned_has_comment')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n                IF (OLD.state, NEW.state) NOT IN (('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'approved'), ('submitted', 'returned'), ('approved', 'assured'), ('approved', 'returned')) THEN\n                    RAISE EXCEPTION 'a report cannot go from % to %', OLD.state, NEW.state\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n                ", hash='ad5acb112b5f58075f10a444d6ae7c1282d9fefe', operation='UPDATE OF "state"', pgid='pgtrigger_state_along_the_table_ce27d', table='reporting_unitreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='complete_when_submitted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'submitted' AND OLD.state <> 'submitted')", func="\n                IF EXISTS (\n                    SELECT 1 FROM reporting_measurestatus\n                    WHERE report_id = NEW.id AND (\n                        status = ''\n                        OR status IN ('delayed', 'should_have_started', 'stopped') AND (cause = '' OR corrective_action = '')\n                        OR status IN ('delayed', 'should_have_started') AND new_date IS NULL\n                        OR (decision_level = '') <> (decision_question = '')\n                    )\n                ) THEN\n                    RAISE EXCEPTION 'an incomplete report cannot be submitted'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n                ", hash='2e492739141a04e4f153a2c21e66fa43f1e1839b', operation='UPDATE OF "state"', pgid='pgtrigger_complete_when_submitted_690e6', table='reporting_unitreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_unitreportevent" ("approved_at", "assured_at", "board_date", "climate_comment", "id", "leader_comment", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_comment", "state", "submitted_at", "unit_id", "version") VALUES (NEW."approved_at", NEW."assured_at", NEW."board_date", NEW."climate_comment", NEW."id", NEW."leader_comment", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."return_comment", NEW."state", NEW."submitted_at", NEW."unit_id", NEW."version"); RETURN NULL;', hash='fa274f17063277e3ff4235ce832b219b94219c11', operation='INSERT', pgid='pgtrigger_insert_insert_18c92', table='reporting_unitreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_unitreportevent" ("approved_at", "assured_at", "board_date", "climate_comment", "id", "leader_comment", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_comment", "state", "submitted_at", "unit_id", "version") VALUES (NEW."approved_at", NEW."assured_at", NEW."board_date", NEW."climate_comment", NEW."id", NEW."leader_comment", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."return_comment", NEW."state", NEW."submitted_at", NEW."unit_id", NEW."version"); RETURN NULL;', hash='bbe083c16f135e978ee4a2ec98a0686bad8bcbcc', operation='UPDATE', pgid='pgtrigger_update_update_39939', table='reporting_unitreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_unitreportevent" ("approved_at", "assured_at", "board_date", "climate_comment", "id", "leader_comment", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_comment", "state", "submitted_at", "unit_id", "version") VALUES (OLD."approved_at", OLD."assured_at", OLD."board_date", OLD."climate_comment", OLD."id", OLD."leader_comment", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."return_comment", OLD."state", OLD."submitted_at", OLD."unit_id", OLD."version"); RETURN NULL;', hash='08d6d26f7909abbfe79f7f40a04a02dc890d0456', operation='DELETE', pgid='pgtrigger_delete_delete_f26c8', table='reporting_unitreport', when='AFTER')),
        ),
        migrations.CreateModel(
            name='MeasureStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('status', models.CharField(blank=True, choices=[('not_started_planned', 'Ikke startet, etter plan'), ('should_have_started', 'Skulle vært i gang'), ('on_track', 'I rute'), ('delayed', 'Forsinket'), ('stopped', 'Stoppet'), ('postponed', 'Utsatt, vedtatt'), ('completed', 'Gjennomført')], max_length=30, verbose_name='status')),
                ('indicator_value', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='resultat')),
                ('what_happened', models.TextField(blank=True, max_length=1000, verbose_name='hva har skjedd siden sist')),
                ('cause', models.TextField(blank=True, max_length=1000, verbose_name='årsak')),
                ('corrective_action', models.TextField(blank=True, max_length=1000, verbose_name='hva dere gjør')),
                ('new_date', models.DateField(blank=True, null=True, verbose_name='når det er tatt igjen')),
                ('delayed_share', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='andel som er forsinket, prosent')),
                ('decision_level', models.CharField(blank=True, choices=[('leader', 'virksomhetslederen'), ('director', 'direktøren'), ('executive', 'rådmannens ledergruppe'), ('council', 'kommunestyret')], max_length=20, verbose_name='hvem skal avgjøre')),
                ('decision_question', models.TextField(blank=True, max_length=500, verbose_name='hva skal avgjøres')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='strategy.measure', verbose_name='tiltak')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='reporting.unitreport', verbose_name='rapport')),
            ],
            options={
                'verbose_name': 'status for tiltak',
                'verbose_name_plural': 'status for tiltak',
                'constraints': [models.UniqueConstraint(fields=('report', 'measure'), name='status_once_per_measure'), models.CheckConstraint(condition=models.Q(('status', ''), ('status__in', [reporting.enums.Status['NOT_STARTED_PLANNED'], reporting.enums.Status['SHOULD_HAVE_STARTED'], reporting.enums.Status['ON_TRACK'], reporting.enums.Status['DELAYED'], reporting.enums.Status['STOPPED'], reporting.enums.Status['POSTPONED'], reporting.enums.Status['COMPLETED']]), _connector='OR'), name='status_known'), models.CheckConstraint(condition=models.Q(('status__in', [reporting.enums.Status['DELAYED'], reporting.enums.Status['SHOULD_HAVE_STARTED'], reporting.enums.Status['STOPPED']]), models.Q(('cause', ''), ('corrective_action', ''), ('delayed_share__isnull', True), ('new_date__isnull', True)), _connector='OR'), name='status_delay_only_when_off_plan'), models.CheckConstraint(condition=models.Q(('delayed_share__isnull', True), models.Q(('delayed_share__gt', 0), ('delayed_share__lte', 100)), _connector='OR'), name='status_share_in_range')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='only_while_editable', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE report_state text;', func="\n                IF TG_OP <> 'INSERT' THEN\n                    SELECT state INTO report_state\n                    FROM reporting_unitreport WHERE id = OLD.report_id FOR SHARE;\n                    IF report_state NOT IN ('draft', 'returned') THEN\n                        RAISE EXCEPTION 'a submitted report cannot be changed'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                END IF;\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                SELECT state INTO report_state FROM reporting_unitreport WHERE id = NEW.report_id FOR SHARE;\n                IF report_state NOT IN ('draft', 'returned') THEN\n                    RAISE EXCEPTION 'a submitted report cannot be changed'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n                ", hash='dbf7a243b858fbcc21f41225113ae9b86165e3f2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_while_editable_80373', table='reporting_measurestatus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_measurestatusevent" ("cause", "corrective_action", "decision_level", "decision_question", "delayed_share", "id", "indicator_value", "line_id", "measure_id", "new_date", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "status", "version", "what_happened") VALUES (NEW."cause", NEW."corrective_action", NEW."decision_level", NEW."decision_question", NEW."delayed_share", NEW."id", NEW."indicator_value", NEW."line_id", NEW."measure_id", NEW."new_date", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."status", NEW."version", NEW."what_happened"); RETURN NULL;', hash='b84da8c6378d586a8f08d23f172a87a98310812f', operation='INSERT', pgid='pgtrigger_insert_insert_55bd0', table='reporting_measurestatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_measurestatusevent" ("cause", "corrective_action", "decision_level", "decision_question", "delayed_share", "id", "indicator_value", "line_id", "measure_id", "new_date", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "status", "version", "what_happened") VALUES (NEW."cause", NEW."corrective_action", NEW."decision_level", NEW."decision_question", NEW."delayed_share", NEW."id", NEW."indicator_value", NEW."line_id", NEW."measure_id", NEW."new_date", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."status", NEW."version", NEW."what_happened"); RETURN NULL;', hash='c412777c3d7ce0a1bd2777db6d4908a10fefc787', operation='UPDATE', pgid='pgtrigger_update_update_61299', table='reporting_measurestatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_measurestatusevent" ("cause", "corrective_action", "decision_level", "decision_question", "delayed_share", "id", "indicator_value", "line_id", "measure_id", "new_date", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "status", "version", "what_happened") VALUES (OLD."cause", OLD."corrective_action", OLD."decision_level", OLD."decision_question", OLD."delayed_share", OLD."id", OLD."indicator_value", OLD."line_id", OLD."measure_id", OLD."new_date", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."status", OLD."version", OLD."what_happened"); RETURN NULL;', hash='a021e9c00c133637bb497c7fdc4db391f1cdc4b9', operation='DELETE', pgid='pgtrigger_delete_delete_ecf94', table='reporting_measurestatus', when='AFTER')),
        ),
        migrations.CreateModel(
            name='MeasureStatusEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('status', models.CharField(blank=True, choices=[('not_started_planned', 'Ikke startet, etter plan'), ('should_have_started', 'Skulle vært i gang'), ('on_track', 'I rute'), ('delayed', 'Forsinket'), ('stopped', 'Stoppet'), ('postponed', 'Utsatt, vedtatt'), ('completed', 'Gjennomført')], max_length=30, verbose_name='status')),
                ('indicator_value', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='resultat')),
                ('what_happened', models.TextField(blank=True, max_length=1000, verbose_name='hva har skjedd siden sist')),
                ('cause', models.TextField(blank=True, max_length=1000, verbose_name='årsak')),
                ('corrective_action', models.TextField(blank=True, max_length=1000, verbose_name='hva dere gjør')),
                ('new_date', models.DateField(blank=True, null=True, verbose_name='når det er tatt igjen')),
                ('delayed_share', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='andel som er forsinket, prosent')),
                ('decision_level', models.CharField(blank=True, choices=[('leader', 'virksomhetslederen'), ('director', 'direktøren'), ('executive', 'rådmannens ledergruppe'), ('council', 'kommunestyret')], max_length=20, verbose_name='hvem skal avgjøre')),
                ('decision_question', models.TextField(blank=True, max_length=500, verbose_name='hva skal avgjøres')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.measurestatus')),
                ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.unitreport', verbose_name='rapport')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatusevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='69014974753431cc8e4742bfd5111148c7c168ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3840', table='reporting_measurestatusevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='PeriodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('kind', models.CharField(choices=[('T1', '1. tertial'), ('T2', '2. tertial'), ('AR', 'årsrapport')], max_length=2, verbose_name='periode')),
                ('opens_at', models.DateTimeField(verbose_name='åpner')),
                ('contact_deadline', models.DateTimeField(verbose_name='frist for kontaktpersoner')),
                ('leader_deadline', models.DateTimeField(verbose_name='frist for ledere')),
                ('closes_at', models.DateTimeField(verbose_name='lukkes')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.period')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98330e783cdfd501cdb65d84bd6821655c177128', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6813', table='reporting_periodevent', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('data', models.JSONField()),
                ('data_sha256', models.CharField(max_length=64)),
                ('pdf', models.BinaryField()),
                ('pdf_sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='publisert')),
                ('published_by_name', models.CharField(max_length=120)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reporting.period')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'publikasjon',
                'verbose_name_plural': 'publikasjoner',
                'constraints': [models.UniqueConstraint(fields=('period', 'number'), name='publication_number_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fc6f7d6b7427cb95642a02e1ae909be212d2bc03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_44976', table='reporting_publication', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ReportTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20)),
                ('to_state', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_name', models.CharField(max_length=120)),
                ('comment', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='reporting.unitreport')),
            ],
            options={
                'verbose_name': 'overgang',
                'verbose_name_plural': 'overganger',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reporttransition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7a336d9bece04c884d38d7bcccf68efd9bc0a7ea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f40d', table='reporting_reporttransition', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_by_name', models.CharField(max_length=120)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.unitreport')),
            ],
            options={
                'verbose_name': 'innsendt versjon',
                'verbose_name_plural': 'innsendte versjoner',
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='report_version_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='17635f5d2e7f75bab6849284e4f10fdf0e39309c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_01a62', table='reporting_reportversion', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='SummaryOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default=reporting.enums.OrderState['QUEUED'], max_length=20)),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('preview', models.BooleanField(default=False)),
                ('pdf', models.BinaryField(null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='reporting.period')),
                ('publication', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='reporting.publication')),
            ],
            options={
                'verbose_name': 'bestilt sammendrag',
                'verbose_name_plural': 'bestilte sammendrag',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.OrderState['QUEUED'], reporting.enums.OrderState['RUNNING'], reporting.enums.OrderState['DONE'], reporting.enums.OrderState['FAILED']])), name='order_state_known')],
            },
        ),
        migrations.CreateModel(
            name='UnitReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Under arbeid'), ('submitted', 'Til godkjenning hos virksomhetsleder'), ('approved', 'Godkjent av leder'), ('assured', 'Kvalitetssikret av Klima'), ('returned', 'Returnert')], default=reporting.enums.ReportState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('leader_comment', models.TextField(blank=True, verbose_name='kommentar fra leder')),
                ('climate_comment', models.TextField(blank=True, verbose_name='kommentar fra Klima')),
                ('return_comment', models.TextField(blank=True, verbose_name='hvorfor rapporten er returnert')),
                ('board_date', models.DateField(blank=True, null=True, verbose_name='behandlet i styret')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sendt inn')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkjent')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='kvalitetssikret')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.period', verbose_name='periode')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.unitreport')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='babd104e2d47e6512d140f25ec2af13f50909a45', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f00ec', table='reporting_unitreportevent', when='BEFORE')),
        ),
    ]
