"""Every page of every role, from the table of addresses: no axe fault, and nothing sticks out sideways.

Two looks in the normal run, opposite in each of width, theme and language; `make axe` takes all eight.
"""

import csv
import itertools
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation

from tests import access

pytestmark = pytest.mark.timeout(1800)
EVERY = list(itertools.product((390, 1440), ("light", "dark"), ("en", "es")))
OPPOSITE = [(390, "light", "es"), (1440, "dark", "en")]
LOOKS = EVERY if os.environ.get("AXE") == "all" else OPPOSITE
FEWEST = 180


def pages(world) -> list[tuple[str, str]]:
    """(role, path) of each address that answers somebody with a whole page: the first who may see it looks at it."""
    paths = access.addresses(world)
    with access.TABLE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "GET"]
    found = []
    for row in rows:
        role = next((role for role in access.ROLES if row[role] == "200"), None)
        if role and is_page(world.clients[role].get(paths[row["address"]])):
            found.append((role, paths[row["address"]]))
    return found


def is_page(answer) -> bool:
    html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return html and b"<html" in answer.content


def faults_of(page, path: str, width: int) -> list[str]:
    page.goto(path)
    # On the page to pay axe would copy the style sheet of Stripe's site into ours, which the policy refuses.
    found = Axe().run(page, options={"preload": "/checkout/payment/" not in path}).response["violations"]
    faults = [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]
    if page.evaluate("document.documentElement.scrollWidth") != width:
        faults.append("scrolls sideways")
    return faults


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_no_page_has_a_fault(someone, live_server, standin, width, theme, language):
    world = access.make_world()
    with translation.override(language):
        looked_at = pages(world)
    assert len(looked_at) >= FEWEST
    faults = {}
    with someone(phone=width == 390) as page:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for role, path in looked_at:
            page.context.clear_cookies()
            cookies = world.clients[role].cookies
            page.context.add_cookies(
                [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in cookies.items()]
            )
            faults[role, path] = faults_of(page, path, width)
    assert {where: found for where, found in faults.items() if found} == {}
