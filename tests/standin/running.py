# ruff: noqa: S310 - the addresses are our own
"""A stand-in that runs inside the test's own process, on a free port, with a receiver for its webhooks."""

import json
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep

import stripe

from marketplace.payments.standin.call import Config
from marketplace.payments.standin.server import StandIn

SECRET = "whsec_of_the_tests"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """One running stand-in: `client` is the real SDK, `hook` its test hooks."""

    def __init__(self, state, *, port=None, **config):
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        times = {"retry_base": 0.05, "dispute_delay": 0.0, "refund_delay": 0.0}
        self.server = StandIn(Config(state=state, port=port, public_url=self.url, **times, **config))
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self):
        self.server.start()
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.thread.join()
        self.server.stop()

    @property
    def client(self):
        return self.client_with("sk_test_standin")

    def client_with(self, key, **options):
        return stripe.StripeClient(key, base_addresses={"api": self.url}, **options)

    def hook(self, name, **fields):
        data = urllib.parse.urlencode({key: _word(value) for key, value in fields.items()}).encode()
        request = urllib.request.Request(
            f"{self.url}/_test/{name}", data, {"Authorization": "Bearer sk_test_standin"}, method="POST"
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def paid(self, cents=5000, card="pm_card_visa", **more):
        """A PaymentIntent that was paid with a card."""
        return self.client.v1.payment_intents.create(
            {"amount": cents, "currency": "usd", "payment_method": card, "confirm": True,
             "return_url": "http://shop.example/back", **more}
        )  # fmt: skip


def _word(value):
    return str(value).lower() if isinstance(value, bool) else value


class Receiver:
    """Listens for webhooks and keeps what came: (headers, body) pairs; `answers` are given in turn, then 200."""

    def __init__(self):
        self.got, self.answers = [], []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/hook/"

    @property
    def types(self):
        return [json.loads(body)["type"] for _, body in self.got]

    def wait_for(self, kind, times=1, seconds=5.0):
        end = monotonic() + seconds
        while monotonic() < end:
            if self.types.count(kind) >= times:
                return True
            sleep(0.02)
        return False


@contextmanager
def receiving():
    receiver = Receiver()
    thread = threading.Thread(target=receiver.http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.http.shutdown()
        thread.join()
        receiver.http.server_close()


def http(method, url, fields=None, headers=None):
    """One plain request without following redirects; gives (status, headers, body)."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    data = urllib.parse.urlencode(fields).encode() if fields is not None else None
    request = urllib.request.Request(url, data, headers or {}, method=method)
    try:
        with urllib.request.build_opener(Stay).open(request) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()
