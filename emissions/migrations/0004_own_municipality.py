"""The municipality of an installation from before names were data, as far as its own tables tell.

Only the portal's own municipality was ever given its number. What its bodies were called stood in code, as
one municipality's words; they are given on the page «Navn». The title is the one that was the default.
"""

from django.db import migrations


def name_it(apps, schema_editor):
    named = apps.get_model("emissions", "Municipality").objects.exclude(number="").values_list("name", "number")
    own = apps.get_model("organisation", "Municipality").objects
    if len(found := list(named)) == 1 and not own.exists():
        name, number = found[0]
        own.create(name=name, number=number, organisation=f"{name} kommune", chief_title="rådmann")


class Migration(migrations.Migration):
    dependencies = [
        ("emissions", "0003_upload_readings"),
        ("organisation", "0004_names"),
    ]

    operations = [migrations.RunPython(name_it, migrations.RunPython.noop)]
