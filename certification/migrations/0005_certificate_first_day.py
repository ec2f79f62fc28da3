from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certification", "0004_register_search")]

    operations = [
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["valid_from"], name="certificate_first_day"),
        ),
    ]
