"""Words of a listing that claim more than its steps carry: such a listing is held until they are changed."""

from catalog.catalogue.models import Product

from .models import LineMember, ProductionStep
from .rules.checks import is_held_for_text
from .rules.origin_words import us_claims


def texts_of(product: Product) -> tuple[str, ...]:
    """Everything that shoppers read of a product and its maker wrote."""
    return (
        product.title, product.title_es, product.description, product.description_es,
        product.makers_note, product.makers_note_es,
    )  # fmt: skip


def held_words(product: Product) -> list[str]:
    """The claims for which the listing is held; empty where nothing is. Facts are the live ones."""
    words = list(dict.fromkeys(word for text in texts_of(product) for word in us_claims(text)))
    if not words:
        return []
    lead = LineMember.objects.filter(product=product).values_list("lead_id", flat=True).first() or product.pk
    elsewhere = ProductionStep.objects.filter(product=lead, workplace=None).values_list("elsewhere_place", flat=True)
    return words if is_held_for_text(texts_of(product), product.origin_statement, tuple(elsewhere)) else []
