"""The demo's collection, guides, neighborhoods and events, in both languages; events lie ahead of today."""

from datetime import datetime, time, timedelta

from makers.models import Maker
from makers.stories.models import (
    CollectionIndexPage,
    CollectionPage,
    EventIndexPage,
    EventPage,
    GuideIndexPage,
    GuidePage,
    MakerPage,
    NeighborhoodIndexPage,
    NeighborhoodPage,
)  # fmt: skip
from makers.stories.services import publish_pages
from marketplace.core import clock

from .catalog import Piece
from .chapters import YEARS, Words

LANGUAGES = ("en", "es")
CHOSEN = ("Leimert Indigo", "Sawtooth Denim", "Venice Light", "Ana Quiroz Outerwear")


def create_features(pieces: list[Piece], scenes: dict) -> None:
    """`scenes` are the pictures by name."""
    _collections(pieces, scenes)
    _guides(scenes)
    _neighborhoods(scenes)
    _events(scenes)
    _years()


def _collections(pieces: list[Piece], scenes: dict) -> None:
    """One chosen by hand, one that a list of the shop fills."""
    chosen = [next(piece.product for piece in pieces if piece.product.maker.name == name) for name in CHOSEN]
    _publish(
        CollectionIndexPage, CollectionPage, "every-essential-step-here", scenes["sewing-machine"],
        ("A sewing machine seen from the side", "Una máquina de coser de lado"),
        title=("Every essential step here", "Todos los pasos esenciales aquí"),
        intro=("Pieces that were manufactured in Los Angeles: every essential step inside the City, from the first cut to the last stitch.",
               "Piezas fabricadas en Los Ángeles: todos los pasos esenciales dentro de la ciudad, del primer corte a la última puntada."),
        rule="claim=manufactured",
    )  # fmt: skip
    _publish(
        CollectionIndexPage, CollectionPage, "for-the-first-cool-evening", scenes["hillside"],
        ("Hills above the valley with a winding road", "Cerros sobre el valle con un camino que serpentea"),
        title=("For the first cool evening", "Para la primera tarde fresca"),
        intro=("Four makers, four layers, and what to wear them with when the desert wind turns.",
               "Cuatro talleres, cuatro capas, y con qué usarlas cuando cambia el viento del desierto."),
        pieces=[("piece", product) for product in chosen], rule="category=women&in_stock=1",
    )  # fmt: skip


def _guides(scenes: dict) -> None:
    _publish(
        GuideIndexPage, GuidePage, "what-made-in-los-angeles-means", scenes["garment-rack"],
        ("A rack of coats, each with a small green label", "Un perchero de abrigos, cada uno con una etiqueta verde"),
        title=("What Made in Los Angeles means", "Qué significa Hecho en Los Ángeles"),
        summary=("Three claims, the rules behind them, and what they do not say.", "Tres afirmaciones, las reglas detrás de ellas y lo que no dicen."),
        body=[
            ("chapter", {"heading": ("Three different things", "Tres cosas distintas")}),
            ("text", (
                "<p>A jacket can be drawn on Wall Street and sewn elsewhere. It can be cut elsewhere and sewn in Chinatown. Or all of it can happen here. These are three different claims, and a piece may carry one, two or all of them.</p><p>A claim is made for one kind of piece by one maker. It says nothing about the maker's other pieces.</p>",
                "<p>Una chamarra puede dibujarse en Wall Street y coserse en otro lugar. Puede cortarse en otro lugar y coserse en Chinatown. O puede hacerse toda aquí. Son tres afirmaciones distintas, y una pieza puede llevar una, dos o las tres.</p><p>Cada afirmación vale para un tipo de pieza de un taller. No dice nada de sus otras piezas.</p>",
            )),
            ("chapter", {"heading": ("The rules in force", "Las reglas vigentes")}),
            ("claims", None),
            ("chapter", {"heading": ("What the label does not say", "Lo que la etiqueta no dice")}),
            ("text", (
                "<p>It does not say that the cloth was woven here, that a piece is organic, or that it is better than another. The page of each piece lists every step with its place, those outside the City too. Read that list: it is the longest thing on the page for a reason.</p>",
                "<p>No dice que la tela se haya tejido aquí, que una pieza sea orgánica ni que sea mejor que otra. La página de cada pieza enumera todos los pasos con su lugar, también los de fuera de la ciudad. Lee esa lista: por algo es lo más largo de la página.</p>",
            )),
        ],
    )  # fmt: skip
    _publish(
        GuideIndexPage, GuidePage, "how-to-read-a-certificate", scenes["storefront"],
        ("A small storefront with a striped awning", "Un local pequeño con toldo a rayas"),
        title=("How to read a certificate", "Cómo leer un certificado"),
        summary=("A number, two dates and a status. What each of them tells you, and where to check it.", "Un número, dos fechas y un estado. Qué te dice cada uno y dónde verificarlo."),
        body=[
            ("text", (
                "<p>Every badge carries a number. Type it into the public register, or scan the code on the tag, and you see the certificate itself: the piece, the maker, the claims, and the day it ends.</p><p>Where a certificate is suspended, withdrawn or has ended, the register says so and since when. The piece leaves the shop at that moment.</p>",
                "<p>Cada insignia lleva un número. Escríbelo en el registro público, o escanea el código de la etiqueta, y ves el certificado: la pieza, el taller, las afirmaciones y el día en que termina.</p><p>Si un certificado está suspendido, retirado o terminó, el registro lo dice, y desde cuándo. La pieza sale de la tienda en ese momento.</p>",
            )),
            ("quote", {"text": ("A badge that can't be lost is worth nothing.", "Una insignia que no se puede perder no vale nada."), "who": "Hana Seo", "role": ("Koreatown Tailors", "Koreatown Tailors")}),
        ],
    )  # fmt: skip


NEIGHBORHOODS: tuple[tuple[str, str, Words, Words], ...] = (
    ("Boyle Heights", "dye-vats", ("Vats of dye in a row, yarn above them", "Tinas de tinte en fila, con hilo encima"),
     ("Front rooms with looms in them, backyards with presses, and a roof on First Street that changes color by the week.",
      "Salas con telares, patios con prensas y una azotea en la calle Primera que cambia de color cada semana.")),
    ("Downtown", "workshop-street", ("A workshop with a sawtooth roof", "Un taller con techo de sierra"),
     ("Wall Street, Maple, San Julian: ten blocks where a zipper, a button and the person who sews it in are never more than a walk apart.",
      "Wall Street, Maple, San Julian: diez cuadras donde un cierre, un botón y quien lo cose nunca quedan a más de una caminata.")),
    ("Leimert Park", "river-bridge", ("A bridge in the evening light", "Un puente en la luz de la tarde"),
     ("Degnan Boulevard smells of incense and indigo. The vat has been awake since 2011; the drums start on Sundays at noon.",
      "El bulevar Degnan huele a incienso e índigo. La tina está despierta desde 2011; los tambores empiezan los domingos a mediodía.")),
)  # fmt: skip


def _neighborhoods(scenes: dict) -> None:
    for name, scene, alt, intro in NEIGHBORHOODS:
        slug = name.lower().replace(" ", "-")
        _publish(
            NeighborhoodIndexPage, NeighborhoodPage, slug, scenes[scene], alt, title=(name, name), intro=intro,
            neighborhood=name,
        )  # fmt: skip


def _events(scenes: dict) -> None:
    _publish(
        EventIndexPage, EventPage, "open-vat-saturday", scenes["dye-vats"],
        ("Vats of dye in a row", "Tinas de tinte en fila"),
        title=("Open vat Saturday", "Sábado de tina abierta"),
        summary=("Bring something white and cotton. Amara dips it once with you, and tells you what the other eight would do.",
                 "Trae algo blanco de algodón. Amara le da un baño contigo y te cuenta qué harían los otros ocho."),
        place=("Leimert Indigo", "Leimert Indigo"), address="4333 Degnan Blvd, Los Angeles, CA 90008",
        makers=["Leimert Indigo"], **_hours(_saturday(2), 11, 15),
        body=[("text", (
            "<p>The workshop is open from eleven to three. Children are welcome and leave blue. There is parking behind the theater, and the 210 bus stops at Crenshaw and 43rd.</p>",
            "<p>El taller está abierto de once a tres. Los niños son bienvenidos y salen azules. Hay estacionamiento detrás del teatro, y el autobús 210 para en Crenshaw y la 43.</p>",
        ))],
    )  # fmt: skip
    _publish(
        EventIndexPage, EventPage, "wall-street-open-doors", scenes["workshop-street"],
        ("A workshop with a sawtooth roof and a jacaranda in bloom", "Un taller con techo de sierra y una jacaranda en flor"),
        title=("Open doors on Wall Street", "Puertas abiertas en Wall Street"),
        summary=("Three workshops in the Fashion District show what they do between Monday's drawing and Thursday's sample.",
                 "Tres talleres del distrito de la moda enseñan lo que hacen entre el dibujo del lunes y la muestra del jueves."),
        place=("Ana Quiroz Outerwear and neighbors", "Ana Quiroz Outerwear y vecinos"),
        address="734 S Wall St, Los Angeles, CA 90014", makers=["Ana Quiroz Outerwear", "Sawtooth Denim", "Alameda Cut & Sew"],
        **_hours(_saturday(4), 17, 21),
        body=[("text", (
            "<p>Begin wherever you like; each door hands you a slip with the next one. At eight, everybody meets at number 734 for coffee and a short talk about what a certificate asks of a workshop.</p>",
            "<p>Empieza donde quieras; en cada puerta te dan un papel con la siguiente. A las ocho nos vemos todos en el 734 para un café y una plática corta sobre lo que un certificado le pide a un taller.</p>",
        ))],
    )  # fmt: skip


def _saturday(weeks: int) -> datetime:
    """The first moment of the Saturday that is so many weeks ahead."""
    today = clock.today()
    return clock.start_of(today + timedelta(days=(5 - today.weekday()) % 7 + 7 * (weeks - 1)))


def _hours(day: datetime, first: int, last: int) -> dict:
    """By the clock on the wall, so that daylight saving moves nothing."""
    date = clock.day_of(day)
    starts, ends = (datetime.combine(date, time(hour), tzinfo=clock.LOS_ANGELES) for hour in (first, last))
    return {"starts_at": starts, "ends_at": ends}


def _years() -> None:
    for page in MakerPage.objects.filter(maker__name__in=YEARS).select_related("maker", "locale"):
        spanish = page.locale.language_code == "es"
        page.timeline = [
            ("moment", {"year": year, "text": es if spanish else en}) for year, en, es in YEARS[page.maker.name]
        ]
        page.save_revision().publish()


def _publish(index, model, slug: str, picture, alt: Words, *, makers: list[str] | None = None, **fields) -> None:
    """A page in both languages; a pair of texts is (English, Spanish), everything else is the same in both."""
    pages = {}
    for number, code in enumerate(LANGUAGES):
        own = {name: _in_language(value, number) for name, value in fields.items()}
        page = model(slug=slug, picture=picture, picture_alt=alt[number], **own)
        if makers:
            page.makers = list(Maker.objects.filter(name__in=makers).order_by("name"))
        pages[code] = page
    publish_pages(below=index, pages=pages)


def _in_language(value, number: int):
    """The part in one language of a pair of texts, also inside a body's blocks."""
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(text, str) for text in value):
        return value[number]
    if isinstance(value, dict):
        return {name: _in_language(part, number) for name, part in value.items()}
    if isinstance(value, list):
        return [(name, _in_language(part, number)) for name, part in value]
    return value
