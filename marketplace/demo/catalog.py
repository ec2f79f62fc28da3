"""The demo's makers with their workplaces, and their pieces with variants, made through the studio's services."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.catalogue.models import Category, Product
from catalog.catalogue.services import Variant, create_product
from makers.models import Maker, Operator, Workplace
from makers.services import save_workplace, sign_up_maker
from marketplace.users.models import User
from marketplace.users.services import create_user

from .makers import MAKERS, DemoMaker
from .people import PASSWORD
from .pieces import COLORS, KINDS, Kind

PIECES = 140
PER_MAKER = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A product with what it was made from."""

    product: Product
    kind: Kind
    owner: User
    colors: tuple[str, ...]


def create_makers() -> list[tuple[Maker, DemoMaker, User]]:
    return [_maker(details, number) for number, details in enumerate(MAKERS)]


def create_pieces(makers: list[tuple[Maker, DemoMaker, User]], draw: random.Random) -> Iterator[Piece]:
    """Six pieces a maker, 140 in all; the titles of a kind take turns."""
    turns: Counter[str] = Counter()
    left = PIECES
    for maker, details, owner in makers:
        for number in range(min(PER_MAKER, left)):
            name = details.pieces[number % len(details.pieces)]
            yield _piece(maker, owner, KINDS[name], turns[name], draw)
            turns[name] += 1
            left -= 1


def _maker(details: DemoMaker, number: int) -> tuple[Maker, DemoMaker, User]:
    first = details.owner.split()[0].lower().translate(str.maketrans("áéíóú", "aeiou"))
    email = f"{first}@laoriginal.example"
    owner = create_user(email=email, password=PASSWORD, name=details.owner)
    maker = sign_up_maker(
        user=owner, name=details.name, legal_name=f"{details.name} LLC", neighborhood=details.neighborhood, email=email,
        about=details.about, about_es=details.about_es, language=details.language, shipping_flat=Decimal(details.flat),
        free_shipping_above=Decimal(details.free_above) if details.free_above else None,
        offers_pickup=details.pickup, dispatch_days=details.days,
    )  # fmt: skip
    workplace = Workplace(
        maker=maker, name="Taller" if details.language == "es" else "Workshop", operated_by=Operator.OWN,
        line1=details.line1, city=details.city, zip_code=details.zip_code, works_alone=details.alone,
        register_account=f"{3300000 + number * 137:010d}-0001-{number % 10}",
        garment_registration="" if details.alone else f"GMR-{24000 + number * 31}",
    )  # fmt: skip
    save_workplace(user=owner, workplace=workplace)
    return maker, details, owner


def _piece(maker: Maker, owner: User, kind: Kind, turn: int, draw: random.Random) -> Piece:
    title, title_es = kind.titles[turn % len(kind.titles)]
    colors = _colors(kind, turn, draw)
    low, high = kind.price
    price = Decimal(draw.randrange(low, high + 1, 2))
    variants = [
        Variant(
            price=price, stock=draw.choice((0, 1, 2, 3, 4, 6, 8, 12)), size=size, color=color, color_hex=COLORS[color]
        )
        for color in colors
        for size in kind.sizes
    ]
    if not any(variant.stock for variant in variants):
        variants[0] = Variant(price=price, stock=3, size=variants[0].size, color=colors[0], color_hex=COLORS[colors[0]])
    product = create_product(
        user=owner, maker=maker, category=Category.objects.get(depth=1, slug=kind.category[turn % len(kind.category)]),
        variants=variants, title=title, title_es=title_es, kind=kind.product_kind, origin_statement=kind.origin,
        fibre_content=kind.fibre, care=kind.care, description=f"{kind.words} {_by(maker, 'en')}",
        description_es=f"{kind.words_es} {_by(maker, 'es')}",
    )  # fmt: skip
    return Piece(product, kind, owner, colors)


def _by(maker: Maker, language: str) -> str:
    if language == "es":
        return f"Hecho por {maker.name} en {maker.neighborhood}."
    return f"Made by {maker.name} in {maker.neighborhood}."


def _colors(kind: Kind, turn: int, draw: random.Random) -> tuple[str, ...]:
    """One to three colors; the first one takes turns, so that neighbors differ."""
    number = min(len(kind.colors), draw.choice((1, 2, 2, 3)))
    start = turn % len(kind.colors)
    return tuple(kind.colors[(start + step) % len(kind.colors)] for step in range(number))
