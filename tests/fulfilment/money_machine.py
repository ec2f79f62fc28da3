"""Shoppers, makers, banks, staff and bad luck, in any order: after each step the books, stock and orders are true.

Everything runs through the shop's own services, Stripe's SDK and the stand-in's own code. A step may be cut off at
any boundary: before or after a call to Stripe, before or after a commit. `drain` then lets everything come to rest,
and nothing may be left over.
"""

from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta

import hypothesis.strategies as st
import stripe
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.test import RequestFactory
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from catalog.order.models import MakerOrder
from catalog.order.workflow import WrongMoment
from catalog.partner.models import StockRecord
from certification.models import Certificate
from makers.models import Maker
from marketplace import fulfilment
from marketplace.core import clock, outbox
from marketplace.fulfilment import left_to_people
from marketplace.fulfilment.counting import counts_of
from marketplace.payments import gateway, vouchers, webhooks
from marketplace.payments.models import (
    Attempt,
    Dispute,
    MoneyStatus,
    Refund,
    Transfer,
    Voucher,
)
from marketplace.payments.standin.errors import ApiError

from . import shop, truth

REFUSALS = (
    fulfilment.CannotPlace, fulfilment.Changed, fulfilment.NotPayable, fulfilment.BasketGone, fulfilment.Disputed,
    fulfilment.NothingLeft, WrongMoment, ValidationError, gateway.GatewayError, stripe.StripeError,
    ApiError, vouchers.NotValid,
)  # fmt: skip
CARDS = (
    "pm_card_visa", "pm_card_visa", "pm_card_visa", "pm_card_chargeDeclined", "pm_card_chargeDeclinedInsufficientFunds",
    "pm_card_authenticationRequired",
)  # fmt: skip
NEW_YORKER = shop.Shopper(
    email="lee@example.org", name="Lee", line1="88 E Houston St", city="New York", state="NY", zip_code="10012"
)
GUEST = shop.Shopper(
    email="kim@example.org", name="Kim", line1="525 Santa Fe Dr", city="San Diego", state="CA", zip_code="92101"
)
SHOPPERS = (shop.SHOPPER, NEW_YORKER, GUEST)
PAID = ("to_ship", "part_shipped", "shipped")
any_number = st.integers(0, 9)


class Crash(BaseException):
    """The process is gone: nothing after this line happens."""


class Boundaries:
    """Counts what a process passes on its way, and ends it at the one that was chosen."""

    def __init__(self):
        self.left = 0
        self.depth = 0

    def cross(self):
        if self.left:
            self.left -= 1
            if not self.left:
                raise Crash

    def at_stripe(self):
        """A call to Stripe begins or ends: never while a transaction is open (gumroad 6193)."""
        assert not self.depth, "a transaction is open across a call to Stripe"
        self.cross()

    @contextmanager
    def watching(self, at: int):
        """Boundaries of the outermost transactions inside count; `at` 0 lets everything through."""
        enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
        here = self

        def entering(self):
            enter(self)
            here.depth += 1

        def leaving(self, kind, error, trace):
            here.depth -= 1
            if here.depth or kind is not None:
                return leave(self, kind, error, trace)
            try:
                here.cross()
            except Crash as crash:
                leave(self, Crash, crash, crash.__traceback__)
                raise
            leave(self, None, None, None)
            return here.cross()

        self.left, self.depth = at, 0
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = entering, leaving
        try:
            yield
        finally:
            transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave
            self.left = 0


class World:
    """What is made once: two makers, three pieces, a voucher of each bearer, and the stand-in."""

    def __init__(self, near, factories, keeper):
        self.near, self.keeper = near, keeper
        self.makers = [factories.maker(offers_pickup=True), factories.maker()]
        self.owners = [factories.owner_of(maker) for maker in self.makers]
        self.pieces = [
            factories.certified_product(self.makers[0], price="19.99", stock=4),
            factories.certified_product(self.makers[0], price="45.05", stock=3),
            factories.certified_product(self.makers[1], price="33.33", stock=3),
        ]
        self.records = [shop.stock_of(piece).pk for piece in self.pieces]
        common = {
            "least_cents": 0, "starts_at": clock.now() - timedelta(days=1), "ends_at": None, "created_by": keeper
        }  # fmt: skip
        Voucher.objects.create(code="MAKER15", maker=self.makers[0], basis_points=1500, most_uses=2, **common)
        Voucher.objects.create(code="ELEVEN", amount_cents=1111, most_uses=3, **common)


class MoneyMachine(RuleBasedStateMachine):
    """One sequence; everything it writes is taken back at its end. `world` is set by the test that runs it."""

    world: World
    seen: Counter[str] = Counter()

    def __init__(self):
        super().__init__()
        self.near, self.boundaries = self.world.near, Boundaries()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = self.began = clock.now()
        self.statuses: dict = {}
        self.told: set[str] = set()
        self.written: int | None = None
        self.added = Counter()
        self.stock_before = truth.stock_now()
        self.near.crossing = lambda: None
        self.near.lose()
        self.near.hook("reset")
        self.near.crossing = self.boundaries.at_stripe

    @initialize()
    def open_accounts(self):
        for maker in self.world.makers:
            made = gateway.create_account(
                email=maker.email, name=maker.name, metadata={"maker": str(maker.pk)}, idempotency_key=f"a:{maker.pk}"
            )
            Maker.objects.filter(pk=maker.pk).update(stripe_account=made.id)
            self.near.hook("account", account=made.id, enabled=True)

    def teardown(self):
        try:
            self.drain()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # what people do

    def do(self, name, action, *, crash=0):
        """One step; refusals are answers, a crash is one too. Returns what the action did."""
        self.seen[name] += 1
        try:
            with clock.at(self.now), self.boundaries.watching(crash):
                return action()
        except Crash:
            self.seen[f"{name} crashed"] += 1
        except REFUSALS as refusal:
            self.seen[f"{name}: {type(refusal).__name__} {str(refusal)[:60]}"] += 1
        return None

    @staticmethod
    def pick(rows, number):
        rows = list(rows)
        return rows[number % len(rows)] if rows else None

    crashes = st.sampled_from([0, 0, 0, 0, 1, 2, 3, 4, 5, 6])

    @rule(
        pieces=st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True),
        quantity=st.sampled_from([1, 1, 1, 2, 3]),
        who=any_number,
        code=st.sampled_from(["", "", "MAKER15", "ELEVEN", "NOSUCH"]),
        pickup=st.booleans(),
        crash=crashes,
    )
    def buy(self, pieces, quantity, who, code, pickup, crash):
        shopper = SHOPPERS[who % len(SHOPPERS)]
        choices = {self.world.makers[0].pk: "pickup"} if pickup else {}

        def act():
            basket = shop.basket_with(*(self.world.pieces[index] for index in pieces), quantity=quantity)
            attempt = shop.place(basket, shopper, choices=choices, voucher=code)
            return fulfilment.ensure_intent(attempt=attempt)

        self.do("buy", act, crash=crash)

    @precondition(lambda self: Attempt.objects.count() < 5)
    @rule(pieces=st.sampled_from([[0], [0, 1], [2], [0, 2], [0, 1, 2]]), who=any_number,
          code=st.sampled_from(["", "", "MAKER15", "ELEVEN"]))  # fmt: skip
    def buy_and_pay(self, pieces, who, code):
        self.buy(pieces=pieces, quantity=1, who=who, code=code, pickup=False, crash=0)
        newest = Attempt.objects.count() - 1
        self.pay(number=newest, card="pm_card_visa", finish="")
        self.come_back(number=newest, crash=0)

    @precondition(lambda self: Attempt.objects.exists())
    @rule(number=any_number, card=st.sampled_from(CARDS), finish=st.sampled_from(["complete", "complete", "fail", ""]))
    def pay(self, number, card, finish):
        attempt = self.pick(Attempt.objects.exclude(intent_id="").order_by("order_id"), number)
        if attempt is None:
            return

        def act():
            intent = self.near.client.v1.payment_intents.confirm(
                attempt.intent_id, {"payment_method": card, "return_url": "http://shop.example/"}
            )
            if intent.status == "requires_action" and finish:
                self.near.page(f"/3ds/{intent.id}", outcome=finish)

        self.do("pay", act)

    @precondition(lambda self: Attempt.objects.exists())
    @rule(number=any_number, crash=crashes)
    def come_back(self, number, crash):
        attempt = self.pick(Attempt.objects.order_by("order_id"), number)
        if attempt:
            self.do("come back", lambda: fulfilment.finalize(attempt_id=attempt.pk), crash=crash)

    @precondition(lambda self: Attempt.objects.filter(status="open").exists())
    @rule(number=any_number, crash=crashes)
    def change_the_order(self, number, crash):
        attempt = self.pick(Attempt.objects.filter(status="open").order_by("order_id"), number)
        if attempt:
            self.do("change the order", lambda: fulfilment.expire(attempt_id=attempt.pk), crash=crash)

    # what Stripe says

    @rule(number=st.integers(0, 200), times=st.sampled_from([1, 1, 1, 3]))
    def tell(self, number, times):
        """Any event of the past, new or old, once or again; those that are never chosen are lost until the end."""
        event = self.pick(self.near.objects("event"), number)
        for _ in range(times if event else 0):
            self.do("tell", lambda: self.receive(event["id"]))

    @rule(crash=crashes)
    def all_is_told(self, crash):
        """A good minute: every event that waits is told, and the worker is through with what came of it."""

        def act():
            for event in self.near.objects("event"):
                if event["id"] not in self.told:
                    self.receive(event["id"])
            outbox.deliver()

        self.do("all is told", act, crash=crash and crash + 10)

    def receive(self, event_id):
        body, signature = self.near.signed(event_id)
        request = RequestFactory().post(
            "/stripe/webhook/", body, content_type="application/json", headers={"Stripe-Signature": signature}
        )
        assert webhooks.receive(request).status_code == 200
        self.told.add(event_id)

    @rule(crash=crashes)
    def work(self, crash):
        self.do("work", outbox.deliver, crash=crash)

    @rule(crash=crashes)
    def sweep(self, crash):
        self.do("sweep", fulfilment.sweep, crash=crash)

    @rule(crash=crashes)
    def release(self, crash):
        self.do("release", fulfilment.release, crash=crash)

    @rule(crash=crashes)
    def reconcile(self, crash):
        self.do("reconcile", fulfilment.reconcile, crash=crash)

    @rule(minutes=st.sampled_from([1, 3, 31, 60 * 26, 60 * 24 * 4]))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)
        self.near.hook("clock", seconds=minutes * 60)
        self.near.hook("jobs")

    @rule(when=st.sampled_from(["before", "after"]), then=st.sampled_from(["", "before", "after"]))
    def lose_calls(self, when, then):
        self.near.lose(when, *([then] if then else []))

    # what makers do

    def part(self, number, **where):
        return self.pick(MakerOrder.objects.filter(**where).select_related("maker").order_by("pk"), number)

    def owner(self, part):
        return self.world.owners[0 if part.maker_id == self.world.makers[0].pk else 1]

    @precondition(lambda self: MakerOrder.objects.filter(status__in=PAID).exists())
    @rule(number=any_number, whole=st.booleans(), crash=crashes)
    def ship(self, number, whole, crash):
        part = self.part(number, status__in=["to_ship", "part_shipped"])
        if part is None:
            return
        waiting = [count for count in counts_of(part) if count.to_ship]
        pieces = None if whole or not waiting else {waiting[-1].line.pk: 1}
        self.do(
            "ship",
            lambda: fulfilment.ship(
                user=self.owner(part), maker_order=part, carrier="USPS", tracking_number="9400 1000", pieces=pieces
            ),
            crash=crash,
        )

    @precondition(lambda self: MakerOrder.objects.filter(status__in=PAID).exists())
    @rule(number=any_number, crash=crashes)
    def refund_all(self, number, crash):
        part = self.part(number)
        if part:
            self.do(
                "refund all",
                lambda: fulfilment.refund_part(user=self.owner(part), maker_order=part, reason="It broke."),
                crash=crash,
            )

    @precondition(lambda self: MakerOrder.objects.filter(status__in=PAID).exists())
    @rule(number=any_number, quantity=st.integers(1, 2), shipping=st.booleans(), crash=crashes)
    def refund_pieces(self, number, quantity, shipping, crash):
        part = self.part(number)
        line = part and self.pick(part.lines.order_by("pk"), number)
        if line:
            self.do(
                "refund pieces",
                lambda: fulfilment.refund_pieces(
                    user=self.owner(part),
                    maker_order=part,
                    pieces={line.pk: quantity},
                    reason="Too small.",
                    with_shipping=shipping,
                ),
                crash=crash,
            )

    @precondition(lambda self: MakerOrder.objects.filter(status__in=PAID).exists())
    @rule(number=any_number, cents=st.sampled_from([1, 7, 99, 333, 1998]), crash=crashes)
    def refund_some(self, number, cents, crash):
        part = self.part(number)
        line = part and self.pick(part.lines.order_by("pk"), number)
        if line:
            self.do(
                "refund some",
                lambda: fulfilment.refund_amount(
                    user=self.owner(part), maker_order=part, line_id=line.pk, net_cents=cents, reason="A loose thread."
                ),
                crash=crash,
            )

    @rule(piece=st.integers(0, 2), cents=st.sampled_from([1000, 1999, 2001, 4505]))
    def change_price(self, piece, cents):
        StockRecord.objects.filter(pk=self.world.records[piece]).update(price=f"{cents // 100}.{cents % 100:02d}")

    @rule(piece=st.integers(0, 2), more=st.sampled_from([1, 2]))
    def add_stock(self, piece, more):
        StockRecord.objects.filter(pk=self.world.records[piece]).update(num_in_stock=F("num_in_stock") + more)
        self.added[self.world.records[piece]] += more

    @rule(maker=st.integers(0, 1), is_open=st.sampled_from([True, True, False]))
    def open_or_close(self, maker, is_open):
        Maker.objects.filter(pk=self.world.makers[maker].pk).update(is_open=is_open)

    @rule(number=any_number, status=st.sampled_from(["valid", "valid", "suspended"]))
    def certificate(self, number, status):
        row = self.pick(Certificate.objects.order_by("pk"), number)
        words = {"status_reasons": ["misuse"], "status_reason": "Sold abroad."}
        Certificate.objects.filter(pk=row.pk).update(status=status, **words)

    # what banks and staff do

    @precondition(lambda self: Refund.objects.filter(status=MoneyStatus.DONE).exists())
    @rule(number=any_number)
    def a_refund_comes_back(self, number):
        made = self.pick(Refund.objects.filter(status=MoneyStatus.DONE).order_by("pk"), number)
        if made:
            self.do("a refund comes back", lambda: self.near.hook("refund/fail", refund=made.refund_id))

    @precondition(lambda self: Refund.objects.filter(status=MoneyStatus.FAILED).exists())
    @rule(number=any_number, crash=crashes)
    def ask_again(self, number, crash):
        failed = self.pick(Refund.objects.filter(status=MoneyStatus.FAILED, retried_as=None).order_by("pk"), number)
        if failed:
            self.do("ask again", lambda: fulfilment.retry_refund(user=self.world.keeper, refund=failed), crash=crash)

    @precondition(lambda self: MakerOrder.objects.filter(status__in=PAID).exists())
    @rule(number=any_number)
    def dispute(self, number):
        charge = self.pick(
            [charge for charge in self.near.objects("charge") if charge["status"] == "succeeded"], number
        )
        if charge:
            self.do("dispute", lambda: self.near.hook("dispute", charge=charge["id"]))

    @precondition(lambda self: self.near.objects("dispute"))
    @rule(number=any_number, verdict=st.sampled_from(["won", "lost"]))
    def decide(self, number, verdict):
        dispute = self.pick(self.near.objects("dispute"), number)
        if dispute:
            self.do(verdict, lambda: self.near.hook("dispute/decide", dispute=dispute["id"], verdict=verdict))

    @precondition(lambda self: Dispute.objects.filter(outcome="lost").exists())
    @rule(number=any_number, cents=st.sampled_from([1, 1000, 3000]), crash=crashes)
    def charge_a_maker(self, number, cents, crash):
        dispute = self.pick(Dispute.objects.filter(outcome="lost").order_by("pk"), number)
        part = dispute and self.pick(dispute.attempt.order.maker_orders.order_by("pk"), number)
        if part:
            self.do(
                "charge a maker",
                lambda: fulfilment.charge_maker(
                    user=self.world.keeper, dispute=dispute, part=part, cents=cents, why="Never sent."
                ),
                crash=crash,
            )

    @precondition(lambda self: Attempt.objects.filter(status="for_people").exists())
    @rule(number=any_number, end=st.booleans(), crash=crashes)
    def a_person_looks(self, number, end, crash):
        attempt = self.pick(Attempt.objects.filter(status="for_people").order_by("order_id"), number)
        act = left_to_people.return_payment if end else left_to_people.look_again
        if attempt:
            self.do("a person looks", lambda: act(user=self.world.keeper, attempt=attempt), crash=crash)

    @precondition(lambda self: Attempt.objects.exists())
    @rule(maker=st.integers(0, 1), enabled=st.booleans())
    def enable(self, maker, enabled):
        account = Maker.objects.get(pk=self.world.makers[maker].pk).stripe_account
        self.do("enable", lambda: self.near.hook("account", account=account, enabled=enabled))

    @precondition(lambda self: Transfer.objects.exists())
    @rule(maker=st.integers(0, 1), blocked=st.sampled_from([True, False]))
    def block(self, maker, blocked):
        account = Maker.objects.get(pk=self.world.makers[maker].pk).stripe_account
        self.do("block", lambda: self.near.hook("reversals", account=account, blocked=blocked))

    @precondition(lambda self: self.near.objects("charge") and self.now > self.began + timedelta(days=3))
    @rule(cents=st.sampled_from([100, 5000]))
    def pay_out_the_marketplace(self, cents):
        self.do("payout", lambda: self.near.hook("payout", amount=cents))

    # what must be true after each step

    @invariant()
    def books_stock_and_orders_are_true(self):
        if not self.was_written_to():
            return
        truth.holds_now(self.stock_before, self.added)
        self.statuses = truth.states_only_move_forward(self.statuses)

    def was_written_to(self) -> bool:
        """Whether anything was written since the last look; what PostgreSQL does not tell is taken for written."""
        written = getattr(connection.connection, "total_changes", None)
        before, self.written = self.written, written
        return written is None or written != before

    # everything comes to rest

    def drain(self):
        """No more bad luck: all that was begun ends, and nothing is left over."""
        self.near.lose()
        for maker in Maker.objects.exclude(stripe_account=""):
            self.near.hook("account", account=maker.stripe_account, enabled=True)
            self.near.hook("reversals", account=maker.stripe_account, blocked=False)
        for _ in range(8):
            self.wait(60 * 24 + 7)
            self.near.hook("jobs")
            for dispute in self.near.objects("dispute"):
                if dispute["status"] not in ("won", "lost", "warning_closed"):
                    self.near.hook("dispute/decide", dispute=dispute["id"], verdict="lost")
            with clock.at(self.now):
                for event in self.near.objects("event"):
                    if event["id"] not in self.told:
                        self.receive(event["id"])
                fulfilment.sweep()
                outbox.deliver(1000)
                fulfilment.reconcile()
                for refund in Refund.objects.filter(status=MoneyStatus.FAILED, retried_as=None):
                    with suppress(fulfilment.Disputed):
                        fulfilment.retry_refund(user=self.world.keeper, refund=refund)
                outbox.deliver(1000)
                fulfilment.release()
                outbox.deliver(1000)
            if truth.nothing_waits():
                break
        with clock.at(self.now):
            truth.all_is_at_rest(self.near.objects, self.stock_before, self.added)
