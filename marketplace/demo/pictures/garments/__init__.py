"""Every kind of piece that can be drawn: how, how large in its frame, and where its close view lies."""

from collections.abc import Callable
from dataclasses import dataclass

from . import accessories, bags, bottoms, home, jackets, jewelry, shoes, tops


@dataclass(frozen=True, slots=True)
class Kind:
    """`draw(main, accent)` returns SVG on a 1200 x 1500 sheet; `close` is the part of it that the close view shows."""

    draw: Callable[[str, str], str]
    accent: str = "#17131f"
    fill: float = 1.0
    close: tuple[int, int, int, int] = (330, 240, 560, 700)


KINDS = {
    "bomber": Kind(jackets.bomber),
    "chore-jacket": Kind(jackets.chore_jacket, accent="#efe9dd", close=(240, 250, 520, 650)),
    "coat": Kind(jackets.coat, accent="#3a2418", fill=1.03, close=(320, 190, 560, 700)),
    "tee": Kind(tops.tee, accent="#d8437f", close=(390, 240, 420, 525)),
    "shirt": Kind(tops.shirt, accent="#f4f1ea", close=(390, 230, 420, 525)),
    "hoodie": Kind(tops.hoodie, accent="#f4f1ea", close=(380, 140, 440, 550)),
    "sweater": Kind(tops.sweater, accent="#f4f1ea", close=(360, 260, 480, 600)),
    "blouse": Kind(tops.blouse, accent="#f4f1ea", close=(380, 260, 440, 550)),
    "dress": Kind(bottoms.dress, accent="#efe9dd", fill=1.04, close=(380, 230, 440, 550)),
    "skirt": Kind(bottoms.skirt, close=(380, 290, 440, 550)),
    "jeans": Kind(bottoms.jeans, accent="#d9903a", fill=1.04, close=(380, 230, 440, 550)),
    "trousers": Kind(bottoms.trousers, accent="#efe9dd", fill=1.04, close=(380, 230, 440, 550)),
    "overalls": Kind(bottoms.overalls, accent="#d9903a", close=(380, 220, 440, 550)),
    "cap": Kind(accessories.cap, accent="#f4f1ea", fill=0.82, close=(360, 420, 560, 700)),
    "beanie": Kind(accessories.beanie, accent="#f4f1ea", fill=0.76, close=(360, 480, 480, 600)),
    "scarf": Kind(accessories.scarf, accent="#d9a514", close=(380, 480, 440, 550)),
    "apron": Kind(accessories.apron, accent="#8a4a24", close=(380, 330, 440, 550)),
    "belt": Kind(accessories.belt, accent="#c9973a", fill=0.84, close=(430, 780, 480, 600)),
    "tote": Kind(bags.tote, close=(380, 500, 480, 600)),
    "crossbody": Kind(bags.crossbody, accent="#c9973a", fill=0.92, close=(330, 640, 480, 600)),
    "backpack": Kind(bags.backpack, accent="#8a4a24", close=(380, 420, 480, 600)),
    "earrings": Kind(jewelry.earrings, accent="#2f6f62", fill=0.74, close=(180, 580, 440, 550)),
    "ring": Kind(jewelry.ring, accent="#b6362f", fill=0.6, close=(360, 420, 480, 600)),
    "necklace": Kind(jewelry.necklace, accent="#2f6f62", fill=0.84, close=(400, 760, 400, 500)),
    "sneaker": Kind(shoes.sneaker, accent="#f4f1ea", fill=0.96, close=(420, 560, 560, 700)),
    "boot": Kind(shoes.boot, accent="#2a221d", fill=0.9, close=(330, 700, 560, 700)),
    "sandal": Kind(shoes.sandal, accent="#b98a5a", fill=0.88, close=(380, 520, 480, 600)),
    "blanket": Kind(home.blanket, accent="#e8d6b4", fill=0.98, close=(380, 500, 480, 600)),
    "cushion": Kind(home.cushion, accent="#f4f1ea", fill=0.86, close=(380, 480, 480, 600)),
    "towel": Kind(home.towel, accent="#2b2f63", fill=0.96, close=(380, 640, 440, 550)),
}
