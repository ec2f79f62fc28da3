"""Places, applicants and placements for tests, made through the services that people use."""

import itertools
from datetime import timedelta
from decimal import Decimal

from makers.models import Maker
from makers.training.models import Applicant, Place, PlaceLanguage, Placement
from makers.training.permissions import COORDINATORS, ensure_groups
from makers.training.services import applicants, placements, places
from makers.training.services.applicants import Person
from makers.training.services.placements import Start
from makers.training.words import Kind
from marketplace.core import clock
from marketplace.users.models import User
from marketplace.users.services import create_staff
from tests import factories

_count = itertools.count(1)


def coordinator(email: str = "") -> User:
    ensure_groups()
    email = email or f"coordinator{next(_count)}@example.org"
    return create_staff(email=email, password=factories.PASSWORD, name="Coordinator", groups=[COORDINATORS])


def details(**changes) -> dict:
    """The fields of a place as a maker gives them."""
    today = clock.today()
    return {
        "kind": Kind.APPRENTICESHIP, "steps": ["cutting", "sewing"], "title": f"Sewing {next(_count)}",
        "title_es": "Costura", "description": "Learn to sew.", "description_es": "Aprende a coser.",
        "neighborhood": "Downtown", "places": 2, "is_paid": True, "wage_from": Decimal("18.50"), "wage_to": None,
        "starts_on": today + timedelta(60), "weeks": 26, "hours_per_week": 30, "closes_on": today + timedelta(30),
    } | changes  # fmt: skip


def draft(maker: Maker | None = None, *, languages=("en", "es"), **changes) -> Place:
    maker = maker or factories.maker()
    place = Place(maker=maker, **details(**changes))
    return places.save_place(user=factories.owner_of(maker), place=place, languages=languages)


def published(maker: Maker | None = None, **changes) -> Place:
    place = draft(maker, **changes)
    return places.publish_place(user=factories.owner_of(place.maker), place=place)


def published_in_bulk(maker: Maker, number: int) -> list[Place]:
    """Many published places at once, for tests that count queries; the rows are those that publishing leaves."""
    now = clock.now()
    rows = Place.objects.bulk_create(
        Place(maker=maker, status="published", created_at=now, published_at=now, **details()) for _ in range(number)
    )
    PlaceLanguage.objects.bulk_create(PlaceLanguage(place=row, language=code) for row in rows for code in ("en", "es"))
    return rows


def person(**changes) -> Person:
    number = next(_count)
    values = {
        "name": f"Robin Field {number}", "email": f"robin{number}@example.org", "area": "90033",
        "languages": ("en",), "why": "I like to make things.", "phone": "213 555 0100",
    } | changes  # fmt: skip
    return Person(**values)


def applicant(place: Place | None = None, **changes) -> Applicant:
    return applicants.apply_for(place=place or published(), person=person(**changes))


def taken_on(place: Place | None = None) -> Applicant:
    row = applicant(place)
    return applicants.take_on(user=factories.owner_of(row.place.maker), applicant=row, answer="Welcome.")


def recorded(user: User | None = None, **changes) -> Placement:
    """A start of someone from outside, 100 days ago."""
    values = {
        "maker": changes.get("maker") or factories.maker(), "kind": Kind.TRAINING, "partner": "goodwill",
        "started_on": clock.today() - timedelta(100), "reference": f"GW-{next(_count)}",
    } | changes  # fmt: skip
    return placements.record_placement(user=user or coordinator(), start=Start(**values))


def confirmed(**changes) -> Placement:
    return placements.confirm_placement(user=coordinator(), placement=recorded(**changes))
