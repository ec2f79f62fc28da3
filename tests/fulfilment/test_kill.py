"""Real web, worker and clock processes are killed at and between the steps of paying, refunding and paying out.

Each kill catches a process at a named point: inside a transaction (it waits for a row that the test holds), before
a call to Stripe is done, or after it is done and before the answer came. Then everything is started again, and in
the end not a cent, a piece or an order may be missing or doubled. KILLS=200 kills so many (`make kills`).
"""

import os
import random
import threading
import time
from collections import Counter
from contextlib import contextmanager

import psycopg
import pytest
import stripe
from django.db import connection
from django.utils import timezone

from catalog.order.models import MakerOrder
from makers.models import Maker
from marketplace import fulfilment
from marketplace.core.models import OutboxMessage, PeriodicRun
from marketplace.fulfilment.reconciling import payouts_stopped
from marketplace.fulfilment.sweeping import QUIET
from marketplace.payments import gateway
from marketplace.payments.models import Attempt
from tests import factories
from tests.processes import Shop, database_url

from . import shop, truth

KILLS = int(os.environ.get("KILLS", "20"))
HELD = 60
pytestmark = [
    pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.timeout(0 if KILLS > 20 else 900),
]  # fmt: skip


class Town:
    """Makers, pieces and shoppers around one running shop."""

    def __init__(self, running: Shop):
        self.running = running
        self.stripe = stripe.StripeClient("sk_test_standin", base_addresses={"api": running.stripe})
        self.makers = [factories.maker(), factories.maker()]
        self.pieces = [factories.certified_product(maker, price="30.00", stock=1000) for maker in self.makers]
        self.records = [shop.stock_of(piece).pk for piece in self.pieces]
        for maker in self.makers:
            key = f"m{maker.pk}"
            made = gateway.create_account(email=maker.email, name=maker.name, metadata={}, idempotency_key=key)
            Maker.objects.filter(pk=maker.pk).update(stripe_account=made.id)
            running.hook("account", account=made.id, enabled=True)
        self.stock = truth.stock_now()
        self.killed: Counter[str] = Counter()

    # the stages of an order, reached at once through the services

    def placed(self) -> Attempt:
        return fulfilment.ensure_intent(attempt=shop.place(shop.basket_with(*self.pieces)))

    def confirmed(self) -> Attempt:
        attempt = self.placed()
        self.stripe.v1.payment_intents.confirm(
            attempt.intent_id, {"payment_method": "pm_card_bypassPending", "return_url": "http://shop.example/"}
        )
        return attempt

    def paid(self) -> MakerOrder:
        attempt = fulfilment.finalize(attempt_id=self.confirmed().pk)
        return attempt.order.maker_orders.order_by("pk").first()

    def shipped(self) -> MakerOrder:
        part = self.paid()
        fulfilment.ship(
            user=factories.owner_of(part.maker), maker_order=part, carrier="USPS", tracking_number="9400 1000"
        )
        MakerOrder.objects.filter(pk=part.pk).update(release_at=timezone.now())
        return part

    def paid_out(self) -> MakerOrder:
        """A part whose maker has its money.

        Before it comes to rest, the maker may owe for another part: one whose refund was booked when the worker was
        killed at an older message that its lease brought back. The debt is kept from this part, as it should be.
        """
        part = self.shipped()
        fulfilment.release()
        if not part.transfers.filter(status="done").exists():
            self.rest()
            part = self.shipped()
            fulfilment.release()
        assert part.transfers.filter(status="done").exists(), (payouts_stopped(), list(part.transfers.values()))
        return part

    def rest(self) -> None:
        """Nothing waits, and the books were seen to agree: while they differ, nobody is paid out."""
        come_to_rest(self)
        wait_for(self._books_agree, "the books still differ")
        for process in ("worker", "clock"):
            self.running.kill(process)

    def _books_agree(self) -> bool:
        self.tick()
        return not payouts_stopped()

    # what makes a process act

    def bag(self):
        """A shopper at the delivery step: the browser, and what it posts to order."""
        browser = self.running.browser()
        browser.send("GET", "/account/login/")
        for piece in self.pieces:
            fields = {"variant": factories.variant_of(piece).pk, "quantity": 1}
            assert browser.send("POST", f"/basket/add/{piece.pk}/", fields)[0] == 302
        address = {**ADDRESS, "email": f"{time.monotonic_ns()}@example.org"}
        assert browser.send("POST", "/checkout/", address)[0] == 302
        page = browser.send("GET", "/checkout/delivery/")[2]
        seen = page.partition('name="seen" value="')[2].partition('"')[0]
        return browser, {"seen": seen}

    def order(self, bag) -> None:
        """The shopper orders; nobody waits for the answer."""
        browser, fields = bag
        self.in_background(browser, "POST", "/checkout/delivery/", fields, follow=True)

    def come_back(self, attempt: Attempt) -> None:
        """The return page, seen by the shopper who paid."""
        browser = self.running.browser()
        browser.cookies["sessionid"] = session_with(attempt)
        self.in_background(browser, "GET", f"/checkout/return/{attempt.pk}/")

    def in_background(self, browser, method, path, fields=None, *, follow=False) -> None:
        def send():
            try:
                _status, to, _text = browser.send(method, path, fields)
                if follow and to:
                    browser.send("GET", to)
            except OSError:
                pass  # the process was killed: the browser shows an error, and the shopper looks again later

        threading.Thread(target=send, daemon=True).start()

    def refund(self, part: MakerOrder) -> None:
        fulfilment.refund_part(user=factories.owner_of(part.maker), maker_order=part, reason="It broke.")

    def tick(self) -> None:
        """Every periodic job is due when the clock starts."""
        PeriodicRun.objects.update(ran_at=None)

    # where a process is caught

    @contextmanager
    def held_by_a_lock(self, sql: str):
        """Somebody else holds what the process needs; it is killed once it waits for it."""
        with psycopg.connect(database_url()) as other:
            other.execute(sql)
            yield
            wait_for(self._somebody_waits, "nobody waits for the lock")

    @staticmethod
    def _somebody_waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            )
            return cursor.fetchone()[0] > 0

    @contextmanager
    def held_at_stripe(self, kind: str, method: str, path: str):
        """Stripe takes its time: before the call is done ("delay"), or after it ("slow"). Killed meanwhile."""
        before = self._calls()
        self.running.hook("fault", kind=kind, method=method, path=path, seconds=HELD)
        yield
        wait_for(lambda: self._taken(before), f"no {method} {path}")
        time.sleep(0.15)

    def _calls(self) -> int:
        return len(self.running.hook("faults")["data"])

    def _taken(self, before: int) -> bool:
        return len(self.running.hook("faults")["data"]) == before


ADDRESS = {
    "name": "Sam Shopper", "line1": "200 N Spring St", "line2": "", "city": "Los Angeles", "state": "CA",
    "zip_code": "90012", "phone": "",
}  # fmt: skip


def wait_for(condition, otherwise: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(otherwise)


def session_with(attempt: Attempt) -> str:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["attempts"] = [str(attempt.pk)]
    session.save()
    return session.session_key


POINTS = {}


def point(process: str):
    """A place at which `process` is killed: the function prepares, then yields while the process runs into it."""

    def keep(function):
        POINTS[function.__name__] = (process, contextmanager(function))
        return function

    return keep


STOCK_LOCK = "select * from partner_stockrecord for update"
BOOKS_LOCK = "lock table payments_ledgerentry in exclusive mode"


@point("web")
def step_1_while_pieces_are_held(town):
    bag = town.bag()
    with town.held_by_a_lock(STOCK_LOCK):
        town.order(bag)
        yield


@point("web")
def between_1_and_2_before_the_intent_is_made(town):
    bag = town.bag()
    with town.held_at_stripe("delay", "POST", "/v1/payment_intents"):
        town.order(bag)
        yield


@point("web")
def step_2_after_the_intent_is_made_before_its_id_is_kept(town):
    bag = town.bag()
    with town.held_at_stripe("slow", "POST", "/v1/payment_intents"):
        town.order(bag)
        yield


@point("web")
def step_3_while_the_shopper_comes_back(town):
    attempt = town.confirmed()
    with town.held_at_stripe("delay", "GET", "/v1/payment_intents/"):
        town.come_back(attempt)
        yield


@point("web")
def step_4_while_the_order_is_made_paid(town):
    attempt = town.confirmed()
    with town.held_by_a_lock(STOCK_LOCK):
        town.come_back(attempt)
        yield


@point("web")
def step_4_while_the_ledger_is_written(town):
    attempt = town.confirmed()
    with town.held_by_a_lock(BOOKS_LOCK):
        town.come_back(attempt)
        yield


@point("web")
def step_4_while_a_webhook_is_stored(town):
    with town.held_by_a_lock("lock table payments_webhookevent in exclusive mode"):
        town.confirmed()
        yield


@point("worker")
def step_4_while_the_worker_looks_at_a_webhook(town):
    attempt = town.placed()
    with town.held_at_stripe("delay", "GET", "/v1/payment_intents/"):
        town.stripe.v1.payment_intents.confirm(
            attempt.intent_id, {"payment_method": "pm_card_visa", "return_url": "http://shop.example/"}
        )
        yield


@point("clock")
def step_5_before_a_late_intent_is_canceled(town):
    Attempt.objects.filter(pk=town.placed().pk).update(expires_at=timezone.now())
    with town.held_at_stripe("delay", "POST", "/v1/payment_intents/"):
        town.tick()
        yield


@point("clock")
def step_5_after_a_late_intent_is_canceled_before_pieces_are_free(town):
    Attempt.objects.filter(pk=town.placed().pk).update(expires_at=timezone.now())
    with town.held_at_stripe("slow", "POST", "/v1/payment_intents/"):
        town.tick()
        yield


@point("clock")
def step_5_while_pieces_are_freed(town):
    Attempt.objects.filter(pk=town.placed().pk).update(expires_at=timezone.now())
    with town.held_by_a_lock(STOCK_LOCK):
        town.tick()
        yield


@point("worker")
def step_6_before_a_refund_is_made(town):
    part = town.paid()
    with town.held_at_stripe("delay", "POST", "/v1/refunds"):
        town.refund(part)
        yield


@point("worker")
def step_6_after_a_refund_is_made_before_it_is_booked(town):
    part = town.paid()
    with town.held_at_stripe("slow", "POST", "/v1/refunds"):
        town.refund(part)
        yield


@point("worker")
def step_6_while_a_refund_is_booked(town):
    part = town.paid()
    with town.held_by_a_lock(BOOKS_LOCK):
        town.refund(part)
        yield


@point("clock")
def step_6_before_a_transfer_is_made(town):
    town.shipped()
    with town.held_at_stripe("delay", "POST", "/v1/transfers"):
        town.tick()
        yield


@point("clock")
def step_6_after_a_transfer_is_made_before_it_is_booked(town):
    town.shipped()
    with town.held_at_stripe("slow", "POST", "/v1/transfers"):
        town.tick()
        yield


@point("worker")
def step_6_before_a_share_is_taken_back(town):
    part = town.paid_out()
    with town.held_at_stripe("delay", "POST", "/v1/transfers/"):
        town.refund(part)
        yield


@point("worker")
def step_6_after_a_share_is_taken_back_before_it_is_booked(town):
    part = town.paid_out()
    with town.held_at_stripe("slow", "POST", "/v1/transfers/"):
        town.refund(part)
        yield


@point("clock")
def step_7_while_the_books_are_compared(town):
    town.paid()
    with town.held_at_stripe("delay", "GET", "/v1/balance"):
        town.tick()
        yield


@point("clock")
def step_7_while_the_sweeper_asks_about_a_quiet_payment(town):
    attempt = town.confirmed()
    Attempt.objects.filter(pk=attempt.pk).update(created_at=timezone.now() - 2 * QUIET)
    with town.held_at_stripe("delay", "GET", "/v1/payment_intents/"):
        town.tick()
        yield


@pytest.fixture
def town(request, settings, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("several processes write at once on PostgreSQL only")
    request.getfixturevalue("migrated_data")
    with Shop(tmp_path) as running:
        settings.STRIPE_API_ADDRESS, settings.STRIPE_SECRET_KEY = running.stripe, "sk_test_standin"
        settings.STRIPE_WEBHOOK_SECRET = running.variables["STRIPE_WEBHOOK_SECRET"]
        running.start("stripe", "web")
        yield Town(running)


def test_killed_anywhere_nothing_is_lost_or_doubled(town):
    chance = random.Random(KILLS)
    names = list(POINTS)
    for number in range(KILLS):
        name = names[number % len(names)] if number < len(names) else chance.choice(names)
        kill_at(town, name)
    assert sum(town.killed.values()) == KILLS
    come_to_rest(town)
    truth.all_is_at_rest(lambda kind: everything(town.stripe, kind), town.stock, Counter())


def kill_at(town, name: str) -> None:
    process, caught = POINTS[name]
    if "web" not in town.running.running:
        town.running.start("web")
    with caught(town):
        if process != "web":
            town.running.start(process)
    town.running.kill(process)
    town.killed[name] += 1


def come_to_rest(town) -> None:
    """Everything runs again; leases that killed processes held have run out, and every job is due."""
    town.running.start(*({"web", "worker", "clock"} - set(town.running.running)))
    end = time.monotonic() + 180
    while time.monotonic() < end:
        OutboxMessage.objects.filter(done_at=None).update(leased_until=None, available_at=timezone.now())
        Attempt.objects.filter(status="open").update(expires_at=timezone.now())
        MakerOrder.objects.filter(release_at__isnull=False).update(release_at=timezone.now())
        PeriodicRun.objects.update(ran_at=None)
        time.sleep(2)
        if truth.nothing_waits():
            return
    raise AssertionError([(row.key, row.last_error) for row in OutboxMessage.objects.filter(done_at=None)])


def everything(client, kind: str) -> list:
    services = {
        "charge": client.v1.charges, "payment_intent": client.v1.payment_intents, "transfer": client.v1.transfers,
    }  # fmt: skip
    return [row.to_dict() for row in services[kind].list({"limit": 100}).auto_paging_iter()]
