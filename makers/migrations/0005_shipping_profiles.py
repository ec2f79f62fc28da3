import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("makers", "0004_return_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="maker",
            name="pickup_workplace",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="makers.workplace",
                verbose_name="where pieces are picked up",
            ),
        ),
        migrations.CreateModel(
            name="ShippingProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("flat", "The same for every parcel"), ("weight", "By weight")],
                        default="flat",
                        max_length=8,
                        verbose_name="how it is priced",
                    ),
                ),
                ("cents", models.PositiveIntegerField(default=750)),
                ("handling_cents", models.PositiveIntegerField(default=0)),
                ("free_above_cents", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "dispatch_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="business days until you ship",
                    ),
                ),
                ("is_default", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shipping_profiles", to="makers.maker"
                    ),
                ),
            ],
            options={
                "ordering": ["-is_default", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WeightStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "up_to_oz",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="up to, ounces"
                    ),
                ),
                ("cents", models.PositiveIntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="makers.shippingprofile"
                    ),
                ),
            ],
            options={
                "ordering": ["up_to_oz"],
            },
        ),
        migrations.AddConstraint(
            model_name="shippingprofile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("maker",), name="one_default_profile_per_maker"
            ),
        ),
        migrations.AddConstraint(
            model_name="shippingprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_default", False), ("is_active", True), _connector="OR"),
                name="a_default_profile_is_in_use",
            ),
        ),
        migrations.AddConstraint(
            model_name="weightstep",
            constraint=models.UniqueConstraint(fields=("profile", "up_to_oz"), name="one_step_per_weight"),
        ),
    ]
