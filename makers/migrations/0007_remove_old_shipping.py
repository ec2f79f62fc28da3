from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("makers", "0006_fill_shipping_profiles"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="maker",
            name="dispatch_days",
        ),
        migrations.RemoveField(
            model_name="maker",
            name="free_shipping_above",
        ),
        migrations.RemoveField(
            model_name="maker",
            name="shipping_flat",
        ),
    ]
