from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_days(apps, schema_editor):
    product = apps.get_model("catalogue", "Product").objects.filter(pk=OuterRef("pk"))
    apps.get_model("catalogue", "Listing").objects.update(
        making_days=Subquery(product.values("made_to_order_days")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0039_product_notice")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="making_days",
            field=models.PositiveSmallIntegerField(default=0, help_text="Above 0: made to order."),
        ),
        migrations.RunPython(copy_days, migrations.RunPython.noop),
    ]
