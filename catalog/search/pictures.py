"""When a picture's renditions are there, the cards of the pieces that show it name them."""

from catalog.catalogue.models import ProductImage
from marketplace.pictures import services

from .listing import refresh_listings


def make_picture(payload: dict) -> None:
    """Handles `pictures.make`, of any picture: those of stories and makers are on no card."""
    picture = services.make(payload["picture"])
    if picture is None:
        return
    images = ProductImage.objects.filter(original=picture.name).values_list("product_id", "product__parent_id")
    refresh_listings(parent or product for product, parent in images)
