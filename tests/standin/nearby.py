"""The stand-in in this very process: Stripe's SDK and the stand-in's own code, only the socket between them is gone.

For tests that make hundreds of thousands of calls. What a socket may do to a call is done on purpose: `lose`.
"""

import json
import time
from urllib.parse import urlencode, urlsplit

import stripe

from marketplace.payments.standin import hooks
from marketplace.payments.standin.api import Request, answer
from marketplace.payments.standin.call import Call, Config, public
from marketplace.payments.standin.delivery import signature
from marketplace.payments.standin.params import parse_form
from marketplace.payments.standin.server import _page
from marketplace.payments.standin.store import Store

from .running import SECRET


class Nearby(stripe.HTTPClient):
    """`client` is the real SDK, `hook` the stand-in's test hooks; `crossing` is called before and after each call."""

    name = "nearby"

    def __init__(self):
        super().__init__()
        self.config = Config(
            state=":memory:", dispute_delay=0.0, refund_delay=0.0, webhook_url="", public_url="http://near"
        )
        self.store = Store(":memory:")
        self.lost: list[str] = []
        self.crossing = lambda: None
        self.client = stripe.StripeClient("sk_test_standin", http_client=self, max_network_retries=0)

    def request(self, method, url, headers, post_data=None):
        self.crossing()
        fault = self.lost.pop(0) if self.lost else ""
        if fault == "before":
            raise stripe.APIConnectionError("lost on the way to Stripe")
        parts = urlsplit(url)
        reply = answer(
            self.store, self.config,
            Request(method.upper(), parts.path, parts.query, _lower(headers), post_data or ""),
        )  # fmt: skip
        self.crossing()
        if fault == "after":
            raise stripe.APIConnectionError("lost on the way back from Stripe")
        return reply.body, reply.status, reply.headers

    def close(self):
        self.store.close()

    def lose(self, *when: str):
        """Break the next calls, "before" they are done or "after"."""
        self.lost = list(when)

    def hook(self, name, **fields):
        data = urlencode(
            {key: str(value).lower() if isinstance(value, bool) else value for key, value in fields.items()}
        )
        return hooks.run(Call(self.store, self.config, parse_form(data)), name)

    def page(self, path, **fields):
        """What a person clicks on a page of the stand-in."""
        return _page(self, Request("POST" if fields else "GET", path, body=urlencode(fields)))

    def objects(self, kind):
        """Everything of a kind that the stand-in knows, oldest first, as its API would tell it."""
        rows = self.store.rows("SELECT body FROM objects WHERE kind = ? ORDER BY seq", kind)
        return [json.loads(row["body"]) for row in rows]

    def signed(self, event_id) -> tuple[bytes, str]:
        """An event as Stripe would post it: body and signature."""
        body = json.dumps(public(self.store.get(event_id))).encode()
        return body, signature(SECRET, body, int(time.time()))

    @property
    def server(self):
        return self


def _lower(headers):
    return {name.lower(): value for name, value in headers.items()}
