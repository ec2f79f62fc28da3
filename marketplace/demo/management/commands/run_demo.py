"""`manage.py run_demo`: everything the demo needs, in one terminal; Ctrl-C ends all of it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from marketplace.demo import people

STAND_IN_PORT = 12111
PATIENCE = 60


class Command(BaseCommand):
    help = "Set the demo up if it is not there yet, and serve it with worker, clock and Stripe's stand-in."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        self.children: list[subprocess.Popen] = []
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, _interrupt)
        try:
            self._run(port)
        except KeyboardInterrupt:
            self.stdout.write("\nEnding.")
        finally:
            self._end()

    def _run(self, port: int) -> None:
        var = settings.BASE_DIR / "var"
        state, complete = var / "stripe.sqlite3", var / "demo-complete"
        if not complete.exists():
            _forget(var)
        drawing = subprocess.Popen([sys.executable, "manage.py", "draw_demo_pictures"], stdout=subprocess.DEVNULL)
        self.children.append(drawing)
        self.stdout.write("Preparing the database (the first time takes a minute or two) …")
        call_command("migrate", verbosity=0)
        self._start(
            [sys.executable, "-m", "marketplace.payments.standin", "--port", str(STAND_IN_PORT), "--state", str(state),
             "--webhook-url", f"http://127.0.0.1:{port}/stripe/webhook/",
             "--webhook-secret", settings.STRIPE_WEBHOOK_SECRET]
        )  # fmt: skip
        self._wait_for(f"{settings.STRIPE_API_ADDRESS}/stripe.js")
        if not complete.exists():
            self.stdout.write("Filling the shop:")
            call_command("seed_demo", stdout=self.stdout, pictures_are_there=lambda: _wait_for_end(drawing))
            complete.touch()
        _wait_for_end(drawing)
        self._start([sys.executable, "manage.py", "db_worker", "--interval", "1", "--verbosity", "0"])
        self._start([sys.executable, "manage.py", "run_clock"])
        self._start(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "1", "--blocking-threads", "4", "--no-access-log", "marketplace.wsgi:application"]
        )  # fmt: skip
        self._wait_for(f"http://127.0.0.1:{port}/healthz")
        self._tell(port)
        self._watch()

    def _start(self, command: list[str]) -> None:
        # A group of its own: Ctrl-C reaches this process alone, which then ends the others in order.
        self.children.append(
            subprocess.Popen(command, start_new_session=True, env=os.environ | {"PYTHONWARNINGS": "ignore"})
        )

    def _wait_for(self, address: str) -> None:
        for _attempt in range(PATIENCE * 4):
            if any(child.poll() for child in self.children):
                raise CommandError("A part of the demo ended; the lines above say why.")
            try:
                urllib.request.urlopen(address, timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.25)
            else:
                return
        raise CommandError(f"{address} does not answer")

    def _tell(self, port: int) -> None:
        rows = "\n".join(f"  {role:22} {email}" for role, email in people.ROLES)
        self.stdout.write(
            f"\nLA Original is open at http://127.0.0.1:{port}/  (Spanish: /es/)\n\n{rows}\n\n"
            f"  Password for everyone: {people.PASSWORD}\n"
            "  Staff and the maker are asked for a one-time code: `make code` prints it.\n"
            "  Cards: 4242 4242 4242 4242 pays, 4000 0027 6000 3184 asks for 3-D Secure, 4000 0000 0000 0002 is declined.\n"
            f"  Letters lie in {(settings.BASE_DIR / 'var' / 'mail').relative_to(settings.BASE_DIR)}/. Ctrl-C ends everything.\n"
        )
        self.stdout.flush()

    def _watch(self) -> None:
        running = [child for child in self.children if child.poll() is None]
        while all(child.poll() is None for child in running):
            time.sleep(0.5)
        raise CommandError("A part of the demo ended; the lines above say why.")

    def _end(self) -> None:
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=8)
            except subprocess.TimeoutExpired:
                child.kill()


def _forget(var: Path) -> None:
    """A demo that was cut off while it was being filled starts over; a complete one is never touched."""
    var.mkdir(exist_ok=True)
    for path in (*var.glob("db.sqlite3*"), *var.glob("stripe.sqlite3*")):
        path.unlink()


def _wait_for_end(drawing: subprocess.Popen) -> None:
    if drawing.wait():
        raise CommandError("The pictures could not be drawn; the lines above say why.")


def _interrupt(signum, frame):
    raise KeyboardInterrupt
