"""Words that mean the same piece, color or fiber to a shopper, in English and in the Spanish of Los Angeles."""

import re
from functools import cache

from marketplace.core.words import stems

GROUPS = (
    "tee, T-shirt, playera, camiseta",
    "jacket, chamarra, chaqueta",
    "coat, abrigo",
    "blazer, saco",
    "jeans, denim, mezclilla",
    "pants, trousers, chinos, pantalón",
    "shorts, bermuda",
    "shirt, camisa",
    "blouse, blusa",
    "sweater, pullover, jumper, suéter",
    "hoodie, sweatshirt, sudadera",
    "cardigan, cárdigan",
    "vest, chaleco",
    "dress, vestido",
    "skirt, falda",
    "jumpsuit, coverall, overol, mono",
    "underwear, ropa interior",
    "swimsuit, bikini, traje de baño",
    "socks, calcetines",
    "hat, sombrero",
    "cap, gorra, cachucha",
    "beanie, gorro",
    "scarf, bufanda",
    "bandana, paliacate, pañuelo",
    "shawl, rebozo, chal",
    "belt, cinturón",
    "bag, tote, purse, handbag, bolsa, bolso",
    "backpack, mochila",
    "wallet, cartera, billetera",
    "shoes, zapatos, calzado, footwear",
    "sneakers, tenis",
    "boots, botas",
    "sandals, huaraches, sandalias",
    "earrings, aretes, pendientes",
    "necklace, collar",
    "ring, anillo",
    "bracelet, pulsera",
    "jewelry, jewellery, joyería",
    "blanket, throw, cobija, manta",
    "pillow, cushion, cojín, almohada",
    "towel, toalla",
    "apron, mandil, delantal",
    "tablecloth, mantel",
    "leather, piel, cuero",
    "wool, lana",
    "cotton, algodón",
    "linen, lino",
    "silk, seda",
    "hemp, cáñamo",
    "recycled, upcycled, reciclado",
    "kids, children, niños",
    "baby, bebé",
    "women, womens, mujer",
    "men, mens, hombre",
    "gray, grey, gris",
    "black, negro, negra",
    "white, blanco, blanca",
    "red, rojo, roja",
    "yellow, amarillo, amarilla",
    "blue, azul",
    "green, verde",
    "brown, café, marrón",
    "pink, rosa, rosado",
    "purple, morado, morada",
    "orange, naranja, anaranjado",
)
_TEE = re.compile(r"\bt[-\s]?shirt(s?)\b", re.IGNORECASE)
_OWNER = re.compile(r"[’']s\b", re.IGNORECASE)


def joined(text: str) -> str:
    """T-shirt and women's as one word each, so that a tee is not found among shirts nor women's under size S."""
    return _OWNER.sub("s", _TEE.sub(r"tshirt\1", text))


def same_words(stem: str) -> frozenset[str]:
    """Other stems that mean what this one means; empty where none is known."""
    return _table().get(stem, frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in GROUPS:
        words = [stems(joined(part)) for part in group.split(",")]
        single = {parts[0] for parts in words if len(parts) == 1}
        for word in single:
            found.setdefault(word, set()).update(single - {word})
    return {word: frozenset(others) for word, others in found.items()}
