"""Who gets what from every address: the requests that tests/test_access.py makes, from the URL configuration.

`python -m pytest tests/test_access.py --write-access` writes the table anew; read the difference before keeping it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from catalog.catalogue.models import Category
from catalog.catalogue.pictures import add_picture
from catalog.checkout.address_book import keep_address
from catalog.order import workflow
from catalog.search.models import SavedSearch
from catalog.search.params import Params
from catalog.search.saved import save_search, stop_token
from makers.stories.models import EventIndexPage, EventPage
from makers.stories.services import publish_pages
from makers.studio.business import offer_hand_over
from marketplace.aftersale import returns
from marketplace.aftersale.access import as_shopper, gift_key_of, key_of
from marketplace.aftersale.models import Review
from marketplace.core import clock
from marketplace.core.models import OutboxMessage
from marketplace.duties.models import SalesMonth
from marketplace.duties.reports import report_listing
from marketplace.fulfilment import dispatch
from marketplace.fulfilment.lateness import say_late
from marketplace.imports.models import Import
from marketplace.payments import ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import Dispute, DisputeOutcome, MoneyStatus, Refund, Transfer, Voucher
from marketplace.wishes.models import StockAlert
from tests import factories
from tests.factories import aftercare, books, duties, shopdesk, training
from tests.fulfilment.shop import basket_with, place

TABLE = Path(__file__).with_name("access.csv")
METHODS = ("GET", "POST")
ROLES = (
    "visitor", "shopper", "owner", "other maker", "evaluator", "decider", "coordinator", "bookkeeper",
    "officer", "shop staff", "staff without code",
)  # fmt: skip
STAFF_TOOLS = ("/cms/", "/admin/", "/documents/")
# Addresses of libraries that need a signed key or answer for a file; tested where they are used.
LEFT_OUT = {"account_confirm_email", "account_reset_password_from_key", "wagtail_serve"}
LIBRARIES = ("wagtailcore_",)


@dataclass(frozen=True)
class World:
    """One of everything that an address can name, all belonging to `owner`."""

    args: dict[str, dict]
    clients: dict[str, Client]


def named_patterns(resolver=None, namespaces: tuple[str, ...] = (), prefix: str = "/") -> Iterator[tuple[str, str]]:
    """(full name, path as it is written) of every address below the root."""
    for item in (resolver or get_resolver()).url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = (*namespaces, item.namespace) if item.namespace else namespaces
            yield from named_patterns(item, inner, path)
        elif isinstance(item, URLPattern) and item.name:
            yield ":".join((*namespaces, item.name)), path


def addresses(world: World) -> dict[str, str]:
    """Name -> a real address with the arguments of the world; the staff tools of libraries are left out."""
    found = {}
    for name in sorted({name for name, path in named_patterns() if not path.startswith(STAFF_TOOLS)}):
        if name in LEFT_OUT or name.startswith(LIBRARIES):
            continue
        try:
            found[name] = reverse(name, kwargs=world.args.get(name) or {})
        except NoReverseMatch as error:
            raise AssertionError(f"tests/access.py: say what {name} is called with") from error
    return found


def signed_in(user, *, second_factor: bool = False) -> Client:
    client = Client(raise_request_exception=False)
    if second_factor:
        factories.show_second_factor(client, user)
    else:
        client.force_login(user)
    return client


def make_world() -> World:
    """A certified piece, an application under way, a draft, and an order of the shopper's that waits for payment."""
    shopper = factories.person("shopper@example.org")
    piece = factories.certified_product(stock=9)
    maker = piece.maker
    case = factories.evaluated(factories.product(maker))
    draft = factories.application(factories.product(maker))
    item = case.evidence.first()
    certificate = piece.certificates.get()
    clients = {
        "visitor": Client(raise_request_exception=False),
        "shopper": signed_in(shopper),
        "owner": signed_in(factories.owner_of(maker)),
        "other maker": signed_in(factories.owner_of(factories.maker())),
        "evaluator": signed_in(factories.evaluator(), second_factor=True),
        "decider": signed_in(factories.decider(), second_factor=True),
        "coordinator": signed_in(training.coordinator(), second_factor=True),
        "bookkeeper": signed_in(books.bookkeeper(), second_factor=True),
        "officer": signed_in(duties.officer(), second_factor=True),
        "shop staff": signed_in(shopdesk.shop_staff(), second_factor=True),
        "staff without code": signed_in(factories.staff("Evaluators", "Decision makers")),
    }
    pk = {"pk": draft.pk}
    shown = add_picture(user=factories.owner_of(maker), product=piece, upload=factories.photo(), alt="The front")
    placed = place(basket_with(piece, owner=shopper), user=shopper)
    attempt = {"attempt": placed.pk}
    args = {
        "catalogue:detail": {"product_slug": piece.slug, "pk": piece.pk},
        "catalogue:alert": {"product_slug": piece.slug, "pk": piece.pk}, "favorite": {"pk": piece.pk},
        "feeds:stories": {"language": "en"},
        "catalogue:category": {"category_slug": factories.category().slug, "pk": factories.category().pk},
        "basket:add": {"pk": factories.variant_of(piece).pk},
        "basket:change": {"pk": 1},
        "saved_searches:forget": {"pk": _saved_search(shopper).pk},
        "saved_searches:stop": {"token": stop_token(_saved_search(shopper, "L"))},
        "account:address": {"pk": _address(shopper)}, "account:address_change": {"pk": _address(shopper, "Oak St")},
        "stock_alert_forget": {"pk": _stock_alert(shopper, piece)},
        "checkout:payment": attempt, "checkout:back": attempt, "checkout:return": attempt, "checkout:done": attempt,
        "studio:product": {"pk": piece.pk}, "studio:picture_add": {"pk": piece.pk},
        "studio:picture_remove": {"pk": piece.pk, "picture": 1}, "studio:picture_order": {"pk": piece.pk},
        "studio:preview": {"pk": piece.pk}, "studio:reopen": {"pk": 1},
        "studio:stock_count": {"pk": factories.variant_of(piece).pk},
        "studio:picture_words": {"pk": piece.pk, "picture": shown.pk},
        "studio:picture_focus": {"pk": piece.pk, "picture": shown.pk},
        "studio:application_start": {"pk": piece.pk}, "studio:steps": {"pk": piece.pk},
        "studio:size_guide": {"pk": piece.pk},
        "studio:steps_forget": {"pk": piece.pk}, "studio:line": pk,
        "studio:workplace_for": {"pk": piece.pk}, "studio:assisted_describe": {"pk": maker.pk},
        "studio:draft_forget": {"name": "workplace:new"},
        "studio:shipping_profile": {"pk": maker.shipping_profiles.get().pk},
        "studio:shipping_default": {"pk": maker.shipping_profiles.get().pk},
        "studio:shipping_retire": {"pk": maker.shipping_profiles.get().pk},
        "studio:voucher_end": {"pk": maker.vouchers.create(code="OWNS", basis_points=500, starts_at=clock.now()).pk},
        "studio:workplace": {"pk": maker.workplaces.first().pk},
        "studio:application": pk, "studio:claims": pk, "studio:evidence_add": pk, "studio:submit": pk,
        "studio:withdraw": pk,
        "studio:member_remove": {"pk": maker.memberships.first().pk},
        "credentials:json": {"number": certificate.number}, "credentials:jwt": {"number": certificate.number},
        "credentials:status": {"number": 1}, "badge": {"number": certificate.number},
        "studio:certificate": {"number": certificate.number},
        "studio:certificate_prints": {"number": certificate.number, "what": "hangtags"},
        "evidence_file": {"key": item.key},
        "review:certificate": {"number": certificate.number}, "review:tell_buyers": {"number": certificate.number},
        "review:judge": {"pk": case.pk, "key": item.key},
        "review:workplace": {"pk": case.pk, "workplace": maker.workplaces.first().pk},
        "register:verify": {"number": certificate.number},
        "api:certificate": {"number": certificate.number}, "api:maker": {"slug": maker.slug},
        "terms:shoppers_version": {"number": 1}, "terms:makers_version": {"number": 1},
        "stories:event_calendar": {"slug": _event().slug},
        "api:product": {"pk": piece.pk}, "api:nothing": {"rest": "x"}, "tax:end": {"pk": 1},
    }  # fmt: skip
    check = {"key": factories.self_check().key}
    for name in ("check", "check_answer", "check_continue"):
        args[f"apply:{name}"] = check
    args["apply:check_part"] = check | {"part": "what"}
    offer = {"pk": offer_hand_over(user=factories.owner_of(maker), maker=maker, email=shopper.email, legal_name="X").pk}
    args |= {"studio:hand_over_answer": offer, "studio:hand_over_end": offer}
    passkey = {"pk": factories.passkey(factories.person()).pk}
    args |= {"mfa_edit_webauthn": passkey, "mfa_remove_webauthn": passkey}
    batch = {"pk": _brought(maker).pk}
    args |= {f"imports:{name}": batch for name in ("report", "apply", "retry")}
    args |= _training(maker) | _aftercare(piece, case) | _books(placed) | _duties(piece)
    empty = {"pk": Category.add_root(name="Umbrellas", name_es="Paraguas", slug="umbrellas").pk}
    args |= {f"shopdesk:{name}": empty for name in ("category", "category_move", "category_remove")}
    args |= _order(
        place(basket_with(piece, quantity=2, owner=shopper), user=shopper).order,
        place(basket_with(piece, quantity=2)).order,
    )
    for name in ("case", "start", "conflict", "ask", "recommend", "decide", "message", "assign", "case_visit", "seat"):
        args[f"review:{name}"] = {"pk": case.pk}
    return World(args, clients)


def _address(shopper, street: str = "Elm St") -> int:
    typed = {
        "name": "Sam", "line1": street, "line2": "", "city": "Los Angeles", "state": "CA", "zip_code": "90012",
        "phone": "",
    }  # fmt: skip
    return keep_address(user=shopper, cleaned=typed).pk


def _stock_alert(shopper, piece) -> int:
    EmailAddress.objects.get_or_create(user=shopper, email=shopper.email, defaults={"verified": True})
    return StockAlert.objects.create(
        email=shopper.email, language="en", variant=factories.variant_of(piece), asked_at=clock.now()
    ).pk


def _event() -> EventPage:
    now = clock.now()
    page = EventPage(
        title="Open vat", slug="open-vat", summary="Bring cotton.", place="The shop", address="4333 Degnan Blvd",
        starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=4),
    )  # fmt: skip
    return publish_pages(below=EventIndexPage, pages={"en": page})[0]


def _saved_search(shopper, size: str = "M") -> SavedSearch:
    return save_search(user=shopper, asked=Params(size=(size,)), language="en", tell=False)


def _order(order, guest) -> dict[str, dict]:
    """A paid order of the shopper's, and one of a guest."""
    part, guest_part = order.maker_orders.get(), guest.maker_orders.get()
    for row in (part, guest_part):
        workflow.perform(maker_order=row, action="pay")
        row.order.set_status("paid")
    whose = {
        "account": {"number": order.number, "part": part.pk},
        "guest": {"number": guest.number, "key": key_of(guest), "part": guest_part.pk},
    }
    args = {"studio:order": {"pk": part.pk}, "studio:order_refund": {"pk": part.pk}}
    for space, found in whose.items():
        args[f"{space}:order"] = {name: value for name, value in found.items() if name != "part"}
        args |= {
            f"{space}:{name}": found
            for name in ("order_cancel", "return_ask", "free_return", "order_messages", "report_message")
        }
    guest.is_gift = True
    guest.save(update_fields=["is_gift"])
    present = {"number": guest.number, "key": gift_key_of(guest)}
    args |= {"gift:order": present, "gift:return_ask": present | {"part": guest_part.pk}}
    return args | _after_the_sale(part, guest_part, whose)


def _after_the_sale(part, guest_part, whose) -> dict[str, dict]:
    """A return with a picture and a review of each of the two orders; the studio and the desk see the first."""
    args, month = {}, f"{clock.today():%Y-%m}"
    for space, row in (("account", part), ("guest", guest_part)):
        line = row.lines.get()
        (late,) = say_late(user=factories.owner_of(row.maker), part=row, new_day=None, reason="The loom broke.")
        parcel = dispatch.ship(
            user=factories.owner_of(row.maker), maker_order=row, carrier="USPS", tracking_number="9400 1000 0000",
            pieces={line.pk: 1},
        )  # fmt: skip
        item = returns.ask_return(
            access=as_shopper(row.order), part=row, pieces={line.pk: (1, "faulty")}, text="", photos=[factories.photo()]
        )
        review = Review.objects.create(
            line=line, product=line.product.parent, name="Sam S.", stars=4, written_at=clock.now()
        )
        named = {name: value for name, value in whose[space].items() if name != "part"}
        picture = item.photos.get().key
        args[f"{space}:delay"] = named | {"notice": late.pk}
        args |= {
            f"{space}:order_return": named | {"item": item.pk}, f"{space}:review": named | {"line": line.pk},
            f"{space}:return_photo": named | {"item": item.pk, "photo": picture},
        }  # fmt: skip
        if space == "account":
            args |= {
                "studio:return": {"pk": item.pk}, "studio:return_photo": {"pk": item.pk, "photo": picture},
                "returns:item": {"pk": item.pk}, "returns:photo": {"pk": item.pk, "photo": picture},
                "returns:review": {"pk": review.pk}, "reviews:report": {"pk": review.pk},
                "studio:review": {"pk": review.pk}, "studio:order_messages": {"pk": row.pk},
                "studio:report_message": {"pk": row.pk}, "studio:late": {"pk": row.pk},
                "studio:payout": {"pk": _payout(row).pk}, "studio:statement": {"month": month},
                "studio:statement_csv": {"month": month}, "studio:statement_pdf": {"month": month},
                "studio:labels": {"pk": row.pk}, "studio:slips": {"pk": row.pk}, "studio:tracking": {"pk": parcel.pk},
            }  # fmt: skip
    return args


def _brought(maker) -> Import:
    """A file that a maker brought, as a dry run."""
    return Import.objects.create(maker=maker, format="shopify", name="products.csv", uploaded_at=clock.now())


def _payout(part) -> Transfer:
    return Transfer.objects.create(maker_order=part, amount_cents=part.share_cents, status=MoneyStatus.DONE)


def _aftercare(piece, case) -> dict[str, dict]:
    """A reported badge, an appeal against a refusal, a planned visit, a drawn certificate, a draft of the criteria."""
    certificate = piece.certificates.get()
    complaint, appeal = aftercare.complaint(certificate), aftercare.appeal()
    check, draft = aftercare.drawn(), aftercare.criteria_draft()
    year = {"year": check.draw.year}
    visit = {"pk": aftercare.visit(case).pk}
    version = {"number": draft.number}
    return {
        "register:surveillance": year, "register_population_csv": year, "register:criteria": {"number": 1},
        "register:report_badge": {"number": certificate.number}, "register:report": {"key": complaint.key},
        "review:complaint": {"pk": complaint.pk}, "review:appeal": {"pk": appeal.pk},
        "review:check": {"pk": check.pk}, "review:visit": visit, "review:visit_photo": visit,
        "review:visit_cancel": visit, "review:criteria_version": version, "review:criteria_edit": version,
        "review:criteria_publish": version, "decision_letter": {"pk": certificate.application_id},
        "evidence_page": {"key": case.evidence.first().key, "number": 1},
        "studio:message": {"pk": certificate.application_id}, "studio:appeal": {"pk": certificate.application_id},
        "studio:give_back": {"pk": certificate.application_id},
        "studio:appeal_drop": {"pk": appeal.application_id, "appeal": appeal.pk},
    }  # fmt: skip


def _books(attempt) -> dict[str, dict]:
    """An entry, a failed refund, stuck work, a lost dispute and a voucher of the marketplace."""
    part = attempt.order.maker_orders.get()
    entry = ledger.post(
        source="access", description="Order paid",
        postings=[Posting(ledger.STRIPE, 100), Posting(ledger.MAKERS, -100, part)],
    )  # fmt: skip
    refund = Refund.objects.create(maker_order=part, amount_cents=100, status=MoneyStatus.FAILED, reason="The zipper.")
    dispute = Dispute.objects.create(
        attempt=attempt, dispute_id="dp_1", status="lost", outcome=DisputeOutcome.LOST, reason="fraudulent",
        amount_cents=100, opened_at=clock.now(),
    )  # fmt: skip
    stuck = OutboxMessage.objects.create(
        topic="orders.tell_shopper", key="stuck", available_at=clock.now(), attempts=9, last_error="OSError: no"
    )
    voucher = Voucher.objects.create(code="ACCESS-10", basis_points=1000, starts_at=clock.now())
    return {
        "books:entry": {"pk": entry.pk}, "books:order": {"number": attempt.order.number},
        "books:payment": {"pk": attempt.pk}, "books:retry_refund": {"pk": refund.pk},
        "books:retry_work": {"pk": stuck.pk}, "books:dispute": {"pk": dispute.pk},
        "books:charge": {"pk": dispute.pk, "part": part.pk}, "books:maker_fee": {"pk": part.maker_id},
        "books:voucher_end": {"pk": voucher.pk}, "shopdesk:order": {"number": attempt.order.number},
    }  # fmt: skip


def _duties(piece) -> dict[str, dict]:
    """A maker that is asked who it is, a reported listing, a year with sales."""
    check = duties.asked(piece.maker)
    SalesMonth.objects.create(maker=piece.maker, month=clock.today().replace(day=1), sales=300, cents=2_500_000)
    report = report_listing(product=piece, kind="other", text="Look at this.")
    return {
        "catalogue:report": {"product_slug": piece.slug, "pk": piece.pk}, "duties:item": {"pk": check.pk},
        "duties:report": {"pk": report.pk}, "duties_studio:year": {"year": clock.today().year},
    }  # fmt: skip


def _training(maker) -> dict[str, dict]:
    """A published place with people who applied, and a placement that waits for its confirmation."""
    place = training.published(maker)
    applicant, taken_on, placement = training.applicant(place), training.taken_on(place), training.recorded()
    token = {"token": applicant.token}
    args = {
        "training:status": token, "training:withdraw": token, "training_studio:applicant": {"pk": applicant.pk},
        "training_desk:record_applicant": {"pk": taken_on.pk},
    }  # fmt: skip
    for name in ("training:place", "training:apply", "training:sent"):
        args[name] = {"pk": place.pk}
    for name in ("place", "edit", "publish", "close", "withdraw"):
        args[f"training_studio:{name}"] = {"pk": place.pk}
    for name in ("placement", "confirm", "correct"):
        args[f"training_desk:{name}"] = {"pk": placement.pk}
    return args


def ask_all(world: World) -> Iterator[tuple[str, str, list[str]]]:
    """(name, method, answers in the order of ROLES); nothing that a request writes stays."""
    for name, address in addresses(world).items():
        for method in METHODS:
            yield name, method, [_ask(world.clients[role], method, address) for role in ROLES]


def _ask(client: Client, method: str, address: str) -> str:
    cache.clear()  # what limits a role by how often its address was asked is not this table's
    before = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = before
    return _answer(response)


def _answer(response) -> str:
    """The status, and for a redirect where it leads to."""
    if response.status_code not in (301, 302):
        return str(response.status_code)
    path = response["Location"].split("?")[0].split("#")[0]
    parts = [part for part in path.split("/") if part and not (part.isupper() or any(map(str.isdigit, part)))]
    return f"{response.status_code} /{'/'.join(parts)}"
