import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import strategy.enums
import strategy.models.search
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='FocusArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='innsatsområde')),
                ('description', models.TextField(blank=True, verbose_name='beskrivelse')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
            ],
            options={
                'verbose_name': 'innsatsområde',
                'verbose_name_plural': 'innsatsområder',
            },
        ),
        migrations.CreateModel(
            name='HearingRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='tittel')),
                ('introduction', models.TextField(blank=True, verbose_name='til dem som svarer')),
                ('deadline', models.DateTimeField(verbose_name='frist')),
                ('state', models.CharField(choices=[('open', 'Åpen'), ('closed', 'Avsluttet'), ('published', 'Oppsummert')], default=strategy.enums.HearingState['OPEN'], max_length=20, verbose_name='tilstand')),
                ('sent_at', models.DateTimeField(verbose_name='sendt')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='avsluttet')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='oppsummert')),
                ('summary', models.TextField(blank=True, verbose_name='oppsummering')),
                ('published', models.JSONField(blank=True, null=True, verbose_name='det som ble publisert')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'høringsrunde',
                'verbose_name_plural': 'høringsrunder',
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='resultatindikator')),
                ('unit_label', models.CharField(max_length=40, verbose_name='måleenhet')),
                ('direction', models.CharField(choices=[('up', 'høyere er bedre'), ('down', 'lavere er bedre'), ('keep', 'skal holdes')], default=strategy.enums.Direction['UP'], max_length=10, verbose_name='retning')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'resultatindikator',
                'verbose_name_plural': 'resultatindikatorer',
            },
        ),
        migrations.CreateModel(
            name='PlanGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='delmål')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'delmål i kommuneplanen',
                'verbose_name_plural': 'delmål i kommuneplanen',
            },
        ),
        migrations.CreateModel(
            name='PolicyArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, unique=True, verbose_name='politikkområde')),
                ('main_goal', models.TextField(blank=True, verbose_name='hovedmål')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'politikkområde',
                'verbose_name_plural': 'politikkområder',
            },
        ),
        migrations.CreateModel(
            name='PolicyAreaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=120, verbose_name='politikkområde')),
                ('main_goal', models.TextField(blank=True, verbose_name='hovedmål')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(default=datetime.date(2020, 1, 1), verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
            ],
            options={
                'verbose_name': 'ansvar',
                'verbose_name_plural': 'ansvar',
            },
        ),
        migrations.CreateModel(
            name='ResponsibilityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(default=datetime.date(2020, 1, 1), verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, unique=True, verbose_name='tittel')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
                ('covers', models.CharField(max_length=200, verbose_name='gjelder')),
                ('introduction', models.TextField(blank=True, verbose_name='innledning')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('on_hearing', 'På høring'), ('adopted', 'Vedtatt'), ('superseded', 'Erstattet')], default=strategy.enums.StrategyState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='vedtatt av')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='vedtaksdato')),
                ('decided_when', models.CharField(blank=True, max_length=80, verbose_name='når')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'strategi',
                'verbose_name_plural': 'strategier',
            },
        ),
        migrations.CreateModel(
            name='StrategyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160, verbose_name='tittel')),
                ('slug', models.SlugField(db_index=False, max_length=80, verbose_name='adresse')),
                ('covers', models.CharField(max_length=200, verbose_name='gjelder')),
                ('introduction', models.TextField(blank=True, verbose_name='innledning')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('on_hearing', 'På høring'), ('adopted', 'Vedtatt'), ('superseded', 'Erstattet')], default=strategy.enums.StrategyState['DRAFT'], max_length=20, verbose_name='tilstand')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='vedtatt av')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='vedtaksdato')),
                ('decided_when', models.CharField(blank=True, max_length=80, verbose_name='når')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StrategyGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'delmål strategien bygger på',
                'verbose_name_plural': 'delmål strategien bygger på',
            },
        ),
        migrations.CreateModel(
            name='StrategyGoalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StrategyTransition',
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
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='mål')),
                ('kind', models.CharField(choices=[('emission', 'utslippsmål'), ('qualitative', 'kvalitativt mål')], max_length=20, verbose_name='type')),
                ('scope', models.CharField(blank=True, choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('base_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='basisår')),
                ('target_year', models.PositiveSmallIntegerField(verbose_name='målår')),
                ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='kutt i prosent')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='vedtatt av')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'mål',
                'verbose_name_plural': 'mål',
            },
        ),
        migrations.CreateModel(
            name='TargetCeiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='kutt i prosent')),
                ('decision', models.CharField(max_length=200, verbose_name='vedtak')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='vedtaksdato')),
                ('is_new_start', models.BooleanField(default=False, verbose_name='ny start')),
            ],
            options={
                'verbose_name': 'vedtatt utslippsramme',
                'verbose_name_plural': 'vedtatte utslippsrammer',
            },
        ),
        migrations.CreateModel(
            name='TargetCeilingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='kutt i prosent')),
                ('decision', models.CharField(max_length=200, verbose_name='vedtak')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='vedtaksdato')),
                ('is_new_start', models.BooleanField(default=False, verbose_name='ny start')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='mål')),
                ('kind', models.CharField(choices=[('emission', 'utslippsmål'), ('qualitative', 'kvalitativt mål')], max_length=20, verbose_name='type')),
                ('scope', models.CharField(blank=True, choices=[('community_direct', 'Direkte utslipp i kommunen'), ('own_operations_direct', 'Direkte utslipp fra egen virksomhet'), ('own_operations_footprint', 'Klimafotavtrykk fra egen virksomhet'), ('community_indirect', 'Indirekte utslipp fra kommunen som samfunn')], max_length=40, verbose_name='systemgrense')),
                ('base_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='basisår')),
                ('target_year', models.PositiveSmallIntegerField(verbose_name='målår')),
                ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='kutt i prosent')),
                ('decided_by', models.CharField(blank=True, max_length=120, verbose_name='vedtatt av')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='indikator')),
                ('unit_label', models.CharField(max_length=40, verbose_name='måleenhet')),
                ('direction', models.CharField(choices=[('up', 'høyere er bedre'), ('down', 'lavere er bedre'), ('keep', 'skal holdes')], default=strategy.enums.Direction['UP'], max_length=10, verbose_name='retning')),
                ('goal', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='måltall i målåret')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'verbose_name': 'indikator for mål',
                'verbose_name_plural': 'indikatorer for mål',
            },
        ),
        migrations.CreateModel(
            name='TargetIndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=160, verbose_name='indikator')),
                ('unit_label', models.CharField(max_length=40, verbose_name='måleenhet')),
                ('direction', models.CharField(choices=[('up', 'høyere er bedre'), ('down', 'lavere er bedre'), ('keep', 'skal holdes')], default=strategy.enums.Direction['UP'], max_length=10, verbose_name='retning')),
                ('goal', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='måltall i målåret')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetIndicatorValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='verdi')),
            ],
            options={
                'verbose_name': 'verdi av indikator',
                'verbose_name_plural': 'verdier av indikatorer',
            },
        ),
        migrations.CreateModel(
            name='TargetIndicatorValueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='verdi')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='tema')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
            ],
            options={
                'verbose_name': 'tema',
                'verbose_name_plural': 'temaer',
            },
        ),
        migrations.CreateModel(
            name='ThemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160, verbose_name='tema')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ThemePlanStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'tema koblet til strategi i kommuneplanen',
                'verbose_name_plural': 'temaer koblet til strategier i kommuneplanen',
            },
        ),
        migrations.CreateModel(
            name='ThemePlanStrategyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BarometerIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, unique=True, verbose_name='navn')),
                ('unit_label', models.CharField(max_length=40, verbose_name='måleenhet')),
                ('direction', models.CharField(choices=[('up', 'høyere er bedre'), ('down', 'lavere er bedre'), ('keep', 'skal holdes')], max_length=10, verbose_name='retning')),
                ('frequency', models.CharField(choices=[('month', 'hver måned'), ('quarter', 'hvert kvartal'), ('year', 'hvert år')], default=strategy.enums.Frequency['QUARTER'], max_length=10, verbose_name='hvor ofte')),
                ('source', models.CharField(max_length=250, verbose_name='kilde')),
                ('description', models.TextField(blank=True, verbose_name='hva tallet viser')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='rekkefølge')),
                ('active', models.BooleanField(default=True, verbose_name='i bruk')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='barometer_indicators', to='emissions.sector', verbose_name='sektor')),
            ],
            options={
                'verbose_name': 'indikator i klimabarometeret',
                'verbose_name_plural': 'indikatorer i klimabarometeret',
            },
        ),
        migrations.CreateModel(
            name='BarometerIndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=160, verbose_name='navn')),
                ('unit_label', models.CharField(max_length=40, verbose_name='måleenhet')),
                ('direction', models.CharField(choices=[('up', 'høyere er bedre'), ('down', 'lavere er bedre'), ('keep', 'skal holdes')], max_length=10, verbose_name='retning')),
                ('frequency', models.CharField(choices=[('month', 'hver måned'), ('quarter', 'hvert kvartal'), ('year', 'hvert år')], default=strategy.enums.Frequency['QUARTER'], max_length=10, verbose_name='hvor ofte')),
                ('source', models.CharField(max_length=250, verbose_name='kilde')),
                ('description', models.TextField(blank=True, verbose_name='hva tallet viser')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='rekkefølge')),
                ('active', models.BooleanField(default=True, verbose_name='i bruk')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.barometerindicator')),
                ('sector', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.sector', verbose_name='sektor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BarometerValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.DateField(verbose_name='første dag i perioden')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='verdi')),
                ('missing_reason', models.CharField(blank=True, choices=[('not_estimated', 'ikke beregnet'), ('not_occurring', 'forekommer ikke'), ('confidential', 'unntatt offentlighet'), ('included_elsewhere', 'regnet med et annet sted'), ('not_yet_delivered', 'ikke levert ennå')], max_length=30, verbose_name='hvorfor tallet mangler')),
                ('source_note', models.CharField(blank=True, max_length=250, verbose_name='kilde eller merknad')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='strategy.barometerindicator', verbose_name='indikator')),
            ],
            options={
                'verbose_name': 'verdi i klimabarometeret',
                'verbose_name_plural': 'verdier i klimabarometeret',
            },
        ),
        migrations.CreateModel(
            name='BarometerValueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('period', models.DateField(verbose_name='første dag i perioden')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='verdi')),
                ('missing_reason', models.CharField(blank=True, choices=[('not_estimated', 'ikke beregnet'), ('not_occurring', 'forekommer ikke'), ('confidential', 'unntatt offentlighet'), ('included_elsewhere', 'regnet med et annet sted'), ('not_yet_delivered', 'ikke levert ennå')], max_length=30, verbose_name='hvorfor tallet mangler')),
                ('source_note', models.CharField(blank=True, max_length=250, verbose_name='kilde eller merknad')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.barometerindicator', verbose_name='indikator')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.barometervalue')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='organisation.unit', verbose_name='bidrar')),
            ],
            options={
                'verbose_name': 'bidragsyter',
                'verbose_name_plural': 'bidragsytere',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.CharField(choices=[('council', 'kommunestyret'), ('executive_board', 'formannskapet'), ('climate_committee', 'Klimautvalget'), ('main_committee', 'hovedutvalg'), ('leadership', 'rådmannens ledergruppe'), ('other', 'annet')], max_length=20, verbose_name='vedtatt av')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('no_case_number', models.CharField(blank=True, max_length=160, verbose_name='hvorfor saksnummer mangler')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='vedtatt dato')),
                ('decided_when', models.CharField(blank=True, max_length=80, verbose_name='når, hvis datoen ikke er kjent')),
                ('title', models.CharField(max_length=200, verbose_name='tittel')),
                ('text', models.TextField(verbose_name='vedtaket')),
                ('no_unit', models.CharField(blank=True, max_length=160, verbose_name='hvorfor ingen virksomhet er ansvarlig')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='frist')),
                ('status', models.CharField(choices=[('open', 'Ikke startet'), ('ongoing', 'Under arbeid'), ('done', 'Gjennomført'), ('lapsed', 'Bortfalt')], default=strategy.enums.DecisionStatus['OPEN'], max_length=20, verbose_name='status')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='avsluttet')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='organisation.unit', verbose_name='ansvarlig virksomhet')),
            ],
            options={
                'verbose_name': 'vedtak',
                'verbose_name_plural': 'vedtak',
            },
        ),
        migrations.CreateModel(
            name='DecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('body', models.CharField(choices=[('council', 'kommunestyret'), ('executive_board', 'formannskapet'), ('climate_committee', 'Klimautvalget'), ('main_committee', 'hovedutvalg'), ('leadership', 'rådmannens ledergruppe'), ('other', 'annet')], max_length=20, verbose_name='vedtatt av')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='saksnummer')),
                ('no_case_number', models.CharField(blank=True, max_length=160, verbose_name='hvorfor saksnummer mangler')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='vedtatt dato')),
                ('decided_when', models.CharField(blank=True, max_length=80, verbose_name='når, hvis datoen ikke er kjent')),
                ('title', models.CharField(max_length=200, verbose_name='tittel')),
                ('text', models.TextField(verbose_name='vedtaket')),
                ('no_unit', models.CharField(blank=True, max_length=160, verbose_name='hvorfor ingen virksomhet er ansvarlig')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='frist')),
                ('status', models.CharField(choices=[('open', 'Ikke startet'), ('ongoing', 'Under arbeid'), ('done', 'Gjennomført'), ('lapsed', 'Bortfalt')], default=strategy.enums.DecisionStatus['OPEN'], max_length=20, verbose_name='status')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='avsluttet')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='kilde')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.decision')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='ansvarlig virksomhet')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DecisionMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measure_links', to='strategy.decision', verbose_name='vedtak')),
            ],
            options={
                'verbose_name': 'tiltak i vedtak',
                'verbose_name_plural': 'tiltak i vedtak',
            },
        ),
        migrations.CreateModel(
            name='DecisionNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='statusmerknad')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='strategy.decision', verbose_name='vedtak')),
            ],
            options={
                'verbose_name': 'statusmerknad',
                'verbose_name_plural': 'statusmerknader',
            },
        ),
        migrations.CreateModel(
            name='DecisionTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(max_length=20)),
                ('to_status', models.CharField(max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('comment', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='strategy.decision', verbose_name='vedtak')),
            ],
            options={
                'verbose_name': 'overgang',
                'verbose_name_plural': 'overganger',
            },
        ),
        migrations.CreateModel(
            name='FocusAreaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=160, verbose_name='innsatsområde')),
                ('description', models.TextField(blank=True, verbose_name='beskrivelse')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.focusarea')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FocusAreaGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goal_links', to='strategy.focusarea', verbose_name='innsatsområde')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focus_area_links', to='strategy.plangoal', verbose_name='delmål i kommuneplanen')),
            ],
            options={
                'verbose_name': 'kobling til delmål',
                'verbose_name_plural': 'koblinger til delmål',
            },
        ),
        migrations.CreateModel(
            name='FocusAreaPlanStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_strategy_links', to='strategy.focusarea', verbose_name='innsatsområde')),
            ],
            options={
                'verbose_name': 'kobling til strategi i kommuneplanen',
                'verbose_name_plural': 'koblinger til strategier i kommuneplanen',
            },
        ),
        migrations.CreateModel(
            name='HearingAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(blank=True, choices=[('no_remarks', 'Ingen merknader'), ('remarks', 'Merknader')], max_length=20, verbose_name='svar')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='svart')),
                ('answered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='svart av')),
                ('is_late', models.BooleanField(default=False, verbose_name='etter fristen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='svart av')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearing_answers', to='organisation.unit', verbose_name='virksomhet')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='strategy.hearinground', verbose_name='høringsrunde')),
            ],
            options={
                'verbose_name': 'høringssvar',
                'verbose_name_plural': 'høringssvar',
            },
        ),
        migrations.CreateModel(
            name='HearingRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='merknad')),
                ('disposition', models.CharField(blank=True, choices=[('included', 'Tatt inn'), ('other_level', 'Hører til på et annet nivå'), ('later', 'Tas senere'), ('rejected', 'Tas ikke inn')], max_length=20, verbose_name='hva vi gjør')),
                ('reason', models.TextField(blank=True, verbose_name='begrunnelse')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='strategy.hearinganswer', verbose_name='høringssvar')),
            ],
            options={
                'verbose_name': 'merknad',
                'verbose_name_plural': 'merknader',
            },
        ),
        migrations.CreateModel(
            name='HearingAnswerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('verdict', models.CharField(blank=True, choices=[('no_remarks', 'Ingen merknader'), ('remarks', 'Merknader')], max_length=20, verbose_name='svar')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='svart')),
                ('answered_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='svart av')),
                ('is_late', models.BooleanField(default=False, verbose_name='etter fristen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='svart av')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.hearinganswer')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='virksomhet')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.hearinground', verbose_name='høringsrunde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HearingRoundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='tittel')),
                ('introduction', models.TextField(blank=True, verbose_name='til dem som svarer')),
                ('deadline', models.DateTimeField(verbose_name='frist')),
                ('state', models.CharField(choices=[('open', 'Åpen'), ('closed', 'Avsluttet'), ('published', 'Oppsummert')], default=strategy.enums.HearingState['OPEN'], max_length=20, verbose_name='tilstand')),
                ('sent_at', models.DateTimeField(verbose_name='sendt')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='avsluttet')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='oppsummert')),
                ('summary', models.TextField(blank=True, verbose_name='oppsummering')),
                ('published', models.JSONField(blank=True, null=True, verbose_name='det som ble publisert')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.hearinground')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HearingSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='del')),
                ('text', models.TextField(blank=True, verbose_name='tekst')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='strategy.hearinground')),
            ],
            options={
                'verbose_name': 'del av høringen',
                'verbose_name_plural': 'deler av høringen',
            },
        ),
        migrations.CreateModel(
            name='HearingRemarkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(verbose_name='merknad')),
                ('disposition', models.CharField(blank=True, choices=[('included', 'Tatt inn'), ('other_level', 'Hører til på et annet nivå'), ('later', 'Tas senere'), ('rejected', 'Tas ikke inn')], max_length=20, verbose_name='hva vi gjør')),
                ('reason', models.TextField(blank=True, verbose_name='begrunnelse')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('answer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.hearinganswer', verbose_name='høringssvar')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.hearingremark')),
                ('section', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.hearingsection', verbose_name='del')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='hearingremark',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='strategy.hearingsection', verbose_name='del'),
        ),
        migrations.CreateModel(
            name='IndicatorTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tertial', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tertial')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='måltall')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='strategy.indicator', verbose_name='indikator')),
            ],
            options={
                'verbose_name': 'måltall',
                'verbose_name_plural': 'måltall',
                'ordering': ['year', models.OrderBy(models.F('tertial'), nulls_first=True)],
            },
        ),
        migrations.CreateModel(
            name='IndicatorTargetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('tertial', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tertial')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='måltall')),
                ('indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.indicator', verbose_name='indikator')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.indicatortarget')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='nummer')),
                ('title', models.CharField(max_length=250, verbose_name='tittel')),
                ('description', models.TextField(blank=True, verbose_name='beskrivelse')),
                ('kind', models.CharField(choices=[('tiltak', 'tiltak'), ('virkemiddel', 'virkemiddel')], max_length=20, verbose_name='type')),
                ('level', models.CharField(choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], default=strategy.enums.Level['MUNICIPAL'], max_length=20, verbose_name='nivå')),
                ('state', models.CharField(choices=[('idea', 'Idé'), ('under_assessment', 'Utredes'), ('proposed', 'Foreslått'), ('adopted', 'Vedtatt'), ('ongoing', 'Pågår'), ('done', 'Gjennomført'), ('postponed', 'Utsatt'), ('discontinued', 'Avviklet')], default=strategy.enums.MeasureState['PROPOSED'], max_length=20, verbose_name='tilstand')),
                ('external_actor', models.CharField(blank=True, max_length=160, verbose_name='ekstern aktør')),
                ('external_kind', models.CharField(blank=True, choices=[('county', 'fylkeskommune'), ('state', 'stat'), ('company', 'selskap'), ('research', 'forskning'), ('other', 'andre')], max_length=20, verbose_name='slags aktør')),
                ('start_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fra år')),
                ('end_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='til år')),
                ('decision_reference', models.CharField(blank=True, max_length=200, verbose_name='vedtak')),
                ('co_benefits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='tilleggsgevinster')),
                ('co_benefits_note', models.CharField(blank=True, max_length=400, verbose_name='om tilleggsgevinstene')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='kvalitetssikret')),
                ('assured_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='kvalitetssikret av')),
                ('plan_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='planen endret av virksomheten')),
                ('code_key', strategy.models.search.NeverFetched(db_persist=True, expression=models.Func(models.F('code'), function='norsk_sort'), output_field=models.TextField(db_collation='C'))),
                ('words', strategy.models.search.NeverFetched(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(django.db.models.functions.text.Lower(models.F('code')), models.Value('éèêëáàâäóòôöúùûüíìîïñç'), models.Value('eeeeaaaaoooouuuuiiiinc'), function='translate', output_field=models.TextField()), config='norwegian', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(django.db.models.functions.text.Lower(models.F('title')), models.Value('éèêëáàâäóòôöúùûüíìîïñç'), models.Value('eeeeaaaaoooouuuuiiiinc'), function='translate', output_field=models.TextField()), config='norwegian', weight='A'), django.contrib.postgres.search.SearchConfig('norwegian')), '||', django.contrib.postgres.search.SearchVector(models.Func(django.db.models.functions.text.Lower(models.F('description')), models.Value('éèêëáàâäóòôöúùûüíìîïñç'), models.Value('eeeeaaaaoooouuuuiiiinc'), function='translate', output_field=models.TextField()), config='norwegian', weight='C'), django.contrib.postgres.search.SearchConfig('norwegian')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('letters', strategy.models.search.NeverFetched(db_persist=True, expression=models.Func(models.Func(django.db.models.functions.text.Lower(models.F('code')), models.Value('éèêëáàâäóòôöúùûüíìîïñç'), models.Value('eeeeaaaaoooouuuuiiiinc'), function='translate', output_field=models.TextField()), models.Value(' '), models.Func(django.db.models.functions.text.Lower(models.F('title')), models.Value('éèêëáàâäóòôöúùûüíìîïñç'), models.Value('eeeeaaaaoooouuuuiiiinc'), function='translate', output_field=models.TextField()), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)'), output_field=models.TextField())),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('assured_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kvalitetssikret av')),
            ],
            options={
                'verbose_name': 'tiltak eller virkemiddel',
                'verbose_name_plural': 'tiltak og virkemidler',
            },
        ),
        migrations.CreateModel(
            name='IndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=160, verbose_name='resultatindikator')),
                ('unit_label', models.CharField(max_length=40, verbose_name='måleenhet')),
                ('direction', models.CharField(choices=[('up', 'høyere er bedre'), ('down', 'lavere er bedre'), ('keep', 'skal holdes')], default=strategy.enums.Direction['UP'], max_length=10, verbose_name='retning')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.indicator')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='strategy.measure', verbose_name='tiltak'),
        ),
        migrations.CreateModel(
            name='DecisionMeasureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.decision', verbose_name='vedtak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.decisionmeasure')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='decisionmeasure',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decision_links', to='strategy.measure', verbose_name='tiltak'),
        ),
        migrations.CreateModel(
            name='ContributionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.contribution')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='bidrar')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='strategy.measure', verbose_name='tiltak'),
        ),
        migrations.CreateModel(
            name='MeasureDependency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs_links', to='strategy.measure', verbose_name='tiltak')),
                ('needs', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needed_by_links', to='strategy.measure', verbose_name='avhenger av')),
            ],
            options={
                'verbose_name': 'avhengighet',
                'verbose_name_plural': 'avhengigheter',
            },
        ),
        migrations.CreateModel(
            name='MeasureDependencyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('needs', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='avhenger av')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.measuredependency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=20, verbose_name='nummer')),
                ('title', models.CharField(max_length=250, verbose_name='tittel')),
                ('description', models.TextField(blank=True, verbose_name='beskrivelse')),
                ('kind', models.CharField(choices=[('tiltak', 'tiltak'), ('virkemiddel', 'virkemiddel')], max_length=20, verbose_name='type')),
                ('level', models.CharField(choices=[('municipal', 'kommunalt'), ('regional', 'regionalt'), ('national', 'statlig')], default=strategy.enums.Level['MUNICIPAL'], max_length=20, verbose_name='nivå')),
                ('state', models.CharField(choices=[('idea', 'Idé'), ('under_assessment', 'Utredes'), ('proposed', 'Foreslått'), ('adopted', 'Vedtatt'), ('ongoing', 'Pågår'), ('done', 'Gjennomført'), ('postponed', 'Utsatt'), ('discontinued', 'Avviklet')], default=strategy.enums.MeasureState['PROPOSED'], max_length=20, verbose_name='tilstand')),
                ('external_actor', models.CharField(blank=True, max_length=160, verbose_name='ekstern aktør')),
                ('external_kind', models.CharField(blank=True, choices=[('county', 'fylkeskommune'), ('state', 'stat'), ('company', 'selskap'), ('research', 'forskning'), ('other', 'andre')], max_length=20, verbose_name='slags aktør')),
                ('start_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fra år')),
                ('end_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='til år')),
                ('decision_reference', models.CharField(blank=True, max_length=200, verbose_name='vedtak')),
                ('co_benefits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='tilleggsgevinster')),
                ('co_benefits_note', models.CharField(blank=True, max_length=400, verbose_name='om tilleggsgevinstene')),
                ('assured_at', models.DateTimeField(blank=True, null=True, verbose_name='kvalitetssikret')),
                ('assured_by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='kvalitetssikret av')),
                ('plan_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='planen endret av virksomheten')),
                ('is_example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('assured_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kvalitetssikret av')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.measure')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='source_links', to='strategy.measure', verbose_name='tiltak')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measure_links', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'verbose_name': 'utslippskilde',
                'verbose_name_plural': 'utslippskilder',
            },
        ),
        migrations.CreateModel(
            name='MeasureSourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.measuresource')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.source', verbose_name='utslippskilde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(choices=[('idea', 'Idé'), ('under_assessment', 'Utredes'), ('proposed', 'Foreslått'), ('adopted', 'Vedtatt'), ('ongoing', 'Pågår'), ('done', 'Gjennomført'), ('postponed', 'Utsatt'), ('discontinued', 'Avviklet')], max_length=20)),
                ('to_state', models.CharField(choices=[('idea', 'Idé'), ('under_assessment', 'Utredes'), ('proposed', 'Foreslått'), ('adopted', 'Vedtatt'), ('ongoing', 'Pågår'), ('done', 'Gjennomført'), ('postponed', 'Utsatt'), ('discontinued', 'Avviklet')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by_system', models.CharField(blank=True, default='', max_length=20, verbose_name='av')),
                ('reason', models.TextField(blank=True, verbose_name='begrunnelse')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'overgang for tiltak',
                'verbose_name_plural': 'overganger for tiltak',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeasureUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file_name', models.CharField(max_length=255)),
                ('content', models.BinaryField()),
                ('columns', models.JSONField(default=dict)),
                ('written', models.PositiveIntegerField(null=True)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'opplastet regneark med tiltak',
                'verbose_name_plural': 'opplastede regneark med tiltak',
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='milepæl')),
                ('due', models.DateField(verbose_name='frist')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='nådd')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'milepæl',
                'verbose_name_plural': 'milepæler',
                'ordering': ['due', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MilestoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='milepæl')),
                ('due', models.DateField(verbose_name='frist')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='nådd')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.milestone')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('focus_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='strategy.focusarea', verbose_name='innsatsområde')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='strategy.measure', verbose_name='tiltak')),
            ],
            options={
                'verbose_name': 'plassering',
                'verbose_name_plural': 'plasseringer',
            },
        ),
        migrations.CreateModel(
            name='PlacementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('focus_area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.focusarea', verbose_name='innsatsområde')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.placement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FocusAreaGoalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('focus_area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.focusarea', verbose_name='innsatsområde')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.focusareagoal')),
                ('goal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.plangoal', verbose_name='delmål i kommuneplanen')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, unique=True, verbose_name='nummer')),
                ('title', models.CharField(max_length=250, verbose_name='strategi i kommuneplanen')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_strategies', to='strategy.plangoal', verbose_name='delmål')),
            ],
            options={
                'verbose_name': 'strategi i kommuneplanen',
                'verbose_name_plural': 'strategier i kommuneplanen',
            },
        ),
        migrations.CreateModel(
            name='FocusAreaPlanStrategyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('focus_area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.focusarea', verbose_name='innsatsområde')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.focusareaplanstrategy')),
                ('plan_strategy', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.planstrategy', verbose_name='strategi i kommuneplanen')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='focusareaplanstrategy',
            name='plan_strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focus_area_links', to='strategy.planstrategy', verbose_name='strategi i kommuneplanen'),
        ),
        migrations.CreateModel(
            name='PlanStrategyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=6, verbose_name='nummer')),
                ('title', models.CharField(max_length=250, verbose_name='strategi i kommuneplanen')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='rekkefølge')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('goal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.plangoal', verbose_name='delmål')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.planstrategy')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanGoalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=4, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='delmål')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versjon')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.plangoal')),
                ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.policyarea', verbose_name='politikkområde')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='plangoal',
            name='area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='strategy.policyarea', verbose_name='politikkområde'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyarea',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_policyareaevent" ("id", "main_goal", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (NEW."id", NEW."main_goal", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."title", NEW."version"); RETURN NULL;', hash='0803b333a34b9db8f8bed688e13d94f97894075a', operation='INSERT', pgid='pgtrigger_insert_insert_ed031', table='strategy_policyarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyarea',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_policyareaevent" ("id", "main_goal", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (NEW."id", NEW."main_goal", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."title", NEW."version"); RETURN NULL;', hash='3937a87e356553aeed9e77e9405989a94148ce39', operation='UPDATE', pgid='pgtrigger_update_update_0f764', table='strategy_policyarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyarea',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_policyareaevent" ("id", "main_goal", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "title", "version") VALUES (OLD."id", OLD."main_goal", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."title", OLD."version"); RETURN NULL;', hash='500880a7672ffeb2354dd59f730ccaab6c4eb23f', operation='DELETE', pgid='pgtrigger_delete_delete_33a1a', table='strategy_policyarea', when='AFTER')),
        ),
        migrations.AddField(
            model_name='policyareaevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='policyareaevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.policyarea'),
        ),
        migrations.AddField(
            model_name='responsibility',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='strategy.measure', verbose_name='tiltak'),
        ),
        migrations.AddField(
            model_name='responsibility',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='organisation.unit', verbose_name='ansvarlig virksomhet'),
        ),
        migrations.AddField(
            model_name='responsibilityevent',
            name='measure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.measure', verbose_name='tiltak'),
        ),
        migrations.AddField(
            model_name='responsibilityevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='responsibilityevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.responsibility'),
        ),
        migrations.AddField(
            model_name='responsibilityevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='ansvarlig virksomhet'),
        ),
        migrations.AddField(
            model_name='strategy',
            name='edition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='strategies', to='emissions.edition', verbose_name='utgave av klimaregnskapet'),
        ),
        migrations.AddField(
            model_name='strategy',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='strategy.strategy', verbose_name='bygger på'),
        ),
        migrations.AddField(
            model_name='placementevent',
            name='strategy',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='placement',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='hearingroundevent',
            name='strategy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='hearinground',
            name='strategy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='focusareaevent',
            name='strategy',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='focusarea',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focus_areas', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='strategyevent',
            name='edition',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.edition', verbose_name='utgave av klimaregnskapet'),
        ),
        migrations.AddField(
            model_name='strategyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='strategyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.strategy'),
        ),
        migrations.AddField(
            model_name='strategyevent',
            name='replaces',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.strategy', verbose_name='bygger på'),
        ),
        migrations.AddField(
            model_name='strategygoal',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='strategy_links', to='strategy.plangoal', verbose_name='delmål i kommuneplanen'),
        ),
        migrations.AddField(
            model_name='strategygoal',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goal_links', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='strategygoalevent',
            name='goal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.plangoal', verbose_name='delmål i kommuneplanen'),
        ),
        migrations.AddField(
            model_name='strategygoalevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='strategygoalevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.strategygoal'),
        ),
        migrations.AddField(
            model_name='strategygoalevent',
            name='strategy',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='strategytransition',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av'),
        ),
        migrations.AddField(
            model_name='strategytransition',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='target',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='targetceiling',
            name='edition',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='new_starts', to='emissions.edition', verbose_name='regnet ut fra utgaven'),
        ),
        migrations.AddField(
            model_name='targetceiling',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adopted_ceilings', to='strategy.target', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='targetceilingevent',
            name='edition',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='emissions.edition', verbose_name='regnet ut fra utgaven'),
        ),
        migrations.AddField(
            model_name='targetceilingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='targetceilingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.targetceiling'),
        ),
        migrations.AddField(
            model_name='targetceilingevent',
            name='target',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.target', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='targetevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='targetevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.target'),
        ),
        migrations.AddField(
            model_name='targetevent',
            name='strategy',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.strategy', verbose_name='strategi'),
        ),
        migrations.AddField(
            model_name='targetindicator',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='strategy.target', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='targetindicatorevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='targetindicatorevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.targetindicator'),
        ),
        migrations.AddField(
            model_name='targetindicatorevent',
            name='target',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.target', verbose_name='mål'),
        ),
        migrations.AddField(
            model_name='targetindicatorvalue',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='strategy.targetindicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='targetindicatorvalueevent',
            name='indicator',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.targetindicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='targetindicatorvalueevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='targetindicatorvalueevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.targetindicatorvalue'),
        ),
        migrations.AddField(
            model_name='theme',
            name='focus_area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='strategy.focusarea', verbose_name='innsatsområde'),
        ),
        migrations.AddField(
            model_name='placementevent',
            name='theme',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.theme', verbose_name='tema'),
        ),
        migrations.AddField(
            model_name='placement',
            name='theme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='strategy.theme', verbose_name='tema'),
        ),
        migrations.AddField(
            model_name='themeevent',
            name='focus_area',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.focusarea', verbose_name='innsatsområde'),
        ),
        migrations.AddField(
            model_name='themeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='themeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.theme'),
        ),
        migrations.AddField(
            model_name='themeplanstrategy',
            name='plan_strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='theme_links', to='strategy.planstrategy', verbose_name='strategi i kommuneplanen'),
        ),
        migrations.AddField(
            model_name='themeplanstrategy',
            name='theme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_strategy_links', to='strategy.theme', verbose_name='tema'),
        ),
        migrations.AddField(
            model_name='themeplanstrategyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='themeplanstrategyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='strategy.themeplanstrategy'),
        ),
        migrations.AddField(
            model_name='themeplanstrategyevent',
            name='plan_strategy',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.planstrategy', verbose_name='strategi i kommuneplanen'),
        ),
        migrations.AddField(
            model_name='themeplanstrategyevent',
            name='theme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='strategy.theme', verbose_name='tema'),
        ),
        migrations.AddConstraint(
            model_name='barometerindicator',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['up', 'down', 'keep'])), name='barometer_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='barometerindicator',
            constraint=models.CheckConstraint(condition=models.Q(('frequency__in', ['month', 'quarter', 'year'])), name='barometer_frequency_known'),
        ),
        migrations.AddConstraint(
            model_name='barometerindicator',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='barometer_has_source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometerindicator',
            trigger=pgtrigger.compiler.Trigger(name='frequency_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."frequency" IS DISTINCT FROM (NEW."frequency"))', func="\nIF EXISTS (SELECT 1 FROM strategy_barometervalue v WHERE v.indicator_id = NEW.id) THEN\n    RAISE EXCEPTION 'an indicator with values keeps its frequency' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='adc1674accc5d6cd3e85a093d3704cc15ea58651', operation='UPDATE', pgid='pgtrigger_frequency_stands_a82ea', table='strategy_barometerindicator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometerindicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_barometerindicatorevent" ("active", "description", "direction", "frequency", "id", "is_example", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id", "source", "unit_label", "version") VALUES (NEW."active", NEW."description", NEW."direction", NEW."frequency", NEW."id", NEW."is_example", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sector_id", NEW."source", NEW."unit_label", NEW."version"); RETURN NULL;', hash='c3876c66b3314eec1a89fbf38a1570e1c8a6efc4', operation='INSERT', pgid='pgtrigger_insert_insert_23de9', table='strategy_barometerindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometerindicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_barometerindicatorevent" ("active", "description", "direction", "frequency", "id", "is_example", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id", "source", "unit_label", "version") VALUES (NEW."active", NEW."description", NEW."direction", NEW."frequency", NEW."id", NEW."is_example", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sector_id", NEW."source", NEW."unit_label", NEW."version"); RETURN NULL;', hash='b88ac0004bfec8d23e0172824b334316c7f22f0a', operation='UPDATE', pgid='pgtrigger_update_update_d7c34', table='strategy_barometerindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometerindicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_barometerindicatorevent" ("active", "description", "direction", "frequency", "id", "is_example", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id", "source", "unit_label", "version") VALUES (OLD."active", OLD."description", OLD."direction", OLD."frequency", OLD."id", OLD."is_example", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sector_id", OLD."source", OLD."unit_label", OLD."version"); RETURN NULL;', hash='e898b6a712397be247ff37c59d2bd4274617c308', operation='DELETE', pgid='pgtrigger_delete_delete_00313', table='strategy_barometerindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometerindicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='4696580d5e3d87fd5c7a22554fb39c291bdac4ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30f7f', table='strategy_barometerindicatorevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometerindicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7bd7114347cd3bce756ada983def082a7ac1dc53', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_bee52', table='strategy_barometerindicatorevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='barometervalue',
            constraint=models.UniqueConstraint(fields=('indicator', 'period'), name='barometer_value_once'),
        ),
        migrations.AddConstraint(
            model_name='barometervalue',
            constraint=models.CheckConstraint(condition=models.Q(('period__day', 1)), name='barometer_period_first_day'),
        ),
        migrations.AddConstraint(
            model_name='barometervalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing_reason', ''), ('value__isnull', False)), models.Q(('missing_reason__in', ['not_estimated', 'not_occurring', 'confidential', 'included_elsewhere', 'not_yet_delivered']), ('value__isnull', True)), _connector='OR'), name='barometer_value_or_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometervalue',
            trigger=pgtrigger.compiler.Trigger(name='period_fits', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NOT EXISTS (\n    SELECT 1 FROM strategy_barometerindicator i WHERE i.id = NEW.indicator_id AND NEW.period = date_trunc(\n        i.frequency, NEW.period::timestamp)::date\n) THEN\n    RAISE EXCEPTION 'the period does not begin a period of the indicator' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='9dab12303afbc329db4a83eec96050bef3050be2', operation='INSERT OR UPDATE', pgid='pgtrigger_period_fits_fa4eb', table='strategy_barometervalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometervalue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_barometervalueevent" ("id", "indicator_id", "missing_reason", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_note", "value", "version") VALUES (NEW."id", NEW."indicator_id", NEW."missing_reason", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source_note", NEW."value", NEW."version"); RETURN NULL;', hash='ae8f27ce60037fb51eceeff8082be2f3df799ae3', operation='INSERT', pgid='pgtrigger_insert_insert_f3275', table='strategy_barometervalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometervalue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_barometervalueevent" ("id", "indicator_id", "missing_reason", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_note", "value", "version") VALUES (NEW."id", NEW."indicator_id", NEW."missing_reason", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source_note", NEW."value", NEW."version"); RETURN NULL;', hash='62c72f382515eee6caf1ec639bb3630b56a35d93', operation='UPDATE', pgid='pgtrigger_update_update_8f12e', table='strategy_barometervalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometervalue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_barometervalueevent" ("id", "indicator_id", "missing_reason", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_note", "value", "version") VALUES (OLD."id", OLD."indicator_id", OLD."missing_reason", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source_note", OLD."value", OLD."version"); RETURN NULL;', hash='d7a6436b6a9bd5949b2f9516112d70f1f5ed9771', operation='DELETE', pgid='pgtrigger_delete_delete_46599', table='strategy_barometervalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometervalueevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='94a5faefa4fe6895c1d5f1292e622b889618c277', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ecf23', table='strategy_barometervalueevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='barometervalueevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8fb62e3d2f58a2cd071742d8fa1acb2bdec4b068', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f5bf1', table='strategy_barometervalueevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['deadline'], name='decision_by_deadline'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('body__in', ['council', 'executive_board', 'climate_committee', 'main_committee', 'leadership', 'other'])), name='decision_body_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'ongoing', 'done', 'lapsed'])), name='decision_status_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case_number', ''), _negated=True), models.Q(('no_case_number', ''), _negated=True), _connector='OR'), name='decision_case_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('decided_on__isnull', False), models.Q(('decided_when', ''), _negated=True), _connector='OR'), name='decision_day_or_when'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', False), models.Q(('no_unit', ''), _negated=True), _connector='OR'), name='decision_unit_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('deadline__isnull', True), ('decided_on__isnull', True), ('deadline__gte', models.F('decided_on')), _connector='OR'), name='decision_deadline_after'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('status__in', ['done', 'lapsed'])), models.Q(('closed_on__isnull', True), ('status__in', ['open', 'ongoing'])), _connector='OR'), name='decision_closed_has_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_decisionevent" ("body", "case_number", "closed_on", "deadline", "decided_on", "decided_when", "id", "is_example", "no_case_number", "no_unit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "text", "title", "unit_id", "version") VALUES (NEW."body", NEW."case_number", NEW."closed_on", NEW."deadline", NEW."decided_on", NEW."decided_when", NEW."id", NEW."is_example", NEW."no_case_number", NEW."no_unit", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."status", NEW."text", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;', hash='7a20609305ec934ba4baa6c80f8cb4511b7accee', operation='INSERT', pgid='pgtrigger_insert_insert_a7a0d', table='strategy_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_decisionevent" ("body", "case_number", "closed_on", "deadline", "decided_on", "decided_when", "id", "is_example", "no_case_number", "no_unit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "text", "title", "unit_id", "version") VALUES (NEW."body", NEW."case_number", NEW."closed_on", NEW."deadline", NEW."decided_on", NEW."decided_when", NEW."id", NEW."is_example", NEW."no_case_number", NEW."no_unit", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."status", NEW."text", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;', hash='daa29b05b0b85e78beff1262e70c4baa7246c1a9', operation='UPDATE', pgid='pgtrigger_update_update_0fbd9', table='strategy_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_decisionevent" ("body", "case_number", "closed_on", "deadline", "decided_on", "decided_when", "id", "is_example", "no_case_number", "no_unit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "text", "title", "unit_id", "version") VALUES (OLD."body", OLD."case_number", OLD."closed_on", OLD."deadline", OLD."decided_on", OLD."decided_when", OLD."id", OLD."is_example", OLD."no_case_number", OLD."no_unit", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."status", OLD."text", OLD."title", OLD."unit_id", OLD."version"); RETURN NULL;', hash='9fc0dccf6270a7920cbe0b853de5eaac76caf2e4', operation='DELETE', pgid='pgtrigger_delete_delete_de2b6', table='strategy_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='25cefef185cd1ef514d4768c2ffe36235fda6af1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_46954', table='strategy_decisionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='f874b9a1b5c7be692db77b33a49e0017fbec47a4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_16ddb', table='strategy_decisionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='decisionnote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='decision_note_says'),
        ),
        migrations.AddConstraint(
            model_name='decisionnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='decision_note_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionnote',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ab43c8dc18a2ff089e05da4cced4b8b1b025b1cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0d07e', table='strategy_decisionnote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionnote',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='e32e069d49cc0465e15a324719ae70fd310a9313', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_08faa', table='strategy_decisionnote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='decisiontransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='decision_transition_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisiontransition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='18c1959a867bdacd447b4e8b43c51b706e140f42', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3354', table='strategy_decisiontransition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisiontransition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='d811f990f7f37db8e74905d10e34496cb8bfe5c3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_ad869', table='strategy_decisiontransition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinganswerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2ed6fcdec91f08f56ddfacdd0c8f58022db564d6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3901e', table='strategy_hearinganswerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinganswerevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ab8b99b7baf10d3df6260f9f3befdb2ebfabf8c1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_ea4b5', table='strategy_hearinganswerevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='hearinganswer',
            constraint=models.UniqueConstraint(fields=('round', 'unit'), name='hearing_answer_once_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='hearinganswer',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'no_remarks', 'remarks'])), name='hearing_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='hearinganswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('verdict', ''), ('answered_by__isnull', True), ('answered_by_system', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('answered_at__isnull', False), models.Q(models.Q(('answered_by__isnull', False), ('answered_by_system', '')), models.Q(('answered_by__isnull', True), models.Q(('answered_by_system', ''), _negated=True)), _connector='OR')), _connector='OR'), name='hearing_answer_has_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinganswer',
            trigger=pgtrigger.compiler.Trigger(name='round_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text; guarded_id bigint;', func="\n        IF TG_OP = 'DELETE' THEN guarded_id := OLD.round_id;\n        ELSE guarded_id := NEW.round_id;\n        END IF;\n        SELECT state INTO guarded_state FROM strategy_hearinground WHERE id = guarded_id FOR SHARE;\n        IF guarded_state <> 'open' THEN\n            RAISE EXCEPTION 'the hearing is closed' USING ERRCODE = 'restrict_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n        ", hash='3804f4969d921f146ede5eeedf306968c1ae6044', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_round_guard_750ea', table='strategy_hearinganswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinganswer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_hearinganswerevent" ("answered_at", "answered_by_id", "answered_by_system", "id", "is_late", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "unit_id", "verdict", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."answered_by_system", NEW."id", NEW."is_late", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."unit_id", NEW."verdict", NEW."version"); RETURN NULL;', hash='6b3f0d60f2512053e6ae4cd5f61a1c77df7b0060', operation='INSERT', pgid='pgtrigger_insert_insert_3d0e4', table='strategy_hearinganswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinganswer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_hearinganswerevent" ("answered_at", "answered_by_id", "answered_by_system", "id", "is_late", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "unit_id", "verdict", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."answered_by_system", NEW."id", NEW."is_late", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."unit_id", NEW."verdict", NEW."version"); RETURN NULL;', hash='7a1313e39b9d468489dc3479492a961f3e08f02c', operation='UPDATE', pgid='pgtrigger_update_update_0b503', table='strategy_hearinganswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinganswer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_hearinganswerevent" ("answered_at", "answered_by_id", "answered_by_system", "id", "is_late", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "unit_id", "verdict", "version") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."answered_by_system", OLD."id", OLD."is_late", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_id", OLD."unit_id", OLD."verdict", OLD."version"); RETURN NULL;', hash='faafb30a5f725b0c4a66e3cc629384c5223d202e', operation='DELETE', pgid='pgtrigger_delete_delete_91cdc', table='strategy_hearinganswer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='hearingsection',
            constraint=models.UniqueConstraint(fields=('round', 'order'), name='hearing_section_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingsection',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='6b3e3ac90c0aa67e82eef64052790949b78c6445', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0ba2', table='strategy_hearingsection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingsection',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='27fdce50c7ffa99d394019edb2465652b636a3a3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6427f', table='strategy_hearingsection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingremarkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a65b11563763ce40f5a32e731080ecbeedc65b49', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30bfd', table='strategy_hearingremarkevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingremarkevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='cc65cda6dd25d6285ad2939b2eb20bf4fe6f444e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7aeb5', table='strategy_hearingremarkevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='hearingremark',
            constraint=models.UniqueConstraint(fields=('answer', 'section'), name='hearing_remark_once_per_section'),
        ),
        migrations.AddConstraint(
            model_name='hearingremark',
            constraint=models.CheckConstraint(condition=models.Q(('disposition__in', ['', 'included', 'other_level', 'later', 'rejected'])), name='hearing_disposition_known'),
        ),
        migrations.AddConstraint(
            model_name='hearingremark',
            constraint=models.CheckConstraint(condition=models.Q(('disposition__in', ['', strategy.enums.Disposition['INCLUDED']]), models.Q(('reason', ''), _negated=True), _connector='OR'), name='hearing_disposition_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='hearingremark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='hearing_remark_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingremark',
            trigger=pgtrigger.compiler.Trigger(name='round_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text; guarded_id bigint;', func="\n        IF TG_OP = 'DELETE' THEN guarded_id := (SELECT round_id FROM strategy_hearinganswer WHERE id = OLD.answer_id);\n        ELSE guarded_id := (SELECT round_id FROM strategy_hearinganswer WHERE id = NEW.answer_id);\n        END IF;\n        SELECT state INTO guarded_state FROM strategy_hearinground WHERE id = guarded_id FOR SHARE;\n        IF guarded_state = 'published' OR guarded_state = 'closed' AND (TG_OP <> 'UPDATE' OR OLD.text <> NEW.text OR OLD.answer_id <> NEW.answer_id OR OLD.section_id <> NEW.section_id) THEN\n            RAISE EXCEPTION 'the hearing is closed' USING ERRCODE = 'restrict_violation';\n        END IF;\n        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n        RETURN NEW;\n        ", hash='c34b087fdade141160686533102e8cbe7eaf1230', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_round_guard_f6e46', table='strategy_hearingremark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingremark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_hearingremarkevent" ("answer_id", "disposition", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "section_id", "text", "version") VALUES (NEW."answer_id", NEW."disposition", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."section_id", NEW."text", NEW."version"); RETURN NULL;', hash='0650561b0edd1fa73a4d26411420cb4f3a1aee0e', operation='INSERT', pgid='pgtrigger_insert_insert_7294d', table='strategy_hearingremark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingremark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_hearingremarkevent" ("answer_id", "disposition", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "section_id", "text", "version") VALUES (NEW."answer_id", NEW."disposition", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."section_id", NEW."text", NEW."version"); RETURN NULL;', hash='e3bc0434fc864b8e9af1772c2be661690ff21a95', operation='UPDATE', pgid='pgtrigger_update_update_bd592', table='strategy_hearingremark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingremark',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_hearingremarkevent" ("answer_id", "disposition", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "section_id", "text", "version") VALUES (OLD."answer_id", OLD."disposition", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."section_id", OLD."text", OLD."version"); RETURN NULL;', hash='042545c694f9a119a00f329179e398d295440013', operation='DELETE', pgid='pgtrigger_delete_delete_7fe33', table='strategy_hearingremark', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='indicatortarget',
            constraint=models.UniqueConstraint(fields=('indicator', 'year', 'tertial'), name='indicator_target_once_per_period', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='indicatortarget',
            constraint=models.CheckConstraint(condition=models.Q(('tertial__isnull', True), ('tertial__range', (1, 3)), _connector='OR'), name='indicator_target_tertial_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatortarget',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_indicatortargetevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tertial", "value", "year") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tertial", NEW."value", NEW."year"); RETURN NULL;', hash='14b2cf5e7d8e1ad267db9d1b86dc4ff2a561876e', operation='INSERT', pgid='pgtrigger_insert_insert_2e24c', table='strategy_indicatortarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatortarget',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_indicatortargetevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tertial", "value", "year") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tertial", NEW."value", NEW."year"); RETURN NULL;', hash='716f1d919119a574e5ae69c2377fe41a94f3ccd2', operation='UPDATE', pgid='pgtrigger_update_update_0bf51', table='strategy_indicatortarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatortarget',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_indicatortargetevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tertial", "value", "year") VALUES (OLD."id", OLD."indicator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tertial", OLD."value", OLD."year"); RETURN NULL;', hash='256d71d6049044bb8b7d914ba6ac143f905fa1c7', operation='DELETE', pgid='pgtrigger_delete_delete_1fccb', table='strategy_indicatortarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatortargetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a823bee1c76647dda2493c070ac681005ede8de7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2e3ff', table='strategy_indicatortargetevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatortargetevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='5f69c060fc8736b4a3cb0f7ece42489de31fcf4e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b816f', table='strategy_indicatortargetevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['code_key'], name='measure_in_order'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='measure_words'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=django.contrib.postgres.indexes.GinIndex(fields=['letters'], name='measure_letters', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['tiltak', 'virkemiddel'])), name='measure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['municipal', 'regional', 'national'])), name='measure_level_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['idea', 'under_assessment', 'proposed', 'adopted', 'ongoing', 'done', 'postponed', 'discontinued'])), name='measure_state_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('external_kind__in', ['', 'county', 'state', 'company', 'research', 'other'])), name='measure_external_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('external_kind', ''), models.Q(('external_actor', ''), _negated=True), _connector='OR'), name='measure_external_kind_has_actor'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('start_year__isnull', True), ('end_year__isnull', True), ('end_year__gte', models.F('start_year')), _connector='OR'), name='measure_years_in_order'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('co_benefits__contained_by', ['air_quality', 'noise', 'health', 'economy', 'nature', 'traffic_safety', 'adaptation'])), name='measure_co_benefits_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assured_at__isnull', True), ('assured_by__isnull', True), ('assured_by_system', '')), models.Q(('assured_at__isnull', False), models.Q(models.Q(('assured_by__isnull', False), ('assured_by_system', '')), models.Q(('assured_by__isnull', True), models.Q(('assured_by_system', ''), _negated=True)), _connector='OR')), _connector='OR'), name='measure_assured_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n        IF (OLD.state, NEW.state) NOT IN (('idea', 'discontinued'), ('idea', 'proposed'), ('idea', 'under_assessment'), ('under_assessment', 'discontinued'), ('under_assessment', 'idea'), ('under_assessment', 'postponed'), ('under_assessment', 'proposed'), ('proposed', 'adopted'), ('proposed', 'discontinued'), ('proposed', 'postponed'), ('proposed', 'under_assessment'), ('adopted', 'discontinued'), ('adopted', 'ongoing'), ('adopted', 'postponed'), ('ongoing', 'discontinued'), ('ongoing', 'done'), ('ongoing', 'postponed'), ('done', 'ongoing'), ('postponed', 'adopted'), ('postponed', 'discontinued'), ('postponed', 'ongoing'), ('postponed', 'proposed'), ('postponed', 'under_assessment'), ('discontinued', 'idea')) THEN\n            RAISE EXCEPTION 'a measure cannot go from % to %', OLD.state, NEW.state\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='f029aebc412e46cbda06aae16e43a69da50ed131', operation='UPDATE', pgid='pgtrigger_state_along_the_table_4bacc', table='strategy_measure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='external_is_followed_up', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.external_actor <> '')", constraint='CONSTRAINT', declare='DECLARE actor text;', func="\n        SELECT external_actor INTO actor FROM strategy_measure WHERE id = NEW.id FOR SHARE;\n        IF actor <> '' AND NOT EXISTS (\n            SELECT 1 FROM strategy_responsibility WHERE measure_id = NEW.id AND valid_to IS NULL\n        ) THEN\n            RAISE EXCEPTION 'a measure with an external actor has nobody here who follows it up'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n        ", hash='c62e3f412f6d0cdda304f2b58d66c4a1f19b07db', operation='INSERT OR UPDATE OF "external_actor"', pgid='pgtrigger_external_is_followed_up_b649a', table='strategy_measure', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_measureevent" ("assured_at", "assured_by_id", "assured_by_system", "co_benefits", "co_benefits_note", "code", "decision_reference", "description", "end_year", "external_actor", "external_kind", "id", "is_example", "kind", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_changed_at", "start_year", "state", "title", "version") VALUES (NEW."assured_at", NEW."assured_by_id", NEW."assured_by_system", NEW."co_benefits", NEW."co_benefits_note", NEW."code", NEW."decision_reference", NEW."description", NEW."end_year", NEW."external_actor", NEW."external_kind", NEW."id", NEW."is_example", NEW."kind", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_changed_at", NEW."start_year", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='e5cde499afd3e0accff1b0350a9c8df9bc665eb9', operation='INSERT', pgid='pgtrigger_insert_insert_09692', table='strategy_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."assured_at" IS DISTINCT FROM (NEW."assured_at") OR OLD."assured_by_id" IS DISTINCT FROM (NEW."assured_by_id") OR OLD."assured_by_system" IS DISTINCT FROM (NEW."assured_by_system") OR OLD."co_benefits" IS DISTINCT FROM (NEW."co_benefits") OR OLD."co_benefits_note" IS DISTINCT FROM (NEW."co_benefits_note") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."decision_reference" IS DISTINCT FROM (NEW."decision_reference") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."end_year" IS DISTINCT FROM (NEW."end_year") OR OLD."external_actor" IS DISTINCT FROM (NEW."external_actor") OR OLD."external_kind" IS DISTINCT FROM (NEW."external_kind") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_example" IS DISTINCT FROM (NEW."is_example") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."plan_changed_at" IS DISTINCT FROM (NEW."plan_changed_at") OR OLD."start_year" IS DISTINCT FROM (NEW."start_year") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "strategy_measureevent" ("assured_at", "assured_by_id", "assured_by_system", "co_benefits", "co_benefits_note", "code", "decision_reference", "description", "end_year", "external_actor", "external_kind", "id", "is_example", "kind", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_changed_at", "start_year", "state", "title", "version") VALUES (NEW."assured_at", NEW."assured_by_id", NEW."assured_by_system", NEW."co_benefits", NEW."co_benefits_note", NEW."code", NEW."decision_reference", NEW."description", NEW."end_year", NEW."external_actor", NEW."external_kind", NEW."id", NEW."is_example", NEW."kind", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_changed_at", NEW."start_year", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='3d892774cc0f46341b4612cbcd129d6d39fe9f33', operation='UPDATE', pgid='pgtrigger_update_update_52e4c', table='strategy_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_measureevent" ("assured_at", "assured_by_id", "assured_by_system", "co_benefits", "co_benefits_note", "code", "decision_reference", "description", "end_year", "external_actor", "external_kind", "id", "is_example", "kind", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_changed_at", "start_year", "state", "title", "version") VALUES (OLD."assured_at", OLD."assured_by_id", OLD."assured_by_system", OLD."co_benefits", OLD."co_benefits_note", OLD."code", OLD."decision_reference", OLD."description", OLD."end_year", OLD."external_actor", OLD."external_kind", OLD."id", OLD."is_example", OLD."kind", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_changed_at", OLD."start_year", OLD."state", OLD."title", OLD."version"); RETURN NULL;', hash='7af8636745b99c071a00429cab4b938d81a81728', operation='DELETE', pgid='pgtrigger_delete_delete_2ada0', table='strategy_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1fd3b26183c0083f429e8254b79d3723b9313625', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e21c', table='strategy_indicatorevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='89840abd09ecfc46e5a81481f3fa8a3d3e642322', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9bdcb', table='strategy_indicatorevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('measure', 'name'), name='indicator_name_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['up', 'down', 'keep'])), name='indicator_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('unit_label__iregex', '(^|\\W)(tonn|t|kg|kilo|gram|g)\\s*co\\s*[2₂]|co\\s*[2₂]\\s*-?\\s*e'), _negated=True), name='indicator_never_in_emissions'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_indicatorevent" ("direction", "id", "measure_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_label", "version") VALUES (NEW."direction", NEW."id", NEW."measure_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_label", NEW."version"); RETURN NULL;', hash='273fa06718159e0c3bcc2297473853044635b1a6', operation='INSERT', pgid='pgtrigger_insert_insert_e018f', table='strategy_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_indicatorevent" ("direction", "id", "measure_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_label", "version") VALUES (NEW."direction", NEW."id", NEW."measure_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_label", NEW."version"); RETURN NULL;', hash='eda25db12bc7f533d201dde886a926f5fa7ce922', operation='UPDATE', pgid='pgtrigger_update_update_d1f3b', table='strategy_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_indicatorevent" ("direction", "id", "measure_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_label", "version") VALUES (OLD."direction", OLD."id", OLD."measure_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_label", OLD."version"); RETURN NULL;', hash='f45d4796afa1cf3ef3d6c8eb89461fff7216ecce', operation='DELETE', pgid='pgtrigger_delete_delete_740a0', table='strategy_indicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionmeasureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7975599baba0062db9e61bd6a393754e70b1f025', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_716e4', table='strategy_decisionmeasureevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionmeasureevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='efb10a5d54fdfbc826d03f3aeb7aa9b7064d431d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_72d14', table='strategy_decisionmeasureevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='decisionmeasure',
            constraint=models.UniqueConstraint(fields=('decision', 'measure'), name='decision_measure_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionmeasure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_decisionmeasureevent" ("decision_id", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."decision_id", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='59be7f73cff010c903d248a10ee486d37b03216f', operation='INSERT', pgid='pgtrigger_insert_insert_2930f', table='strategy_decisionmeasure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionmeasure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_decisionmeasureevent" ("decision_id", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."decision_id", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='4f3d3faf69cc35df2d5c9e88ddded0be890882e6', operation='UPDATE', pgid='pgtrigger_update_update_a3c92', table='strategy_decisionmeasure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionmeasure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_decisionmeasureevent" ("decision_id", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."decision_id", OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='f05819585cd01b64c9d10f290372fe0351ec1677', operation='DELETE', pgid='pgtrigger_delete_delete_b2dd6', table='strategy_decisionmeasure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='6f4f6824fe8e2c8abef097637da4e7a52473d8c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fbf88', table='strategy_contributionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contributionevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='53c91d7e077996568b83a9aca76aa9fc7a1d7960', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5eaeb', table='strategy_contributionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('measure', 'unit'), name='contribution_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_contributionevent" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id"); RETURN NULL;', hash='d5a735c2a63a3d651dfe7d6dba6a78e823ad114e', operation='INSERT', pgid='pgtrigger_insert_insert_37ede', table='strategy_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_contributionevent" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id"); RETURN NULL;', hash='0837656efad22dc27bb54760331660cb9d94b7a2', operation='UPDATE', pgid='pgtrigger_update_update_b122d', table='strategy_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_contributionevent" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id") VALUES (OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id"); RETURN NULL;', hash='a69fd6b9aa64102d8580c8165a6d9008855ef1bd', operation='DELETE', pgid='pgtrigger_delete_delete_18234', table='strategy_contribution', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='measuredependency',
            constraint=models.UniqueConstraint(fields=('measure', 'needs'), name='measure_dependency_once'),
        ),
        migrations.AddConstraint(
            model_name='measuredependency',
            constraint=models.CheckConstraint(condition=models.Q(('measure', models.F('needs')), _negated=True), name='measure_not_before_itself'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuredependency',
            trigger=pgtrigger.compiler.Trigger(name='no_cycle', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        PERFORM pg_advisory_xact_lock(hashtext('strategy_measuredependency'));\n        IF EXISTS (\n            WITH RECURSIVE onwards(id) AS (\n                SELECT NEW.needs_id\n                UNION\n                SELECT link.needs_id FROM strategy_measuredependency link\n                    JOIN onwards ON link.measure_id = onwards.id\n            )\n            SELECT 1 FROM onwards WHERE id = NEW.measure_id\n        ) THEN\n            RAISE EXCEPTION 'a measure cannot depend on itself, not through others either'\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='ec76bc550e1b7a86a81dd6e2eab7e65b88fe48b4', operation='INSERT OR UPDATE', pgid='pgtrigger_no_cycle_ca83a', table='strategy_measuredependency', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuredependency',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_measuredependencyevent" ("id", "measure_id", "needs_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."measure_id", NEW."needs_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='30487f913060fd1be8d2066f6745723a35fd3d89', operation='INSERT', pgid='pgtrigger_insert_insert_3210b', table='strategy_measuredependency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuredependency',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_measuredependencyevent" ("id", "measure_id", "needs_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."measure_id", NEW."needs_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='70828ff0f2e33f8003561cb05eec649cf257503a', operation='UPDATE', pgid='pgtrigger_update_update_afa41', table='strategy_measuredependency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuredependency',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_measuredependencyevent" ("id", "measure_id", "needs_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."measure_id", OLD."needs_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='bf2e29082271024730c3b8fb90b498ecf01928e9', operation='DELETE', pgid='pgtrigger_delete_delete_09024', table='strategy_measuredependency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuredependencyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1e331d7e8ef69d28e5e59d84a491fcadeb278ed6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8b453', table='strategy_measuredependencyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuredependencyevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='a56578fdc5ae6ebd64961ac31f4fe953085b1efd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_72f28', table='strategy_measuredependencyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ab6e2878649760d824ac0f53e11f0c00fdbd6047', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f47ed', table='strategy_measureevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='c475f778f5df9a15cb2218df1eb39c0ef0bf2dde', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_205ac', table='strategy_measureevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measuresource',
            constraint=models.UniqueConstraint(fields=('measure', 'source'), name='measure_source_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuresource',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_measuresourceevent" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source_id"); RETURN NULL;', hash='a5e6de16d56984ece892ff80b9e10454b640b15a', operation='INSERT', pgid='pgtrigger_insert_insert_26656', table='strategy_measuresource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuresource',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_measuresourceevent" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source_id"); RETURN NULL;', hash='53eab3919755eeacac9696a4db20a91330b0402e', operation='UPDATE', pgid='pgtrigger_update_update_9655b', table='strategy_measuresource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuresource',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_measuresourceevent" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source_id"); RETURN NULL;', hash='6737e5cd273cb8a911dc750cf622df56ecfeadb0', operation='DELETE', pgid='pgtrigger_delete_delete_36d12', table='strategy_measuresource', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuresourceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='14c29d987766c6f7d552305986d477ccfa7a86e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_695aa', table='strategy_measuresourceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuresourceevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='e57c3bcdf4fb39a85097f690756215c4c91e0773', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3ee5b', table='strategy_measuresourceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measuretransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_state__in', [strategy.enums.MeasureState['DISCONTINUED'], strategy.enums.MeasureState['POSTPONED']]), _negated=True), ('reason__regex', '\\S'), _connector='OR'), name='measure_transition_reason'),
        ),
        migrations.AddConstraint(
            model_name='measuretransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='measure_transition_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuretransition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b264983c1e57ea40354e144928fc5397f110c052', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_efd6a', table='strategy_measuretransition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measuretransition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b65e129d8f664fed48bc374398a72e9f98569f55', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_8427c', table='strategy_measuretransition', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='measureupload',
            index=models.Index(fields=['uploaded_at'], name='measure_upload_by_age'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_milestoneevent" ("done_on", "due", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."done_on", NEW."due", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='84d152a226268b5148afd09b3a1a8e9f9851921d', operation='INSERT', pgid='pgtrigger_insert_insert_ada6f', table='strategy_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_milestoneevent" ("done_on", "due", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."done_on", NEW."due", NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='3b8cd67cc2c90994eebe3982ba74a6c9cec7976e', operation='UPDATE', pgid='pgtrigger_update_update_c68a6', table='strategy_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_milestoneevent" ("done_on", "due", "id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."done_on", OLD."due", OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='ae68f87a3b479501999329295369fe1821fbc371', operation='DELETE', pgid='pgtrigger_delete_delete_14e8b', table='strategy_milestone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestoneevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='f8af297c81d925ba16bab2e51c02a890812ab359', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0881e', table='strategy_milestoneevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milestoneevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='dd6fd5b50ccb68b39ae49f643af01fd2b88ef7ed', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5ba09', table='strategy_milestoneevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2cf7a517e2f9d7b52423255e30d1147d0cdb6a17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_425fa', table='strategy_focusareagoalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoalevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8105d239dae89c98dc1918f356983d4e8851704e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_41de0', table='strategy_focusareagoalevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='focusareagoal',
            constraint=models.UniqueConstraint(fields=('focus_area', 'goal'), name='focus_area_goal_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoal',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT strategy_id FROM strategy_focusarea WHERE id = OLD.focus_area_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT strategy_id FROM strategy_focusarea WHERE id = NEW.focus_area_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='65968f10289882dd62cf14a2ee2d975093b819e3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_7ee5e', table='strategy_focusareagoal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoal',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='ad6291fdd9949953b8144c2abec5549b98be4eaa', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a7987', table='strategy_focusareagoal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_focusareagoalevent" ("focus_area_id", "goal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."focus_area_id", NEW."goal_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='f1875eb9e5ea631b5eb8ff75adbef42b8c129c60', operation='INSERT', pgid='pgtrigger_insert_insert_4a627', table='strategy_focusareagoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_focusareagoalevent" ("focus_area_id", "goal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."focus_area_id", NEW."goal_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='3a46b6764d8e31679c01b987af19576e4a00bbda', operation='UPDATE', pgid='pgtrigger_update_update_1c3c6', table='strategy_focusareagoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareagoal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_focusareagoalevent" ("focus_area_id", "goal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."focus_area_id", OLD."goal_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='fe0c6b8fa404adcea93a488c305d38c14e6ba031', operation='DELETE', pgid='pgtrigger_delete_delete_355ec', table='strategy_focusareagoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstrategy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_planstrategyevent" ("code", "goal_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."code", NEW."goal_id", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='c98677f1fca6f3596077384cf980b60c346e84aa', operation='INSERT', pgid='pgtrigger_insert_insert_dae99', table='strategy_planstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstrategy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_planstrategyevent" ("code", "goal_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."code", NEW."goal_id", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='6a8182a432c1e8eb975b47008e42ca211c065548', operation='UPDATE', pgid='pgtrigger_update_update_8bb41', table='strategy_planstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstrategy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_planstrategyevent" ("code", "goal_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."code", OLD."goal_id", OLD."id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='2048937e9dea5cc9d35d7224461ea108e2d46be7', operation='DELETE', pgid='pgtrigger_delete_delete_4313e', table='strategy_planstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0eb901d1a4cd7c7e7d1827a9d51b06b8f529707c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f792', table='strategy_focusareaplanstrategyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategyevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='178c3d59e1b65e9a46525469f3e0a579cec2e51c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_563de', table='strategy_focusareaplanstrategyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='focusareaplanstrategy',
            constraint=models.UniqueConstraint(fields=('focus_area', 'plan_strategy'), name='focus_area_plan_strategy_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT strategy_id FROM strategy_focusarea WHERE id = OLD.focus_area_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT strategy_id FROM strategy_focusarea WHERE id = NEW.focus_area_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='6cc7084636146be8121de91b582b11832ec4dd0c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_de6fe', table='strategy_focusareaplanstrategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='9bd259cd058c512207aeae5cdbd4d255521d3b09', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_821af', table='strategy_focusareaplanstrategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_focusareaplanstrategyevent" ("focus_area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_strategy_id") VALUES (NEW."focus_area_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_strategy_id"); RETURN NULL;', hash='d8b675693539dbb5def91e1cbadf271f46b7c976', operation='INSERT', pgid='pgtrigger_insert_insert_48412', table='strategy_focusareaplanstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_focusareaplanstrategyevent" ("focus_area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_strategy_id") VALUES (NEW."focus_area_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_strategy_id"); RETURN NULL;', hash='1f84fd6981ff09a9f1d6bca5efd8c2a681cb719a', operation='UPDATE', pgid='pgtrigger_update_update_91ab6', table='strategy_focusareaplanstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_focusareaplanstrategyevent" ("focus_area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_strategy_id") VALUES (OLD."focus_area_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_strategy_id"); RETURN NULL;', hash='3508fb07168cb5d076c00bf19de41d279a6746af', operation='DELETE', pgid='pgtrigger_delete_delete_17ee9', table='strategy_focusareaplanstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstrategyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ae5572464bdd8cea33b8846a0e0157b7a64302e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c52a9', table='strategy_planstrategyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstrategyevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='90051c5f0a8ff1216ea51241e3d7b03e9947732b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fd9ce', table='strategy_planstrategyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plangoalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='15f07977d9b878dc6159f435d42c529d88cf5ede', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9fc79', table='strategy_plangoalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plangoalevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='d642d55b008e52f8d20dbb2e0628a19b31651cb7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_598dc', table='strategy_plangoalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plangoal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_plangoalevent" ("area_id", "code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."area_id", NEW."code", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='bb64ef121d975396bd70472bd7755aee4024f707', operation='INSERT', pgid='pgtrigger_insert_insert_73d3e', table='strategy_plangoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plangoal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_plangoalevent" ("area_id", "code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."area_id", NEW."code", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='4e72cd6ed2e835115de5491990530429051e9ecd', operation='UPDATE', pgid='pgtrigger_update_update_83b8d', table='strategy_plangoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plangoal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_plangoalevent" ("area_id", "code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."area_id", OLD."code", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='d1c607bc060822703a7626fe56cf1e008e297792', operation='DELETE', pgid='pgtrigger_delete_delete_20eb6', table='strategy_plangoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyareaevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8c54a77191c84e6ff11cf75bd2576cd824c8086a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f76a', table='strategy_policyareaevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyareaevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='196ecf57077c5ce074cec4ad80c27e69dcb9da47', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_592ce', table='strategy_policyareaevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('measure'), '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='responsibility_one_unit_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='responsibility_dates_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='external_is_followed_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE actor text;', func="\n        SELECT external_actor INTO actor FROM strategy_measure WHERE id = OLD.measure_id FOR SHARE;\n        IF actor <> '' AND NOT EXISTS (\n            SELECT 1 FROM strategy_responsibility WHERE measure_id = OLD.measure_id AND valid_to IS NULL\n        ) THEN\n            RAISE EXCEPTION 'a measure with an external actor has nobody here who follows it up'\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NULL;\n        ", hash='be25bad06f10b66e9a3b2257b9af3516e73dab33', operation='UPDATE OR DELETE', pgid='pgtrigger_external_is_followed_up_96c5c', table='strategy_responsibility', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_responsibilityevent" ("id", "is_example", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."is_example", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='a1565b7267949b29c99c8aa06fec2df12402d790', operation='INSERT', pgid='pgtrigger_insert_insert_2fc66', table='strategy_responsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_responsibilityevent" ("id", "is_example", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") VALUES (NEW."id", NEW."is_example", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='1408d49a1a9e089776880feaec22b5151dfc57d0', operation='UPDATE', pgid='pgtrigger_update_update_ab38a', table='strategy_responsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibility',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_responsibilityevent" ("id", "is_example", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") VALUES (OLD."id", OLD."is_example", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='cfa03f8a52b68fb8623dd06830979a2d5bc19a91', operation='DELETE', pgid='pgtrigger_delete_delete_4281b', table='strategy_responsibility', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibilityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='286f9a7145c060142e3010eebf606a6843e99b64', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ccbdd', table='strategy_responsibilityevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responsibilityevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='fe8206917816297b26cafcc9fac3eba8a10a572f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_bf1a2', table='strategy_responsibilityevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='strategy',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'on_hearing', 'adopted', 'superseded'])), name='strategy_state_known'),
        ),
        migrations.AddConstraint(
            model_name='strategy',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='strategy_not_its_own_version'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n        IF (OLD.state, NEW.state) NOT IN (('draft', 'adopted'), ('draft', 'on_hearing'), ('on_hearing', 'adopted'), ('on_hearing', 'draft'), ('adopted', 'superseded')) THEN\n            RAISE EXCEPTION 'a strategy cannot go from % to %', OLD.state, NEW.state\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='a5cf069d6d47eb541cd534ddfd0690116e085db9', operation='UPDATE', pgid='pgtrigger_state_along_the_table_73aa6', table='strategy_strategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.state NOT IN ('draft', 'on_hearing')\n                AND (to_jsonb(NEW) - 'state' - 'version') <> (to_jsonb(OLD) - 'state' - 'version')\n            THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='9cdad074638b8bdc4ed192a09003d2fe3272d5f2', operation='UPDATE', pgid='pgtrigger_adopted_guard_b3a02', table='strategy_strategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='born_as_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state <> 'draft')", func="RAISE EXCEPTION 'a strategy begins as a draft' USING ERRCODE = 'restrict_violation';", hash='bad926e23e84a28a1df745a4338b4b3b92f4e7ef', operation='INSERT', pgid='pgtrigger_born_as_draft_95383', table='strategy_strategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='only_drafts_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft')", func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation';", hash='f60513ae47d4dad40050730327185106b891a71d', operation='DELETE', pgid='pgtrigger_only_drafts_deleted_b2984', table='strategy_strategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='d408bc9d0425545b29987c885ecf890502f47df7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_ffd00', table='strategy_strategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_strategyevent" ("case_number", "covers", "decided_by", "decided_on", "decided_when", "edition_id", "id", "introduction", "is_example", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "slug", "source", "state", "title", "version") VALUES (NEW."case_number", NEW."covers", NEW."decided_by", NEW."decided_on", NEW."decided_when", NEW."edition_id", NEW."id", NEW."introduction", NEW."is_example", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."slug", NEW."source", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='0eb103bb100b3c3e7b0e308e104fd69361668819', operation='INSERT', pgid='pgtrigger_insert_insert_95993', table='strategy_strategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_strategyevent" ("case_number", "covers", "decided_by", "decided_on", "decided_when", "edition_id", "id", "introduction", "is_example", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "slug", "source", "state", "title", "version") VALUES (NEW."case_number", NEW."covers", NEW."decided_by", NEW."decided_on", NEW."decided_when", NEW."edition_id", NEW."id", NEW."introduction", NEW."is_example", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."slug", NEW."source", NEW."state", NEW."title", NEW."version"); RETURN NULL;', hash='9aafe67388b34b0d0ca5029ac744d7d9808ff783', operation='UPDATE', pgid='pgtrigger_update_update_aa5fc', table='strategy_strategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_strategyevent" ("case_number", "covers", "decided_by", "decided_on", "decided_when", "edition_id", "id", "introduction", "is_example", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "slug", "source", "state", "title", "version") VALUES (OLD."case_number", OLD."covers", OLD."decided_by", OLD."decided_on", OLD."decided_when", OLD."edition_id", OLD."id", OLD."introduction", OLD."is_example", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaces_id", OLD."slug", OLD."source", OLD."state", OLD."title", OLD."version"); RETURN NULL;', hash='20043523fe525ec4ea1c2b5602d3044577198942', operation='DELETE', pgid='pgtrigger_delete_delete_fffff', table='strategy_strategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingroundevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='f222a6af1e9ea518f709ce44bd3afce3346d79b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_44a68', table='strategy_hearingroundevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearingroundevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3070bc6cd380f45310ae14c2105c9fe399f7a5f5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_35664', table='strategy_hearingroundevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='hearinground',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'published'])), name='hearing_state_known'),
        ),
        migrations.AddConstraint(
            model_name='hearinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', strategy.enums.HearingState['PUBLISHED']), _negated=True), models.Q(('published__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='hearing_published_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='hearinground',
            constraint=models.UniqueConstraint(condition=models.Q(('state', strategy.enums.HearingState['OPEN'])), fields=('strategy',), name='hearing_one_open_per_strategy'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinground',
            trigger=pgtrigger.compiler.Trigger(name='state_along_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n        IF (OLD.state, NEW.state) NOT IN (('open', 'closed'), ('closed', 'published')) THEN\n            RAISE EXCEPTION 'a hearing cannot go from % to %', OLD.state, NEW.state\n                USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n        ", hash='085d9766e8c26d038964358a158e9e301cbd290c', operation='UPDATE', pgid='pgtrigger_state_along_the_table_04b69', table='strategy_hearinground', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinground',
            trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'published')", func="\n            RAISE EXCEPTION 'a published hearing cannot be changed' USING ERRCODE = 'restrict_violation';\n            ", hash='9d9f958aedfb32d223aab9eae4d661f860dfd1cf', operation='UPDATE', pgid='pgtrigger_published_stays_df85b', table='strategy_hearinground', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinground',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c9678117dc7e679ad1e6f239922ab314d03c56f9', operation='DELETE', pgid='pgtrigger_never_deleted_f6643', table='strategy_hearinground', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinground',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_hearingroundevent" ("closed_at", "deadline", "id", "introduction", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "published_at", "sent_at", "state", "strategy_id", "summary", "title", "version") VALUES (NEW."closed_at", NEW."deadline", NEW."id", NEW."introduction", NEW."is_example", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published", NEW."published_at", NEW."sent_at", NEW."state", NEW."strategy_id", NEW."summary", NEW."title", NEW."version"); RETURN NULL;', hash='57d4eedcad8306c3213d010483db89093b013186', operation='INSERT', pgid='pgtrigger_insert_insert_2698a', table='strategy_hearinground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinground',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_hearingroundevent" ("closed_at", "deadline", "id", "introduction", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "published_at", "sent_at", "state", "strategy_id", "summary", "title", "version") VALUES (NEW."closed_at", NEW."deadline", NEW."id", NEW."introduction", NEW."is_example", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published", NEW."published_at", NEW."sent_at", NEW."state", NEW."strategy_id", NEW."summary", NEW."title", NEW."version"); RETURN NULL;', hash='3fe3a855c0fef4395c918856b9af2e947feb74c2', operation='UPDATE', pgid='pgtrigger_update_update_7d487', table='strategy_hearinground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearinground',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_hearingroundevent" ("closed_at", "deadline", "id", "introduction", "is_example", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "published_at", "sent_at", "state", "strategy_id", "summary", "title", "version") VALUES (OLD."closed_at", OLD."deadline", OLD."id", OLD."introduction", OLD."is_example", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published", OLD."published_at", OLD."sent_at", OLD."state", OLD."strategy_id", OLD."summary", OLD."title", OLD."version"); RETURN NULL;', hash='3f4fcb5265b1aac28a7848564d7d5d4f9c7f2382', operation='DELETE', pgid='pgtrigger_delete_delete_32a0a', table='strategy_hearinground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='aa76d7e1fe8e91dea46c616267f3f9b371ded22e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_338ae', table='strategy_focusareaevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusareaevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='442726769c709bb67d8239d793efa75a452ace69', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_296cb', table='strategy_focusareaevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='focusarea',
            constraint=models.UniqueConstraint(fields=('strategy', 'title'), name='focus_area_once_per_strategy'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusarea',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = OLD.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = NEW.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='c5cbb94951b8e799679b6c00f1fb2e61409a50cc', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_045fb', table='strategy_focusarea', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusarea',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='055998d2ca3bc06d5218466be9b4243063ff0754', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e470f', table='strategy_focusarea', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusarea',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_focusareaevent" ("description", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id", "title") VALUES (NEW."description", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."strategy_id", NEW."title"); RETURN NULL;', hash='4c4a5cf26d37aeb639d6a4eb1cce6822f13f9ddf', operation='INSERT', pgid='pgtrigger_insert_insert_a980f', table='strategy_focusarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusarea',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_focusareaevent" ("description", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id", "title") VALUES (NEW."description", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."strategy_id", NEW."title"); RETURN NULL;', hash='d68d2f73d16ef825eccb543c0ecd2c35a4bdce4e', operation='UPDATE', pgid='pgtrigger_update_update_ddeb6', table='strategy_focusarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='focusarea',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_focusareaevent" ("description", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id", "title") VALUES (OLD."description", OLD."id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."strategy_id", OLD."title"); RETURN NULL;', hash='dfe0be07c6f220b46c4d9f0829f28f818b6e884b', operation='DELETE', pgid='pgtrigger_delete_delete_56379', table='strategy_focusarea', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='1aea98b0e06c2a2cd86c620654ebeb6df9ca13a0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72305', table='strategy_strategyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategyevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2fc91b53f5020640e1558a727be1fb98ae613d10', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b6a0a', table='strategy_strategyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='strategygoal',
            constraint=models.UniqueConstraint(fields=('strategy', 'goal'), name='strategy_goal_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoal',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = OLD.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = NEW.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='c8e9b57b66ee66aee715fcca59f4b90b9b56abc7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_af5e6', table='strategy_strategygoal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoal',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='df669615852fa0a766477c0d77d41364571265c4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0ae32', table='strategy_strategygoal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_strategygoalevent" ("goal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id") VALUES (NEW."goal_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."strategy_id"); RETURN NULL;', hash='9ebbed0b0bdeac0c9a043f6d6a24f7471e3927dc', operation='INSERT', pgid='pgtrigger_insert_insert_8ad68', table='strategy_strategygoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_strategygoalevent" ("goal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id") VALUES (NEW."goal_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."strategy_id"); RETURN NULL;', hash='cb4f02ecdc15b157e3a3faa11b2369336f42db78', operation='UPDATE', pgid='pgtrigger_update_update_95444', table='strategy_strategygoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_strategygoalevent" ("goal_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id") VALUES (OLD."goal_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."strategy_id"); RETURN NULL;', hash='d7fd4ca0211a92c055f89336a4d2d0b5f031f21d', operation='DELETE', pgid='pgtrigger_delete_delete_0c5c6', table='strategy_strategygoal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='8d1ae9043ac50a001c743d2739362e78ba3a62d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3a2b', table='strategy_strategygoalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategygoalevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='c8d54e4d4345136c8728b45c087e4af3a9786f75', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_19ff6', table='strategy_strategygoalevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='strategytransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('by_system', '')), models.Q(('by__isnull', True), models.Q(('by_system', ''), _negated=True)), _connector='OR'), name='strategy_transition_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategytransition',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='03336a7d08b05cc9e38f93315e01438a7f03ae17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e6bf', table='strategy_strategytransition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='strategytransition',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='146f3d532c9db2ce58a86f003470411711b65b76', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_bd5e0', table='strategy_strategytransition', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['emission', 'qualitative'])), name='target_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', strategy.enums.TargetKind['EMISSION']), _negated=True), models.Q(('base_year__isnull', False), ('percent__isnull', False), ('target_year__gt', models.F('base_year')), models.Q(('scope', ''), _negated=True)), _connector='OR'), name='target_emission_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('percent__isnull', True), models.Q(('percent__gt', 0), ('percent__lte', 100)), _connector='OR'), name='target_percent_in_range'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'version' = to_jsonb(OLD) - 'version' THEN\n            RETURN NEW;\n        END IF;\n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = OLD.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = NEW.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='55d4340387e75c58e21c9542d2d22ff907288c4a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_a4231', table='strategy_target', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='e9c4cca210e64633908b4374a0f3be201ff82fdd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2a852', table='strategy_target', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetevent" ("base_year", "decided_by", "id", "kind", "order", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source", "strategy_id", "target_year", "title", "version") VALUES (NEW."base_year", NEW."decided_by", NEW."id", NEW."kind", NEW."order", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."source", NEW."strategy_id", NEW."target_year", NEW."title", NEW."version"); RETURN NULL;', hash='be7edf4fa0bd8d01aa97d30491bb547fbf675063', operation='INSERT', pgid='pgtrigger_insert_insert_0f14b', table='strategy_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_targetevent" ("base_year", "decided_by", "id", "kind", "order", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source", "strategy_id", "target_year", "title", "version") VALUES (NEW."base_year", NEW."decided_by", NEW."id", NEW."kind", NEW."order", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scope", NEW."source", NEW."strategy_id", NEW."target_year", NEW."title", NEW."version"); RETURN NULL;', hash='f453c515d9260bd52f9e361c4f55065432f38960', operation='UPDATE', pgid='pgtrigger_update_update_84494', table='strategy_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetevent" ("base_year", "decided_by", "id", "kind", "order", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "source", "strategy_id", "target_year", "title", "version") VALUES (OLD."base_year", OLD."decided_by", OLD."id", OLD."kind", OLD."order", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scope", OLD."source", OLD."strategy_id", OLD."target_year", OLD."title", OLD."version"); RETURN NULL;', hash='9befbbea8a4ce54666d9117e9fe42f2045285e99', operation='DELETE', pgid='pgtrigger_delete_delete_d95df', table='strategy_target', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='targetceiling',
            constraint=models.UniqueConstraint(fields=('target', 'year'), name='target_ceiling_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='targetceiling',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100), models.Q(('percent__gte', 0), ('is_new_start', True), _connector='OR')), name='target_ceiling_percent_in_range'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetceiling',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetceilingevent" ("decided_on", "decision", "edition_id", "id", "is_new_start", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "year") VALUES (NEW."decided_on", NEW."decision", NEW."edition_id", NEW."id", NEW."is_new_start", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target_id", NEW."year"); RETURN NULL;', hash='5df9baddd5881d979fddbee2001495ae15e08cdb', operation='INSERT', pgid='pgtrigger_insert_insert_4fb34', table='strategy_targetceiling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetceiling',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_targetceilingevent" ("decided_on", "decision", "edition_id", "id", "is_new_start", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "year") VALUES (NEW."decided_on", NEW."decision", NEW."edition_id", NEW."id", NEW."is_new_start", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target_id", NEW."year"); RETURN NULL;', hash='d0cc9c2f92742ad3c9b9ddbbf291b63b28139f58', operation='UPDATE', pgid='pgtrigger_update_update_9fdb2', table='strategy_targetceiling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetceiling',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetceilingevent" ("decided_on", "decision", "edition_id", "id", "is_new_start", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_id", "year") VALUES (OLD."decided_on", OLD."decision", OLD."edition_id", OLD."id", OLD."is_new_start", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."target_id", OLD."year"); RETURN NULL;', hash='5f14d3406b1d42f7562c5feb0be248dac44a13cd', operation='DELETE', pgid='pgtrigger_delete_delete_ba13d', table='strategy_targetceiling', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetceilingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='2a0d25ff096985bd1d80be1ad4f31c5292f11b33', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b42b', table='strategy_targetceilingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetceilingevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='eaa2f6cce0e100076394015e824b7f949f4a5b1f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_245ba', table='strategy_targetceilingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='5cd267b820cece904ea8b5e0fd98bdb38c265e15', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_755fe', table='strategy_targetevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='6505570ce454a7f51573a3a46af8271cbaef7224', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_cf654', table='strategy_targetevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='targetindicator',
            constraint=models.UniqueConstraint(fields=('target', 'name'), name='target_indicator_name_once'),
        ),
        migrations.AddConstraint(
            model_name='targetindicator',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['up', 'down', 'keep'])), name='target_indicator_direction_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetindicatorevent" ("direction", "goal", "id", "is_example", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "target_id", "unit_label", "version") VALUES (NEW."direction", NEW."goal", NEW."id", NEW."is_example", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."target_id", NEW."unit_label", NEW."version"); RETURN NULL;', hash='48a2c325e9237b6bbe2a8ec556b5a3db9f3dadcc', operation='INSERT', pgid='pgtrigger_insert_insert_7af05', table='strategy_targetindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_targetindicatorevent" ("direction", "goal", "id", "is_example", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "target_id", "unit_label", "version") VALUES (NEW."direction", NEW."goal", NEW."id", NEW."is_example", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."target_id", NEW."unit_label", NEW."version"); RETURN NULL;', hash='0150f67b73223a222c2620b59f27b74da83addc4', operation='UPDATE', pgid='pgtrigger_update_update_7f4de', table='strategy_targetindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetindicatorevent" ("direction", "goal", "id", "is_example", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "target_id", "unit_label", "version") VALUES (OLD."direction", OLD."goal", OLD."id", OLD."is_example", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."target_id", OLD."unit_label", OLD."version"); RETURN NULL;', hash='d3b1e6299ae6f016baedf948e398bcd81de2a6c2', operation='DELETE', pgid='pgtrigger_delete_delete_07533', table='strategy_targetindicator', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='f2ea3fcad7047db5546f69a1c260b980fdda0a21', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3fe6f', table='strategy_targetindicatorevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='3c5acf6ddf4b6a4772192d15a030ac9983daa28d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e8730', table='strategy_targetindicatorevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='targetindicatorvalue',
            constraint=models.UniqueConstraint(fields=('indicator', 'year'), name='target_indicator_value_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorvalue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetindicatorvalueevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value", NEW."year"); RETURN NULL;', hash='671e0d8e6f73c5608827504b1fa9b2f5b995b106', operation='INSERT', pgid='pgtrigger_insert_insert_0af47', table='strategy_targetindicatorvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorvalue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_targetindicatorvalueevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."value", NEW."year"); RETURN NULL;', hash='d37408456674a6c414b79438b84b012491a7a40d', operation='UPDATE', pgid='pgtrigger_update_update_e723f', table='strategy_targetindicatorvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorvalue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_targetindicatorvalueevent" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (OLD."id", OLD."indicator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value", OLD."year"); RETURN NULL;', hash='f7a92820ba0391d5b1cfac803d49c91e4488f825', operation='DELETE', pgid='pgtrigger_delete_delete_e6187', table='strategy_targetindicatorvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorvalueevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='d3c4e471284576b12aa52c723d16a681afb604b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3416d', table='strategy_targetindicatorvalueevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetindicatorvalueevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='7c7cf5a1c989e7556d4be90db36b57e3a79670a3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_71bce', table='strategy_targetindicatorvalueevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('focus_area', 'title'), name='theme_once_per_focus_area'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT strategy_id FROM strategy_focusarea WHERE id = OLD.focus_area_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT strategy_id FROM strategy_focusarea WHERE id = NEW.focus_area_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='cfb935b0f51ac95236a32c02b6fdcaf4117d1561', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_eb22d', table='strategy_theme', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='409b98af8e9b0e11cbe70231f88309433a98bad8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_9c4dc', table='strategy_theme', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_themeevent" ("focus_area_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."focus_area_id", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='8ed55cc763583bae33f22a1a7ab204a56ec6a947', operation='INSERT', pgid='pgtrigger_insert_insert_4e0dc', table='strategy_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_themeevent" ("focus_area_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."focus_area_id", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='ce7846e3ffe457e77d75007bf4aa9eda94db05a9', operation='UPDATE', pgid='pgtrigger_update_update_c5468', table='strategy_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_themeevent" ("focus_area_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."focus_area_id", OLD."id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='71921d424c27c0254773d56c7ca9830cee8e7c2e', operation='DELETE', pgid='pgtrigger_delete_delete_444d9', table='strategy_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='e54576faf59ac4d2d4c136fde2704f6011710e92', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ccd46', table='strategy_placementevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placementevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='ae471deef929040692e63ecea035ddaa0fd8dc9b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_717be', table='strategy_placementevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('measure', 'strategy'), name='placement_once_per_strategy'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = OLD.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = NEW.strategy_id FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='139a414bc4a2dda4ea13a150d85d7e6f865a9ccb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_0e1a8', table='strategy_placement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='7c6b9507c5dc94152baad217bcd9305c5cfcf56b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b791a', table='strategy_placement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_placementevent" ("focus_area_id", "id", "measure_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id", "theme_id") VALUES (NEW."focus_area_id", NEW."id", NEW."measure_id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."strategy_id", NEW."theme_id"); RETURN NULL;', hash='8d3c173088814c03000d449337f4e0aa1faad927', operation='INSERT', pgid='pgtrigger_insert_insert_59aa1', table='strategy_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_placementevent" ("focus_area_id", "id", "measure_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id", "theme_id") VALUES (NEW."focus_area_id", NEW."id", NEW."measure_id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."strategy_id", NEW."theme_id"); RETURN NULL;', hash='94312786e388e53618c78ac8e6d6a5041e8ebbfd', operation='UPDATE', pgid='pgtrigger_update_update_a31d1', table='strategy_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_placementevent" ("focus_area_id", "id", "measure_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "strategy_id", "theme_id") VALUES (OLD."focus_area_id", OLD."id", OLD."measure_id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."strategy_id", OLD."theme_id"); RETURN NULL;', hash='3ce37c3679b71f78d6505cd317334a3a0eb1f538', operation='DELETE', pgid='pgtrigger_delete_delete_a5655', table='strategy_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='74b09577b4095c8383be8f3a8e000560832af3d1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_01b70', table='strategy_themeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='0e1f497d8c2d850cf05204a4c1d3afb103776cf0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_281d8', table='strategy_themeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='themeplanstrategy',
            constraint=models.UniqueConstraint(fields=('theme', 'plan_strategy'), name='theme_plan_strategy_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='adopted_guard', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE guarded_state text;', func="\n        \n        IF TG_OP <> 'INSERT' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT area.strategy_id FROM strategy_theme AS theme JOIN strategy_focusarea AS area ON area.id = theme.focus_area_id WHERE theme.id = OLD.theme_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n        END IF;\n        IF TG_OP <> 'DELETE' THEN \n        SELECT state INTO guarded_state FROM strategy_strategy WHERE id = (SELECT area.strategy_id FROM strategy_theme AS theme JOIN strategy_focusarea AS area ON area.id = theme.focus_area_id WHERE theme.id = NEW.theme_id) FOR SHARE;\n        IF guarded_state NOT IN ('draft', 'on_hearing') THEN RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; END IF;\n            RETURN NEW;\n        END IF;\n        RETURN OLD;\n        ", hash='511182efaa699c9ff73513eb767d9df6abbd533b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_adopted_guard_d941f', table='strategy_themeplanstrategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'an adopted strategy cannot be changed' USING ERRCODE = 'restrict_violation'; RETURN NULL;", hash='b7d393903d02f4014d233a1cb194630428431d8b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5be0f', table='strategy_themeplanstrategy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_themeplanstrategyevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_strategy_id", "theme_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_strategy_id", NEW."theme_id"); RETURN NULL;', hash='55de95ea0f6f0951b79f98292a897da0834ead61', operation='INSERT', pgid='pgtrigger_insert_insert_a7582', table='strategy_themeplanstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategy_themeplanstrategyevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_strategy_id", "theme_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_strategy_id", NEW."theme_id"); RETURN NULL;', hash='dd2cb0d63660bd906ae214f1844abce998971e85', operation='UPDATE', pgid='pgtrigger_update_update_5ca86', table='strategy_themeplanstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategy_themeplanstrategyevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_strategy_id", "theme_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_strategy_id", OLD."theme_id"); RETURN NULL;', hash='61329108e688f510d645a98c24685fbb0c24e984', operation='DELETE', pgid='pgtrigger_delete_delete_a3d30', table='strategy_themeplanstrategy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b1871626746ad646e3b412750400dae87e690541', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11d2e', table='strategy_themeplanstrategyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='themeplanstrategyevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot % rows of %', lower(TG_OP), TG_TABLE_NAME;", hash='b91395bd76e3fcd566543187a4d108e6d116d162', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_31c0b', table='strategy_themeplanstrategyevent', when='BEFORE')),
        ),
    ])]
