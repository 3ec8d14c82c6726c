import budget.enums
import django.db.models.deletion
import django.utils.timezone
import emissions.enums
import pgtrigger.compiler
import pgtrigger.migrations
import strategy.enums
from django.conf import settings
from django.db import migrations, models

from web.migration_operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('web', '0001_initial'),
        ('emissions', '0001_initial'),
        ('organisation', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('strategy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='AdoptedCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('percent', models.DecimalField(decimal_places=15, max_digits=20, verbose_name='kutt i prosent')),
                ('tonnes', models.DecimalField(decimal_places=20, max_digits=34, verbose_name='utslippsramme, tonn CO₂e')),
            ],
            options={
                'verbose_name': 'utslippsramme ved vedtak',
                'verbose_name_plural': 'utslippsrammer ved vedtak',
            },
        ),
        migrations.CreateModel(
            name='Cost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('kind', models.CharField(choices=[('investment', 'investering'), ('operation', 'drift'), ('saving', 'innsparing')], max_length=20, verbose_name='type')),
                ('nok', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='kroner')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'kostnad',
                'verbose_name_plural': 'kostnader',
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='tonn CO₂e')),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='lavt anslag')),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='høyt anslag')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('low_version', models.PositiveIntegerField(default=1, verbose_name='versjon av lavt anslag')),
                ('high_version', models.PositiveIntegerField(default=1, verbose_name='versjon av høyt anslag')),
            ],
            options={
                'verbose_name': 'effekt',
                'verbose_name_plural': 'effekter',
            },
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=80, verbose_name='ordning')),
                ('applied_nok', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='søkt, kroner')),
                ('granted_nok', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='gitt, kroner')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='søknadsfrist')),
                ('report_due', models.DateField(blank=True, null=True, verbose_name='rapporteringsfrist')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'finansiering',
                'verbose_name_plural': 'finansiering',
            },
        ),
        migrations.CreateModel(
            name='ClimateBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='revisjon')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('handed_over', 'Klargjort for rådmannen'), ('proposed', 'Foreslått av rådmannen'), ('adopted', 'Vedtatt av kommunestyret'), ('superseded', 'Erstattet av en revisjon')], default=budget.enums.BudgetState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('reference_rule', models.CharField(choices=[('flat', 'Samme utslipp som siste regnskapsår'), ('trend', 'Trend fra regnskapet'), ('typed', 'Lagt inn år for år'), ('imported', 'Lest inn fra fil')], default=budget.enums.ReferenceRule['FLAT'], max_length=20, verbose_name='regel for referansebanen')),
                ('reference_note', models.TextField(blank=True, verbose_name='om referansebanen')),
                ('trend_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='regnskapsår i trenden')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='vedtaksdato')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('adopted_base_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='vedtatt basisår')),
                ('adopted_target_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='vedtatt målår')),
                ('adopted_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='vedtatt kutt i prosent')),
                ('adopted_target_title', models.CharField(blank=True, max_length=200, verbose_name='vedtatt mål')),
                ('table_sha256', models.CharField(blank=True, max_length=64, verbose_name='budsjettabellens SHA-256')),
                ('table_form', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='budsjettabellens form')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='budget.climatebudget', verbose_name='kopiert fra')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='strategy.decision', verbose_name='vedtaket i vedtaksregisteret')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='emissions.edition', verbose_name='utgave')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='strategy.target', verbose_name='mål')),
            ],
            options={
                'verbose_name': 'klimabudsjett',
                'verbose_name_plural': 'klimabudsjetter',
            },
        ),
        migrations.CreateModel(
            name='BudgetTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20)),
                ('to_state', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('comment', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='budget.climatebudget', verbose_name='klimabudsjett')),
            ],
            options={
                'verbose_name': 'overgang',
                'verbose_name_plural': 'overganger',
            },
        ),
        migrations.CreateModel(
            name='BudgetSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=20, verbose_name='tilstand')),
                ('content', models.JSONField(verbose_name='budsjettabellen')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('transition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='snapshot', to='budget.budgettransition', verbose_name='overgang')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='budget.climatebudget', verbose_name='klimabudsjett')),
            ],
            options={
                'verbose_name': 'bevart tilstand',
                'verbose_name_plural': 'bevarte tilstander',
            },
        ),
        migrations.CreateModel(
            name='AdoptedCeilingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('percent', models.DecimalField(decimal_places=15, max_digits=20, verbose_name='kutt i prosent')),
                ('tonnes', models.DecimalField(decimal_places=20, max_digits=34, verbose_name='utslippsramme, tonn CO₂e')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.adoptedceiling')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='adoptedceiling',
            name='budget',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adopted_ceilings', to='budget.climatebudget', verbose_name='klimabudsjett'),
        ),
        migrations.CreateModel(
            name='ClimateBudgetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='revisjon')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('handed_over', 'Klargjort for rådmannen'), ('proposed', 'Foreslått av rådmannen'), ('adopted', 'Vedtatt av kommunestyret'), ('superseded', 'Erstattet av en revisjon')], default=budget.enums.BudgetState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('reference_rule', models.CharField(choices=[('flat', 'Samme utslipp som siste regnskapsår'), ('trend', 'Trend fra regnskapet'), ('typed', 'Lagt inn år for år'), ('imported', 'Lest inn fra fil')], default=budget.enums.ReferenceRule['FLAT'], max_length=20, verbose_name='regel for referansebanen')),
                ('reference_note', models.TextField(blank=True, verbose_name='om referansebanen')),
                ('trend_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='regnskapsår i trenden')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='vedtaksdato')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('adopted_base_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='vedtatt basisår')),
                ('adopted_target_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='vedtatt målår')),
                ('adopted_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='vedtatt kutt i prosent')),
                ('adopted_target_title', models.CharField(blank=True, max_length=200, verbose_name='vedtatt mål')),
                ('table_sha256', models.CharField(blank=True, max_length=64, verbose_name='budsjettabellens SHA-256')),
                ('table_form', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='budsjettabellens form')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('copied_from', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='kopiert fra')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.decision', verbose_name='vedtaket i vedtaksregisteret')),
                ('edition', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.edition', verbose_name='utgave')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.climatebudget')),
                ('target', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.target', verbose_name='mål')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DocumentOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default=budget.enums.OrderState['QUEUED'], max_length=20)),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('pdf', models.BinaryField(null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='document_orders', to='budget.climatebudget')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bestilt klimabudsjett',
                'verbose_name_plural': 'bestilte klimabudsjetter',
            },
        ),
        migrations.CreateModel(
            name='EstimateFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='kode')),
                ('version', models.PositiveSmallIntegerField(verbose_name='utgave')),
                ('calculator', models.CharField(choices=[('vehicles', 'Bytte kjøretøy'), ('machinery', 'Bytte drivstoff i maskiner'), ('energy', 'Spare energi i bygg'), ('food_waste', 'Mindre matsvinn'), ('travel', 'Færre reiser'), ('procurement', 'Mindre innkjøp')], max_length=20, verbose_name='kalkulator')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('value', models.DecimalField(decimal_places=8, max_digits=16, verbose_name='kg CO₂e per måleenhet')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('source', models.CharField(max_length=250, verbose_name='kilde')),
                ('valid_from', models.PositiveSmallIntegerField(verbose_name='gjelder fra år')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='lagt inn')),
                ('created_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='lagt inn av')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lagt inn av')),
            ],
            options={
                'verbose_name': 'utslippsfaktor til anslag',
                'verbose_name_plural': 'utslippsfaktorer til anslag',
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('not_quantified_reason', models.CharField(blank=True, max_length=300, verbose_name='hvorfor tiltaket ikke er tallfestet')),
                ('already_counted', models.DecimalField(decimal_places=6, default=0, max_digits=20, verbose_name='allerede med i regnskapet, tonn CO₂e')),
                ('assumptions', models.TextField(blank=True, verbose_name='metode og forutsetninger')),
                ('calculated_by', models.CharField(blank=True, max_length=120, verbose_name='regnet ut av')),
                ('calculated_on', models.DateField(blank=True, null=True, verbose_name='regnet ut')),
                ('attachment_url', models.URLField(blank=True, max_length=500, verbose_name='lenke til vedlegg')),
                ('plan_reference', models.CharField(blank=True, max_length=120, verbose_name='rad i økonomiplanen')),
                ('decision_reference', models.CharField(blank=True, max_length=160, verbose_name='vedtak')),
                ('extra_cost_nok', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='samlet merkostnad, kroner')),
                ('lifetime_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='levetid, år')),
                ('discount_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='kalkulasjonsrente, prosent')),
                ('adopted_code', models.CharField(blank=True, max_length=20, verbose_name='nummer ved vedtak')),
                ('adopted_title', models.CharField(blank=True, max_length=250, verbose_name='tittel ved vedtak')),
                ('adopted_level', models.CharField(blank=True, choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], max_length=20, verbose_name='nivå ved vedtak')),
                ('adopted_unit_name', models.CharField(blank=True, max_length=120, verbose_name='virksomhetens navn ved vedtak')),
                ('adopted_external_actor', models.CharField(blank=True, max_length=160, verbose_name='ekstern aktør ved vedtak')),
                ('adopted_focus_area', models.CharField(blank=True, max_length=160, verbose_name='innsatsområde ved vedtak')),
                ('adopted_indicators', models.TextField(blank=True, verbose_name='resultatindikatorer ved vedtak')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('adopted_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adopted_lines', to='organisation.unit', verbose_name='ansvarlig virksomhet ved vedtak')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('calculated_by_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='regnet ut av')),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='budget.line', verbose_name='kopiert fra')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='budget_lines', to='strategy.decision', verbose_name='vedtak i vedtaksregisteret')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'tiltak i klimabudsjettet',
                'verbose_name_plural': 'tiltak i klimabudsjettet',
            },
        ),
        migrations.CreateModel(
            name='FundingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('scheme', models.CharField(max_length=80, verbose_name='ordning')),
                ('applied_nok', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='søkt, kroner')),
                ('granted_nok', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='gitt, kroner')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='søknadsfrist')),
                ('report_due', models.DateField(blank=True, null=True, verbose_name='rapporteringsfrist')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.funding')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='tiltak')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='funding',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fundings', to='budget.line', verbose_name='tiltak'),
        ),
        migrations.CreateModel(
            name='Estimate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('calculator', models.CharField(choices=[('vehicles', 'Bytte kjøretøy'), ('machinery', 'Bytte drivstoff i maskiner'), ('energy', 'Spare energi i bygg'), ('food_waste', 'Mindre matsvinn'), ('travel', 'Færre reiser'), ('procurement', 'Mindre innkjøp')], max_length=20, verbose_name='kalkulator')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('inputs', models.JSONField(verbose_name='tall som er lagt inn')),
                ('factors', models.JSONField(verbose_name='utslippsfaktorer')),
                ('result', models.JSONField(verbose_name='tonn CO₂e per år')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='forutsetninger')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='regnet')),
                ('created_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='regnet av')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='regnet av')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='estimates', to='budget.line', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'anslag',
                'verbose_name_plural': 'anslag',
            },
        ),
        migrations.CreateModel(
            name='EffectEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='tonn CO₂e')),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='lavt anslag')),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='høyt anslag')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('low_version', models.PositiveIntegerField(default=1, verbose_name='versjon av lavt anslag')),
                ('high_version', models.PositiveIntegerField(default=1, verbose_name='versjon av høyt anslag')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.effect')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='tiltak')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='effect',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='budget.line', verbose_name='tiltak'),
        ),
        migrations.CreateModel(
            name='CostEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('kind', models.CharField(choices=[('investment', 'investering'), ('operation', 'drift'), ('saving', 'innsparing')], max_length=20, verbose_name='type')),
                ('nok', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='kroner')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.cost')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='tiltak')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='cost',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='budget.line', verbose_name='tiltak'),
        ),
        migrations.CreateModel(
            name='LineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('scope', models.CharField(choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('not_quantified_reason', models.CharField(blank=True, max_length=300, verbose_name='hvorfor tiltaket ikke er tallfestet')),
                ('already_counted', models.DecimalField(decimal_places=6, default=0, max_digits=20, verbose_name='allerede med i regnskapet, tonn CO₂e')),
                ('assumptions', models.TextField(blank=True, verbose_name='metode og forutsetninger')),
                ('calculated_by', models.CharField(blank=True, max_length=120, verbose_name='regnet ut av')),
                ('calculated_on', models.DateField(blank=True, null=True, verbose_name='regnet ut')),
                ('attachment_url', models.URLField(blank=True, max_length=500, verbose_name='lenke til vedlegg')),
                ('plan_reference', models.CharField(blank=True, max_length=120, verbose_name='rad i økonomiplanen')),
                ('decision_reference', models.CharField(blank=True, max_length=160, verbose_name='vedtak')),
                ('extra_cost_nok', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='samlet merkostnad, kroner')),
                ('lifetime_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='levetid, år')),
                ('discount_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='kalkulasjonsrente, prosent')),
                ('adopted_code', models.CharField(blank=True, max_length=20, verbose_name='nummer ved vedtak')),
                ('adopted_title', models.CharField(blank=True, max_length=250, verbose_name='tittel ved vedtak')),
                ('adopted_level', models.CharField(blank=True, choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], max_length=20, verbose_name='nivå ved vedtak')),
                ('adopted_unit_name', models.CharField(blank=True, max_length=120, verbose_name='virksomhetens navn ved vedtak')),
                ('adopted_external_actor', models.CharField(blank=True, max_length=160, verbose_name='ekstern aktør ved vedtak')),
                ('adopted_focus_area', models.CharField(blank=True, max_length=160, verbose_name='innsatsområde ved vedtak')),
                ('adopted_indicators', models.TextField(blank=True, verbose_name='resultatindikatorer ved vedtak')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('adopted_unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='ansvarlig virksomhet ved vedtak')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('calculated_by_user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='regnet ut av')),
                ('copied_from', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='kopiert fra')),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.decision', verbose_name='vedtak i vedtaksregisteret')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.line')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LineSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.DecimalField(decimal_places=2, default=100, max_digits=5, verbose_name='andel i prosent')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='budget.line', verbose_name='tiltak')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'verbose_name': 'utslippskilde for tiltaket',
                'verbose_name_plural': 'utslippskilder for tiltaket',
            },
        ),
        migrations.CreateModel(
            name='LineSourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('share', models.DecimalField(decimal_places=2, default=100, max_digits=5, verbose_name='andel i prosent')),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.linesource')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Overlap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('product', 'felles utslippsgrunnlag'), ('fixed', 'oppgitt antall tonn'), ('none', 'ingen overlapp')], max_length=20, verbose_name='metode')),
                ('reason', models.TextField(verbose_name='begrunnelse')),
                ('decided_by', models.CharField(max_length=120, verbose_name='avgjort av')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overlaps', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'verbose_name': 'overlapp',
                'verbose_name_plural': 'overlapp',
            },
        ),
        migrations.CreateModel(
            name='OverlapEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('method', models.CharField(choices=[('product', 'felles utslippsgrunnlag'), ('fixed', 'oppgitt antall tonn'), ('none', 'ingen overlapp')], max_length=20, verbose_name='metode')),
                ('reason', models.TextField(verbose_name='begrunnelse')),
                ('decided_by', models.CharField(max_length=120, verbose_name='avgjort av')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.overlap')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OverlapMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overlap_memberships', to='budget.line', verbose_name='tiltak')),
                ('overlap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='budget.overlap', verbose_name='overlapp')),
            ],
            options={
                'verbose_name': 'tiltak i overlapp',
                'verbose_name_plural': 'tiltak i overlapp',
            },
        ),
        migrations.CreateModel(
            name='OverlapMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='tiltak')),
                ('overlap', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.overlap', verbose_name='overlapp')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.overlapmember')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OverlapYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='tonn CO₂e')),
                ('overlap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='budget.overlap', verbose_name='overlapp')),
            ],
            options={
                'verbose_name': 'overlapp i ett år',
                'verbose_name_plural': 'overlapp per år',
            },
        ),
        migrations.CreateModel(
            name='OverlapYearEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='tonn CO₂e')),
                ('overlap', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.overlap', verbose_name='overlapp')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.overlapyear')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferencePath',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='tonn CO₂e')),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='lavt anslag')),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='høyt anslag')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reference_path', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'verbose_name': 'referansebane',
                'verbose_name_plural': 'referansebane',
            },
        ),
        migrations.CreateModel(
            name='ReferencePathEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tonnes', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='tonn CO₂e')),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='lavt anslag')),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='høyt anslag')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.referencepath')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferencePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='virkemiddel i referansebanen')),
                ('level', models.CharField(choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], max_length=20, verbose_name='nivå')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reference_policies', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reference_policies', to='strategy.measure', verbose_name='tiltaket i strategien')),
            ],
            options={
                'verbose_name': 'virkemiddel i referansebanen',
                'verbose_name_plural': 'virkemidler i referansebanen',
            },
        ),
        migrations.CreateModel(
            name='ReferencePolicyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='virkemiddel i referansebanen')),
                ('level', models.CharField(choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], max_length=20, verbose_name='nivå')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltaket i strategien')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.referencepolicy')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferenceSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('flat', 'Samme utslipp som siste regnskapsår'), ('trend', 'Trend fra regnskapet'), ('typed', 'Lagt inn år for år'), ('imported', 'Lest inn fra fil')], max_length=20, verbose_name='regel for referansebanen')),
                ('trend_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='regnskapsår i trenden')),
                ('note', models.TextField(blank=True, verbose_name='begrunnelse')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reference_sources', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'verbose_name': 'regel for én utslippskilde',
                'verbose_name_plural': 'regler for utslippskilder',
            },
        ),
        migrations.CreateModel(
            name='ReferenceSourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('rule', models.CharField(choices=[('flat', 'Samme utslipp som siste regnskapsår'), ('trend', 'Trend fra regnskapet'), ('typed', 'Lagt inn år for år'), ('imported', 'Lest inn fra fil')], max_length=20, verbose_name='regel for referansebanen')),
                ('trend_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='regnskapsår i trenden')),
                ('note', models.TextField(blank=True, verbose_name='begrunnelse')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.referencesource')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('shared', models.BooleanField(default=False, verbose_name='delt')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='laget')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scenarios', to=settings.AUTH_USER_MODEL, verbose_name='laget av')),
            ],
            options={
                'verbose_name': 'hva om',
                'verbose_name_plural': 'hva om',
            },
        ),
        migrations.CreateModel(
            name='ScenarioChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('drop', 'tatt ut'), ('delay', 'utsatt'), ('scale', 'skalert'), ('add', 'lagt til')], max_length=20, verbose_name='endring')),
                ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='prosent')),
                ('since', models.DateField(blank=True, null=True, verbose_name='fra')),
                ('caught_up', models.DateField(blank=True, null=True, verbose_name='tatt igjen')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='navn på tiltaket')),
                ('level', models.CharField(blank=True, choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], max_length=20, verbose_name='nivå')),
                ('first_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='første år')),
                ('tonnes', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='tonn CO₂e i året')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scenario_changes', to='budget.line', verbose_name='tiltak')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scenario_changes', to='strategy.measure', verbose_name='tiltak i strategien')),
                ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='budget.scenario', verbose_name='scenario')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'verbose_name': 'endring',
                'verbose_name_plural': 'endringer',
            },
        ),
        migrations.CreateModel(
            name='ScenarioChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('drop', 'tatt ut'), ('delay', 'utsatt'), ('scale', 'skalert'), ('add', 'lagt til')], max_length=20, verbose_name='endring')),
                ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='prosent')),
                ('since', models.DateField(blank=True, null=True, verbose_name='fra')),
                ('caught_up', models.DateField(blank=True, null=True, verbose_name='tatt igjen')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='navn på tiltaket')),
                ('level', models.CharField(blank=True, choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], max_length=20, verbose_name='nivå')),
                ('first_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='første år')),
                ('tonnes', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='tonn CO₂e i året')),
                ('line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.line', verbose_name='tiltak')),
                ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak i strategien')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.scenariochange')),
                ('scenario', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.scenario', verbose_name='scenario')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ScenarioEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('shared', models.BooleanField(default=False, verbose_name='delt')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='laget')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('budget', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budget.climatebudget', verbose_name='klimabudsjett')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='laget av')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.scenario')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.UniqueConstraint(fields=('year', 'scope', 'revision'), name='budget_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.UniqueConstraint(condition=models.Q(('state', budget.enums.BudgetState['ADOPTED'])), fields=('year', 'scope'), name='budget_one_adopted'),
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [budget.enums.BudgetState['DRAFT'], budget.enums.BudgetState['HANDED_OVER'], budget.enums.BudgetState['PROPOSED']])), fields=('year', 'scope'), name='budget_one_in_progress'),
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', [emissions.enums.Scope['COMMUNITY_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_FOOTPRINT'], emissions.enums.Scope['COMMUNITY_INDIRECT']])), name='budget_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [budget.enums.BudgetState['DRAFT'], budget.enums.BudgetState['HANDED_OVER'], budget.enums.BudgetState['PROPOSED'], budget.enums.BudgetState['ADOPTED'], budget.enums.BudgetState['SUPERSEDED']])), name='budget_state_known'),
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [budget.enums.BudgetState['DRAFT'], budget.enums.BudgetState['HANDED_OVER'], budget.enums.BudgetState['PROPOSED']]), models.Q(('adopted_on__isnull', False), ('adopted_target_year__isnull', False), ('table_form__isnull', False), models.Q(('case_number', ''), _negated=True), ('table_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='budget_adopted_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='climatebudget',
            constraint=models.CheckConstraint(condition=models.Q(('decision__isnull', True), models.Q(('state__in', [budget.enums.BudgetState['DRAFT'], budget.enums.BudgetState['HANDED_OVER'], budget.enums.BudgetState['PROPOSED']]), _negated=True), _connector='OR'), name='budget_decision_when_adopted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n        IF (OLD.state, NEW.state) NOT IN (('draft', 'handed_over'), ('handed_over', 'draft'), ('handed_over', 'proposed'), ('proposed', 'adopted'), ('proposed', 'handed_over'), ('adopted', 'superseded')) THEN\n            RAISE EXCEPTION 'a climate budget cannot go from % to %', OLD.state, NEW.state\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='01a03fffb21781fd82a22fc78fee194fd51f14d1', operation='UPDATE', pgid='pgtrigger_state_along_the_table_288fa', table='budget_climatebudget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.state IN ('adopted', 'superseded') AND NOT (\n                OLD.state = 'adopted' AND NEW.state = 'superseded'\n                AND (to_jsonb(NEW) - 'state' - 'version') = (to_jsonb(OLD) - 'state' - 'version')\n            ) THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='90fceb87d547682ae3163c240a55bbb12f6ad56d', operation='UPDATE', pgid='pgtrigger_adopted_guard_f2d40', table='budget_climatebudget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='born_as_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state <> 'draft')", func="RAISE EXCEPTION 'a climate budget begins as a draft' USING ERRCODE = 'restrict_violation';", hash='dfea61169e8bfe6acc44dc5900fcb1aa28b7ad51', operation='INSERT', pgid='pgtrigger_born_as_draft_33e82', table='budget_climatebudget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='only_drafts_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft')", func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation';", hash='715da598ff42aed7e5e1b249e22cec8ebbc93497', operation='DELETE', pgid='pgtrigger_only_drafts_deleted_29dd0', table='budget_climatebudget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='95da0fc758051f1af7a0cd3b115e1a9f5f5f4bce', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a97e3', table='budget_climatebudget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_climatebudgetevent" ("adopted_base_year", "adopted_on", "adopted_percent", "adopted_target_title", "adopted_target_year", "case_number", "copied_from_id", "decision_id", "edition_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_note", "reference_rule", "revision", "scope", "state", "table_form", "table_sha256", "target_id", "trend_years", "version", "year") VALUES (NEW."adopted_base_year", NEW."adopted_on", NEW."adopted_percent", NEW."adopted_target_title", NEW."adopted_target_year", NEW."case_number", NEW."copied_from_id", NEW."decision_id", NEW."edition_id", NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference_note", NEW."reference_rule", NEW."revision", NEW."scope", NEW."state", NEW."table_form", NEW."table_sha256", NEW."target_id", NEW."trend_years", NEW."version", NEW."year"); RETURN NULL;', hash='d522ff58ea65658bb38c4312ff5d43f7d2f25205', operation='INSERT', pgid='pgtrigger_insert_insert_ae81d', table='budget_climatebudget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_climatebudgetevent" ("adopted_base_year", "adopted_on", "adopted_percent", "adopted_target_title", "adopted_target_year", "case_number", "copied_from_id", "decision_id", "edition_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_note", "reference_rule", "revision", "scope", "state", "table_form", "table_sha256", "target_id", "trend_years", "version", "year") VALUES (NEW."adopted_base_year", NEW."adopted_on", NEW."adopted_percent", NEW."adopted_target_title", NEW."adopted_target_year", NEW."case_number", NEW."copied_from_id", NEW."decision_id", NEW."edition_id", NEW."id", NEW."is_example", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference_note", NEW."reference_rule", NEW."revision", NEW."scope", NEW."state", NEW."table_form", NEW."table_sha256", NEW."target_id", NEW."trend_years", NEW."version", NEW."year"); RETURN NULL;', hash='7af49207fbb422f2f154a3ac26771c3e7f346bac', operation='UPDATE', pgid='pgtrigger_update_update_3dcc7', table='budget_climatebudget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudget',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_climatebudgetevent" ("adopted_base_year", "adopted_on", "adopted_percent", "adopted_target_title", "adopted_target_year", "case_number", "copied_from_id", "decision_id", "edition_id", "id", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_note", "reference_rule", "revision", "scope", "state", "table_form", "table_sha256", "target_id", "trend_years", "version", "year") VALUES (OLD."adopted_base_year", OLD."adopted_on", OLD."adopted_percent", OLD."adopted_target_title", OLD."adopted_target_year", OLD."case_number", OLD."copied_from_id", OLD."decision_id", OLD."edition_id", OLD."id", OLD."is_example", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference_note", OLD."reference_rule", OLD."revision", OLD."scope", OLD."state", OLD."table_form", OLD."table_sha256", OLD."target_id", OLD."trend_years", OLD."version", OLD."year"); RETURN NULL;', hash='edb7e23e75e5e8c6c3db356f9b30e9af6ad4541d', operation='DELETE', pgid='pgtrigger_delete_delete_08c8d', table='budget_climatebudget', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='budgettransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='budget_transition_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgettransition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='39b86da140fac38f9fbb8dab5346757e553428f7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1589a', table='budget_budgettransition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgettransition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='d6cc33b53f8ccc85b79bc9b2edb9709ec036a0c7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b5fc1', table='budget_budgettransition', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='budgetsnapshot',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='snapshot_hash_is_sha256'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetsnapshot',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ac88073d09aa764c6f58d87a1b3cf71ba7558dc6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef609', table='budget_budgetsnapshot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budgetsnapshot',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a96d25bde5ff94cce836418a8f6e632dd675c5e7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6d9e0', table='budget_budgetsnapshot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceilingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='268589fec35ba1d9e2f39a6d0919036dee5c4183', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48d88', table='budget_adoptedceilingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceilingevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='482bdb92056198baf3dad0a2d17ba8231936a88e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_cd139', table='budget_adoptedceilingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='adoptedceiling',
            constraint=models.UniqueConstraint(fields=('budget', 'year'), name='adopted_ceiling_once_per_year'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceiling',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = OLD.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = NEW.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='9991572141bfe8b0132c05e649207ed01f023b0e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_3043a', table='budget_adoptedceiling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceiling',
            trigger=pgtrigger.compiler.Trigger(name='budget_id_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id)', func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';", hash='528e619d3b103e6c7fbc6e12223c3d0f6d8f8711', operation='UPDATE OF "budget_id"', pgid='pgtrigger_budget_id_stays_44b37', table='budget_adoptedceiling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceiling',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='f4c0c405c993e291476c06748b63c9eaa47c2e9e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_35d1e', table='budget_adoptedceiling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceiling',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_adoptedceilingevent" ("budget_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "year") VALUES (NEW."budget_id", NEW."id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tonnes", NEW."year"); RETURN NULL;', hash='a660016c73ca6fb0d1ebc4ffa655d89c5b0ee5dc', operation='INSERT', pgid='pgtrigger_insert_insert_b3438', table='budget_adoptedceiling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceiling',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_adoptedceilingevent" ("budget_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "year") VALUES (NEW."budget_id", NEW."id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tonnes", NEW."year"); RETURN NULL;', hash='5f6135f43ef7650753b3fb4a1cf74f35c95fb213', operation='UPDATE', pgid='pgtrigger_update_update_8dcd0', table='budget_adoptedceiling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adoptedceiling',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_adoptedceilingevent" ("budget_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "year") VALUES (OLD."budget_id", OLD."id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tonnes", OLD."year"); RETURN NULL;', hash='a397d4f119ab7192029d85bff97372c6a9569121', operation='DELETE', pgid='pgtrigger_delete_delete_10447', table='budget_adoptedceiling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudgetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='9df6b118f95bac0e03f7f49f8623e02d478faf84', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_484ec', table='budget_climatebudgetevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='climatebudgetevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fe8002571bf2a0cc01dafc969fdfe39393356949', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c3e13', table='budget_climatebudgetevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='documentorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [budget.enums.OrderState['QUEUED'], budget.enums.OrderState['RUNNING'], budget.enums.OrderState['DONE'], budget.enums.OrderState['FAILED']])), name='document_order_state_known'),
        ),
        migrations.AddConstraint(
            model_name='estimatefactor',
            constraint=models.UniqueConstraint(fields=('code', 'version'), name='estimate_factor_version_once'),
        ),
        migrations.AddConstraint(
            model_name='estimatefactor',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='estimate_factor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='estimatefactor',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', [emissions.enums.Scope['COMMUNITY_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_FOOTPRINT'], emissions.enums.Scope['COMMUNITY_INDIRECT']])), name='estimate_factor_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='estimatefactor',
            constraint=models.CheckConstraint(condition=models.Q(('calculator__in', [budget.enums.Calculator['VEHICLES'], budget.enums.Calculator['MACHINERY'], budget.enums.Calculator['ENERGY'], budget.enums.Calculator['FOOD_WASTE'], budget.enums.Calculator['TRAVEL'], budget.enums.Calculator['PROCUREMENT']])), name='estimate_factor_calculator_known'),
        ),
        migrations.AddConstraint(
            model_name='estimatefactor',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='estimate_factor_has_source'),
        ),
        migrations.AddConstraint(
            model_name='estimatefactor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('created_by__isnull', False), ('created_by_system', '')), models.Q(('created_by__isnull', True), models.Q(('created_by_system', ''), _negated=True)), _connector='OR'), name='estimate_factor_created_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='estimatefactor',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a539aa539a0a8b2e39d6d577d0bfa2b69576e013', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_31dcc', table='budget_estimatefactor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='estimatefactor',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b325fba4cd1791138dfe3fa8d9aeb352a447a343', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4bcdd', table='budget_estimatefactor', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('budget', 'measure'), name='line_measure_once'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', [emissions.enums.Scope['COMMUNITY_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_FOOTPRINT'], emissions.enums.Scope['COMMUNITY_INDIRECT']])), name='line_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('calculated_by', ''), ('calculated_by_user__isnull', True), _connector='OR'), name='line_calculated_by_one'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('already_counted__gte', 0)), name='line_counted_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('adopted_level', ''), ('adopted_level__in', [strategy.enums.Level['MUNICIPAL'], strategy.enums.Level['REGIONAL'], strategy.enums.Level['NATIONAL']]), _connector='OR'), name='line_level_known'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('lifetime_years__isnull', True), models.Q(('lifetime_years__gte', 1), ('lifetime_years__lte', 200)), _connector='OR'), name='line_lifetime_positive'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('discount_percent__isnull', True), models.Q(('discount_percent__gte', 0), ('discount_percent__lte', 100)), _connector='OR'), name='line_discount_in_range'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = OLD.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = NEW.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='7e89ceeafe4c3880fec088429d5269109e525716', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_e08f9', table='budget_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='budget_id_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id)', func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';", hash='7de8f52e30478605766d42369e4d3612df7c52e5', operation='UPDATE OF "budget_id"', pgid='pgtrigger_budget_id_stays_2ec0b', table='budget_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='cb5b4c3cf54a380e695f997f96f08d2545a5b048', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1a04b', table='budget_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='line_is_no_policy', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.measure_id IS NOT NULL)', func="\n        PERFORM 1 FROM strategy_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT 1 FROM budget_referencepolicy WHERE budget_id = NEW.budget_id AND measure_id = NEW.measure_id\n        ) THEN\n            RAISE EXCEPTION 'a measure is a line or in the reference path, never both'\n                USING ERRCODE = 'unique_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='c512f985fc99b4d5f03ff9ce431c6eb4542673a7', operation='INSERT OR UPDATE OF "measure_id"', pgid='pgtrigger_line_is_no_policy_c0d22', table='budget_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_lineevent" ("adopted_code", "adopted_external_actor", "adopted_focus_area", "adopted_indicators", "adopted_level", "adopted_title", "adopted_unit_id", "adopted_unit_name", "already_counted", "assumptions", "attachment_url", "budget_id", "calculated_by", "calculated_by_user_id", "calculated_on", "copied_from_id", "decision_id", "decision_reference", "discount_percent", "extra_cost_nok", "id", "lifetime_years", "measure_id", "not_quantified_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_reference", "scope", "version") VALUES (NEW."adopted_code", NEW."adopted_external_actor", NEW."adopted_focus_area", NEW."adopted_indicators", NEW."adopted_level", NEW."adopted_title", NEW."adopted_unit_id", NEW."adopted_unit_name", NEW."already_counted", NEW."assumptions", NEW."attachment_url", NEW."budget_id", NEW."calculated_by", NEW."calculated_by_user_id", NEW."calculated_on", NEW."copied_from_id", NEW."decision_id", NEW."decision_reference", NEW."discount_percent", NEW."extra_cost_nok", NEW."id", NEW."lifetime_years", NEW."measure_id", NEW."not_quantified_reason", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_reference", NEW."scope", NEW."version"); RETURN NULL;', hash='b0a05c847491c440da63b07202c37935398d5525', operation='INSERT', pgid='pgtrigger_insert_insert_d896e', table='budget_line', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_lineevent" ("adopted_code", "adopted_external_actor", "adopted_focus_area", "adopted_indicators", "adopted_level", "adopted_title", "adopted_unit_id", "adopted_unit_name", "already_counted", "assumptions", "attachment_url", "budget_id", "calculated_by", "calculated_by_user_id", "calculated_on", "copied_from_id", "decision_id", "decision_reference", "discount_percent", "extra_cost_nok", "id", "lifetime_years", "measure_id", "not_quantified_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_reference", "scope", "version") VALUES (NEW."adopted_code", NEW."adopted_external_actor", NEW."adopted_focus_area", NEW."adopted_indicators", NEW."adopted_level", NEW."adopted_title", NEW."adopted_unit_id", NEW."adopted_unit_name", NEW."already_counted", NEW."assumptions", NEW."attachment_url", NEW."budget_id", NEW."calculated_by", NEW."calculated_by_user_id", NEW."calculated_on", NEW."copied_from_id", NEW."decision_id", NEW."decision_reference", NEW."discount_percent", NEW."extra_cost_nok", NEW."id", NEW."lifetime_years", NEW."measure_id", NEW."not_quantified_reason", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_reference", NEW."scope", NEW."version"); RETURN NULL;', hash='791be5373e2def6f6acb28e8b2aff5a32c7a4f66', operation='UPDATE', pgid='pgtrigger_update_update_c42af', table='budget_line', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_lineevent" ("adopted_code", "adopted_external_actor", "adopted_focus_area", "adopted_indicators", "adopted_level", "adopted_title", "adopted_unit_id", "adopted_unit_name", "already_counted", "assumptions", "attachment_url", "budget_id", "calculated_by", "calculated_by_user_id", "calculated_on", "copied_from_id", "decision_id", "decision_reference", "discount_percent", "extra_cost_nok", "id", "lifetime_years", "measure_id", "not_quantified_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_reference", "scope", "version") VALUES (OLD."adopted_code", OLD."adopted_external_actor", OLD."adopted_focus_area", OLD."adopted_indicators", OLD."adopted_level", OLD."adopted_title", OLD."adopted_unit_id", OLD."adopted_unit_name", OLD."already_counted", OLD."assumptions", OLD."attachment_url", OLD."budget_id", OLD."calculated_by", OLD."calculated_by_user_id", OLD."calculated_on", OLD."copied_from_id", OLD."decision_id", OLD."decision_reference", OLD."discount_percent", OLD."extra_cost_nok", OLD."id", OLD."lifetime_years", OLD."measure_id", OLD."not_quantified_reason", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_reference", OLD."scope", OLD."version"); RETURN NULL;', hash='2ff7f4df6906b327c112fd2fc9ea178753b65836', operation='DELETE', pgid='pgtrigger_delete_delete_779f5', table='budget_line', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fdca3f1b1cbf10c61b713b321fbd2ad4592849dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5085f', table='budget_fundingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundingevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1f1c5210427c5a5de9c4cd75f34ce41584f507ff', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fe12c', table='budget_fundingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='funding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_fundingevent" ("applied_nok", "deadline", "granted_nok", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_due", "scheme", "version") VALUES (NEW."applied_nok", NEW."deadline", NEW."granted_nok", NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_due", NEW."scheme", NEW."version"); RETURN NULL;', hash='1faab1818e76025026e209f0505bf9ea2551b3cd', operation='INSERT', pgid='pgtrigger_insert_insert_6d825', table='budget_funding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='funding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_fundingevent" ("applied_nok", "deadline", "granted_nok", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_due", "scheme", "version") VALUES (NEW."applied_nok", NEW."deadline", NEW."granted_nok", NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_due", NEW."scheme", NEW."version"); RETURN NULL;', hash='2dc3da80ed8c4664aeeb294bae81c0e99a295602', operation='UPDATE', pgid='pgtrigger_update_update_f7161', table='budget_funding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='funding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_fundingevent" ("applied_nok", "deadline", "granted_nok", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_due", "scheme", "version") VALUES (OLD."applied_nok", OLD."deadline", OLD."granted_nok", OLD."id", OLD."line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_due", OLD."scheme", OLD."version"); RETURN NULL;', hash='9d28926fa818554b7c49cf8b15b02642bb84725f', operation='DELETE', pgid='pgtrigger_delete_delete_6d71b', table='budget_funding', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='estimate',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', [emissions.enums.Scope['COMMUNITY_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_DIRECT'], emissions.enums.Scope['OWN_OPERATIONS_FOOTPRINT'], emissions.enums.Scope['COMMUNITY_INDIRECT']])), name='estimate_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='estimate',
            constraint=models.CheckConstraint(condition=models.Q(('calculator__in', [budget.enums.Calculator['VEHICLES'], budget.enums.Calculator['MACHINERY'], budget.enums.Calculator['ENERGY'], budget.enums.Calculator['FOOD_WASTE'], budget.enums.Calculator['TRAVEL'], budget.enums.Calculator['PROCUREMENT']])), name='estimate_calculator_known'),
        ),
        migrations.AddConstraint(
            model_name='estimate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('created_by__isnull', False), ('created_by_system', '')), models.Q(('created_by__isnull', True), models.Q(('created_by_system', ''), _negated=True)), _connector='OR'), name='estimate_created_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='estimate',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = OLD.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = NEW.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='0a47439f1c16a64a48d6c8a967ef0273679d12ad', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_03fab', table='budget_estimate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='estimate',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='1ead8a0929c85b8eb80a8a6d6f67963c54e2fa03', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5f0c3', table='budget_estimate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='estimate',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8f2c64a01328427457184ddab8005304ee84da84', operation='UPDATE', pgid='pgtrigger_append_only_01e3f', table='budget_estimate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='estimate',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='83968ff3ec1e707bcbf06be4ce24f7150f15817d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_761e9', table='budget_estimate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effectevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0371886fa2aec50e9c7b63f0eec36ea8ff37f6c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_273cd', table='budget_effectevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effectevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='f80ffefe9caf0998c177aa0ce1f02b535f1e6cd0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a6fdb', table='budget_effectevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.UniqueConstraint(fields=('line', 'year'), name='effect_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.CheckConstraint(condition=models.Q(('tonnes__gte', 0)), name='effect_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='effect',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('low__isnull', True), models.Q(('low__gte', 0), ('low__lte', models.F('tonnes'))), _connector='OR'), models.Q(('high__isnull', True), ('high__gte', models.F('tonnes')), _connector='OR')), name='effect_range_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effect',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = OLD.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = NEW.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='9ca9e3852d2081af6826ca3687bb792b5461df75', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_ad164', table='budget_effect', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effect',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='bc31a6312a2f8a66f4a5b1dd83c0e912df5f9c1c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d71d3', table='budget_effect', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effect',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_effectevent" ("high", "high_version", "id", "line_id", "low", "low_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "version", "year") VALUES (NEW."high", NEW."high_version", NEW."id", NEW."line_id", NEW."low", NEW."low_version", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tonnes", NEW."version", NEW."year"); RETURN NULL;', hash='e8fbba8a7a7e0815b97d3943d3771460a94eaaa9', operation='INSERT', pgid='pgtrigger_insert_insert_2ba25', table='budget_effect', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effect',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_effectevent" ("high", "high_version", "id", "line_id", "low", "low_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "version", "year") VALUES (NEW."high", NEW."high_version", NEW."id", NEW."line_id", NEW."low", NEW."low_version", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tonnes", NEW."version", NEW."year"); RETURN NULL;', hash='76f7bb629ec6ad680c78a08f5f68460ebe47cb4e', operation='UPDATE', pgid='pgtrigger_update_update_e50b4', table='budget_effect', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='effect',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_effectevent" ("high", "high_version", "id", "line_id", "low", "low_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "version", "year") VALUES (OLD."high", OLD."high_version", OLD."id", OLD."line_id", OLD."low", OLD."low_version", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tonnes", OLD."version", OLD."year"); RETURN NULL;', hash='8583c44a1f74a00f99a4a04cbafb21ab80acbf0b', operation='DELETE', pgid='pgtrigger_delete_delete_1ec43', table='budget_effect', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3c3cabd775cec45823eb73e96f9a1247e2796164', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ec959', table='budget_costevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='costevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8588d8ad8129ba50af7098eb5f7527ae0d39b87b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_1fd39', table='budget_costevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cost',
            constraint=models.UniqueConstraint(fields=('line', 'year', 'kind'), name='cost_once_per_kind_and_year'),
        ),
        migrations.AddConstraint(
            model_name='cost',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [budget.enums.CostKind['INVESTMENT'], budget.enums.CostKind['OPERATION'], budget.enums.CostKind['SAVING']])), name='cost_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='cost',
            constraint=models.CheckConstraint(condition=models.Q(('nok__gte', 0)), name='cost_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cost',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = OLD.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = NEW.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='030acbd12015411db6b20c420e5654b5546228d8', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_3813d', table='budget_cost', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cost',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='d000409aa85841209fc0b54c70811cd9796d3a78', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_afbf2', table='budget_cost', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cost',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_costevent" ("id", "kind", "line_id", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (NEW."id", NEW."kind", NEW."line_id", NEW."nok", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version", NEW."year"); RETURN NULL;', hash='ee1cb542c93afdd4d6132be26ef564fda45bd036', operation='INSERT', pgid='pgtrigger_insert_insert_2ab68', table='budget_cost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cost',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_costevent" ("id", "kind", "line_id", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (NEW."id", NEW."kind", NEW."line_id", NEW."nok", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version", NEW."year"); RETURN NULL;', hash='dec94ac780802711f68ca094488ff067ee019ff9', operation='UPDATE', pgid='pgtrigger_update_update_1634f', table='budget_cost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cost',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_costevent" ("id", "kind", "line_id", "nok", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "year") VALUES (OLD."id", OLD."kind", OLD."line_id", OLD."nok", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version", OLD."year"); RETURN NULL;', hash='a45c2ee364d8a1a0e5ff2d0a238261b6acd729aa', operation='DELETE', pgid='pgtrigger_delete_delete_6600e', table='budget_cost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ac23fef7c88b8cd51c9cf9b6bad0841df88ef1c6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ae3ed', table='budget_lineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='54e946b6485b9ed40dff4c95118e5aa76ef495a2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_bd873', table='budget_lineevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='linesource',
            constraint=models.UniqueConstraint(fields=('line', 'source'), name='line_source_once'),
        ),
        migrations.AddConstraint(
            model_name='linesource',
            constraint=models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lte', 100)), name='line_share_in_range'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesource',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = OLD.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_line WHERE id = NEW.line_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='9afaa326ab793792fc9b752c0208320c3b6d7898', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_38dcf', table='budget_linesource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesource',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='f7fc9dce702ae36be25bc5e99ce7c5d68b3abbc8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_88384', table='budget_linesource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesource',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_linesourceevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source_id") VALUES (NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share", NEW."source_id"); RETURN NULL;', hash='a6dffa32e37eef43f53b9477b0f0aa6273be01f1', operation='INSERT', pgid='pgtrigger_insert_insert_da847', table='budget_linesource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesource',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_linesourceevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source_id") VALUES (NEW."id", NEW."line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share", NEW."source_id"); RETURN NULL;', hash='61bc84e65ae7249ce22628be6224041e5b1026a6', operation='UPDATE', pgid='pgtrigger_update_update_feaa9', table='budget_linesource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesource',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_linesourceevent" ("id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "source_id") VALUES (OLD."id", OLD."line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."share", OLD."source_id"); RETURN NULL;', hash='966cbf9b35b0b44d114b29086c993825448a57c4', operation='DELETE', pgid='pgtrigger_delete_delete_f8849', table='budget_linesource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesourceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='cdce12a7886774c9d221881d8dd0f9d87e07ca48', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a7c7', table='budget_linesourceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linesourceevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3c56b3b7d631d6f9ead598aba1c434bf2c1c8f23', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f56ed', table='budget_linesourceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='overlap',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', [budget.enums.OverlapMethod['PRODUCT'], budget.enums.OverlapMethod['FIXED'], budget.enums.OverlapMethod['NONE']])), name='overlap_method_known'),
        ),
        migrations.AddConstraint(
            model_name='overlap',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='overlap_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlap',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = OLD.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = NEW.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='302fdfe47810755b6f509c05c583934b563aca80', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_aaf00', table='budget_overlap', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlap',
            trigger=pgtrigger.compiler.Trigger(name='budget_id_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id)', func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';", hash='532cf3d6082025efa495d3a2a52a1bf6393a1150', operation='UPDATE OF "budget_id"', pgid='pgtrigger_budget_id_stays_cc6dd', table='budget_overlap', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlap',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='54f56dd3c83d33a08b8973e92115a784d6215b88', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_62198', table='budget_overlap', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlap',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_overlapevent" ("budget_id", "decided_by", "id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source_id", "version") VALUES (NEW."budget_id", NEW."decided_by", NEW."id", NEW."method", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."source_id", NEW."version"); RETURN NULL;', hash='ef0df9803dd21e914156f62bceeed5b608fb6de5', operation='INSERT', pgid='pgtrigger_insert_insert_f5a90', table='budget_overlap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlap',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_overlapevent" ("budget_id", "decided_by", "id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source_id", "version") VALUES (NEW."budget_id", NEW."decided_by", NEW."id", NEW."method", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."source_id", NEW."version"); RETURN NULL;', hash='c89ba6f36cb9ad7ead1ae75528559452e9213276', operation='UPDATE', pgid='pgtrigger_update_update_40bd0', table='budget_overlap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlap',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_overlapevent" ("budget_id", "decided_by", "id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source_id", "version") VALUES (OLD."budget_id", OLD."decided_by", OLD."id", OLD."method", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."source_id", OLD."version"); RETURN NULL;', hash='e568d90144c9326bf3009fd547c5d750ae5bb5e0', operation='DELETE', pgid='pgtrigger_delete_delete_bb117', table='budget_overlap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='c9b36ea3287de7be1520d902d56f7604cdaa9c96', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_15ccc', table='budget_overlapevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='239065c8139b582086d7dff474ffd4256f6f52ee', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e9845', table='budget_overlapevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='overlapmember',
            constraint=models.UniqueConstraint(fields=('overlap', 'line'), name='overlap_member_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmember',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_overlap WHERE id = OLD.overlap_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_overlap WHERE id = NEW.overlap_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='a6c32b6543d69e62cb81e66f45479acdd4c2c787', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_15c88', table='budget_overlapmember', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmember',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='4cfd5381e8ab33b694f98892b53f5d3af44c8867', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_84fcc', table='budget_overlapmember', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmember',
            trigger=pgtrigger.compiler.Trigger(name='in_one_overlap', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM 1 FROM budget_line WHERE id = NEW.line_id FOR NO KEY UPDATE;\n        IF EXISTS (\n    SELECT 1 FROM budget_overlapmember AS mine\n    JOIN budget_overlap AS this ON this.id = mine.overlap_id\n    JOIN budget_overlapyear AS stated ON stated.overlap_id = this.id\n    JOIN budget_overlapmember AS other ON other.line_id = mine.line_id AND other.overlap_id <> this.id\n    JOIN budget_overlap AS that ON that.id = other.overlap_id AND that.source_id = this.source_id\n    JOIN budget_overlapyear AS also ON also.overlap_id = that.id AND also.year = stated.year\n    WHERE this.id = NEW.overlap_id AND mine.line_id = NEW.line_id) THEN RAISE EXCEPTION 'a line is in two overlaps of the same source' USING ERRCODE = 'unique_violation'; END IF;\n        RETURN NULL;\n        ", hash='0fd73ef456f0519e19fbf4679748acaff26c9dca', operation='INSERT OR UPDATE', pgid='pgtrigger_in_one_overlap_aefa0', table='budget_overlapmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_overlapmemberevent" ("id", "line_id", "overlap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."line_id", NEW."overlap_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='189501137b4cab43567f69905806b48ef886ec83', operation='INSERT', pgid='pgtrigger_insert_insert_bc5b5', table='budget_overlapmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_overlapmemberevent" ("id", "line_id", "overlap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."line_id", NEW."overlap_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='6af604ff7bde361495d4d29827bd69df0210e634', operation='UPDATE', pgid='pgtrigger_update_update_4c79f', table='budget_overlapmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_overlapmemberevent" ("id", "line_id", "overlap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."line_id", OLD."overlap_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='a6e867889858204c1061117fdb892adaa100c57c', operation='DELETE', pgid='pgtrigger_delete_delete_2821c', table='budget_overlapmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmemberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3a8ced3ed3fda680e452ce6ee30af26e51bb754f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63ab6', table='budget_overlapmemberevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapmemberevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8a11093e08a750b0bdb77b7cc9f2895033bb82c0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_63caa', table='budget_overlapmemberevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='overlapyear',
            constraint=models.UniqueConstraint(fields=('overlap', 'year'), name='overlap_year_once'),
        ),
        migrations.AddConstraint(
            model_name='overlapyear',
            constraint=models.CheckConstraint(condition=models.Q(('tonnes__gte', 0)), name='overlap_year_not_negative'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyear',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_overlap WHERE id = OLD.overlap_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = (SELECT budget_id FROM budget_overlap WHERE id = NEW.overlap_id) FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='a3c651b362b89186f52512949054cd8dd351a049', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_375c2', table='budget_overlapyear', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyear',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='a4fed95540d770d2169a07013f394fba3dcffc2a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_ca680', table='budget_overlapyear', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyear',
            trigger=pgtrigger.compiler.Trigger(name='in_one_overlap', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT 1 FROM budget_overlap WHERE id = NEW.overlap_id AND method = 'none'\n        ) THEN\n            RAISE EXCEPTION 'no overlap has no tonnes' USING ERRCODE = 'check_violation';\n        END IF;\n        PERFORM 1 FROM budget_line\n        WHERE id IN (SELECT line_id FROM budget_overlapmember WHERE overlap_id = NEW.overlap_id)\n        ORDER BY id FOR NO KEY UPDATE;\n        IF EXISTS (\n    SELECT 1 FROM budget_overlapmember AS mine\n    JOIN budget_overlap AS this ON this.id = mine.overlap_id\n    JOIN budget_overlapyear AS stated ON stated.overlap_id = this.id\n    JOIN budget_overlapmember AS other ON other.line_id = mine.line_id AND other.overlap_id <> this.id\n    JOIN budget_overlap AS that ON that.id = other.overlap_id AND that.source_id = this.source_id\n    JOIN budget_overlapyear AS also ON also.overlap_id = that.id AND also.year = stated.year\n    WHERE this.id = NEW.overlap_id AND stated.year = NEW.year) THEN RAISE EXCEPTION 'a line is in two overlaps of the same source' USING ERRCODE = 'unique_violation'; END IF;\n        RETURN NULL;\n        ", hash='d09b9825144b045bdfb5f81f54ae0499746b48d9', operation='INSERT OR UPDATE', pgid='pgtrigger_in_one_overlap_96b13', table='budget_overlapyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyear',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_overlapyearevent" ("id", "overlap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "year") VALUES (NEW."id", NEW."overlap_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tonnes", NEW."year"); RETURN NULL;', hash='6cb2b2019b29e9048cfd02b315f67f5f38ba77dc', operation='INSERT', pgid='pgtrigger_insert_insert_2b714', table='budget_overlapyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyear',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_overlapyearevent" ("id", "overlap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "year") VALUES (NEW."id", NEW."overlap_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tonnes", NEW."year"); RETURN NULL;', hash='a4fb0a123d998435f43ba0c2ea0d38a9866831a4', operation='UPDATE', pgid='pgtrigger_update_update_72435', table='budget_overlapyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyear',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_overlapyearevent" ("id", "overlap_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tonnes", "year") VALUES (OLD."id", OLD."overlap_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tonnes", OLD."year"); RETURN NULL;', hash='80f0501b57900c094ea53e6a99e0841e1a8fef79', operation='DELETE', pgid='pgtrigger_delete_delete_18788', table='budget_overlapyear', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyearevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='d0de420aec49aea996e230d6730e11461693c947', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0dcb9', table='budget_overlapyearevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overlapyearevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='c2227df6a5216320fdb100448b815be5781d8428', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_68861', table='budget_overlapyearevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='referencepath',
            constraint=models.UniqueConstraint(fields=('budget', 'source', 'year'), name='reference_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='referencepath',
            constraint=models.CheckConstraint(condition=models.Q(('tonnes__gte', 0)), name='reference_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='referencepath',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high__isnull', True), ('low__isnull', True)), models.Q(('high__gte', models.F('tonnes')), ('high__isnull', False), ('low__gte', 0), ('low__isnull', False), ('low__lte', models.F('tonnes'))), _connector='OR'), name='reference_range_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepath',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = OLD.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = NEW.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='81e41570b23c251b63b764c8a08fb28bc760c7d0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_11c21', table='budget_referencepath', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepath',
            trigger=pgtrigger.compiler.Trigger(name='budget_id_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id)', func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';", hash='3240b0a69099a59060393360225a1a4b56904aab', operation='UPDATE OF "budget_id"', pgid='pgtrigger_budget_id_stays_1d970', table='budget_referencepath', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepath',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='47f2cc39d005631afcb720f3a26fee053a2d1bd4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f59e3', table='budget_referencepath', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepath',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_referencepathevent" ("budget_id", "high", "id", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "tonnes", "year") VALUES (NEW."budget_id", NEW."high", NEW."id", NEW."low", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source_id", NEW."tonnes", NEW."year"); RETURN NULL;', hash='da095836f3bea508d8ec453a88f23e4e0646889c', operation='INSERT', pgid='pgtrigger_insert_insert_c8bf8', table='budget_referencepath', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepath',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_referencepathevent" ("budget_id", "high", "id", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "tonnes", "year") VALUES (NEW."budget_id", NEW."high", NEW."id", NEW."low", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source_id", NEW."tonnes", NEW."year"); RETURN NULL;', hash='e867b8dd428b444262340013c72c15f5a62f9db1', operation='UPDATE', pgid='pgtrigger_update_update_f7b00', table='budget_referencepath', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepath',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_referencepathevent" ("budget_id", "high", "id", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "tonnes", "year") VALUES (OLD."budget_id", OLD."high", OLD."id", OLD."low", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source_id", OLD."tonnes", OLD."year"); RETURN NULL;', hash='062af5a2062c0333d173054f7602a65fab37c481', operation='DELETE', pgid='pgtrigger_delete_delete_85957', table='budget_referencepath', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepathevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ce0c932c89186207a3b567beb507a3dccea8b382', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d15c', table='budget_referencepathevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepathevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='655f2fb8f3cbd63be225393deca45e7f41aa8eb5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_58c39', table='budget_referencepathevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='referencepolicy',
            constraint=models.UniqueConstraint(condition=models.Q(('measure__isnull', False)), fields=('budget', 'measure'), name='reference_policy_measure_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = OLD.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = NEW.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='1b2ba27f7ef8b89d4456609aa8479042f3bdc4da', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_23c59', table='budget_referencepolicy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='budget_id_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id)', func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';", hash='17c2de4223145c868b6d4c5d18a4bb3733611944', operation='UPDATE OF "budget_id"', pgid='pgtrigger_budget_id_stays_d44a8', table='budget_referencepolicy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='df4ad2251f7383508dcab62e053c0d44cb3e343b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d471f', table='budget_referencepolicy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='policy_is_no_line', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.measure_id IS NOT NULL)', func="\n        PERFORM 1 FROM strategy_measure WHERE id = NEW.measure_id FOR NO KEY UPDATE;\n        IF EXISTS (\n            SELECT 1 FROM budget_line WHERE budget_id = NEW.budget_id AND measure_id = NEW.measure_id\n        ) THEN\n            RAISE EXCEPTION 'a measure is a line or in the reference path, never both'\n                USING ERRCODE = 'unique_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='80ae0867ac9a3594bfc7f98cc5409587bb663cf9', operation='INSERT OR UPDATE OF "measure_id"', pgid='pgtrigger_policy_is_no_line_7fc96', table='budget_referencepolicy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_referencepolicyevent" ("budget_id", "id", "level", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."budget_id", NEW."id", NEW."level", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='b226a411a7be1c6523d4355bbe0b5384b1502116', operation='INSERT', pgid='pgtrigger_insert_insert_16e03', table='budget_referencepolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_referencepolicyevent" ("budget_id", "id", "level", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."budget_id", NEW."id", NEW."level", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='284e07b763fa4dda591ad51e6cd14952407bbfde', operation='UPDATE', pgid='pgtrigger_update_update_21370', table='budget_referencepolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_referencepolicyevent" ("budget_id", "id", "level", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."budget_id", OLD."id", OLD."level", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='dd8aae8b5a492343b59afeea2d68b51818790f78', operation='DELETE', pgid='pgtrigger_delete_delete_5541e', table='budget_referencepolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='c8d269039cbd57eca3b2ea31c3de66fa78c7917f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fc1f', table='budget_referencepolicyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepolicyevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='17a9b0482230015b9b909a8e988571884100558a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_54b9c', table='budget_referencepolicyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='referencesource',
            constraint=models.UniqueConstraint(fields=('budget', 'source'), name='reference_source_once'),
        ),
        migrations.AddConstraint(
            model_name='referencesource',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', [budget.enums.ReferenceRule['FLAT'], budget.enums.ReferenceRule['TREND'], budget.enums.ReferenceRule['TYPED'], budget.enums.ReferenceRule['IMPORTED']])), name='reference_source_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='referencesource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('trend_years__isnull', True), models.Q(('rule', budget.enums.ReferenceRule['TREND']), _negated=True)), models.Q(('rule', budget.enums.ReferenceRule['TREND']), ('trend_years__gte', 2)), _connector='OR'), name='reference_source_trend_years'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesource',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = OLD.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM budget_climatebudget WHERE id = NEW.budget_id FOR SHARE;\n        IF guarded_state IN ('adopted', 'superseded') THEN RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='c9778ae5bba9d460defd3d1f277811266b1f556e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_69e4d', table='budget_referencesource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesource',
            trigger=pgtrigger.compiler.Trigger(name='budget_id_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id)', func="RAISE EXCEPTION 'a row never moves to another budget' USING ERRCODE = 'restrict_violation';", hash='17737fd2e678176b0f8b41994a2029f4e83b400e', operation='UPDATE OF "budget_id"', pgid='pgtrigger_budget_id_stays_58367', table='budget_referencesource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesource',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted climate budget cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='cec96aac3767076baffd16b7ae35dcfac6cd7f5e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8f699', table='budget_referencesource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesource',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_referencesourceevent" ("budget_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source_id", "trend_years", "version") VALUES (NEW."budget_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rule", NEW."source_id", NEW."trend_years", NEW."version"); RETURN NULL;', hash='da0f8abc939465259b80e0eae3f3b492d870a709', operation='INSERT', pgid='pgtrigger_insert_insert_2fadd', table='budget_referencesource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesource',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_referencesourceevent" ("budget_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source_id", "trend_years", "version") VALUES (NEW."budget_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rule", NEW."source_id", NEW."trend_years", NEW."version"); RETURN NULL;', hash='d28c70230cf37ea3f3824364bc7f46810ac734c0', operation='UPDATE', pgid='pgtrigger_update_update_25234', table='budget_referencesource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesource',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_referencesourceevent" ("budget_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rule", "source_id", "trend_years", "version") VALUES (OLD."budget_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rule", OLD."source_id", OLD."trend_years", OLD."version"); RETURN NULL;', hash='18baf46724ec75439a31aa881b542fbb9074b641', operation='DELETE', pgid='pgtrigger_delete_delete_e3de5', table='budget_referencesource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesourceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='567cdd7578a92373a6a9ef72c602c07a3526ce4a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f8f0b', table='budget_referencesourceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencesourceevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='4ceacbb913169c87ce2a9d353adfdc101bfcac6f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_62c18', table='budget_referencesourceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.UniqueConstraint(fields=('budget', 'owner', 'name'), name='scenario_name_once'),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='scenario_has_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenarioevent" ("budget_id", "id", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared", "version") VALUES (NEW."budget_id", NEW."id", NEW."made_at", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shared", NEW."version"); RETURN NULL;', hash='e59479876b075e246110900995579c882dc15c0a', operation='INSERT', pgid='pgtrigger_insert_insert_5ef98', table='budget_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_scenarioevent" ("budget_id", "id", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared", "version") VALUES (NEW."budget_id", NEW."id", NEW."made_at", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shared", NEW."version"); RETURN NULL;', hash='648504f0de033ce7d2e707554e999014efe817ce', operation='UPDATE', pgid='pgtrigger_update_update_f8433', table='budget_scenario', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenario',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenarioevent" ("budget_id", "id", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared", "version") VALUES (OLD."budget_id", OLD."id", OLD."made_at", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."shared", OLD."version"); RETURN NULL;', hash='10d0d7509c5dc10d2169709639eea2090fedfff0', operation='DELETE', pgid='pgtrigger_delete_delete_8c978', table='budget_scenario', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', False)), fields=('scenario', 'line'), name='scenario_line_once'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', budget.enums.ChangeKind['DROP']), ('line__isnull', False)), models.Q(('kind', budget.enums.ChangeKind['DELAY']), ('line__isnull', False), ('percent__gt', 0), ('since__isnull', False), ('percent__lte', 100)), models.Q(('kind', budget.enums.ChangeKind['SCALE']), ('line__isnull', False), ('percent__gte', 0)), models.Q(('first_year__isnull', False), ('kind', budget.enums.ChangeKind['ADD']), ('level__in', [strategy.enums.Level['MUNICIPAL'], strategy.enums.Level['REGIONAL'], strategy.enums.Level['NATIONAL']]), ('line__isnull', True), ('source__isnull', False), ('tonnes__gt', 0), models.Q(('measure__isnull', False), models.Q(('title', ''), _negated=True), _connector='OR')), _connector='OR'), name='scenario_change_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='scenariochange',
            constraint=models.CheckConstraint(condition=models.Q(('caught_up__isnull', True), ('caught_up__gte', models.F('since')), _connector='OR'), name='scenario_delay_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenariochangeevent" ("caught_up", "first_year", "id", "kind", "level", "line_id", "measure_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scenario_id", "since", "source_id", "title", "tonnes") VALUES (NEW."caught_up", NEW."first_year", NEW."id", NEW."kind", NEW."level", NEW."line_id", NEW."measure_id", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scenario_id", NEW."since", NEW."source_id", NEW."title", NEW."tonnes"); RETURN NULL;', hash='854a2553e99b7fa15f07d86b5b4bd7cb9d23eb79', operation='INSERT', pgid='pgtrigger_insert_insert_ac393', table='budget_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_scenariochangeevent" ("caught_up", "first_year", "id", "kind", "level", "line_id", "measure_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scenario_id", "since", "source_id", "title", "tonnes") VALUES (NEW."caught_up", NEW."first_year", NEW."id", NEW."kind", NEW."level", NEW."line_id", NEW."measure_id", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scenario_id", NEW."since", NEW."source_id", NEW."title", NEW."tonnes"); RETURN NULL;', hash='047434a37ba967a132ec804e00a1f896b74795e3', operation='UPDATE', pgid='pgtrigger_update_update_7337a', table='budget_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_scenariochangeevent" ("caught_up", "first_year", "id", "kind", "level", "line_id", "measure_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scenario_id", "since", "source_id", "title", "tonnes") VALUES (OLD."caught_up", OLD."first_year", OLD."id", OLD."kind", OLD."level", OLD."line_id", OLD."measure_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scenario_id", OLD."since", OLD."source_id", OLD."title", OLD."tonnes"); RETURN NULL;', hash='790cf58d27fb056f481b3caee16925c8a7a046ae', operation='DELETE', pgid='pgtrigger_delete_delete_ba86f', table='budget_scenariochange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochangeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='01501cfa35e8550f6f5ec6a69d931377cecd62cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef1fe', table='budget_scenariochangeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenariochangeevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='dcbdd7d7455ba21408135b1120fdb4573d4871b6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e8b27', table='budget_scenariochangeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenarioevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='64084f97e0ce389aa2c87839521516c1199191da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5f575', table='budget_scenarioevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scenarioevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='55658abf63293ed30e78f0322b3016c936ea7bd3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f8e0f', table='budget_scenarioevent', when='BEFORE')),
        ),
    ])]
