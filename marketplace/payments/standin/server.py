"""The HTTP server: API, test hooks, pages; one thread per connection, one transaction per request."""

from __future__ import annotations

import json
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import hooks, pages
from .api import Reply, Request, answer
from .call import Call, Config
from .delivery import Clockwork
from .errors import ApiError
from .params import parse_form
from .store import Store

MOST_BYTES = 1_000_000
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Expose-Headers": "Request-Id",
    "Access-Control-Max-Age": "300",
}
DRIPS = 10
ERRORS = {
    "error": ApiError("An unknown error occurred", status=500, type="api_error"),
    "rate_limit": ApiError(
        "Request rate limit exceeded. Retry with exponential backoff.", status=429, code="rate_limit",
    ),
}  # fmt: skip
logger = logging.getLogger(__name__)


class StandIn(ThreadingHTTPServer):
    """Stripe's stand-in on one address, with its background work."""

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = True

    def __init__(self, config: Config) -> None:
        self.config = config
        self.store = Store(config.state)
        if config.webhook_url:
            self.store.set_setting("webhook_url", config.webhook_url)
            self.store.set_setting("webhook_secret", config.webhook_secret)
        super().__init__((config.host, config.port), Handler)
        self.clockwork = Clockwork(self.store, config)

    def start(self) -> None:
        """Begin jobs and deliveries; `serve_forever` answers requests."""
        self.clockwork.start()

    def stop(self) -> None:
        """End everything and close the file."""
        self.clockwork.stop()
        self.server_close()
        self.store.close()


class Handler(BaseHTTPRequestHandler):
    server: StandIn
    protocol_version = "HTTP/1.1"
    timeout = 30
    # head and body leave together; else the client's delayed acknowledgement costs 40 ms a request
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        # without the query, which carries client secrets
        logger.info("%s %s %s", self.command, urlsplit(self.path).path, code)

    def log_message(self, format: str, *args: Any) -> None:
        logger.info(format, *args)

    def do_OPTIONS(self) -> None:
        self._send(Reply(204, "", dict(CORS)))

    def do_GET(self) -> None:
        self._handle("")

    def do_POST(self) -> None:
        body = self._body()
        if body is not None:
            self._handle(body)

    def do_DELETE(self) -> None:
        self._handle("")

    def _body(self) -> str | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._send(_json(413, {"error": {"type": "invalid_request_error", "message": "Request too large"}}))
            return None
        return self.rfile.read(int(length)).decode("utf-8", "replace")

    def _handle(self, body: str) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path, parts.query, headers, body)
        if request.path.startswith("/v1/"):
            self._api(request)
        elif request.path.startswith("/_test/"):
            self._send(_hook(self.server, request))
        else:
            self._send(_page(self.server, request))

    def _api(self, request: Request) -> None:
        store, config = self.server.store, self.server.config
        kind, seconds = hooks.take_fault(store, request.method, request.path) or ("", 0.0)
        if kind == "drop_before":
            self.close_connection = True
            return
        if kind in ERRORS:
            error = ERRORS[kind]
            self._send(_json(error.status, error.body))
            return
        if kind == "delay":
            sleep(seconds)
        reply = answer(store, config, request)
        if kind == "drop_after":
            self.close_connection = True
            return
        if kind == "malformed":
            reply.body = reply.body[: len(reply.body) // 2]
        reply.headers.update({**CORS, "Content-Type": "application/json"})
        self._send(reply, seconds=seconds if kind == "slow" else 0.0)

    def _send(self, reply: Reply, *, seconds: float = 0.0) -> None:
        """Answer; where `seconds` are given, so slowly that the body takes them."""
        payload = reply.body.encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        if self.command == "HEAD":
            return
        size = max(1, -(-len(payload) // DRIPS)) if seconds else len(payload) or 1
        for start in range(0, len(payload), size):
            self.wfile.write(payload[start : start + size])
            if seconds:
                self.wfile.flush()
                sleep(seconds / DRIPS)


def _json(status: int, body: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(body), {"Content-Type": "application/json"})


def _hook(server: StandIn, request: Request) -> Reply:
    call = Call(server.store, server.config)
    if request.headers.get("authorization", "") != f"Bearer {server.config.secret_key}":
        return _json(401, {"error": {"message": "The test hooks need the secret key."}})
    try:
        call.params = parse_form(request.body)
        return _json(200, hooks.run(call, request.path.removeprefix("/_test/").strip("/")))
    except ApiError as error:
        return _json(error.status, error.body)


def _page(server: StandIn, request: Request) -> Reply:
    if request.path in ("/stripe.js", "/stripe.css"):
        return pages.asset(request.path[1:])
    call = Call(server.store, server.config)
    outcome = parse_qs(request.body).get("outcome", [""])[0]
    folder, _, name = request.path.strip("/").rpartition("/")
    with server.store.transaction():
        if folder == "3ds":
            return pages.answer_challenge(call, name, outcome) if outcome else pages.show_challenge(call, name)
        if folder == "express":
            return pages.show_dashboard(call, name)
        if folder == "connect/onboard":
            return pages.answer_onboarding(call, name, outcome) if outcome else pages.show_onboarding(call, name)
        if folder == "receipts":
            return pages.receipt(call, name)
    if request.path in ("/", "/healthz"):
        return _json(200, {"object": "standin", "api_version": server.config.api_version})
    return _json(404, {"error": {"message": "There is nothing here."}})
