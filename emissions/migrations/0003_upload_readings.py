# Uploaded statistics are uploads of the portal (web.Upload), with how they are read beside them.
#
# No row is moved. What was confirmed stands in its edition: the file's name and SHA-256, who and when. What was
# under way is at most a day old and would have gone by itself: its address says to upload the file again, as
# for every other register when it got uploads. So what was ordered read of it is not read either.

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


ORDERS_TO_READ = "DELETE FROM procrastinate_jobs WHERE task_name = 'emissions.read_upload'"


class Migration(migrations.Migration):

    dependencies = [
        ('emissions', '0002_uploads'),
        ('procrastinate', '0001_initial'),
        ('web', '0004_upload_parts'),
    ]

    operations = [
        migrations.RunSQL(ORDERS_TO_READ, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='UploadPart',
        ),
        migrations.DeleteModel(
            name='ImportDraft',
        ),
        migrations.CreateModel(
            name='UploadReading',
            fields=[
                ('upload', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='web.upload')),
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
            ],
            options={
                'verbose_name': 'lesing av opplastet fil',
                'verbose_name_plural': 'lesinger av opplastede filer',
            },
        ),
        migrations.AddConstraint(
            model_name='uploadreading',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['kept', 'queued', 'reading', 'read', 'failed'])), name='upload_reading_state_known'),
        ),
        migrations.AddConstraint(
            model_name='uploadreading',
            constraint=models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='upload_reading_percent'),
        ),
        migrations.AddConstraint(
            model_name='uploadreading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'read'), _negated=True), ('statistics__isnull', False), _connector='OR'), name='upload_reading_read_has_figures'),
        ),
    ]
