from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("order", "0024_gifts_and_return_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="parcel_number",
            field=models.PositiveSmallIntegerField(default=1, help_text="The parcel that was planned for it."),
        ),
        migrations.AddField(
            model_name="makerorder",
            name="pickup_at",
            field=models.CharField(blank=True, help_text="The address of pickup, as it was sold.", max_length=300),
        ),
        migrations.AlterField(
            model_name="makerorder",
            name="promised_on",
            field=models.DateField(help_text="The earliest day promised for pieces that did not leave yet."),
        ),
    ]
