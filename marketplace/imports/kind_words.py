"""Which kind of piece a word from elsewhere may mean; it is only suggested, a person chooses."""

from catalog.catalogue.models import ProductKind
from marketplace.core.words import stem, stems

_WORDS = {
    ProductKind.GARMENT: (
        "jacket dress shirt pant pants jeans skirt coat blouse suit vest robe shorts jumpsuit trousers overalls top "
        "chamarra chaqueta vestido camisa pantalon falda abrigo blusa saco chaleco bata overol"
    ),
    ProductKind.KNITWEAR: "sweater cardigan knitwear pullover sueter cardigan tejido",
    ProductKind.PRINTED_GARMENT: "tee tshirt hoodie sweatshirt playera camiseta sudadera",
    ProductKind.FOOTWEAR: "shoe boot sandal sneaker footwear zapato bota sandalia tenis huarache calzado",
    ProductKind.BAG: "bag tote backpack purse handbag wallet bolsa mochila cartera",
    ProductKind.JEWELLERY: "jewelry earring necklace ring bracelet joyeria aretes collar anillo pulsera",
    ProductKind.HAT: "hat cap beanie sombrero gorra gorro",
    ProductKind.HOME_TEXTILE: "blanket pillow towel quilt cushion cobija almohada toalla cojin colcha manta",
}
_KINDS = {stem(word): kind for kind, words in _WORDS.items() for word in words.split()}


def kind_of(*texts: str) -> str:
    """The kind that the last telling word means ("denim tote bag" is a bag); "other" where none tells."""
    for text in texts:
        for word in reversed(stems(text)):
            if word in _KINDS:
                return _KINDS[word]
    return ProductKind.OTHER
