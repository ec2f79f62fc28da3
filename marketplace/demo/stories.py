"""The demo's stories and the makers' pictures, published through the CMS's own services."""

from pathlib import Path

from django.conf import settings

from catalog.catalogue.models import Product
from makers.models import Maker
from makers.stories.models import HomePage
from makers.stories.services import StoryText, add_picture, publish_story, set_maker_picture

from .catalog import Piece, make_waiting_pictures
from .makers import MAKERS
from .pictures import scene_names
from .plan import FOLDER
from .tales import TALES, Tale

LANGUAGES = ("en", "es")
OWNERS = {maker.name: maker.owner for maker in MAKERS}
WORKSHOP = {"en": "The workshop (drawn for the demo)", "es": "El taller (dibujado para la demo)"}
HERO = {
    "en": "A workshop street in Los Angeles (drawn for the demo)",
    "es": "Una calle de talleres en Los Ángeles (dibujada para la demo)",
}


def create_stories(pieces: list[Piece]) -> None:
    """Twelve stories, a picture for every maker, a cover for the home page."""
    scenes = {name: _scene(name) for name in scene_names()}
    for tale in TALES:
        maker = Maker.objects.get(name=tale.maker)
        own = [piece.product for piece in pieces if piece.product.maker_id == maker.pk][:4]
        texts = {code: _text(tale, number, own, scenes) for number, code in enumerate(LANGUAGES)}
        publish_story(slug=tale.slug, texts=texts, picture=scenes[tale.scene], maker=maker)
    pictures = list(scenes.values())
    for number, maker in enumerate(Maker.objects.order_by("pk")):
        set_maker_picture(maker=maker, picture=pictures[number % len(pictures)], alt=WORKSHOP)
    for home in HomePage.objects.select_related("locale"):
        home.picture, home.picture_alt = scenes["workshop-street"], HERO[home.locale.language_code]
        home.save_revision().publish()
    make_waiting_pictures()


def _scene(name: str):
    path = Path(settings.MEDIA_ROOT) / FOLDER / f"scene-{name}.webp"
    return add_picture(data=path.read_bytes(), name=f"{name}.webp", title=name.replace("-", " "))


def _text(tale: Tale, language: int, products: list[Product], scenes: dict) -> StoryText:
    first, *rest = [text[language] for text in tale.text]
    body: list = [
        ("text", f"<p>{first}</p>"),
        ("quote", {"text": tale.quote[language], "who": OWNERS[tale.maker]}),
        *(("text", f"<p>{text}</p>") for text in rest),
    ]
    if tale.steps:
        steps = [{"name": step[language], "text": step[2 + language]} for step in tale.steps]
        body.append(("process", {"title": ("How it is made", "Cómo se hace")[language], "steps": steps}))
    body.append(("pieces", {"title": ("From this workshop", "De este taller")[language], "products": products}))
    return StoryText(tale.title[language], tale.summary[language], body, tale.alt[language])
