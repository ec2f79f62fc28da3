"""The demo's size guides and makers' notes: what each kind of piece measures, and a word on some of them."""

from decimal import Decimal

from catalog.catalogue.models import Product
from catalog.catalogue.size_guides import Measured
from catalog.catalogue.sizing import save_size_guide

from .plan import PlannedPiece

# Inches at the first size, and how much each size after it adds.
TOP = {"chest": ("20", "1"), "shoulder": ("16.5", ".5"), "sleeve": ("23.5", ".5"), "length": ("25", ".75")}
LOWER = {"waist": ("14.25", "1"), "hip": ("19.5", "1"), "inseam": ("30", ".5"), "length": ("40", ".5")}
GOWN = {"chest": ("18.5", "1"), "waist": ("16", "1"), "length": ("44", ".75")}
FEET = {"foot": ("9.5", ".33")}
MEASURES = {
    "chore-jacket": TOP, "coat": TOP, "blouse": TOP, "shirt": TOP, "tee": TOP, "hoodie": TOP, "sweater": TOP,
    "jeans": LOWER, "trousers": LOWER, "overalls": LOWER, "dress": GOWN,
    "skirt": {"waist": ("13", "1"), "length": ("28", ".5")},
    "sneaker": FEET, "boot": FEET, "sandal": FEET,
    "tote": {"width": ("15", "0"), "height": ("16", "0"), "depth": ("5", "0")},
    "backpack": {"width": ("12", "0"), "height": ("18", "0"), "depth": ("6", "0")},
    "crossbody": {"width": ("9", "0"), "height": ("6.5", "0"), "depth": ("2.5", "0")},
    "cap": {"head": ("22.5", "0")}, "beanie": {"head": ("21", "0"), "height": ("9", "0")},
    "blanket": {"width": ("54", "0"), "length": ("72", "0")}, "cushion": {"width": ("20", "0"), "length": ("20", "0")},
    "towel": {"width": ("20", "0"), "length": ("28", "0")}, "scarf": {"width": ("12", "0"), "length": ("72", "0")},
}  # fmt: skip
KIDS_ARE = Decimal(".55")  # of a grown person's first size
FITS = (
    ("True to size. Between two sizes, take the smaller.", "La talla es exacta. Entre dos tallas, elige la menor."),
    ("Cut wide: your usual size leaves room for a sweater.", "De corte amplio: en tu talla cabe un suéter."),
    ("Runs small: take the next size if you like room.", "Viene chico: pide la talla que sigue si te gusta holgado."),
)
NOTES = {
    "jacket": (
        "My father cut this pattern for the band that played his wedding. I moved the pockets; the rest is his.",
        "Mi papá cortó este molde para el grupo que tocó en su boda. Yo moví las bolsas; lo demás es suyo.",
    ),
    "jeans": (
        "Wear them a month before the first wash. The hem is chain-stitched on a machine from 1948.",
        "Úsalos un mes antes de la primera lavada. El dobladillo es de cadeneta, en una máquina de 1948.",
    ),
    "dress": (
        "We dye on Thursdays, nine dips each. No two come out the same, and we would not want them to.",
        "Teñimos los jueves, nueve baños cada uno. No salen dos iguales, y así nos gusta.",
    ),
    "boot": (
        "When the sole is through, bring them back. We sew a new one on; that is what the welt is for.",
        "Cuando se acabe la suela, tráelas. Les cosemos otra; para eso es el cerco.",
    ),
}  # fmt: skip


def note_of(plan: PlannedPiece) -> dict[str, str]:
    note, note_es = NOTES.get(plan.kind.drawing.removeprefix("chore-"), ("", ""))
    return {"makers_note": note, "makers_note_es": note_es}


def add_size_guide(*, user, product: Product, plan: PlannedPiece) -> None:
    """Most pieces have one, as in life; every ninth maker has not measured yet."""
    measures = MEASURES.get(plan.kind.drawing)
    if measures is None or plan.number % 9 == 8:
        return
    part = KIDS_ARE if any(where.startswith("kids/") for where in plan.kind.categories) else Decimal(1)
    numbers = {
        (size, name): _quarter((Decimal(first) + step * Decimal(more)) * part)
        for step, size in enumerate(plan.kind.sizes)
        for name, (first, more) in measures.items()
    }
    fit, fit_es = FITS[plan.number % len(FITS)] if len(plan.kind.sizes) > 1 else ("", "")
    save_size_guide(
        user=user, product=product, measured=Measured.BODY if "foot" in measures else Measured.PIECE, fit=fit,
        fit_es=fit_es, numbers=numbers,
    )  # fmt: skip


def _quarter(inches: Decimal) -> Decimal:
    """To a quarter of an inch."""
    return (inches * 4).to_integral_value() / 4
