"""The shop as real processes on one database: web, worker, clock and Stripe's stand-in, each of them killable."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from django.db import connection

from marketplace.payments.webhooks import LOOKED_INTO

from .standin.running import SECRET, _word, free_port

PATIENCE = 60


def database_url() -> str:
    """The address of the database that this process is connected to."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    person = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    return f"postgres://{person}@{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}/{settings['NAME']}"


class Browser:
    """One kept connection to a host, with cookies."""

    def __init__(self, url: str):
        self.host = urlsplit(url).netloc
        self.line = http.client.HTTPConnection(self.host, timeout=30)
        self.cookies: dict[str, str] = {}

    def send(self, method: str, path: str, fields: dict | None = None, headers: dict | None = None):
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})}
        body = None
        if fields is not None:
            if "csrftoken" in self.cookies:
                head["X-CSRFToken"] = self.cookies["csrftoken"]
            head["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields)
        self.line.request(method, path, body, head)
        answer = self.line.getresponse()
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text


class Shop:
    """Starts and ends the parts; `kill` ends one as a power cut would."""

    def __init__(self, folder: Path, *, database: str = "", web_workers: int = 1, web_threads: int = 4, **variables):
        self.folder, self.web_workers, self.web_threads = folder, web_workers, web_threads
        self.port, self.stripe_port = free_port(), free_port()
        self.url, self.stripe = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.stripe_port}"
        self.running: dict[str, subprocess.Popen] = {}
        self.variables = {
            **os.environ, "DATABASE_URL": database or database_url(), "STRIPE_API_ADDRESS": self.stripe,
            "STRIPE_JS_ADDRESS": f"{self.stripe}/stripe.js", "STRIPE_WEBHOOK_SECRET": SECRET,
            "DJANGO_SETTINGS_MODULE": "tests.process_settings", "SITE_ADDRESS": self.url,
            "MAIL_FOLDER": str(folder / "mail"), "PYTHONWARNINGS": "ignore", **variables,
        }  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for name in list(self.running):
            self.kill(name)

    def start(self, *names: str) -> None:
        """Start parts by name (several of a kind as worker-1, worker-2), and wait until those that listen do."""
        for name in names:
            command = self._command(name.partition("-")[0])
            with (self.folder / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    command, env=self.variables, stdout=log, stderr=log, start_new_session=True
                )
        for name in names:
            if name in ("web", "stripe"):
                self._wait_for(name)
        if "stripe" in names:
            self.hook("webhooks", **{f"events[{place}]": kind for place, kind in enumerate(LOOKED_INTO)})

    def hook(self, name: str, **fields) -> dict:
        """One of the stand-in's test hooks."""
        data = urlencode({key: _word(value) for key, value in fields.items()}).encode()
        request = urllib.request.Request(  # noqa: S310 - our own
            f"{self.stripe}/_test/{name}", data, {"Authorization": "Bearer sk_test_standin"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
            return json.load(answer)

    def browser(self, url: str = "") -> Browser:
        """A new visitor of the shop, or of another address."""
        return Browser(url or self.url)

    def kill(self, name: str) -> None:
        """SIGKILL the part with all that it started."""
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def cpu_seconds(self, name: str) -> float:
        """What a part and its children have used of the processor so far."""
        ticks = 0
        for pid in [self.running[name].pid, *_children(self.running[name].pid)]:
            with contextlib.suppress(FileNotFoundError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _command(self, kind: str) -> list[str]:
        python = [sys.executable, "-W", "ignore"]
        if kind == "stripe":
            return [
                *python, "-m", "marketplace.payments.standin", "--port", str(self.stripe_port),
                "--state", str(self.folder / "stripe.sqlite3"), "--webhook-url", f"{self.url}/stripe/webhook/",
                "--webhook-secret", SECRET,
            ]  # fmt: skip
        if kind == "web":
            return [
                *python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
                "--workers", str(self.web_workers), "--blocking-threads", str(self.web_threads), "--no-access-log",
                "--log-level", "warning", "marketplace.wsgi:application",
            ]  # fmt: skip
        if kind == "worker":
            return [*python, "manage.py", "db_worker", "--interval", "0.2", "--verbosity", "0"]
        return [*python, "manage.py", "run_clock", "--pause", "0.3"]

    def _wait_for(self, name: str) -> None:
        address = f"{self.url}/healthz" if name == "web" else f"{self.stripe}/healthz"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.running[name].poll() is not None:
                raise RuntimeError((self.folder / f"{name}.log").read_text()[-2000:])
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own
                    return
            except (TimeoutError, urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"{name} does not answer")


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError):
            for child in map(int, task.read_text().split()):
                found += [child, *_children(child)]
    return found
