"""Starts the stand-in: python -m marketplace.payments.standin --port 12111 --state var/stripe.sqlite3 …"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from .call import Config
from .server import StandIn

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m marketplace.payments.standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--state", type=Path, default=Path("var/stripe.sqlite3"), help="kept between runs")
    parser.add_argument("--webhook-url", default="", help="where events are posted; empty: nowhere")
    parser.add_argument("--webhook-secret", default="whsec_standin_for_development_only")
    parser.add_argument("--secret-key", default="sk_test_standin")
    parser.add_argument("--publishable-key", default="pk_test_standin")
    parser.add_argument("--public-url", default="", help="its address as browsers see it")
    parser.add_argument("--verbose", action="store_true", help="log every request")
    return parser.parse_args(arguments)


def config_from(chosen: argparse.Namespace) -> Config:
    """The configuration. Exits where a live key or an open address would be used."""
    if "_live_" in chosen.secret_key or "_live_" in chosen.publishable_key:
        sys.exit("The stand-in takes no live key.")
    if chosen.host not in LOOPBACK:
        sys.exit("The stand-in serves this machine only: use --host 127.0.0.1.")
    return Config(
        state=chosen.state,
        secret_key=chosen.secret_key,
        publishable_key=chosen.publishable_key,
        webhook_url=chosen.webhook_url,
        webhook_secret=chosen.webhook_secret,
        host=chosen.host,
        port=chosen.port,
        public_url=chosen.public_url.rstrip("/") or f"http://{chosen.host}:{chosen.port}",
    )


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGINT or SIGTERM."""
    chosen = options(arguments)
    logging.basicConfig(level=logging.INFO if chosen.verbose else logging.WARNING, format="%(message)s")
    chosen.state.parent.mkdir(parents=True, exist_ok=True)
    server = StandIn(config_from(chosen))

    def end(number: int, frame: FrameType | None) -> None:
        # shutdown() waits for serve_forever(), which runs in this very thread
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    server.start()
    print(f"Stripe's stand-in listens on {server.config.public_url}", flush=True)
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
