import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import reporting.enums
from django.conf import settings
from django.db import migrations, models

from web.migration_operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('budget', '0001_initial'),
        ('organisation', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('strategy', '0001_initial'),
        ('web', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='ReportingSettingsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('place', models.CharField(choices=[('here', 'her i portalen'), ('there', 'i virksomhetsstyringssystemet')], default=reporting.enums.Place['HERE'], max_length=10, verbose_name='hvor det rapporteres')),
                ('area_approves', models.BooleanField(default=False, verbose_name='området godkjenner før Klima')),
                ('first_reminder_days', models.PositiveSmallIntegerField(default=14, verbose_name='første påminnelse, dager før fristen')),
                ('second_reminder_days', models.PositiveSmallIntegerField(default=3, verbose_name='andre påminnelse, dager før fristen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportLogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('area_approved', 'Godkjent av området'), ('measure_added', 'Tiltak lagt til'), ('moved_in', 'Tiltak flyttet hit'), ('moved_out', 'Tiltak flyttet herfra'), ('handed_over', 'Overført til en annen virksomhet'), ('set_up', 'Innstillinger endret'), ('reporter_named', 'Utpekt til å rapportere'), ('correction_opened', 'Åpnet for retting'), ('correction_withdrawn', 'Rettingen trukket')], max_length=30)),
                ('what', models.CharField(blank=True, max_length=400)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
            ],
            options={
                'verbose_name': 'linje i rapportens logg',
                'verbose_name_plural': 'linjer i rapportens logg',
            },
        ),
        migrations.CreateModel(
            name='ReportMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('period_opened', 'Rapporteringen er åpen'), ('first_reminder', 'Første påminnelse'), ('second_reminder', 'Andre påminnelse'), ('deadline_day', 'Fristen er i dag'), ('overdue', 'Fristen er gått ut'), ('deadline_extended', 'Utsatt frist'), ('receipt', 'Kvittering'), ('report_returned', 'Rapporten er returnert'), ('report_assured', 'Rapporten er kvalitetssikret'), ('report_missing', 'Til leder: rapporten mangler'), ('waits_for_approval', 'Til leder: venter på godkjenning'), ('leader_reminder', 'Til leder: påminnelse om godkjenning'), ('leader_overdue', 'Til leder: fristen for godkjenning er gått ut'), ('waits_for_area', 'Til området: venter på godkjenning'), ('escalated', 'Til leder over: rapporten mangler'), ('weekly_digest', 'Ukens oppsummering til Klima')], max_length=20, verbose_name='slag')),
                ('deadline', models.DateTimeField(null=True, verbose_name='frist')),
            ],
            options={
                'verbose_name': 'varsel',
                'verbose_name_plural': 'varsler',
            },
        ),
        migrations.CreateModel(
            name='ReportTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20)),
                ('to_state', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('comment', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'overgang',
                'verbose_name_plural': 'overganger',
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('submitted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submitted_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='sendt av')),
            ],
            options={
                'verbose_name': 'innsendt versjon',
                'verbose_name_plural': 'innsendte versjoner',
            },
        ),
        migrations.CreateModel(
            name='StatusImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='fil')),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField(verbose_name='rader')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='importert')),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
            ],
            options={
                'verbose_name': 'import av statuser',
                'verbose_name_plural': 'importer av statuser',
            },
        ),
        migrations.CreateModel(
            name='StrategyFollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('anchoring', models.TextField(blank=True, max_length=1500, verbose_name='hvordan strategien er forankret i planene')),
                ('own_actions', models.TextField(blank=True, max_length=1500, verbose_name='egne grep')),
                ('competence', models.TextField(blank=True, max_length=1500, verbose_name='kompetanse')),
                ('asks', models.TextField(blank=True, max_length=1500, verbose_name='hva lederen ber om, og av hvem')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bekreftet')),
                ('confirmed_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='bekreftet av')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'strategioppfølging',
                'verbose_name_plural': 'strategioppfølging',
            },
        ),
        migrations.CreateModel(
            name='StrategyFollowUpEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('anchoring', models.TextField(blank=True, max_length=1500, verbose_name='hvordan strategien er forankret i planene')),
                ('own_actions', models.TextField(blank=True, max_length=1500, verbose_name='egne grep')),
                ('competence', models.TextField(blank=True, max_length=1500, verbose_name='kompetanse')),
                ('asks', models.TextField(blank=True, max_length=1500, verbose_name='hva lederen ber om, og av hvem')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bekreftet')),
                ('confirmed_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='bekreftet av')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Under arbeid'), ('submitted', 'Til godkjenning hos virksomhetsleder'), ('approved', 'Godkjent av leder'), ('assured', 'Kvalitetssikret av Klima'), ('returned', 'Returnert')], default=reporting.enums.ReportState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('leader_comment', models.TextField(blank=True, verbose_name='kommentar fra leder')),
                ('climate_comment', models.TextField(blank=True, verbose_name='kommentar fra Klima')),
                ('return_comment', models.TextField(blank=True, verbose_name='hvorfor rapporten er returnert')),
                ('place', models.CharField(choices=[('here', 'her i portalen'), ('there', 'i virksomhetsstyringssystemet')], default=reporting.enums.Place['HERE'], max_length=10, verbose_name='hvor det rapporteres')),
                ('contact_deadline', models.DateTimeField(blank=True, null=True, verbose_name='egen frist for kontaktperson')),
                ('leader_deadline', models.DateTimeField(blank=True, null=True, verbose_name='egen frist for leder')),
                ('needs_area', models.BooleanField(default=False, verbose_name='området skal godkjenne')),
                ('area_approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkjent av området')),
                ('board_date', models.DateField(blank=True, null=True, verbose_name='behandles i styret')),
                ('board_pending', models.BooleanField(default=False, verbose_name='datoen for styrebehandling er ikke satt')),
                ('enterprise_report', models.CharField(blank=True, max_length=300, verbose_name='foretakets egen rapport')),
                ('correction_reason', models.TextField(blank=True, verbose_name='hvorfor rapporten rettes')),
                ('correction_origin', models.CharField(blank=True, max_length=20, verbose_name='tilstand før retting')),
                ('escalation_released_at', models.DateTimeField(blank=True, null=True, verbose_name='varsling oppover frigitt')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sendt inn')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkjent')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='kvalitetssikret')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'rapport',
                'verbose_name_plural': 'rapporter',
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
                ('place', models.CharField(choices=[('here', 'her i portalen'), ('there', 'i virksomhetsstyringssystemet')], default=reporting.enums.Place['HERE'], max_length=10, verbose_name='hvor det rapporteres')),
                ('contact_deadline', models.DateTimeField(blank=True, null=True, verbose_name='egen frist for kontaktperson')),
                ('leader_deadline', models.DateTimeField(blank=True, null=True, verbose_name='egen frist for leder')),
                ('needs_area', models.BooleanField(default=False, verbose_name='området skal godkjenne')),
                ('area_approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkjent av området')),
                ('board_date', models.DateField(blank=True, null=True, verbose_name='behandles i styret')),
                ('board_pending', models.BooleanField(default=False, verbose_name='datoen for styrebehandling er ikke satt')),
                ('enterprise_report', models.CharField(blank=True, max_length=300, verbose_name='foretakets egen rapport')),
                ('correction_reason', models.TextField(blank=True, verbose_name='hvorfor rapporten rettes')),
                ('correction_origin', models.CharField(blank=True, max_length=20, verbose_name='tilstand før retting')),
                ('escalation_released_at', models.DateTimeField(blank=True, null=True, verbose_name='varsling oppover frigitt')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sendt inn')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkjent')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='kvalitetssikret')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitReportingSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('here', 'her i portalen'), ('there', 'i virksomhetsstyringssystemet')], max_length=10, verbose_name='hvor det rapporteres')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'innstilling for en virksomhet',
                'verbose_name_plural': 'innstillinger for virksomheter',
            },
        ),
        migrations.CreateModel(
            name='UnitReportingSettingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('place', models.CharField(choices=[('here', 'her i portalen'), ('there', 'i virksomhetsstyringssystemet')], max_length=10, verbose_name='hvor det rapporteres')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChecklistTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(choices=[('contact', 'Virksomheten har kontaktperson'), ('indicator', 'Tiltaket har en resultatindikator med måltall'), ('milestone', 'Tiltaket har en milepæl det neste året'), ('budget_line', 'Tiltaket har en linje i klimabudsjettet')], max_length=20, verbose_name='punkt')),
                ('note', models.CharField(max_length=300, verbose_name='merknad')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='krysset av')),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist_ticks', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'avkryssing',
                'verbose_name_plural': 'avkryssinger',
            },
        ),
        migrations.CreateModel(
            name='ChecklistTickEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('item', models.CharField(choices=[('contact', 'Virksomheten har kontaktperson'), ('indicator', 'Tiltaket har en resultatindikator med måltall'), ('milestone', 'Tiltaket har en milepæl det neste året'), ('budget_line', 'Tiltaket har en linje i klimabudsjettet')], max_length=20, verbose_name='punkt')),
                ('note', models.CharField(max_length=300, verbose_name='merknad')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='krysset av')),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.checklisttick')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeadlineExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact_deadline', models.DateTimeField()),
                ('leader_deadline', models.DateTimeField()),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
            ],
            options={
                'verbose_name': 'utsatt frist',
                'verbose_name_plural': 'utsatte frister',
            },
        ),
        migrations.CreateModel(
            name='Deviation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='åpnet')),
                ('cause', models.TextField(max_length=1000, verbose_name='årsak')),
                ('corrective_action', models.TextField(max_length=1000, verbose_name='hva som gjøres')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='tatt igjen innen')),
                ('tonnes_at_stake', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='tonn som står på spill')),
                ('state', models.CharField(choices=[('open', 'Åpent'), ('closed', 'Lukket')], default=reporting.enums.DeviationState['OPEN'], max_length=10, verbose_name='tilstand')),
                ('decision_level', models.CharField(blank=True, choices=[('leader', 'virksomhetslederen'), ('director', 'direktøren'), ('executive', 'rådmannens ledergruppe'), ('council', 'kommunestyret')], max_length=20, verbose_name='hvem skal avgjøre')),
                ('decision_question', models.TextField(blank=True, max_length=500, verbose_name='hva skal avgjøres')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='lukket')),
                ('closed_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='lukket av')),
                ('closing_reason', models.TextField(blank=True, max_length=1000, verbose_name='hvorfor avviket er lukket')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lukket av')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='strategy.decision', verbose_name='beslutning')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='strategy.measure', verbose_name='tiltak')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='organisation.unit', verbose_name='virksomhet')),
            ],
            options={
                'verbose_name': 'avvik',
                'verbose_name_plural': 'avvik',
            },
        ),
        migrations.CreateModel(
            name='EscalationRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
            ],
            options={
                'verbose_name': 'frigitt varsling oppover',
                'verbose_name_plural': 'frigitte varslinger oppover',
            },
        ),
        migrations.CreateModel(
            name='LeaderQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(max_length=1000, verbose_name='spørsmål')),
                ('due_on', models.DateField(verbose_name='svarfrist')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='stilt')),
                ('asked_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='stilt av')),
                ('draft', models.TextField(blank=True, max_length=2000, verbose_name='utkast til svar')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='svar')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='besvart')),
                ('answered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='besvart av')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='trukket')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvart av')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stilt av')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions_asked', to='organisation.unit', verbose_name='fra')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions_received', to='organisation.unit', verbose_name='til')),
            ],
            options={
                'verbose_name': 'spørsmål mellom ledere',
                'verbose_name_plural': 'spørsmål mellom ledere',
            },
        ),
        migrations.CreateModel(
            name='LeaderQuestionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('question', models.TextField(max_length=1000, verbose_name='spørsmål')),
                ('due_on', models.DateField(verbose_name='svarfrist')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='stilt')),
                ('asked_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='stilt av')),
                ('draft', models.TextField(blank=True, max_length=2000, verbose_name='utkast til svar')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='svar')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='besvart')),
                ('answered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='besvart av')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='trukket')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvart av')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stilt av')),
                ('from_unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='fra')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.leaderquestion')),
                ('to_unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='til')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new', 'Nytt tiltak'), ('end', 'Tiltaket er avsluttet')], max_length=10, verbose_name='forslag')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='tittel')),
                ('reason', models.TextField(max_length=1000, verbose_name='begrunnelse')),
                ('state', models.CharField(choices=[('open', 'Ikke behandlet'), ('accepted', 'Tatt inn'), ('declined', 'Ikke tatt inn')], default=reporting.enums.ProposalState['OPEN'], max_length=10, verbose_name='tilstand')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='svar fra Klima')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='besvart')),
                ('answered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='besvart av')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvart av')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'forslag i en rapport',
                'verbose_name_plural': 'forslag i rapporter',
            },
        ),
        migrations.CreateModel(
            name='MeasureProposalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('new', 'Nytt tiltak'), ('end', 'Tiltaket er avsluttet')], max_length=10, verbose_name='forslag')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='tittel')),
                ('reason', models.TextField(max_length=1000, verbose_name='begrunnelse')),
                ('state', models.CharField(choices=[('open', 'Ikke behandlet'), ('accepted', 'Tatt inn'), ('declined', 'Ikke tatt inn')], default=reporting.enums.ProposalState['OPEN'], max_length=10, verbose_name='tilstand')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='svar fra Klima')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='besvart')),
                ('answered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='besvart av')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='besvart av')),
                ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.measureproposal')),
            ],
            options={
                'abstract': False,
            },
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
                ('decision_follow_up', models.TextField(blank=True, max_length=1000, verbose_name='hva er gjort med beslutningen')),
                ('links', models.TextField(blank=True, max_length=2000, verbose_name='lenker til vedlegg')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bekreftet')),
                ('added_reason', models.CharField(blank=True, max_length=300, verbose_name='hvorfor tiltaket kom til senere')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'status for tiltak',
                'verbose_name_plural': 'status for tiltak',
            },
        ),
        migrations.CreateModel(
            name='MeasureComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('leader', 'virksomhetsleder'), ('area', 'område'), ('climate', 'Klima')], max_length=10)),
                ('returned', models.BooleanField(default=False)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('status', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='reporting.measurestatus')),
            ],
            options={
                'verbose_name': 'kommentar til et tiltak',
                'verbose_name_plural': 'kommentarer til tiltak',
            },
        ),
        migrations.CreateModel(
            name='DeviationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='åpnet')),
                ('cause', models.TextField(max_length=1000, verbose_name='årsak')),
                ('corrective_action', models.TextField(max_length=1000, verbose_name='hva som gjøres')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='tatt igjen innen')),
                ('tonnes_at_stake', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='tonn som står på spill')),
                ('state', models.CharField(choices=[('open', 'Åpent'), ('closed', 'Lukket')], default=reporting.enums.DeviationState['OPEN'], max_length=10, verbose_name='tilstand')),
                ('decision_level', models.CharField(blank=True, choices=[('leader', 'virksomhetslederen'), ('director', 'direktøren'), ('executive', 'rådmannens ledergruppe'), ('council', 'kommunestyret')], max_length=20, verbose_name='hvem skal avgjøre')),
                ('decision_question', models.TextField(blank=True, max_length=500, verbose_name='hva skal avgjøres')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='lukket')),
                ('closed_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='lukket av')),
                ('closing_reason', models.TextField(blank=True, max_length=1000, verbose_name='hvorfor avviket er lukket')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lukket av')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.decision', verbose_name='beslutning')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ansvarlig')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.deviation')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet')),
                ('status', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.measurestatus', verbose_name='rapportert status')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='deviation',
            name='status',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='reporting.measurestatus', verbose_name='rapportert status'),
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
                ('decision_follow_up', models.TextField(blank=True, max_length=1000, verbose_name='hva er gjort med beslutningen')),
                ('links', models.TextField(blank=True, max_length=2000, verbose_name='lenker til vedlegg')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bekreftet')),
                ('added_reason', models.CharField(blank=True, max_length=300, verbose_name='hvorfor tiltaket kom til senere')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.measurestatus')),
            ],
            options={
                'abstract': False,
            },
        ),
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
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='lukket')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='budget.climatebudget', verbose_name='klimabudsjett')),
            ],
            options={
                'verbose_name': 'rapporteringsperiode',
                'verbose_name_plural': 'rapporteringsperioder',
            },
        ),
        migrations.CreateModel(
            name='MoneyImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='fil')),
                ('sha256', models.CharField(max_length=64)),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='importert')),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money_imports', to='reporting.period')),
            ],
            options={
                'verbose_name': 'import av regnskapstall',
                'verbose_name_plural': 'importer av regnskapstall',
            },
        ),
        migrations.CreateModel(
            name='ExchangeUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('statuses', 'statuses'), ('money_file', 'money_file')], max_length=10)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file_name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('written', models.PositiveIntegerField(null=True)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='reporting.period')),
            ],
            options={
                'verbose_name': 'opplastet fil til en periode',
                'verbose_name_plural': 'opplastede filer til perioder',
            },
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
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='lukket')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.period')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PeriodStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan_links', 'Kobling til økonomiplanen'), ('money', 'Kontroll av pengene'), ('chapter', 'Klimakapitlet i tertialrapporten')], max_length=20, verbose_name='steg')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='frist')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='gjort')),
                ('done_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='gjort av')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='merknad')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gjort av')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reporting.period', verbose_name='periode')),
            ],
            options={
                'verbose_name': 'steg i perioden',
                'verbose_name_plural': 'steg i perioden',
            },
        ),
        migrations.CreateModel(
            name='PeriodStepEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('plan_links', 'Kobling til økonomiplanen'), ('money', 'Kontroll av pengene'), ('chapter', 'Klimakapitlet i tertialrapporten')], max_length=20, verbose_name='steg')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='frist')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='gjort')),
                ('done_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='gjort av')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='merknad')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gjort av')),
                ('period', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.period', verbose_name='periode')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.periodstep')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan_row', models.CharField(max_length=120, verbose_name='rad i økonomiplanen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan_link', to='budget.line', verbose_name='linje i klimabudsjettet')),
            ],
            options={
                'verbose_name': 'kobling til økonomiplanen',
                'verbose_name_plural': 'koblinger til økonomiplanen',
            },
        ),
        migrations.CreateModel(
            name='PlanLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('plan_row', models.CharField(max_length=120, verbose_name='rad i økonomiplanen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='linje i klimabudsjettet')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.planlink')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanRowMoney',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan_row', models.CharField(max_length=120, verbose_name='rad i økonomiplanen')),
                ('budgeted', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='budsjett, kr')),
                ('spent', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='brukt, kr')),
                ('forecast', models.DecimalField(decimal_places=2, max_digits=16, null=True, verbose_name='prognose for året, kr')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='merknad')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='reporting.moneyimport')),
            ],
            options={
                'verbose_name': 'regnskapstall for en rad',
                'verbose_name_plural': 'regnskapstall for rader',
            },
        ),
        migrations.CreateModel(
            name='ReportingSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('here', 'her i portalen'), ('there', 'i virksomhetsstyringssystemet')], default=reporting.enums.Place['HERE'], max_length=10, verbose_name='hvor det rapporteres')),
                ('area_approves', models.BooleanField(default=False, verbose_name='området godkjenner før Klima')),
                ('first_reminder_days', models.PositiveSmallIntegerField(default=14, verbose_name='første påminnelse, dager før fristen')),
                ('second_reminder_days', models.PositiveSmallIntegerField(default=3, verbose_name='andre påminnelse, dager før fristen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'innstillinger for rapportering',
                'verbose_name_plural': 'innstillinger for rapportering',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='reporting_settings_one_row'), models.CheckConstraint(condition=models.Q(('place__in', [reporting.enums.Place['HERE'], reporting.enums.Place['THERE']])), name='reporting_settings_place_known'), models.CheckConstraint(condition=models.Q(('first_reminder_days__gt', models.F('second_reminder_days'))), name='reporting_settings_reminders_in_order')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportingsettings',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportingsettingsevent" ("area_approves", "first_reminder_days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "second_reminder_days", "version") VALUES (NEW."area_approves", NEW."first_reminder_days", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."second_reminder_days", NEW."version"); RETURN NULL;', hash='173aae1c1711878a21869ae7b6c3229bf307ec8e', operation='INSERT', pgid='pgtrigger_insert_insert_9d32f', table='reporting_reportingsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportingsettings',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_reportingsettingsevent" ("area_approves", "first_reminder_days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "second_reminder_days", "version") VALUES (NEW."area_approves", NEW."first_reminder_days", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."second_reminder_days", NEW."version"); RETURN NULL;', hash='bf4192020c7ee7081dc3aa9ce50359e40a71e9c1', operation='UPDATE', pgid='pgtrigger_update_update_6bbd5', table='reporting_reportingsettings', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportingsettings',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_reportingsettingsevent" ("area_approves", "first_reminder_days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "second_reminder_days", "version") VALUES (OLD."area_approves", OLD."first_reminder_days", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."second_reminder_days", OLD."version"); RETURN NULL;', hash='0d2d0a36f7c803987e348898eeea05b25b2c4697', operation='DELETE', pgid='pgtrigger_delete_delete_d00d5', table='reporting_reportingsettings', when='AFTER')),
        ),
        migrations.AddField(
            model_name='reportingsettingsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='reportingsettingsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.reportingsettings'),
        ),
        migrations.AddField(
            model_name='reportlogentry',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='reportlogentry',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportmessage',
            name='mail',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_message', to='web.outboxmail'),
        ),
        migrations.AddField(
            model_name='reportmessage',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='reporting.period'),
        ),
        migrations.AddField(
            model_name='reportmessage',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reporttransition',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='submitted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sendt av'),
        ),
        migrations.AddField(
            model_name='statusimport',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='statusimport',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='status_imports', to='reporting.period'),
        ),
        migrations.AddField(
            model_name='measurestatusevent',
            name='imported_from',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.statusimport', verbose_name='importert fra'),
        ),
        migrations.AddField(
            model_name='measurestatus',
            name='imported_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='reporting.statusimport', verbose_name='importert fra'),
        ),
        migrations.AddField(
            model_name='strategyfollowup',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bekreftet av'),
        ),
        migrations.AddField(
            model_name='strategyfollowup',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='strategy_follow_ups', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='strategyfollowupevent',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bekreftet av'),
        ),
        migrations.AddField(
            model_name='strategyfollowupevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='strategyfollowupevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.strategyfollowup'),
        ),
        migrations.AddField(
            model_name='strategyfollowupevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='unitreport',
            name='handed_over_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports_taken_over', to='organisation.unit', verbose_name='overført til'),
        ),
        migrations.AddField(
            model_name='unitreport',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reporting.period', verbose_name='periode'),
        ),
        migrations.AddField(
            model_name='unitreport',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='reporttransition',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='reportmessage',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='reportlogentry',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='measurestatusevent',
            name='report',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.unitreport', verbose_name='rapport'),
        ),
        migrations.AddField(
            model_name='measurestatus',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='reporting.unitreport', verbose_name='rapport'),
        ),
        migrations.AddField(
            model_name='measureproposalevent',
            name='report',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.unitreport', verbose_name='rapport'),
        ),
        migrations.AddField(
            model_name='measureproposal',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='reporting.unitreport', verbose_name='rapport'),
        ),
        migrations.AddField(
            model_name='escalationrelease',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='deadlineextension',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='unitreportevent',
            name='handed_over_to',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='overført til'),
        ),
        migrations.AddField(
            model_name='unitreportevent',
            name='period',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reporting.period', verbose_name='periode'),
        ),
        migrations.AddField(
            model_name='unitreportevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='unitreportevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.unitreport'),
        ),
        migrations.AddField(
            model_name='unitreportevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='unitreportingsetting',
            name='unit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reporting_setting', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddField(
            model_name='unitreportingsettingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='unitreportingsettingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reporting.unitreportingsetting'),
        ),
        migrations.AddField(
            model_name='unitreportingsettingevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet'),
        ),
        migrations.AddConstraint(
            model_name='checklisttick',
            constraint=models.UniqueConstraint(fields=('measure', 'item'), name='checklist_tick_once'),
        ),
        migrations.AddConstraint(
            model_name='checklisttick',
            constraint=models.CheckConstraint(condition=models.Q(('item__in', [reporting.enums.CheckItem['CONTACT'], reporting.enums.CheckItem['INDICATOR'], reporting.enums.CheckItem['MILESTONE'], reporting.enums.CheckItem['BUDGET_LINE']])), name='checklist_item_known'),
        ),
        migrations.AddConstraint(
            model_name='checklisttick',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='checklist_tick_has_note'),
        ),
        migrations.AddConstraint(
            model_name='checklisttick',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='checklist_tick_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklisttick',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_checklisttickevent" ("at", "by_id", "by_system", "id", "item", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."by_system", NEW."id", NEW."item", NEW."measure_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='0518dc1d65e25fcf62b0d883a3cd4250173e2448', operation='INSERT', pgid='pgtrigger_insert_insert_f7c41', table='reporting_checklisttick', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklisttick',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_checklisttickevent" ("at", "by_id", "by_system", "id", "item", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."by_system", NEW."id", NEW."item", NEW."measure_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='bd205cab10c4a8ff65ed8424ac30c76e7a9406bc', operation='UPDATE', pgid='pgtrigger_update_update_d6e7f', table='reporting_checklisttick', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklisttick',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_checklisttickevent" ("at", "by_id", "by_system", "id", "item", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."at", OLD."by_id", OLD."by_system", OLD."id", OLD."item", OLD."measure_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='8ea3799ad5fdca95b78d90f29adcb27d552700e0', operation='DELETE', pgid='pgtrigger_delete_delete_cba8a', table='reporting_checklisttick', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklisttickevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='965f6550ca0890340b974e7edbc7f51317a6f66b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9611', table='reporting_checklisttickevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklisttickevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='4fb20d831a0ff627bdf1b7b50f5e3d9e2e844bba', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9d751', table='reporting_checklisttickevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='leaderquestion',
            constraint=models.CheckConstraint(condition=models.Q(('from_unit', models.F('to_unit')), _negated=True), name='question_to_another_unit'),
        ),
        migrations.AddConstraint(
            model_name='leaderquestion',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='question_says_something'),
        ),
        migrations.AddConstraint(
            model_name='leaderquestion',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='question_answered_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='leaderquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('answered_by_system', '')), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True), models.Q(models.Q(('answered_by__isnull', False), ('answered_by_system', '')), models.Q(('answered_by__isnull', True), models.Q(('answered_by_system', ''), _negated=True)), _connector='OR')), _connector='OR'), name='question_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='leaderquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', False), ('asked_by_system', '')), models.Q(('asked_by__isnull', True), models.Q(('asked_by_system', ''), _negated=True)), _connector='OR'), name='question_asked_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaderquestion',
            trigger=pgtrigger.compiler.Trigger(name='closed_question_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.answered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN\n                    RAISE EXCEPTION 'an answered or withdrawn question cannot be changed'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                IF NEW.question <> OLD.question THEN\n                    RAISE EXCEPTION 'a question that is asked cannot be reworded'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n                ", hash='e04a14c827d924317beec0be9697863cd9320ce0', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_question_stands_42aa1', table='reporting_leaderquestion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaderquestion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_leaderquestionevent" ("answer", "answered_at", "answered_by_id", "answered_by_system", "asked_at", "asked_by_id", "asked_by_system", "draft", "due_on", "from_unit_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "to_unit_id", "version", "withdrawn_at") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."answered_by_system", NEW."asked_at", NEW."asked_by_id", NEW."asked_by_system", NEW."draft", NEW."due_on", NEW."from_unit_id", NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question", NEW."to_unit_id", NEW."version", NEW."withdrawn_at"); RETURN NULL;', hash='1d2373694e92ae8d119d1dc2979ae3c0ae54cb84', operation='INSERT', pgid='pgtrigger_insert_insert_1f380', table='reporting_leaderquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaderquestion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_leaderquestionevent" ("answer", "answered_at", "answered_by_id", "answered_by_system", "asked_at", "asked_by_id", "asked_by_system", "draft", "due_on", "from_unit_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "to_unit_id", "version", "withdrawn_at") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."answered_by_system", NEW."asked_at", NEW."asked_by_id", NEW."asked_by_system", NEW."draft", NEW."due_on", NEW."from_unit_id", NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question", NEW."to_unit_id", NEW."version", NEW."withdrawn_at"); RETURN NULL;', hash='73b4c91252369e0c015eeb8831f125d42479bbfb', operation='UPDATE', pgid='pgtrigger_update_update_c5f2e', table='reporting_leaderquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaderquestion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_leaderquestionevent" ("answer", "answered_at", "answered_by_id", "answered_by_system", "asked_at", "asked_by_id", "asked_by_system", "draft", "due_on", "from_unit_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "to_unit_id", "version", "withdrawn_at") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."answered_by_system", OLD."asked_at", OLD."asked_by_id", OLD."asked_by_system", OLD."draft", OLD."due_on", OLD."from_unit_id", OLD."id", OLD."is_example", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question", OLD."to_unit_id", OLD."version", OLD."withdrawn_at"); RETURN NULL;', hash='7e810d89b3b4a31b99319b63ffcd0b70bfdcd18e', operation='DELETE', pgid='pgtrigger_delete_delete_0364d', table='reporting_leaderquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaderquestionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b5d5c6e501468aa7f2644956d5295f69ac6afea6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e581', table='reporting_leaderquestionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaderquestionevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='63c9b806c837f3504a693887d957efee06759815', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d5806', table='reporting_leaderquestionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measurecomment',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', [reporting.enums.CommentStep['LEADER'], reporting.enums.CommentStep['AREA'], reporting.enums.CommentStep['CLIMATE']])), name='measure_comment_step_known'),
        ),
        migrations.AddConstraint(
            model_name='measurecomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='measure_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='measurecomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='measure_comment_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurecomment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3f464f7b364cef4c2f314027be37c6d03ee3cc50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_476bc', table='reporting_measurecomment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurecomment',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='13d5a656cbf8645bbb20f8ae9d650d33877b3220', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_cacd4', table='reporting_measurecomment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deviationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='229d5760dfca5e6aaac65db13f28a1f68e226f68', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d3b34', table='reporting_deviationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deviationevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='6d78ea6f71c9b012e3c879808364d6086d81a09b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_39043', table='reporting_deviationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', reporting.enums.DeviationState['OPEN'])), fields=('measure',), name='deviation_open_once_per_measure'),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.DeviationState['OPEN'], reporting.enums.DeviationState['CLOSED']])), name='deviation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', reporting.enums.DeviationState['OPEN']), ('closed_by__isnull', True), ('closed_by_system', '')), models.Q(('closed_at__isnull', False), ('state', reporting.enums.DeviationState['CLOSED']), models.Q(models.Q(('closed_by__isnull', False), ('closed_by_system', '')), models.Q(('closed_by__isnull', True), models.Q(('closed_by_system', ''), _negated=True)), _connector='OR'), models.Q(('closing_reason', ''), _negated=True)), _connector='OR'), name='deviation_closed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='deviation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision_level', ''), ('decision_question', '')), models.Q(models.Q(('decision_level', ''), _negated=True), models.Q(('decision_question', ''), _negated=True)), _connector='OR'), name='deviation_asks_of_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deviation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_deviationevent" ("cause", "closed_at", "closed_by_id", "closed_by_system", "closing_reason", "corrective_action", "decision_id", "decision_level", "decision_question", "due_on", "id", "line_id", "measure_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "status_id", "tonnes_at_stake", "unit_id", "version") VALUES (NEW."cause", NEW."closed_at", NEW."closed_by_id", NEW."closed_by_system", NEW."closing_reason", NEW."corrective_action", NEW."decision_id", NEW."decision_level", NEW."decision_question", NEW."due_on", NEW."id", NEW."line_id", NEW."measure_id", NEW."opened_at", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."status_id", NEW."tonnes_at_stake", NEW."unit_id", NEW."version"); RETURN NULL;', hash='3e45e98d2ba819406885786723a9a2612df200c9', operation='INSERT', pgid='pgtrigger_insert_insert_65bda', table='reporting_deviation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deviation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_deviationevent" ("cause", "closed_at", "closed_by_id", "closed_by_system", "closing_reason", "corrective_action", "decision_id", "decision_level", "decision_question", "due_on", "id", "line_id", "measure_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "status_id", "tonnes_at_stake", "unit_id", "version") VALUES (NEW."cause", NEW."closed_at", NEW."closed_by_id", NEW."closed_by_system", NEW."closing_reason", NEW."corrective_action", NEW."decision_id", NEW."decision_level", NEW."decision_question", NEW."due_on", NEW."id", NEW."line_id", NEW."measure_id", NEW."opened_at", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."status_id", NEW."tonnes_at_stake", NEW."unit_id", NEW."version"); RETURN NULL;', hash='0da0ecc3d64ae99b4445faf31a9cb7f687c8623f', operation='UPDATE', pgid='pgtrigger_update_update_a50c4', table='reporting_deviation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deviation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_deviationevent" ("cause", "closed_at", "closed_by_id", "closed_by_system", "closing_reason", "corrective_action", "decision_id", "decision_level", "decision_question", "due_on", "id", "line_id", "measure_id", "opened_at", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "status_id", "tonnes_at_stake", "unit_id", "version") VALUES (OLD."cause", OLD."closed_at", OLD."closed_by_id", OLD."closed_by_system", OLD."closing_reason", OLD."corrective_action", OLD."decision_id", OLD."decision_level", OLD."decision_question", OLD."due_on", OLD."id", OLD."line_id", OLD."measure_id", OLD."opened_at", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."status_id", OLD."tonnes_at_stake", OLD."unit_id", OLD."version"); RETURN NULL;', hash='a69c4729a45410ccb56802053ce7c022a43e8fe3', operation='DELETE', pgid='pgtrigger_delete_delete_bee8f', table='reporting_deviation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.UniqueConstraint(fields=('year', 'kind'), name='period_once'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [reporting.enums.PeriodKind['FIRST_TERTIAL'], reporting.enums.PeriodKind['SECOND_TERTIAL'], reporting.enums.PeriodKind['ANNUAL']])), name='period_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('contact_deadline__lte', models.F('leader_deadline')), ('leader_deadline__lte', models.F('closes_at')), ('opens_at__lt', models.F('contact_deadline'))), name='period_dates_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='closes_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.closed_at IS DISTINCT FROM NEW.closed_at)', func="\n        IF OLD.closed_at IS NOT NULL THEN\n            RAISE EXCEPTION 'a closed period stays closed' USING ERRCODE = 'restrict_violation';\n        END IF;\n        PERFORM 1 FROM reporting_period WHERE id = NEW.id FOR UPDATE;\n        RETURN NEW;\n        ", hash='13820c540d933b9317eeee562888ec7c428ff3fe', operation='UPDATE OF "closed_at"', pgid='pgtrigger_closes_once_2fb65', table='reporting_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='stays_when_closed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.closed_at IS NOT NULL AND (OLD.year IS DISTINCT FROM NEW.year OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.budget_id IS DISTINCT FROM NEW.budget_id OR OLD.opens_at IS DISTINCT FROM NEW.opens_at OR OLD.contact_deadline IS DISTINCT FROM NEW.contact_deadline OR OLD.leader_deadline IS DISTINCT FROM NEW.leader_deadline OR OLD.closes_at IS DISTINCT FROM NEW.closes_at))', func="RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation';", hash='374bf8d20be63eacbd88d1d73bfa97b3cd1daaa7', operation='UPDATE', pgid='pgtrigger_stays_when_closed_6c9f5', table='reporting_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_periodevent" ("budget_id", "case_number", "closed_at", "closes_at", "contact_deadline", "id", "kind", "leader_deadline", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (NEW."budget_id", NEW."case_number", NEW."closed_at", NEW."closes_at", NEW."contact_deadline", NEW."id", NEW."kind", NEW."leader_deadline", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version", NEW."year"); RETURN NULL;', hash='e34854eebbc8f3dc3c725c37d746c569841431d0', operation='INSERT', pgid='pgtrigger_insert_insert_c378d', table='reporting_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_periodevent" ("budget_id", "case_number", "closed_at", "closes_at", "contact_deadline", "id", "kind", "leader_deadline", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (NEW."budget_id", NEW."case_number", NEW."closed_at", NEW."closes_at", NEW."contact_deadline", NEW."id", NEW."kind", NEW."leader_deadline", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version", NEW."year"); RETURN NULL;', hash='7df8dfdb5769462daedf3348cd2a588743812b4b', operation='UPDATE', pgid='pgtrigger_update_update_6bfd1', table='reporting_period', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_periodevent" ("budget_id", "case_number", "closed_at", "closes_at", "contact_deadline", "id", "kind", "leader_deadline", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (OLD."budget_id", OLD."case_number", OLD."closed_at", OLD."closes_at", OLD."contact_deadline", OLD."id", OLD."kind", OLD."leader_deadline", OLD."opens_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version", OLD."year"); RETURN NULL;', hash='85b6c5a8bdc56e4a3981d3ef03bc3cf1f9bf9a7a', operation='DELETE', pgid='pgtrigger_delete_delete_280c3', table='reporting_period', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='moneyimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='money_import_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moneyimport',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='523efc03bd531084580cde79011ffe2308a6ba29', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_34d38', table='reporting_moneyimport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moneyimport',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='784dece246f91a926759f69116952ec1c35d9f3d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_701cb', table='reporting_moneyimport', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='exchangeupload',
            index=models.Index(fields=['uploaded_at'], name='exchange_upload_by_age'),
        ),
        migrations.AddConstraint(
            model_name='exchangeupload',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['statuses', 'money'])), name='exchange_upload_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='d7d3b213adb9ed815510cf64fcb019d3605631f3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6813', table='reporting_periodevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1eaed2be4a503131e787730b1a36b94d59a31472', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9ca16', table='reporting_periodevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='periodstep',
            constraint=models.UniqueConstraint(fields=('period', 'kind'), name='period_step_once'),
        ),
        migrations.AddConstraint(
            model_name='periodstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [reporting.enums.PeriodStepKind['PLAN_LINKS'], reporting.enums.PeriodStepKind['MONEY'], reporting.enums.PeriodStepKind['CHAPTER']])), name='period_step_known'),
        ),
        migrations.AddConstraint(
            model_name='periodstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('done_by_system', '')), models.Q(('done_at__isnull', False), models.Q(models.Q(('done_by__isnull', False), ('done_by_system', '')), models.Q(('done_by__isnull', True), models.Q(('done_by_system', ''), _negated=True)), _connector='OR')), _connector='OR'), name='period_step_done_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_periodstepevent" ("comment", "done_at", "done_by_id", "done_by_system", "due_at", "id", "kind", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."comment", NEW."done_at", NEW."done_by_id", NEW."done_by_system", NEW."due_at", NEW."id", NEW."kind", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='0cd4f5c82ca8563e28a1ff2964c2b603ce6198af', operation='INSERT', pgid='pgtrigger_insert_insert_5b7cc', table='reporting_periodstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_periodstepevent" ("comment", "done_at", "done_by_id", "done_by_system", "due_at", "id", "kind", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."comment", NEW."done_at", NEW."done_by_id", NEW."done_by_system", NEW."due_at", NEW."id", NEW."kind", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='4a2009aea17029e8591bb35f6faecae826e75923', operation='UPDATE', pgid='pgtrigger_update_update_99e40', table='reporting_periodstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_periodstepevent" ("comment", "done_at", "done_by_id", "done_by_system", "due_at", "id", "kind", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."comment", OLD."done_at", OLD."done_by_id", OLD."done_by_system", OLD."due_at", OLD."id", OLD."kind", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='281c421aeebd0c0223f0d988209f96d6e587abf7', operation='DELETE', pgid='pgtrigger_delete_delete_ed4b5', table='reporting_periodstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodstepevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='eb07ee402b24708ab875ec5538629131c212b968', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aeac4', table='reporting_periodstepevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='periodstepevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='bc914111ddd48d0c06aa90962f36e30345095434', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2ffb3', table='reporting_periodstepevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='planlink',
            constraint=models.CheckConstraint(condition=models.Q(('plan_row', ''), _negated=True), name='plan_link_has_row'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_planlinkevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_row", "version") VALUES (NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_row", NEW."version"); RETURN NULL;', hash='0af64c8923f798f886b3cd5730d9c98a22211235', operation='INSERT', pgid='pgtrigger_insert_insert_54139', table='reporting_planlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_planlinkevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_row", "version") VALUES (NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_row", NEW."version"); RETURN NULL;', hash='781aecb96c22c580510555e96d593fa5186c1b49', operation='UPDATE', pgid='pgtrigger_update_update_4b66c', table='reporting_planlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_planlinkevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_row", "version") VALUES (OLD."id", OLD."line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_row", OLD."version"); RETURN NULL;', hash='90ad87b35b5b0a697c958dad121863a64215ae5f', operation='DELETE', pgid='pgtrigger_delete_delete_63dba', table='reporting_planlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planlinkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2dface82ec2917c8d0c8321943dd72eaa64505f4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45e01', table='reporting_planlinkevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planlinkevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='78935b1a1e4d6a5b59069a61b5f90ee4382e805c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_05f6d', table='reporting_planlinkevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='planrowmoney',
            constraint=models.UniqueConstraint(fields=('source', 'plan_row'), name='plan_row_once_per_import'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrowmoney',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2a522d21695e8ca0a4f32456061f2354d8dcb87b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_586b5', table='reporting_planrowmoney', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrowmoney',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a5b9bc651c3e24d6f24cf693cc7260d119fa746d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_cac9b', table='reporting_planrowmoney', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportingsettingsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='9ddcd21834166cbf1710712dcf73bcc585e6cf44', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_41ae1', table='reporting_reportingsettingsevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportingsettingsevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7ccc62b3089cfd9a25018e3d3ef17107c53b5f3c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1ebd3', table='reporting_reportingsettingsevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statusimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='status_import_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusimport',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b6280b23cadb81ff0bbe3d0c7487abbad255c302', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c1295', table='reporting_statusimport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusimport',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1bfdd0868f9a9ac92160eda67c4caf6a96b2f08e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_10fa3', table='reporting_statusimport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='strategyfollowup',
            constraint=models.UniqueConstraint(fields=('unit', 'year'), name='strategy_follow_up_once'),
        ),
        migrations.AddConstraint(
            model_name='strategyfollowup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('confirmed_by_system', '')), models.Q(('confirmed_at__isnull', False), models.Q(models.Q(('confirmed_by__isnull', False), ('confirmed_by_system', '')), models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by_system', ''), _negated=True)), _connector='OR')), _connector='OR'), name='strategy_follow_up_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='strategyfollowup',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('anchoring', ''), ('asks', ''), ('competence', ''), ('own_actions', ''), _negated=True), _connector='OR'), name='strategy_follow_up_confirmed_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyfollowup',
            trigger=pgtrigger.compiler.Trigger(name='changed_is_not_confirmed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF NEW.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at\n                    AND (NEW.anchoring, NEW.own_actions, NEW.competence, NEW.asks)\n                        IS DISTINCT FROM (OLD.anchoring, OLD.own_actions, OLD.competence, OLD.asks)\n                THEN\n                    RAISE EXCEPTION 'a change takes the confirmation away'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n                ", hash='c2ef12ff397f962c9d671382b430504d68287ac9', operation='UPDATE', pgid='pgtrigger_changed_is_not_confirmed_b24e2', table='reporting_strategyfollowup', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyfollowup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_strategyfollowupevent" ("anchoring", "asks", "competence", "confirmed_at", "confirmed_by_id", "confirmed_by_system", "id", "is_example", "own_actions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version", "year") VALUES (NEW."anchoring", NEW."asks", NEW."competence", NEW."confirmed_at", NEW."confirmed_by_id", NEW."confirmed_by_system", NEW."id", NEW."is_example", NEW."own_actions", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."version", NEW."year"); RETURN NULL;', hash='7d2c77cd4fbb1e068f013c16a2e3038d0167384d', operation='INSERT', pgid='pgtrigger_insert_insert_1c7bd', table='reporting_strategyfollowup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyfollowup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_strategyfollowupevent" ("anchoring", "asks", "competence", "confirmed_at", "confirmed_by_id", "confirmed_by_system", "id", "is_example", "own_actions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version", "year") VALUES (NEW."anchoring", NEW."asks", NEW."competence", NEW."confirmed_at", NEW."confirmed_by_id", NEW."confirmed_by_system", NEW."id", NEW."is_example", NEW."own_actions", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id", NEW."version", NEW."year"); RETURN NULL;', hash='57ef7d7f89cbc65c2546e8db7587936bf9f461d4', operation='UPDATE', pgid='pgtrigger_update_update_bfb29', table='reporting_strategyfollowup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyfollowup',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_strategyfollowupevent" ("anchoring", "asks", "competence", "confirmed_at", "confirmed_by_id", "confirmed_by_system", "id", "is_example", "own_actions", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "version", "year") VALUES (OLD."anchoring", OLD."asks", OLD."competence", OLD."confirmed_at", OLD."confirmed_by_id", OLD."confirmed_by_system", OLD."id", OLD."is_example", OLD."own_actions", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."version", OLD."year"); RETURN NULL;', hash='93b2d8f7d474bed03b39303e2f20a39e3b436db5', operation='DELETE', pgid='pgtrigger_delete_delete_0ea40', table='reporting_strategyfollowup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyfollowupevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2c1b10cb805f0e14bd60375a6d284db68ed1bcc8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c567', table='reporting_strategyfollowupevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyfollowupevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='9b4ccfae1241a704babe5805e886ef97ae194195', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8a550', table='reporting_strategyfollowupevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.UniqueConstraint(fields=('period', 'unit'), name='report_once_per_unit_and_period'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.ReportState['DRAFT'], reporting.enums.ReportState['SUBMITTED'], reporting.enums.ReportState['APPROVED'], reporting.enums.ReportState['ASSURED'], reporting.enums.ReportState['RETURNED']])), name='report_state_known'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.ReportState['DRAFT'], reporting.enums.ReportState['RETURNED']]), ('submitted_at__isnull', False), _connector='OR'), name='report_submitted_has_time'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', reporting.enums.ReportState['RETURNED']), _negated=True), models.Q(('return_comment', ''), _negated=True), _connector='OR'), name='report_returned_has_comment'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction_origin', ''), ('correction_reason', '')), models.Q(models.Q(('correction_reason', ''), _negated=True), ('correction_origin__in', [reporting.enums.ReportState['DRAFT'], reporting.enums.ReportState['SUBMITTED'], reporting.enums.ReportState['APPROVED'], reporting.enums.ReportState['ASSURED'], reporting.enums.ReportState['RETURNED']])), _connector='OR'), name='report_correction_has_origin'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(('area_approved_at__isnull', True), ('state__in', [reporting.enums.ReportState['APPROVED'], reporting.enums.ReportState['ASSURED']]), _connector='OR'), name='report_area_after_leader'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contact_deadline__isnull', True), ('leader_deadline__isnull', True)), models.Q(('contact_deadline__isnull', False), ('contact_deadline__lte', models.F('leader_deadline'))), _connector='OR'), name='report_extended_in_order'),
        ),
        migrations.AddConstraint(
            model_name='unitreport',
            constraint=models.CheckConstraint(condition=models.Q(('board_date__isnull', True), ('board_pending', False), _connector='OR'), name='report_board_date_or_none_yet'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n        IF (OLD.state, NEW.state) NOT IN (('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'approved'), ('submitted', 'returned'), ('approved', 'assured'), ('approved', 'returned')) AND (\n            OLD.correction_reason = '' AND NEW.correction_reason <> ''\n                AND OLD.state IN ('approved', 'assured', 'submitted') AND NEW.state = 'returned'\n            OR OLD.correction_reason <> '' AND NEW.correction_reason = ''\n                AND OLD.state = 'returned' AND NEW.state = OLD.correction_origin) IS NOT TRUE THEN\n            RAISE EXCEPTION 'a report cannot go from % to %', OLD.state, NEW.state\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='039bb74d6595ed32ea8335745ac02647a3a10339', operation='UPDATE', pgid='pgtrigger_state_along_the_table_ce27d', table='reporting_unitreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='area_is_not_skipped', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'approved' AND NEW.state = 'assured' AND NEW.needs_area AND NEW.area_approved_at IS NULL)", func="RAISE EXCEPTION 'the area has not approved the report' USING ERRCODE = 'restrict_violation';", hash='120f2ce2494443cc27a64cbd209ff39eb72141ee', operation='UPDATE', pgid='pgtrigger_area_is_not_skipped_8179c', table='reporting_unitreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='complete_when_submitted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'submitted' AND OLD.state <> 'submitted')", func="\n        IF EXISTS (\n            SELECT 1 FROM reporting_measurestatus\n            WHERE report_id = NEW.id AND (\n                status = ''\n                OR confirmed_at IS NULL\n                OR status IN ('delayed', 'should_have_started', 'stopped') AND (cause = '' OR corrective_action = '')\n                OR status IN ('delayed', 'should_have_started') AND new_date IS NULL\n                OR (decision_level = '') <> (decision_question = '')\n                OR NEW.place = 'here' AND decision_follow_up = '' AND EXISTS (\n                    SELECT 1 FROM reporting_deviation\n                    JOIN strategy_decision ON strategy_decision.id = reporting_deviation.decision_id\n                    WHERE reporting_deviation.measure_id = reporting_measurestatus.measure_id\n                        AND reporting_deviation.state = 'open'\n                        AND reporting_deviation.decision_level <> ''\n                        AND strategy_decision.status NOT IN ('done', 'lapsed')\n                )\n            )\n        ) THEN\n            RAISE EXCEPTION 'an incomplete report cannot be submitted'\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='f4c0e282c90e04feda04dbd943e03043f5d443ea', operation='UPDATE OF "state"', pgid='pgtrigger_complete_when_submitted_690e6', table='reporting_unitreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='frozen_when_closed', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_closed boolean;', func="\n        IF TG_OP <> 'INSERT' THEN\n            SELECT closed_at IS NOT NULL INTO is_closed\n            FROM reporting_period WHERE id = OLD.period_id FOR KEY SHARE;\n            IF is_closed AND TG_OP = 'DELETE' THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            IF is_closed AND OLD.correction_reason = '' AND NEW.correction_reason = '' THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n            IF OLD.period_id = NEW.period_id THEN RETURN NEW; END IF;\n        END IF;\n        SELECT closed_at IS NOT NULL INTO is_closed\n        FROM reporting_period WHERE id = NEW.period_id FOR KEY SHARE;\n        IF is_closed THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n        RETURN NEW;\n        ", hash='d628ff771fe8ab557806bdb636057b35a2313e90', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_when_closed_509c4', table='reporting_unitreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_unitreportevent" ("approved_at", "area_approved_at", "assured_at", "board_date", "board_pending", "climate_comment", "contact_deadline", "correction_origin", "correction_reason", "enterprise_report", "escalation_released_at", "handed_over_to_id", "id", "leader_comment", "leader_deadline", "needs_area", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "return_comment", "state", "submitted_at", "unit_id", "version") VALUES (NEW."approved_at", NEW."area_approved_at", NEW."assured_at", NEW."board_date", NEW."board_pending", NEW."climate_comment", NEW."contact_deadline", NEW."correction_origin", NEW."correction_reason", NEW."enterprise_report", NEW."escalation_released_at", NEW."handed_over_to_id", NEW."id", NEW."leader_comment", NEW."leader_deadline", NEW."needs_area", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."return_comment", NEW."state", NEW."submitted_at", NEW."unit_id", NEW."version"); RETURN NULL;', hash='c621e987dbd1f22c80a273e252fb918c8ce5dc51', operation='INSERT', pgid='pgtrigger_insert_insert_18c92', table='reporting_unitreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_unitreportevent" ("approved_at", "area_approved_at", "assured_at", "board_date", "board_pending", "climate_comment", "contact_deadline", "correction_origin", "correction_reason", "enterprise_report", "escalation_released_at", "handed_over_to_id", "id", "leader_comment", "leader_deadline", "needs_area", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "return_comment", "state", "submitted_at", "unit_id", "version") VALUES (NEW."approved_at", NEW."area_approved_at", NEW."assured_at", NEW."board_date", NEW."board_pending", NEW."climate_comment", NEW."contact_deadline", NEW."correction_origin", NEW."correction_reason", NEW."enterprise_report", NEW."escalation_released_at", NEW."handed_over_to_id", NEW."id", NEW."leader_comment", NEW."leader_deadline", NEW."needs_area", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."return_comment", NEW."state", NEW."submitted_at", NEW."unit_id", NEW."version"); RETURN NULL;', hash='6df52e61493803b404a86becd208323a264fa465', operation='UPDATE', pgid='pgtrigger_update_update_39939', table='reporting_unitreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_unitreportevent" ("approved_at", "area_approved_at", "assured_at", "board_date", "board_pending", "climate_comment", "contact_deadline", "correction_origin", "correction_reason", "enterprise_report", "escalation_released_at", "handed_over_to_id", "id", "leader_comment", "leader_deadline", "needs_area", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "return_comment", "state", "submitted_at", "unit_id", "version") VALUES (OLD."approved_at", OLD."area_approved_at", OLD."assured_at", OLD."board_date", OLD."board_pending", OLD."climate_comment", OLD."contact_deadline", OLD."correction_origin", OLD."correction_reason", OLD."enterprise_report", OLD."escalation_released_at", OLD."handed_over_to_id", OLD."id", OLD."leader_comment", OLD."leader_deadline", OLD."needs_area", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."return_comment", OLD."state", OLD."submitted_at", OLD."unit_id", OLD."version"); RETURN NULL;', hash='fe7b53d2c7d30960d41b84b9b75bb981baf5d7b2', operation='DELETE', pgid='pgtrigger_delete_delete_f26c8', table='reporting_unitreport', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='report_version_once'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submitted_by__isnull', False), ('submitted_by_system', '')), models.Q(('submitted_by__isnull', True), models.Q(('submitted_by_system', ''), _negated=True)), _connector='OR'), name='report_version_submitted_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='12e5b7d83df110d542859c14fa5a513e8622eba5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_01a62', table='reporting_reportversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportversion',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ab4d46351f3f9f74bcc274c78fb8cda2b5683241', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e18cc', table='reporting_reportversion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reporttransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='report_transition_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reporttransition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a4361046bc05f60ab4225094390a77420f657ff8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f40d', table='reporting_reporttransition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reporttransition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='96863bde1062fe7e677ea8e4fdd6d0f959373a9d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5c7f3', table='reporting_reporttransition', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportmessage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [reporting.enums.MessageKind['OPENED'], reporting.enums.MessageKind['FIRST_REMINDER'], reporting.enums.MessageKind['SECOND_REMINDER'], reporting.enums.MessageKind['DEADLINE_DAY'], reporting.enums.MessageKind['OVERDUE'], reporting.enums.MessageKind['EXTENDED'], reporting.enums.MessageKind['RECEIPT'], reporting.enums.MessageKind['RETURNED'], reporting.enums.MessageKind['ASSURED'], reporting.enums.MessageKind['REPORT_MISSING'], reporting.enums.MessageKind['WAITS'], reporting.enums.MessageKind['LEADER_REMINDER'], reporting.enums.MessageKind['LEADER_OVERDUE'], reporting.enums.MessageKind['WAITS_FOR_AREA'], reporting.enums.MessageKind['ESCALATED'], reporting.enums.MessageKind['DIGEST']])), name='message_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reportmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', reporting.enums.MessageKind['DIGEST']), ('report__isnull', True)), models.Q(models.Q(('kind', reporting.enums.MessageKind['DIGEST']), _negated=True), ('report__isnull', False)), _connector='OR'), name='message_about_a_report'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportmessage',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='64d0169c1634b7e5a68a57d63590a9dc67b876c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe099', table='reporting_reportmessage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportmessage',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b510a353eac6fa69a6f657f19fdd9280c62f7989', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e4bc3', table='reporting_reportmessage', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportlogentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [reporting.enums.LogKind['AREA_APPROVED'], reporting.enums.LogKind['MEASURE_ADDED'], reporting.enums.LogKind['MOVED_IN'], reporting.enums.LogKind['MOVED_OUT'], reporting.enums.LogKind['HANDED_OVER'], reporting.enums.LogKind['SET_UP'], reporting.enums.LogKind['REPORTER_NAMED'], reporting.enums.LogKind['CORRECTION_OPENED'], reporting.enums.LogKind['CORRECTION_WITHDRAWN']])), name='report_log_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='reportlogentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', reporting.enums.LogKind['REPORTER_NAMED']), ('person__isnull', False), ('what', '')), models.Q(models.Q(('kind', reporting.enums.LogKind['REPORTER_NAMED']), _negated=True), ('person__isnull', True)), _connector='OR'), name='report_log_points_at_the_reporter'),
        ),
        migrations.AddConstraint(
            model_name='reportlogentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='report_log_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportlogentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fcd66d524c0cad68418e3b666d5c8c9252ee81e6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7bdc', table='reporting_reportlogentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportlogentry',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ee44f02a45234b1334a47e81a6fabfd23d8d3c25', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_93e6a', table='reporting_reportlogentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatusevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0bb55c643bba133c7404ebb40ddf6270e16e4142', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3840', table='reporting_measurestatusevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatusevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='e7824c3761f95d14c6dc723387dfdff99fee5bb9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_ad668', table='reporting_measurestatusevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measurestatus',
            constraint=models.UniqueConstraint(fields=('report', 'measure'), name='status_once_per_measure'),
        ),
        migrations.AddConstraint(
            model_name='measurestatus',
            constraint=models.CheckConstraint(condition=models.Q(('status', ''), ('status__in', [reporting.enums.Status['NOT_STARTED_PLANNED'], reporting.enums.Status['SHOULD_HAVE_STARTED'], reporting.enums.Status['ON_TRACK'], reporting.enums.Status['DELAYED'], reporting.enums.Status['STOPPED'], reporting.enums.Status['POSTPONED'], reporting.enums.Status['COMPLETED']]), _connector='OR'), name='status_known'),
        ),
        migrations.AddConstraint(
            model_name='measurestatus',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', [reporting.enums.Status['DELAYED'], reporting.enums.Status['SHOULD_HAVE_STARTED'], reporting.enums.Status['STOPPED']]), models.Q(('cause', ''), ('corrective_action', ''), ('delayed_share__isnull', True), ('new_date__isnull', True)), _connector='OR'), name='status_delay_only_when_off_plan'),
        ),
        migrations.AddConstraint(
            model_name='measurestatus',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('status', ''), _negated=True), _connector='OR'), name='status_confirmed_says_something'),
        ),
        migrations.AddConstraint(
            model_name='measurestatus',
            constraint=models.CheckConstraint(condition=models.Q(('delayed_share__isnull', True), models.Q(('delayed_share__gt', 0), ('delayed_share__lte', 100)), _connector='OR'), name='status_share_in_range'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='only_while_editable', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE report_state text; report_place text;', func="\n                IF TG_OP <> 'INSERT' THEN\n                    SELECT state INTO report_state\n                    FROM reporting_unitreport WHERE id = OLD.report_id FOR SHARE;\n                    IF report_state NOT IN ('draft', 'returned') THEN\n                        RAISE EXCEPTION 'a submitted report cannot be changed'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                END IF;\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                SELECT state, place INTO report_state, report_place\n                FROM reporting_unitreport WHERE id = NEW.report_id FOR SHARE;\n                IF report_state NOT IN ('draft', 'returned') THEN\n                    RAISE EXCEPTION 'a submitted report cannot be changed'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                -- A file never speaks for a unit that answers here.\n                IF NEW.imported_from_id IS NOT NULL AND report_place <> 'there' THEN\n                    RAISE EXCEPTION 'a unit that answers in the portal is not answered for by a file'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                RETURN NEW;\n                ", hash='3b3c7ae11cfcbd059e741f401b42851bdeee5266', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_while_editable_80373', table='reporting_measurestatus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='frozen_when_closed', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_closed boolean;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT period.closed_at IS NOT NULL AND report.correction_reason = '' INTO is_closed\n        FROM reporting_unitreport AS report JOIN reporting_period AS period ON period.id = report.period_id\n        WHERE report.id = OLD.report_id FOR KEY SHARE OF period;\n        IF is_closed THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        \n        SELECT period.closed_at IS NOT NULL AND report.correction_reason = '' INTO is_closed\n        FROM reporting_unitreport AS report JOIN reporting_period AS period ON period.id = report.period_id\n        WHERE report.id = NEW.report_id FOR KEY SHARE OF period;\n        IF is_closed THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n        RETURN NEW;\n        ", hash='0e8fc6c59ae09b6b6a2864e868e66a112af2dfcc', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_when_closed_7ac5a', table='reporting_measurestatus', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_measurestatusevent" ("added_reason", "cause", "confirmed_at", "corrective_action", "decision_follow_up", "decision_level", "decision_question", "delayed_share", "id", "imported_from_id", "indicator_value", "line_id", "links", "measure_id", "new_date", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "status", "version", "what_happened") VALUES (NEW."added_reason", NEW."cause", NEW."confirmed_at", NEW."corrective_action", NEW."decision_follow_up", NEW."decision_level", NEW."decision_question", NEW."delayed_share", NEW."id", NEW."imported_from_id", NEW."indicator_value", NEW."line_id", NEW."links", NEW."measure_id", NEW."new_date", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."status", NEW."version", NEW."what_happened"); RETURN NULL;', hash='ca16a2157921b12cd9c22e9eba676bd9d56f47dc', operation='INSERT', pgid='pgtrigger_insert_insert_55bd0', table='reporting_measurestatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_measurestatusevent" ("added_reason", "cause", "confirmed_at", "corrective_action", "decision_follow_up", "decision_level", "decision_question", "delayed_share", "id", "imported_from_id", "indicator_value", "line_id", "links", "measure_id", "new_date", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "status", "version", "what_happened") VALUES (NEW."added_reason", NEW."cause", NEW."confirmed_at", NEW."corrective_action", NEW."decision_follow_up", NEW."decision_level", NEW."decision_question", NEW."delayed_share", NEW."id", NEW."imported_from_id", NEW."indicator_value", NEW."line_id", NEW."links", NEW."measure_id", NEW."new_date", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."status", NEW."version", NEW."what_happened"); RETURN NULL;', hash='8f7913e0770cde203a35aa6cac8215ca8b3b2e79', operation='UPDATE', pgid='pgtrigger_update_update_61299', table='reporting_measurestatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measurestatus',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_measurestatusevent" ("added_reason", "cause", "confirmed_at", "corrective_action", "decision_follow_up", "decision_level", "decision_question", "delayed_share", "id", "imported_from_id", "indicator_value", "line_id", "links", "measure_id", "new_date", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "status", "version", "what_happened") VALUES (OLD."added_reason", OLD."cause", OLD."confirmed_at", OLD."corrective_action", OLD."decision_follow_up", OLD."decision_level", OLD."decision_question", OLD."delayed_share", OLD."id", OLD."imported_from_id", OLD."indicator_value", OLD."line_id", OLD."links", OLD."measure_id", OLD."new_date", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."status", OLD."version", OLD."what_happened"); RETURN NULL;', hash='17ea029dada7713cf0e3b57365ae0e21e5c72754', operation='DELETE', pgid='pgtrigger_delete_delete_ecf94', table='reporting_measurestatus', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='766728d919a7abc8de49e11941a9692990584714', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_26432', table='reporting_measureproposalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposalevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b5da8c348a3182e8809b0d06118d94b4ade78bb6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_eec85', table='reporting_measureproposalevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measureproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', reporting.enums.ProposalKind['NEW']), models.Q(('title', ''), _negated=True), models.Q(('measure__isnull', True), ('state', reporting.enums.ProposalState['ACCEPTED']), _connector='OR')), models.Q(('kind', reporting.enums.ProposalKind['END']), ('measure__isnull', False)), _connector='OR'), name='proposal_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='measureproposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposal_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='measureproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [reporting.enums.ProposalState['OPEN'], reporting.enums.ProposalState['ACCEPTED'], reporting.enums.ProposalState['DECLINED']])), name='proposal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='measureproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', reporting.enums.ProposalState['OPEN']), ('answered_by__isnull', True), ('answered_by_system', '')), models.Q(models.Q(('state', reporting.enums.ProposalState['OPEN']), _negated=True), ('answered_at__isnull', False), models.Q(models.Q(('answered_by__isnull', False), ('answered_by_system', '')), models.Q(('answered_by__isnull', True), models.Q(('answered_by_system', ''), _negated=True)), _connector='OR')), _connector='OR'), name='proposal_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='measureproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', reporting.enums.ProposalState['DECLINED']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='proposal_declined_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='measureproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', reporting.enums.ProposalKind['END'])), fields=('report', 'measure'), name='proposal_end_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposal',
            trigger=pgtrigger.compiler.Trigger(name='proposed_while_editable', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE report_state text;', func="\n                IF TG_OP <> 'INSERT' AND OLD.state <> 'open' THEN\n                    RAISE EXCEPTION 'an answered proposal cannot be changed'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                IF TG_OP = 'UPDATE'\n                    AND (NEW.report_id, NEW.kind, NEW.title, NEW.reason)\n                        IS NOT DISTINCT FROM (OLD.report_id, OLD.kind, OLD.title, OLD.reason)\n                    AND (NEW.kind = 'new' OR NEW.measure_id = OLD.measure_id)\n                THEN\n                    RETURN NEW; -- Klima's answer\n                END IF;\n                SELECT state INTO report_state FROM reporting_unitreport\n                WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.report_id ELSE NEW.report_id END FOR SHARE;\n                IF report_state NOT IN ('draft', 'returned') THEN\n                    RAISE EXCEPTION 'what was proposed in a submitted report cannot be changed'\n                        USING ERRCODE = 'restrict_violation';\n                END IF;\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n                ", hash='625e02c91b372bd734ba7c9997f7aeaeb5d7a42b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_proposed_while_editable_bb62d', table='reporting_measureproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposal',
            trigger=pgtrigger.compiler.Trigger(name='frozen_when_closed', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE is_closed boolean;', func="\n        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - ARRAY['measure_id', 'state', 'answer', 'answered_at', 'answered_by_id', 'answered_by_system', 'version'] = to_jsonb(NEW) - ARRAY['measure_id', 'state', 'answer', 'answered_at', 'answered_by_id', 'answered_by_system', 'version'] THEN\n            RETURN NEW;\n        END IF;\n        IF TG_OP <> 'INSERT' THEN \n        SELECT period.closed_at IS NOT NULL AND report.correction_reason = '' INTO is_closed\n        FROM reporting_unitreport AS report JOIN reporting_period AS period ON period.id = report.period_id\n        WHERE report.id = OLD.report_id FOR KEY SHARE OF period;\n        IF is_closed THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        \n        SELECT period.closed_at IS NOT NULL AND report.correction_reason = '' INTO is_closed\n        FROM reporting_unitreport AS report JOIN reporting_period AS period ON period.id = report.period_id\n        WHERE report.id = NEW.report_id FOR KEY SHARE OF period;\n        IF is_closed THEN RAISE EXCEPTION 'the reporting period is closed' USING ERRCODE = 'restrict_violation'; END IF;\n        RETURN NEW;\n        ", hash='9f615fc7f06fd8e0bae9f99f02b846b40c97b66a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_when_closed_90df5', table='reporting_measureproposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_measureproposalevent" ("answer", "answered_at", "answered_by_id", "answered_by_system", "id", "kind", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report_id", "state", "title", "version") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."answered_by_system", NEW."id", NEW."kind", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."report_id", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='6380e376f831e5cd46a8f61a0c6258f3a16e3e9b', operation='INSERT', pgid='pgtrigger_insert_insert_b5b34', table='reporting_measureproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_measureproposalevent" ("answer", "answered_at", "answered_by_id", "answered_by_system", "id", "kind", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report_id", "state", "title", "version") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."answered_by_system", NEW."id", NEW."kind", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."report_id", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='b5fd0cfd9c5bec8b51e7c51447521f888d844983', operation='UPDATE', pgid='pgtrigger_update_update_0c82e', table='reporting_measureproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureproposal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_measureproposalevent" ("answer", "answered_at", "answered_by_id", "answered_by_system", "id", "kind", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "report_id", "state", "title", "version") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."answered_by_system", OLD."id", OLD."kind", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."report_id", OLD."state", OLD."title", OLD."version"); RETURN NULL;', hash='cdb8e299c5f87666ec1990e33a7473c6e96af7ad', operation='DELETE', pgid='pgtrigger_delete_delete_cb976', table='reporting_measureproposal', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='escalationrelease',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='escalation_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='escalationrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='escalation_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='escalationrelease',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1c04e8d91e523b4e45cb553f12d363c38cd83992', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3506c', table='reporting_escalationrelease', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='escalationrelease',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fd185209f889cae0f7e88dd96a683b5b87802cca', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b53fb', table='reporting_escalationrelease', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deadlineextension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='deadlineextension',
            constraint=models.CheckConstraint(condition=models.Q(('contact_deadline__lte', models.F('leader_deadline'))), name='extension_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='deadlineextension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='extension_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlineextension',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7300ea5055fad2d09d17a48aec427ec5f721b24b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e5374', table='reporting_deadlineextension', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlineextension',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b1e2b951ad93c970feb56027f448e74bfcadeebb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0a6f2', table='reporting_deadlineextension', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='afea336bf052d1c52a2c849b5f3c29847299e55e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f00ec', table='reporting_unitreportevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='06de1e921b53fd5e8f6d1aacbfda19cb5f5c9a46', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_82721', table='reporting_unitreportevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unitreportingsetting',
            constraint=models.CheckConstraint(condition=models.Q(('place__in', [reporting.enums.Place['HERE'], reporting.enums.Place['THERE']])), name='unit_reporting_place_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportingsetting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_unitreportingsettingevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "unit_id", "version") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."unit_id", NEW."version"); RETURN NULL;', hash='208367520bafd47f5624f8fba7f3530e207fb69b', operation='INSERT', pgid='pgtrigger_insert_insert_975f5', table='reporting_unitreportingsetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportingsetting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reporting_unitreportingsettingevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "unit_id", "version") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."unit_id", NEW."version"); RETURN NULL;', hash='7c5461f4ccb7bbf592e633a3199b3728c2b64dc5', operation='UPDATE', pgid='pgtrigger_update_update_f1a2c', table='reporting_unitreportingsetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportingsetting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reporting_unitreportingsettingevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "unit_id", "version") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."unit_id", OLD."version"); RETURN NULL;', hash='52e56e8fafa499e0a82bb4ed66d6e66da0cf7a7c', operation='DELETE', pgid='pgtrigger_delete_delete_84c62', table='reporting_unitreportingsetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportingsettingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='53c8ececb02521edce9a831f588e057dd8f484ba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ae712', table='reporting_unitreportingsettingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitreportingsettingevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2e3258f760e7b7e9713d57ffd19476812320433a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_45315', table='reporting_unitreportingsettingevent', when='BEFORE')),
        ),
    ])]
