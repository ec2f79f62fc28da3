"""The demo's training places in every state: offered by its makers, applied for, answered, placed and counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from makers.models import Maker
from makers.training.models import Applicant, Place, Placement
from makers.training.services import applicants, placements, places
from makers.training.services.applicants import Person
from makers.training.services.placements import Start
from makers.training.words import Kind, Partner
from marketplace.core import clock, outbox
from marketplace.users.models import User

from .people import COORDINATOR, DIRECTOR, person


@dataclass(frozen=True, slots=True)
class DemoPlace:
    maker: str
    kind: Kind
    title: str
    title_es: str
    text: str
    text_es: str
    steps: tuple[str, ...]
    languages: tuple[str, ...]
    wage: str = ""
    wage_to: str = ""
    places: int = 2
    weeks: int = 26
    hours: int = 30
    starts_in: int = 60
    needs: str = ""
    needs_es: str = ""


PLACES = (
    DemoPlace(
        "Ana Quiroz Outerwear", Kind.APPRENTICESHIP, "Apprentice cutter for coats", "Aprendiz de corte de abrigos",
        "You learn to read a marker, lay heavy cloth without tension and cut with a straight knife. From the second month on "
        "you cut small orders yourself, with someone beside you.",
        "Aprendes a leer el trazo, a tender la tela pesada sin tensión y a cortar con cuchilla recta. Desde el segundo "
        "mes cortas pedidos pequeños, con alguien a tu lado.",
        ("pattern", "cutting"), ("en", "es"), "19.25", "23.00", 2, 104, 40, 45,
        "You can stand for most of the day.", "Puedes estar de pie casi todo el día.",
    ),
    DemoPlace(
        "Koreatown Tailors", Kind.APPRENTICESHIP, "Apprentice tailor", "Aprendiz de sastrería",
        "Two years at the bench: hand stitches, pressing, trousers, then coats.",
        "Dos años en la mesa: puntadas a mano, planchado, pantalones y después abrigos.",
        ("sewing", "finishing", "pressing"), ("en", "ko"), "18.75", "24.50", 1, 104, 36, 70,
    ),
    DemoPlace(
        "Watts Sun Caps", Kind.PRE_APPRENTICESHIP, "First weeks at the machine", "Primeras semanas en la máquina",
        "Six weeks after school or work: straight seams, safety, and a cap of your own at the end.",
        "Seis semanas después de la escuela o del trabajo: costuras rectas, seguridad y una gorra tuya al final.",
        ("cutting", "sewing"), ("en", "es"), "", "", 6, 6, 12, 30,
    ),
    DemoPlace(
        "Wilmington Harbor Goods", Kind.TRAINING, "From the port to the sewing floor", "Del puerto al taller de costura",
        "For people who worked on the docks or in warehouses: eight paid weeks of industrial sewing.",
        "Para quienes trabajaron en los muelles o en bodegas: ocho semanas pagadas de costura industrial.",
        ("sewing", "finishing"), ("es", "en"), "18.00", "", 4, 8, 30, 40,
    ),
    DemoPlace(
        "Sylmar Wool", Kind.TRAINING, "Seamless knitting, evenings", "Tejido sin costuras, por las tardes",
        "Ten evenings at a seamless knitting machine. Unpaid, and the yarn is ours.",
        "Diez tardes en una máquina de tejido sin costuras. Sin pago, y el hilo lo ponemos nosotros.",
        ("knitting",), ("en",), "", "", 5, 10, 6, 50,
    ),
    DemoPlace(
        "Frogtown Bags", Kind.PRE_APPRENTICESHIP, "Bags from sailcloth, a first look", "Bolsas de lona, un primer vistazo",
        "Four weeks between cutting table and walking-foot machine, with lunch.",
        "Cuatro semanas entre la mesa de corte y la máquina de triple arrastre, con comida.",
        ("cutting", "sewing", "assembling"), ("en", "es", "tl"), "17.87", "", 3, 4, 25, 35,
    ),
)  # fmt: skip
CLOSED = DemoPlace(
    "Cypress Silver", Kind.APPRENTICESHIP, "Apprentice silversmith", "Aprendiz de platería",
    "A year of casting, setting and polishing.", "Un año de fundir, engastar y pulir.",
    ("casting", "assembling", "finishing"), ("es", "en"), "18.50", "21.00", 1, 52, 32, 40,
)  # fmt: skip
DRAFT = DemoPlace(
    "North Hollywood Stage", Kind.TRAINING, "Costume cutting for the stage", "Corte de vestuario para escena",
    "Not ready to be shown yet.", "", ("pattern", "cutting"), ("en",), "20.00", "", 2, 12, 20, 90,
)  # fmt: skip
WITHDRAWN = DemoPlace(
    "North Hollywood Stage", Kind.PRE_APPRENTICESHIP, "Backstage sewing", "Costura tras bambalinas",
    "Quick repairs between two scenes.", "Arreglos rápidos entre dos escenas.",
    ("sewing",), ("en",), "", "", 2, 5, 10, 40,
)  # fmt: skip
# (name, e-mail, where they live, languages, language of the page, what happens)
PEOPLE = (
    ("Dani Ocampo", "dani@laoriginal.example", "Boyle Heights", ("es", "en"), "es", "received"),
    ("Mo Bahrami", "mo@laoriginal.example", "90024", ("fa", "en"), "en", "invited"),
    ("Tessa Boyd", "tessa@laoriginal.example", "Watts", ("en",), "en", "declined"),
    ("Luz Herrera", "luz@laoriginal.example", "90011", ("es",), "es", "taken_on"),
    ("Kay Nguyen", "kay@laoriginal.example", "Echo Park", ("en", "vi"), "en", "stepped_back"),
    ("Aram Petrosyan", "aram@laoriginal.example", "91205", ("hy", "en"), "en", "received"),
)
# How many placements of the past: (kind, completed, ended early, under way, partner)
PAST = (
    (Kind.TRAINING, 21, 3, 6, Partner.GOODWILL),
    (Kind.TRAINING, 9, 1, 2, Partner.CESMII),
    (Kind.PRE_APPRENTICESHIP, 8, 2, 3, Partner.CITY),
    (Kind.PRE_APPRENTICESHIP, 5, 0, 1, Partner.GOODWILL),
    (Kind.APPRENTICESHIP, 2, 1, 4, Partner.VITERBI),
    (Kind.APPRENTICESHIP, 0, 0, 3, Partner.NONE),
)
WAITING = 2


def create_training(makers: list[tuple[Maker, User]]) -> None:
    """Places, people who applied, and placements that move the counter."""
    owners = {maker.name: (maker, owner) for maker, owner in makers}
    offered = [_offer(*owners[plan.maker], plan, days_ago=12) for plan in PLACES]
    for number, details in enumerate(PEOPLE):
        _apply(offered[number % 3], details)
    _end(owners)
    _past([maker for maker, _owner in makers])
    outbox.deliver()


def _offer(maker: Maker, owner: User, plan: DemoPlace, *, days_ago: int, publish: bool = True) -> Place:
    with clock.at(clock.now() - timedelta(days=days_ago)):
        today = clock.today()
        place = Place(
            maker=maker, kind=plan.kind, title=plan.title, title_es=plan.title_es, description=plan.text,
            description_es=plan.text_es, requirements=plan.needs, requirements_es=plan.needs_es,
            steps=list(plan.steps), neighborhood=maker.neighborhood, places=plan.places, is_paid=bool(plan.wage),
            wage_from=Decimal(plan.wage) if plan.wage else None, wage_to=Decimal(plan.wage_to) if plan.wage_to else None,
            starts_on=today + timedelta(plan.starts_in), weeks=plan.weeks, hours_per_week=plan.hours,
            closes_on=today + timedelta(plan.starts_in - 10),
        )  # fmt: skip
        place = places.save_place(user=owner, place=place, languages=plan.languages)
        return places.publish_place(user=owner, place=place) if publish else place


def _apply(place: Place, details: tuple) -> Applicant:
    name, email, area, languages, language, state = details
    why = {
        "es": "Coso en casa desde niña y quiero hacerlo bien y ganarme la vida con ello.",
        "en": "I fix my own clothes and would like to learn it properly, from people who do it every day.",
    }[language]
    words = Person(name=name, email=email, area=area, languages=languages, why=why, language=language)
    with clock.at(clock.now() - timedelta(days=6)):
        applicant = applicants.apply_for(place=place, person=words)
    with clock.at(clock.now() - timedelta(days=3)):
        _bring_to(applicant, state)
    return applicant


def _bring_to(applicant: Applicant, state: str) -> None:
    owner = applicant.place.maker.memberships.get(role="owner").user
    if state == "invited":
        applicants.invite(user=owner, applicant=applicant, answer="Come by on Thursday at 9, ring at the side door.")
    elif state == "declined":
        applicants.decline(user=owner, applicant=applicant, answer="We need someone who is free on weekday mornings.")
    elif state == "taken_on":
        applicants.take_on(user=owner, applicant=applicant, answer="Bienvenida. Empezamos a las ocho.")
    elif state == "stepped_back":
        applicants.step_back(token=applicant.token)


def _end(owners: dict[str, tuple[Maker, User]]) -> None:
    """A place whose one apprentice has started, one that was withdrawn, one that is not ready."""
    maker, owner = owners[CLOSED.maker]
    place = _offer(maker, owner, CLOSED, days_ago=80)
    words = Person(
        name="Ivonne Castro", email="ivonne@laoriginal.example", area="Cypress Park", languages=("es", "en"),
        why="Mi abuelo era platero.", language="es",
    )  # fmt: skip
    with clock.at(clock.now() - timedelta(days=60)):
        applicant = applicants.apply_for(place=place, person=words)
        applicant = applicants.take_on(user=owner, applicant=applicant, answer="Te esperamos.")
        places.close_place(user=owner, place=place)
    start = Start(
        maker=maker, kind=place.kind, partner=Partner.CITY, started_on=clock.today() - timedelta(35), applicant=applicant
    )  # fmt: skip
    _confirmed(start, days_ago=30)
    _offer(*owners[DRAFT.maker], DRAFT, days_ago=2, publish=False)
    gone = _offer(*owners[WITHDRAWN.maker], WITHDRAWN, days_ago=20)
    places.withdraw_place(user=owners[WITHDRAWN.maker][1], place=gone, reason="The show has moved to another city.")


def _past(makers: list[Maker]) -> None:
    """Starts of the last three years, of people who came through the partners."""
    number = 0
    for kind, completed, ended, under_way, partner in PAST:
        for state in ["completed"] * completed + ["ended"] * ended + ["under_way"] * under_way:
            number += 1
            days = 60 + number * 3 if state == "under_way" else 200 + number * 11
            _one(makers[number % len(makers)], kind, partner, number, days, state)
    for extra in range(WAITING):
        start = _start(makers[extra], Kind.TRAINING, Partner.GOODWILL, 900 + extra, clock.today() - timedelta(9))
        placements.record_placement(user=person(COORDINATOR), start=start)


def _one(maker: Maker, kind: Kind, partner: Partner, number: int, days: int, state: str) -> None:
    first = clock.today() - timedelta(days)
    placement = _confirmed(_start(maker, kind, partner, number, first), days_ago=days - 4)
    last = first + timedelta(days=70 if state == "completed" else 25)
    coordinator = person(COORDINATOR)
    with clock.at(clock.end_of(last)):
        if state == "completed":
            placements.complete_placement(user=coordinator, placement=placement, day=last)
        elif state == "ended":
            placements.end_placement(user=coordinator, placement=placement, day=last, reason="Found a job nearer home.")


def _start(maker: Maker, kind: Kind, partner: Partner, number: int, day: date) -> Start:
    return Start(maker=maker, kind=kind, partner=partner, started_on=day, reference=f"LA4-{number:04d}")


def _confirmed(start: Start, *, days_ago: int) -> Placement:
    with clock.at(clock.now() - timedelta(days=days_ago)):
        placement = placements.record_placement(user=person(COORDINATOR), start=start)
        return placements.confirm_placement(user=person(DIRECTOR), placement=placement)
