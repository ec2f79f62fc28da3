from django.db import migrations, models

from marketplace.core.append_only import append_only_trigger_again


class Migration(migrations.Migration):
    """Who takes a business over accepts for itself what an owner before it accepted."""

    dependencies = [("terms", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="termsacceptance", name="a_version_is_accepted_once_per_maker"),
        migrations.AddConstraint(
            model_name="termsacceptance",
            constraint=models.UniqueConstraint(
                fields=["maker", "version", "user"], name="a_version_is_accepted_once_per_owner"
            ),
        ),
        append_only_trigger_again("terms_termsacceptance"),
    ]
