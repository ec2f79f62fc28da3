"""The demo's main pages, and the server that shows them: for Lighthouse and for screenshots."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PORT = int(os.environ.get("PORT", "8731"))
BASE = f"http://127.0.0.1:{PORT}"
PATIENCE = 60
ANA, PASSWORD = "ana@laoriginal.example", "made in los angeles"
# What search engines are told to leave alone.
NOT_INDEXED = ("basket", "checkout", "sign-in")


@contextmanager
def demo_server() -> Iterator[None]:
    """The site as the demo serves it, over the demo's data; `make demo` must have filled it once."""
    if not (ROOT / "var" / "demo-complete").exists():
        sys.exit("Run `make demo` once first: these are the pages of its shop.")
    command = [
        sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(PORT), "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
        "marketplace.wsgi:application",
    ]  # fmt: skip
    settings = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.dev", "SITE_ADDRESS": BASE}
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)
    try:
        _wait()
        yield
    finally:
        server.terminate()
        server.wait()


def _wait() -> None:
    for _attempt in range(PATIENCE * 4):
        try:
            if requests.get(f"{BASE}/healthz", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.25)
    sys.exit("The site does not answer.")


def main_pages() -> dict[str, str]:
    """Name -> path. Pieces, makers, stories and certificates are whatever the demo lists first."""
    return {
        "home": "/",
        "browse": "/shop/",
        "product": _first("/shop/", r'href="(/shop/[^"/?]+-\d+/)"'),
        "makers": "/makers/",
        "maker": _first("/makers/", r'href="(/makers/[\w-]+/)"'),
        "stories": "/stories/",
        "story": _first("/stories/", r'href="(/stories/[\w-]+/)"'),
        "basket": "/basket/",
        "checkout": "/checkout/",
        "register": "/register/",
        "verify": f"/verify/{requests.get(f'{BASE}/register.csv', timeout=60).text.splitlines()[1].split(',')[0]}/",
        "apply": "/apply/",
        "sign-in": "/account/login/",
    }


def told_pages() -> dict[str, str]:
    """Name -> path of what staff write beside stories, and of help."""
    return {
        kind: _first(f"/{below}/", rf'href="(/{below}/[\w-]+/)"')
        for kind, below in (
            ("collection", "collections"), ("guide", "guides"), ("neighborhood", "neighborhoods"), ("event", "events"),
        )
    } | {"events": "/events/", "help": "/help/", "returns": "/help/returns/", "fees": "/terms/fees/"}  # fmt: skip


def makers_pages(cookie: str) -> dict[str, str]:
    """Name -> path of the studio and the account of whoever is signed in by `cookie`."""
    piece = _first("/studio/products/", r'href="(/studio/products/\d+/)"', cookie)
    return {
        "today": "/studio/", "pieces": "/studio/products/", "piece": piece, "sizes": f"{piece}sizes/",
        "grid": "/studio/grid/", "stock": "/studio/stock/", "orders": "/studio/orders/",
        "insights": "/studio/insights/", "statement": "/studio/statement/", "hours": "/studio/hours/",
        "import": "/studio/import/", "favorites": "/account/favorites/", "letters": "/account/letters/",
        "data": "/account/data/",
    }  # fmt: skip


def signed_in(email: str) -> str:
    """The cookie header of one of the demo's people, with the one-time code where it is asked for."""
    visitor = requests.Session()
    visitor.get(f"{BASE}/account/login/", timeout=60)
    answer = _post(visitor, "/account/login/", {"login": email, "password": PASSWORD})
    if "/2fa/" in answer.url:
        settings = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.dev"}
        command = [sys.executable, "-W", "ignore", "manage.py", "demo_code"]
        code = subprocess.check_output(command, cwd=ROOT, env=os.environ | settings, text=True).strip()
        answer = _post(visitor, "/account/2fa/authenticate/", {"code": code})
    if "/login" in answer.url or "/2fa/" in answer.url:
        sys.exit(f"{email} can't sign in: {answer.url}")
    return _cookies(visitor)


def _post(visitor: requests.Session, path: str, form: dict) -> requests.Response:
    form = form | {"csrfmiddlewaretoken": visitor.cookies["csrftoken"]}
    return visitor.post(BASE + path, form, headers={"Referer": BASE + path}, timeout=60)


def _cookies(visitor: requests.Session) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)


def _first(page: str, pattern: str, cookie: str = "") -> str:
    found = re.search(pattern, requests.get(BASE + page, headers={"Cookie": cookie}, timeout=60).text)
    return found[1] if found else sys.exit(f"{page} lists nothing.")


def filled_bag(product: str) -> str:
    """The cookie header of a visitor whose bag holds the piece at `product`."""
    visitor = requests.Session()
    text = visitor.get(BASE + product, timeout=60).text
    action = re.search(r'action="(/basket/add/[^"]+)"', text)
    variant = re.search(r'name="variant" value="(\d+)"(?! required disabled)', text)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    if not (action and variant and token):
        sys.exit(f"{product} can't be bought.")
    form = {"variant": variant[1], "quantity": "1", "csrfmiddlewaretoken": token[1]}
    visitor.post(BASE + action[1], form, headers={"Referer": BASE + product}, timeout=60)
    return _cookies(visitor)
