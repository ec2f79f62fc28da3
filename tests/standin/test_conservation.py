"""Whatever is done in whatever order, no cent appears or disappears in the stand-in."""

import json
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.payments.standin import hooks, jobs
from marketplace.payments.standin.api import Request, answer
from marketplace.payments.standin.call import Call, Config
from marketplace.payments.standin.errors import ApiError
from marketplace.payments.standin.store import Store

DAY = 86_400
CARDS = ["pm_card_visa", "pm_card_bypassPending", "pm_card_refundFail", "pm_card_createMultipleDisputes",
         "pm_card_chargeDeclined"]  # fmt: skip
cents = st.integers(50, 20_000)
pick = st.integers(0, 50)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), cents, st.sampled_from(CARDS)),
        st.tuples(st.just("refund"), cents, pick),
        st.tuples(st.just("transfer"), cents, pick),
        st.tuples(st.just("reverse"), cents, pick),
        st.tuples(st.just("dispute"), st.just(0), pick),
        st.tuples(st.just("decide"), st.sampled_from([0, 1]), pick),
        st.tuples(st.just("fail_refund"), st.just(0), pick),
        st.tuples(st.just("fail_payout"), st.just(0), pick),
        st.tuples(st.just("clock"), st.integers(1, 9), st.just(0)),
    ),
    max_size=30,
)


class World:
    """A stand-in without its server; what it refuses changes nothing and is passed over."""

    def __init__(self):
        self.config = Config(state=":memory:", dispute_delay=0.0, refund_delay=0.0)
        self.store = Store(":memory:")
        account = self.ask("accounts", type="express", **{"capabilities[transfers][requested]": "true"})
        self.account = account["id"]
        self.hook("account", account=self.account, enabled="true")
        self.pay(20_000, "pm_card_bypassPending")
        self.transfer(5_000, 0)
        jobs.run_due(self.store, self.config)

    def ask(self, path, **fields):
        headers = {"authorization": "Bearer sk_test_standin"}
        reply = answer(self.store, self.config, Request("POST", f"/v1/{path}", "", headers, urlencode(fields)))
        assert reply.status in (200, 400, 402), reply.body
        return json.loads(reply.body)

    def hook(self, name, **fields):
        try:
            hooks.run(Call(self.store, self.config, {key: str(value) for key, value in fields.items()}), name)
        except ApiError:
            return  # refused, as Stripe would

    def all(self, kind, account=""):
        return self.store.select(kind, account=account)

    def one(self, kind, number, account=""):
        found = self.all(kind, account)
        return found[number % len(found)]["id"] if found else "none"

    def pay(self, number, card):
        self.ask("payment_intents", amount=number, currency="usd", payment_method=card, confirm="true",
                 return_url="http://shop.example/")  # fmt: skip

    def refund(self, number, which):
        self.ask("refunds", charge=self.one("charge", which), amount=number)

    def transfer(self, number, which):
        self.ask("transfers", amount=number, currency="usd", destination=self.account,
                 source_transaction=self.one("charge", which))  # fmt: skip

    def reverse(self, number, which):
        if self.all("transfer"):
            self.ask(f"transfers/{self.one('transfer', which)}/reversals", amount=number)

    def dispute(self, _, which):
        self.hook("dispute", charge=self.one("charge", which))

    def decide(self, number, which):
        self.hook("dispute/decide", dispute=self.one("dispute", which), verdict=("won", "lost")[number])

    def fail_refund(self, _, which):
        self.hook("refund/fail", refund=self.one("refund", which))

    def fail_payout(self, _, which):
        self.hook("payout/fail", payout=self.one("payout", which, self.account))

    def clock(self, days, _):
        self.hook("clock", seconds=days * DAY)
        jobs.run_due(self.store, self.config)

    def check(self):
        charges = [item for item in self.all("charge") if item["paid"]]
        came_in = sum(item["amount"] for item in charges)
        refunded = sum(item["amount"] for item in self.all("refund") if item["status"] != "failed")
        taken = sum(item["amount"] for item in self.all("dispute") if item["status"] != "won")
        payouts = self.all("payout", self.account)
        paid_out = sum(item["amount"] for item in payouts if item["status"] != "failed")
        entries = [*self.all("balance_transaction"), *self.all("balance_transaction", self.account)]
        fees = sum(entry["fee"] for entry in entries)
        held = sum(entry["net"] for entry in entries)
        assert came_in == refunded + taken + paid_out + fees + held
        for charge in charges:
            lost = [item["amount"] for item in self.all("dispute") if item["charge"] == charge["id"]
                    and item["status"] != "won"]  # fmt: skip
            assert 0 <= charge["amount_refunded"] + sum(lost) <= charge["amount"]
            assert sum(item["amount"] for item in self.all("transfer")
                       if item["source_transaction"] == charge["id"]) <= charge["amount"]  # fmt: skip
        assert all(0 <= item["amount_reversed"] <= item["amount"] for item in self.all("transfer"))


@settings(max_examples=150)
@given(STEPS)
def test_no_cent_appears_or_disappears(steps):
    world = World()
    for verb, number, other in steps:
        getattr(world, verb)(number, other)
        world.check()
    world.store.close()
