"""Criteria version 1 as the programme publishes it, and rows of the audit trail that the database keeps."""

from datetime import date

from django.db import migrations

from certification.rules.criteria import version_1
from marketplace.core.append_only import append_only_trigger


def publish_version_1(apps, schema_editor):
    rules = version_1()
    apps.get_model("certification", "CriteriaVersion").objects.create(
        number=rules["number"],
        in_force_from=date.fromisoformat(rules["in_force_from"]),
        area_name=rules["area"],
        rules=rules,
    )


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [
        migrations.RunPython(publish_version_1, migrations.RunPython.noop),
        append_only_trigger("certification_auditentry"),
    ]
