"""Makers, products and certificates for tests, made through the services that people use."""

import io
import itertools
import time
from datetime import timedelta
from decimal import Decimal

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.catalogue.models import Category, Product
from catalog.catalogue.services import Variant, create_product
from certification.facts import facts_of, fingerprint
from certification.models import Application, Certificate, CertifiedProduct, ProductionStep
from certification.permissions import DECIDERS, EVALUATORS, ensure_groups
from certification.programme import criteria_in_force
from certification.services import applications, certificates, evidence, review
from makers.models import Maker, Workplace
from makers.services import save_workplace, sign_up_maker
from makers.shipping import set_pickup
from makers.studio import selfcheck
from marketplace.core import clock
from marketplace.terms.versions import Kind, in_force
from marketplace.users.models import User
from marketplace.users.services import create_staff, create_user, enrol_second_factor

PASSWORD = "a long enough password 7"
_count = itertools.count(1)


def person(email: str = "", name: str = "Robin Field") -> User:
    return create_user(email=email or f"person{next(_count)}@example.org", password=PASSWORD, name=name)


def staff(*groups: str, email: str = "") -> User:
    ensure_groups()
    email = email or f"staff{next(_count)}@example.org"
    return create_staff(email=email, password=PASSWORD, name="Staff Member", groups=groups)


def one_time_code(secret: str) -> str:
    """What an authenticator app shows now; where the code is about to change, the next one."""
    left = 30 - time.time() % 30
    if left < 5:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def evaluator() -> User:
    return User.objects.filter(email="evaluator@example.org").first() or staff(
        EVALUATORS, email="evaluator@example.org"
    )


def decider() -> User:
    return User.objects.filter(email="decider@example.org").first() or staff(DECIDERS, email="decider@example.org")


def director() -> User:
    """Somebody who may do everything."""
    user = staff()
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user


def show_second_factor(client, user: User) -> None:
    """Signed in as `user`, whose one-time code this session has shown."""
    enrol_second_factor(user=user)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def passkey(user: User) -> Authenticator:
    """A row that has a name; signing in with it takes a browser."""
    data = {"name": "My phone", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def accepted() -> dict[str, int]:
    """The version of the terms in force and the fee shown beside it, as someone who signs up accepts them."""
    return {"terms": in_force(Kind.MAKERS).number, "fee_points": 1000}


def maker(
    owner: User | None = None, name: str = "", offers_pickup: bool = False, profile: dict | None = None, **details
) -> Maker:
    """A maker with a default profile of $7.50 and three days; `profile` changes it, pickup is at a workplace."""
    number = next(_count)
    name = name or f"Maker {number}"
    details = {"neighborhood": "Downtown", "email": f"maker{number}@example.org"} | accepted() | details
    made = sign_up_maker(user=owner or person(), name=name, legal_name=f"{name} LLC", **details)
    if profile:
        made.shipping_profiles.update(**profile)
    if offers_pickup:
        set_pickup(user=owner_of(made), maker=made, workplace=workplace(made))
    return made


def owner_of(maker: Maker) -> User:
    return maker.memberships.get(role="owner").user


def workplace(maker: Maker, **changes) -> Workplace:
    """110 E 9th St, inside the City by its ZIP code until staff confirm it."""
    details = {
        "name": "Workshop", "line1": "110 E 9th St", "city": "Los Angeles", "zip_code": "90079", "works_alone": True,
    } | changes  # fmt: skip
    return save_workplace(user=owner_of(maker), workplace=Workplace(maker=maker, **details))


def category(name: str = "Women") -> Category:
    return Category.objects.filter(name=name).first() or Category.add_root(name=name)


def product(
    maker_: Maker | None = None, *, title: str = "", price: str = "48.00", stock: int = 5, **details
) -> Product:
    """A garment with one variant, size M in navy; `variants` replaces it."""
    maker_ = maker_ or maker()
    variants = details.pop("variants", None) or [
        Variant(price=Decimal(price), stock=stock, size="M", color="Navy", color_hex="#2b2f63")
    ]
    texts = {
        "title": title or f"Jacket {next(_count)}", "description": "A jacket.", "kind": "garment",
        "origin_statement": "usa", "fibre_content": "100% cotton", "care": "Wash cold.",
    }  # fmt: skip
    chosen = details.pop("category", None) or category()
    return create_product(user=owner_of(maker_), maker=maker_, category=chosen, variants=variants, **(texts | details))


def variant_of(product: Product) -> Product:
    return product.children.order_by("pk").first()


def steps(product: Product, place: Workplace | None = None) -> list[ProductionStep]:
    """All steps of a garment at one workplace, adding up to 100 %."""
    place = place or product.maker.workplaces.first() or workplace(product.maker)
    shares = {"concept": 5, "pattern": 5, "sample": 10, "cutting": 20, "sewing": 40, "finishing": 20}
    rows = [
        ProductionStep(kind=kind, workplace=place, cost_share=Decimal(share), started_on=clock.today() - timedelta(30))
        for kind, share in shares.items()
    ]
    return applications.save_steps(user=owner_of(product.maker), product=product, steps=rows)


def self_check():
    """A garment whose steps are all done at one address inside by its ZIP code."""
    check = selfcheck.begin()
    address = {"name": "Shop", "line1": "110 E 9th St", "city": "Los Angeles", "zip_code": "90079", "state": "CA"}
    place = {f"place-0-{name}": value for name, value in address.items()}
    place |= {"place-TOTAL_FORMS": "1", "place-INITIAL_FORMS": "0", "place-0-operated_by": "own"}
    shares = {"concept": 5, "pattern": 5, "sample": 10, "cutting": 20, "sewing": 40, "finishing": 20}
    steps = {f"where-{kind}": "0" for kind in shares} | {f"share-{kind}": str(part) for kind, part in shares.items()}
    selfcheck.keep(check, "what", {"title": "Denim jacket", "kind": "garment"})
    selfcheck.keep(check, "places", place | {"place-0-works_alone": "on"})
    selfcheck.keep(check, "steps", steps)
    return check


def photo(name: str = "photo.jpg", color: str = "") -> SimpleUploadedFile:
    """A small JPEG; a new color each time, so that no two files are the same."""
    buffer = io.BytesIO()
    number = next(_count)
    shade = color or f"#{(number * 7919) % 0xFFFFFF:06x}"
    Image.new("RGB", (16 + number % 16, 16 + number // 16 % 64), shade).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def application(product: Product, claims=("designed", "assembled", "manufactured")) -> Application:
    """A draft with steps, a file for each, and a business record of the workplace."""
    owner = owner_of(product.maker)
    made = list(product.production_steps.all()) or steps(product)
    draft = applications.start_application(user=owner, product=product, claims=claims)
    for step in made:
        evidence.add_evidence(user=owner, application=draft, kind="photo", upload=photo(), step=step)
    for place in {step.workplace for step in made if step.workplace}:
        evidence.add_evidence(
            user=owner, application=draft, kind="business_record", upload=photo("record.jpg"), workplace=place
        )
    return draft


def submitted(product: Product, **options) -> Application:
    return applications.submit(user=owner_of(product.maker), application=application(product, **options))


def evaluated(product: Product, **options) -> Application:
    """Everything accepted and recommended by the evaluator."""
    case = review.start_evaluation(user=evaluator(), application=submitted(product, **options))
    for item in case.evidence.all():
        evidence.judge_evidence(user=evaluator(), evidence=item, accept=True)
    for place in {step.workplace_id for step in product.production_steps.all() if step.workplace_id}:
        review.check_workplace(
            user=evaluator(), application=case, workplace_id=place, inside=True, record_accepted=True, reason="Seen."
        )
    return review.recommend(
        user=evaluator(), application=case, recommendation="grant", claims=case.claims, reason="All in order."
    )


def refused(product: Product, **options) -> Application:
    """Recommended, and refused all the same: a part of it stays unproven."""
    words = {"reason": "The photo shows an office.", "reasons": ["no_evidence"]}
    return review.refuse(user=decider(), application=evaluated(product, **options), **words)


def certify(product: Product, **options) -> Certificate:
    """The whole way to a certificate, by two people."""
    case = evaluated(product, **options)
    review.grant(user=decider(), application=case, claims=case.claims, reason="Granted.")
    return Certificate.objects.get(application=case)


def end_certificates(product: Product, status: str = "withdrawn") -> None:
    """As a sanction leaves them."""
    product.certificates.update(status=status, status_reasons=["misuse"], status_reason="Sold abroad.")


def certified_product(maker_: Maker | None = None, **details) -> Product:
    piece = product(maker_, **details)
    certify(piece)
    return piece


def certify_in_bulk(products: list[Product], claims=("assembled",)) -> None:
    """Certificates for many products at once, for tests that count queries; the rows are those a grant leaves."""
    facts = facts_of(piece.pk for piece in products)
    criteria, now, today = criteria_in_force(), clock.now(), clock.today()
    cases = Application.objects.bulk_create(
        Application(
            product=piece, maker=piece.maker, claims=list(claims), criteria=criteria, status="granted",
            facts=facts[piece.pk], fingerprint=fingerprint(facts[piece.pk]), created_by=owner_of(piece.maker),
            submitted_by=owner_of(piece.maker), evaluator=evaluator(), decider=decider(),
            granted_claims=list(claims), created_at=now, submitted_at=now, decided_at=now,
        )
        for piece in products
    )  # fmt: skip
    made = Certificate.objects.bulk_create(
        Certificate(
            number=certificates.next_number(today.year), product=case.product, maker=case.maker,
            product_description=case.facts["title"], maker_name=case.facts["maker"], claims=list(claims),
            criteria=criteria, application=case, public_steps=[], fingerprint=case.fingerprint, valid_from=today,
            valid_until=certificates.last_day(today), status_changed_at=now, issued_at=now,
        )
        for case in cases
    )  # fmt: skip
    CertifiedProduct.objects.bulk_create(
        CertifiedProduct(
            certificate=item, product=item.product, title=item.product_description, fingerprint=item.fingerprint
        )
        for item in made
    )
