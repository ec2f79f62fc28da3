"""The demo's makers with their workplaces, and their pieces with variants and pictures."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.catalogue.models import Category, Product, ProductImage
from catalog.catalogue.services import Variant, create_product
from makers.models import Maker, Operator, Workplace
from makers.services import save_workplace, sign_up_maker
from makers.shipping import save_profile, set_pickup
from marketplace.core import clock, outbox
from marketplace.core.money import to_cents
from marketplace.payments import fees
from marketplace.pictures import services as public_pictures
from marketplace.pictures.shapes import Use
from marketplace.terms.versions import Kind, in_force
from marketplace.users.models import User
from marketplace.users.services import create_user, enrol_second_factor

from .fitting import add_size_guide, note_of
from .makers import MAKERS, DemoMaker
from .notices import notice_of
from .people import ANA, PASSWORD, SECOND_FACTOR
from .pieces import COLORS
from .plan import CLOSE, WORN, PlannedPiece, planned_pieces

PLAIN_LETTERS = str.maketrans("áéíóúñ", "aeioun")


@dataclass(frozen=True, slots=True)
class Piece:
    """A product with what it was made from."""

    product: Product
    plan: PlannedPiece
    owner: User


def create_makers() -> list[tuple[Maker, User]]:
    return [_maker(details, number) for number, details in enumerate(MAKERS)]


def create_pieces(makers: list[tuple[Maker, User]]) -> list[Piece]:
    return [_piece(*makers[plan.maker], plan) for plan in planned_pieces()]


def hang_pictures(pieces: list[Piece]) -> None:
    """Give each piece the pictures that were drawn for it; their renditions were made beside the drawing."""
    for piece in pieces:
        for name in piece.plan.pictures:
            public_pictures.keep(name=name, use=Use.PIECE)
    make_waiting_pictures()
    for piece in pieces:
        for place, (owner, name, words) in enumerate(_shown(piece)):
            ProductImage.objects.create(
                product=owner, original=name, caption=f"{piece.product.title}, {words} (drawn for the demo)",
                display_order=place,
            )  # fmt: skip


def _shown(piece: Piece) -> list[tuple[Product, str, str]]:
    """Whose, which and what it shows of each picture, in order: the first color, worn, the other colors, seen close."""
    plan = piece.plan
    variants = {child.color: child for child in piece.product.children.order_by("-pk")}
    rows = [(variants[color], plan.picture(color), f"{color.lower()}, before a painted wall") for color in plan.colors]
    if plan.is_worn:
        rows.insert(1, (variants[plan.colors[0]], plan.picture(WORN), plan.worn_words))
    return [*rows, (piece.product, plan.picture(CLOSE), "seen close")]


def make_waiting_pictures() -> None:
    """What the worker would do later: mostly to find that the files are there, and to draw what other sites show."""
    for topic in ("pictures.make", "pictures.draw_piece", "pictures.draw_story"):
        while outbox.deliver(topic=topic):
            pass


def _maker(details: DemoMaker, number: int) -> tuple[Maker, User]:
    first = details.owner.split()[0].lower().translate(PLAIN_LETTERS)
    email = f"{first}@laoriginal.example"
    owner = create_user(email=email, password=PASSWORD, name=details.owner)
    if email == ANA:  # the demo's maker gets to the pages at Stripe
        enrol_second_factor(user=owner, secret=SECOND_FACTOR)
    maker = sign_up_maker(
        user=owner, name=details.name, legal_name=f"{details.name} LLC", neighborhood=details.neighborhood, email=email,
        about=details.about, about_es=details.about_es, language=details.language,
        terms=in_force(Kind.MAKERS).number, fee_points=fees.basis_points(Maker(), clock.today()),
    )  # fmt: skip
    workplace = Workplace(
        maker=maker, name=street_of(details.line1), operated_by=Operator.OWN,
        line1=details.line1, city=details.city, zip_code=details.zip_code, works_alone=details.alone,
        register_account=f"{3300000 + number * 137:010d}-0001-{number % 10}",
        garment_registration="" if details.alone else f"GMR-{24000 + number * 31}",
    )  # fmt: skip
    save_workplace(user=owner, workplace=workplace)
    save_profile(
        user=owner, maker=maker, profile=maker.shipping_profiles.get(), cents=to_cents(Decimal(details.flat)),
        free_above_cents=to_cents(Decimal(details.free_above)) if details.free_above else None,
        dispatch_days=details.days,
    )  # fmt: skip
    if details.pickup:
        set_pickup(user=owner, maker=maker, workplace=workplace)
    return maker, owner


def street_of(line1: str) -> str:
    """What makers call a place: its street, which reads in every language and leaves the house number out."""
    _number, _space, street = line1.partition(" ")
    return street


def _category(plan: PlannedPiece) -> Category:
    above, slug = plan.category
    return Category.objects.get(depth=1, slug=above).get_children().get(slug=slug)


def _piece(maker: Maker, owner: User, plan: PlannedPiece) -> Piece:
    kind, (title, title_es) = plan.kind, plan.title
    combinations = [(color, size) for color in plan.colors for size in kind.sizes]
    variants = [
        Variant(price=plan.price, stock=stock, size=size, color=color, color_hex=COLORS[color])
        for (color, size), stock in zip(combinations, plan.stock, strict=True)
    ]
    product = create_product(
        user=owner, maker=maker, category=_category(plan), variants=variants,
        title=title, title_es=title_es, kind=kind.product_kind, origin_statement=kind.origin,
        fibre_content=kind.fibre, care=kind.care, notice=notice_of(plan),
        description=f"{kind.words} Made by {maker.name} in {maker.neighborhood}.",
        description_es=f"{kind.words_es} Hecho por {maker.name} en {maker.neighborhood}.", **note_of(plan),
    )  # fmt: skip
    add_size_guide(user=owner, product=product, plan=plan)
    return Piece(product, plan, owner)
