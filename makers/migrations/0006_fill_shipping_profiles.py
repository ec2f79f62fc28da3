from decimal import Decimal

from django.db import migrations


def to_profiles(apps, schema_editor):
    """What each maker charged so far becomes its default profile; pickup needs a place in Los Angeles."""
    Maker = apps.get_model("makers", "Maker")
    ShippingProfile = apps.get_model("makers", "ShippingProfile")
    for maker in Maker.objects.order_by("pk"):
        free_above = maker.free_shipping_above
        ShippingProfile.objects.create(
            maker=maker,
            name="Estándar" if maker.language == "es" else "Standard",
            is_default=True,
            cents=int(maker.shipping_flat * 100),
            dispatch_days=maker.dispatch_days,
            free_above_cents=None if free_above is None else int(free_above * 100),
        )
        if maker.offers_pickup:
            places = maker.workplaces.filter(state="CA", city__iexact="Los Angeles").order_by("pk")
            maker.pickup_workplace = places.first()
            maker.offers_pickup = maker.pickup_workplace is not None
            maker.save(update_fields=["pickup_workplace", "offers_pickup"])


def to_makers(apps, schema_editor):
    """Back: the default profile's flat price, as far as the old columns can say it."""
    ShippingProfile = apps.get_model("makers", "ShippingProfile")
    for profile in ShippingProfile.objects.filter(is_default=True).select_related("maker"):
        maker = profile.maker
        maker.shipping_flat = Decimal(profile.cents + profile.handling_cents) / 100
        maker.free_shipping_above = (
            None if profile.free_above_cents is None else Decimal(profile.free_above_cents) / 100
        )
        maker.dispatch_days = profile.dispatch_days
        maker.save(update_fields=["shipping_flat", "free_shipping_above", "dispatch_days"])


class Migration(migrations.Migration):
    dependencies = [
        ("makers", "0005_shipping_profiles"),
    ]

    operations = [migrations.RunPython(to_profiles, to_makers)]
