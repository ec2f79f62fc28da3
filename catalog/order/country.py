"""The one country that orders go to."""

from oscar.core.loading import get_model


def united_states():
    """Oscar's row of it, made at first need."""
    country, _created = get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="US",
        defaults={
            "iso_3166_1_a3": "USA", "iso_3166_1_numeric": "840", "name": "United States of America",
            "printable_name": "United States", "is_shipping_country": True,
        },
    )  # fmt: skip
    return country
