"""The demo's stories and the makers' pictures, published through the CMS's own services."""

from pathlib import Path

from django.conf import settings

from catalog.catalogue.models import Product
from makers.models import Maker
from makers.stories.models import Cover, HomePage
from makers.stories.services import StoryText, add_picture, publish_story, set_maker_picture

from .catalog import Piece, make_waiting_pictures
from .chapters import CHAPTERS, OPENINGS, STEP_SCENES, Chapter
from .features import create_features
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
    """Twelve stories, a picture for every maker, a cover for the home page, and what else there is to read."""
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
    create_features(pieces, scenes)
    make_waiting_pictures()


def _scene(name: str):
    path = Path(settings.MEDIA_ROOT) / FOLDER / f"scene-{name}.webp"
    return add_picture(data=path.read_bytes(), name=f"{name}.webp", title=name.replace("-", " "))


def _text(tale: Tale, language: int, products: list[Product], scenes: dict) -> StoryText:
    first, *rest = [text[language] for text in tale.text]
    quote = ("quote", {"text": tale.quote[language], "who": OWNERS[tale.maker], "role": tale.maker})
    chapters = CHAPTERS.get(tale.slug, ())
    body: list = [("text", f"<p>{first}</p>")]
    if chapters:
        parts = [_chapter(chapter, language, scenes) for chapter in chapters]
        body += [*parts[0], quote, *(block for part in parts[1:] for block in part)]
    else:
        body += [quote, *(("text", f"<p>{text}</p>") for text in rest)]
    if tale.steps:
        body.append(
            (
                "process",
                {"title": ("How it is made", "Cómo se hace")[language], "steps": _steps(tale, language, scenes)},
            )
        )
    body.append(("pieces", {"title": ("From this workshop", "De este taller")[language], "products": products}))
    opening = OPENINGS.get(tale.slug)
    return StoryText(
        tale.title[language], tale.summary[language], body, tale.alt[language],
        standfirst=opening[language] if opening else "", cover=Cover.OVER if opening else Cover.UNDER,
    )  # fmt: skip


def _chapter(chapter: Chapter, language: int, scenes: dict) -> list:
    blocks: list = [("chapter", {"heading": chapter.heading[language]})]
    blocks += [("text", f"<p>{text[language]}</p>") for text in chapter.text]
    if chapter.scene:
        picture = {"image": scenes[chapter.scene], "alt": chapter.alt[language], "caption": chapter.caption[language]}
        blocks.append(("picture", picture | {"wide": True}))
    return blocks


def _steps(tale: Tale, language: int, scenes: dict) -> list[dict]:
    steps = [{"name": step[language], "text": step[2 + language]} for step in tale.steps]
    for step, (scene, alt) in zip(steps, STEP_SCENES.get(tale.slug, ()), strict=False):
        step |= {"image": scenes[scene], "alt": alt[language]}
    return steps
