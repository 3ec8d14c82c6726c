from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def answer_to_their_boards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """No area approves for a municipal enterprise. What is closed or assured stays as it was."""
    reports = apps.get_model("reporting", "UnitReport").objects.filter(
        unit__kind="KF", needs_area=True, period__closed_at__isnull=True, area_approved_at__isnull=True
    )
    reports.exclude(state="assured").update(needs_area=False, version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_steps_say_as_what")]
    operations = [migrations.RunPython(answer_to_their_boards, migrations.RunPython.noop)]
