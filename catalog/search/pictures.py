"""When a picture's renditions are there, or what other sites show was drawn, the pieces' rows name them."""

from catalog.catalogue.models import Product, ProductImage
from catalog.catalogue.pictures import pictures_of
from marketplace.pictures import services

from .listing import refresh_listing, refresh_listings
from .share_pictures import LANGUAGES, owner_of, words_of


def make_picture(payload: dict) -> None:
    """Handles `pictures.make`, of any picture: those of stories and makers are on no card."""
    picture = services.make(payload["picture"])
    if picture is None:
        return
    images = ProductImage.objects.filter(original=picture.name).values_list("product_id", "product__parent_id")
    refresh_listings(parent or product for product, parent in images)


def draw_piece(payload: dict) -> bool:
    """Handles `pictures.draw_piece`, for a piece that is listed and has a cover; whether something changed."""
    product = Product.objects.select_related("maker").filter(pk=payload["product"], listing__isnull=False).first()
    cover = pictures_of(product).first() if product is not None else None
    if product is None or cover is None:
        return False
    words, changed = words_of(product), False
    for language in LANGUAGES:
        owner = owner_of(product.pk, language)
        if language in words:
            changed |= services.draw_share(owner=owner, name=cover.original.name, words=words[language])
        else:
            changed |= services.forget_share(owner=owner)
    if changed:
        refresh_listing(product.pk)
    return changed
