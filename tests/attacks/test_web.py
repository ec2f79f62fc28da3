"""Attacks 36 to 39, 41 and 43 over all addresses that the URL configuration knows."""

import logging
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from catalog.order.models import Order
from catalog.search.listing import refresh_listing
from makers.stories.services import publish_maker_page
from marketplace.aftersale.models import Message, Review
from marketplace.core import clock, outbox
from marketplace.users.services import create_user
from tests import access, factories
from tests.checkout.steps import ADDRESS
from tests.fulfilment.shop import bought

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
TEMPLATE = "{{ 7|add:7 }}{% debug %}"
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# What a page may write although nothing was asked of it: the session, the bag, how far the sums of the books were
# gathered, and Stripe's number of a payment that the order asked for already.
OWN_BOOKKEEPING = re.compile(
    r'"(django_session|basket_basket|books_mark|books_day\w*|payments_attempt|payments_customer)"'
)
# The webhook is signed instead of guarded by a token. A view is a beacon without one: it adds one to a number, and only
# where the browser says that the page is ours (tests/studio/test_insights.py).
# The letters of a search carry an address of their own, which a mail program calls for its reader (RFC 8058).
MACHINES = {"stripe_webhook", "views", "saved_searches:stop"}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def world(standin):
    return access.make_world()


# 36 and 41: what people write is shown as they wrote it


@pytest.fixture
def written(standin):
    """An order of a piece whose every word is hostile: pages that show it, and the letters about it."""
    words = f"{SCRIPT}{TEMPLATE}"
    maker = factories.maker(name=f"Ana {words}"[:120], about=words, about_es=words)
    product = factories.certified_product(
        maker, title=f"Coat {words}"[:200], description=words, makers_note=words, fibre_content=words[:200],
        care=words[:200],
    )  # fmt: skip
    refresh_listing(product.pk)
    publish_maker_page(maker)
    order = bought(standin, product).order
    Order.objects.filter(pk=order.pk).update(is_gift=True, gift_note=words)
    order.shipping_address.last_name = words
    order.shipping_address.save()
    part = order.maker_orders.get()
    Message.objects.create(part=part, side="shopper", text=words, at=clock.now())
    Review.objects.create(
        line=order.lines.get(), product=product, name=words[:80], stars=5, text=words, answer=words,
        written_at=clock.now(),
    )  # fmt: skip
    return order


def test_attack_36_and_41_words_of_people_are_shown_and_never_run(client, written):
    part = written.maker_orders.get()
    product = written.lines.get().product.parent
    owner = access.signed_in(factories.owner_of(product.maker))
    pages = {
        client: [
            "/", "/shop/", "/shop/?q=coat", product.get_absolute_url(), f"/es{product.get_absolute_url()}",
            f"/makers/{product.maker.slug}/", "/makers/", "/register/",
            reverse("catalogue:suggest") + "?q=coat", "/feeds/stories.en.xml",
            reverse("register:verify", args=[product.certificates.get().number]),
        ],
        owner: [
            "/studio/", "/studio/products/", f"/studio/products/{product.pk}/", "/studio/orders/", "/studio/reviews/",
            f"/studio/orders/{part.pk}/", f"/studio/orders/{part.pk}/messages/",
        ],
    }  # fmt: skip
    shown = 0
    for who, paths in pages.items():
        for path in paths:
            page = who.get(path).content.decode()
            assert SCRIPT not in page, path
            assert "14" + TEMPLATE[12:] not in page, path
            shown += "&lt;script&gt;" in page
    assert shown > 12


def test_attack_36_and_41_letters_show_words_and_have_one_recipient(written):
    outbox.deliver()

    assert len(mail.outbox) >= 2
    for letter in mail.outbox:
        page = next(body for body, kind in letter.alternatives if kind == "text/html")
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page or "script" not in page
        assert len(letter.recipients()) == 1
        assert "\n" not in letter.subject


# 37: nobody is led away


ELSEWHERE = [
    "//evil.example/", "/\\evil.example/", "https://evil.example/", "javascript:alert(1)", "\t//evil.example",
    "https:evil.example", "///evil.example", "http://testserver@evil.example/", "%2F%2Fevil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_attack_37_nothing_redirects_to_another_site(client, target):
    piece = factories.certified_product()
    shopper = create_user(email="sam@example.org", password="a long enough word")
    answers = [
        client.post("/account/login/", {"login": shopper.email, "password": "a long enough word", "next": target}),
        client.get("/cms/login/", {"next": target}),
        client.post(f"/account/favorites/{piece.pk}/", {"liked": "1", "back": target}),
        client.post("/basket/tidy/", {"next": target}),
        client.post("/account/logout/", {"next": target}),
    ]
    for answer in answers:
        assert answer.status_code in (302, 404), answer
        place = urlsplit(urljoin("http://testserver/from/", answer.get("Location", "/").replace("\\", "/")))
        assert (place.scheme, place.netloc) == ("http", "testserver"), answer["Location"]


# 38: the site's name comes from its settings


@pytest.mark.parametrize(
    "forged",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_X_FORWARDED_SERVER": "evil.example"},
        {"HTTP_X_ORIGINAL_URL": "/admin/", "HTTP_X_REWRITE_URL": "/admin/"},
    ],
)
def test_attack_38_forged_headers_name_no_other_site(client, forged):
    user = create_user(email="sam@example.org", password="a long enough word")
    for path in ("/", "/shop/", "/account/login/", "/sitemap.xml"):
        assert "evil.example" not in client.get(path, **forged).content.decode()

    client.post("/account/password/reset/", {"email": user.email}, **forged)
    outbox.deliver()
    assert mail.outbox
    assert "evil.example" not in mail.outbox[-1].body


def test_attack_38_a_forged_host_gets_no_page(client):
    for path in ("/", "/shop/", "/account/password/reset/"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400


def test_attack_38_another_address_of_the_network_in_a_header_does_not_end_a_limit(client):
    """Without a trusted proxy nobody chooses the address by which tries are counted."""
    question = {"email": "sam@example.org", "text": "Where is it?", "name": "", "order": ""}
    answers = [
        client.post("/help/contact/", question, headers={"x-forwarded-for": f"10.0.0.{turn}"}).status_code
        for turn in range(6)
    ]
    assert answers[-1] == 422


# 39: nothing is done by a visit, or by another site's form


@pytest.mark.parametrize("role", ["shopper", "owner", "evaluator", "bookkeeper"])
def test_attack_39_a_visit_changes_nothing(world, role):
    written = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not OWN_BOOKKEEPING.search(sql):
            written.append((address, sql[:120]))
        return execute(sql, params, many, context)

    client = world.clients[role]
    for address in access.addresses(world).values():
        with connection.execute_wrapper(watch):
            client.get(address)
    assert written == []


@pytest.mark.parametrize("role", ["visitor", "shopper", "owner", "decider"])
def test_attack_39_a_form_of_another_site_is_refused_everywhere(world, role):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = world.clients[role].cookies
    taken = {}
    for name, address in access.addresses(world).items():
        if name in MACHINES:
            continue
        answer = client.post(address, {"x": "1"}, headers={"origin": "https://evil.example"})
        if answer.status_code not in (403, 404, 405):
            taken[name] = answer.status_code
    assert taken == {}


# 41: questions are questions


QUESTIONS = [
    "' OR 1=1 --", '"; DROP TABLE catalogue_product; --', "coat' UNION SELECT email FROM users_user --", "*", '"',
    "NEAR(", "a AND", "-coat", "coat:*", "\\", "%", "_", "&", "|", "!", "<->", "(", "\u0000", "\ufffe", "💥",
    "x" * 5000, TEMPLATE,
]  # fmt: skip


@pytest.mark.parametrize("asked", QUESTIONS)
def test_attack_41_any_words_may_be_searched_for(world, asked):
    places = {
        "visitor": ["/shop/", reverse("catalogue:suggest"), "/register/", "/training/", "/makers/"],
        "evaluator": ["/review/"], "bookkeeper": ["/staff/books/entries/"], "owner": ["/studio/products/"],
    }  # fmt: skip
    for role, paths in places.items():
        for path in paths:
            answer = world.clients[role].get(path, {"q": asked})
            assert answer.status_code in (200, 301, 302, 422), (path, answer.status_code)
            assert role != "visitor" or "shopper@example.org" not in answer.content.decode()


# 43: what is nobody's business is in no log


def test_attack_43_logs_hold_no_secrets(client, standin, settings, caplog):
    with caplog.at_level(logging.DEBUG):
        create_user(email="secret-sam@example.org", password="a secret long word")
        client.post("/account/login/", {"login": "secret-sam@example.org", "password": "a wrong secret word"})
        client.post("/account/login/", {"login": "secret-sam@example.org", "password": "a secret long word"})
        attempt = bought(standin, factories.certified_product())
        client.post(
            "/stripe/webhook/", b"{}", content_type="application/json", headers={"stripe-signature": "t=1,v1=x"}
        )
        client.post("/checkout/", ADDRESS | {"zip_code": "99"})
        client.get("/no/such/page/?key=secret-key")
        outbox.deliver()

    attempt.refresh_from_db()
    log = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith(("django.db", "faker"))
    )
    assert log
    secrets = {
        "a secret long word", "a wrong secret word", attempt.client_secret, settings.STRIPE_SECRET_KEY,
        settings.STRIPE_WEBHOOK_SECRET, settings.SECRET_KEY, client.session.session_key, ADDRESS["line1"],
        "secret-sam@example.org", attempt.snapshot["shopper"]["email"],
    }  # fmt: skip
    assert {secret for secret in secrets if secret and secret in log} == set()
