"""Requests per second of the badge, of its 304, and of a static file, by one worker on this machine.

The aim: 2,000 a second, or a tenth of the static file's rate, whichever is lower (docs/decisions/0008).
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

SECONDS = float(os.environ.get("SECONDS", "5"))
CONNECTIONS = int(os.environ.get("CONNECTIONS", "4"))
PORT = int(os.environ.get("PORT", "8729"))
AIM = 2000


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="badge-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    number = _certificate()
    command = [
        sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(PORT), "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
        "marketplace.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command)
    try:
        etag = _wait_for(f"http://127.0.0.1:{PORT}/badge/{number}.svg")
        static = _rate("/static/img/mark.svg")
        badge = _rate(f"/badge/{number}.svg")
        same = _rate(f"/badge/{number}.svg", f"If-None-Match: {etag}\r\n")
    finally:
        server.terminate()
        server.wait()
    aim = min(AIM, static / 10)
    print(f"static file {static:,.0f}/s, badge {badge:,.0f}/s, badge 304 {same:,.0f}/s")
    said = "met" if badge >= aim else "MISSED"
    print(f"aim {aim:,.0f}/s (the lower of {AIM:,} and a tenth of the static file): {said}")


def _certificate() -> str:
    import django

    django.setup()
    from django.core.management import call_command

    from tests import factories

    print("migrating …", file=sys.stderr)
    call_command("migrate", verbosity=0)
    print("measuring …", file=sys.stderr)
    return factories.certify(factories.product()).number


def _wait_for(address: str) -> str:
    for _attempt in range(240):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own
                return response.headers["ETag"]
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{address} does not answer")


def _rate(path: str, header: str = "") -> float:
    """Answers per second over a few connections that are kept open; the first second warms up and is not counted."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n{header}\r\n".encode()
    counts = [0] * CONNECTIONS
    ends = threading.Event()
    threads = [threading.Thread(target=_ask, args=(request, counts, place, ends)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    before, started = sum(counts), time.perf_counter()
    time.sleep(SECONDS)
    rate = (sum(counts) - before) / (time.perf_counter() - started)
    ends.set()
    for thread in threads:
        thread.join()
    return rate


def _ask(request: bytes, counts: list[int], place: int, ends: threading.Event) -> None:
    with socket.create_connection(("127.0.0.1", PORT)) as connection:
        size = 0
        while not ends.is_set():
            connection.sendall(request)
            if not size:
                size = len(_first_answer(connection))
            else:
                _read(connection, size)
            counts[place] += 1


def _first_answer(connection: socket.socket) -> bytes:
    """Every answer to the same request has the same length; the first one tells it."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _gap, body = answer.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    if lines[0].split()[1] not in (b"200", b"304"):
        raise SystemExit(lines[0].decode())
    lengths = [int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")]
    if lines[0].split()[1] == b"200" and not lengths:
        raise SystemExit("an answer without a length can't be counted")
    length = lengths[0] if lines[0].split()[1] == b"200" else 0
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _read(connection: socket.socket, size: int) -> None:
    left = size
    while left:
        chunk = connection.recv(left)
        if not chunk:
            raise SystemExit("the server closed the connection")
        left -= len(chunk)


if __name__ == "__main__":
    main()
