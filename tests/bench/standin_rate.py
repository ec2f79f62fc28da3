"""How many payments the stand-in takes: create, confirm and look at one, its webhooks delivered meanwhile.

    .venv/bin/python -m tests.bench.standin_rate [seconds]

The stand-in is a process of its own and kept on one core where the system can do that.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.standin.running import free_port

SHOPPERS = 3
KEY = {"Authorization": "Bearer sk_test_standin", "Content-Type": "application/x-www-form-urlencoded"}


class Shop(BaseHTTPRequestHandler):
    """Answers every webhook at once."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def ask(line, method, path, fields=None, **headers):
    body = urllib.parse.urlencode(fields) if fields else None
    line.request(method, path, body, {**KEY, **headers})
    answer = line.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(text)
    return json.loads(text)


def shop(port, name, end, times):
    line = http.client.HTTPConnection("127.0.0.1", port)
    while time.monotonic() < end:
        start = time.perf_counter()
        key = {"Idempotency-Key": f"{name}:{len(times)}:{start}"}
        made = ask(line, "POST", "/v1/payment_intents", {"amount": 5000, "currency": "usd", "metadata[a]": "b"}, **key)
        path = f"/v1/payment_intents/{made['id']}"
        ask(line, "POST", f"{path}/confirm", {"payment_method": "pm_card_visa", "return_url": "http://shop.example/"})
        ask(line, "GET", f"{path}?expand[]=latest_charge.balance_transaction")
        times.append(time.perf_counter() - start)


def deliveries(port):
    line = http.client.HTTPConnection("127.0.0.1", port)
    return [row["state"] for row in ask(line, "POST", "/_test/deliveries")["data"]]


def main(seconds=10.0):
    port = free_port()
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "marketplace.payments.standin", "--port", str(port), "--state", f"{folder}/s.sqlite3",
            "--webhook-url", f"http://127.0.0.1:{receiver.server_address[1]}/hook/",
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(process.pid))})
            times = []
            end = time.monotonic() + seconds
            shoppers = [threading.Thread(target=shop, args=(port, name, end, times)) for name in range(SHOPPERS)]
            for shopper in shoppers:
                shopper.start()
            for shopper in shoppers:
                shopper.join()
            states = deliveries(port)
            process.terminate()
    times.sort()
    sent = states.count("delivered")
    print(f"{len(times) / seconds:.0f} paid intents a second, each three calls and three webhooks")
    half, most = (times[len(times) * part // 100] * 1000 for part in (50, 95))
    print(f"half within {half:.0f} ms, 95 % within {most:.0f} ms")
    print(f"{sent} of {len(states)} webhooks delivered by the end")


if __name__ == "__main__":
    main(*[float(word) for word in sys.argv[1:]])
