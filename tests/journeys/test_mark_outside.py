"""The mark on another site, and the pages that lead there: a real browser shows the picture, and axe finds no fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from certification.mark import standing
from certification.services import certificates
from tests import factories


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A maker's own page on a host of its own, served for real: browsers keep made-up ones away from this machine."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f'<!doctype html><title>Us</title><link rel="icon" href="data:,">{html}'.encode())

        def log_message(self, *arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def certificate(settings, live_server):
    settings.SITE_ADDRESS = live_server.url
    return factories.certify(factories.product(title="Sailor coat"))


def sign_in(page, user) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main form:has([name=password]) button[type=submit]")
    page.wait_for_url("**/studio/**")


def faults(page) -> list[str]:
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]


def test_a_maker_copies_the_badge_and_another_site_shows_it(someone, certificate):
    with someone(phone=True) as page:
        sign_in(page, factories.owner_of(certificate.maker))
        page.goto(f"/studio/certificates/{certificate.number}/")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        button = page.locator("[data-copy]").first
        button.click()
        page.locator("[role=status]", has_text=".").first.wait_for()
        html = page.locator(f"#{button.get_attribute('data-copy')}").input_value()
        with page.expect_download() as download:
            page.locator("#print button").first.click()
        assert download.value.suggested_filename == f"{certificate.number}-hangtags.pdf"

        with another_site(html) as address:
            assert urlsplit(address).hostname != urlsplit(page.url).hostname
            page.goto(address)
            assert page.locator("img").evaluate("img => img.decode().then(() => img.naturalWidth)") == 340
        page.locator("a").click()
        page.wait_for_url(f"**/verify/{certificate.number}/")
        assert faults(page) == []
        page.get_by_role("link", name="How to check it without us").click()
        page.wait_for_url("**/verify/offline/")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_suspended_certificate_has_an_honest_page_too(someone, certificate):
    certificates.suspend(
        user=factories.decider(), certificate=certificate, reason="Unclear.", reasons=["contradiction"]
    )
    standing.forget()
    with someone() as page:
        sign_in(page, factories.owner_of(certificate.maker))
        page.goto(f"/studio/certificates/{certificate.number}/")
        assert page.get_by_text("Right now it says that the certificate ended.").is_visible()
        assert faults(page) == []
