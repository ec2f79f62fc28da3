import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0037_described_products"),
        ("makers", "0005_shipping_profiles"),
    ]

    operations = [
        migrations.AddField(
            model_name="product",
            name="made_to_order_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="0 if it is ready. Else they come on top of the days until you ship.",
                validators=[django.core.validators.MaxValueValidator(180)],
                verbose_name="business days to make it",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="shipping_profile",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: your default one.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="products",
                to="makers.shippingprofile",
                verbose_name="shipping profile",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="weight_oz",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="A profile by weight needs it. A pound is 16 ounces.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(2400),
                ],
                verbose_name="weight with packing, ounces",
            ),
        ),
    ]
