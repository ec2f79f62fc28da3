"""Content security policy and the other headers, on every page that a person can open."""

import pytest

from tests import access, factories
from tests.access import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standin")]
PUBLIC = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip
# Pictures and files for other sites and programs: nothing is loaded by them, and nothing runs in them.
SANDBOXED = {"default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "sandbox"}
OUTSIDE = ("/badge/", "/credentials/", "/.well-known/")
SCANNER = "/studio/stock/"  # a camera may read codes there, and nowhere else
STORIES = ("/", "/es/", "/makers/", "/stories/", "/es/makers/", "/no-such-page/")


def pages(world):
    """(who, address) for every page that answers 200 or 404 to somebody."""
    for address in [*STORIES, *addresses(world).values()]:
        for who in ("visitor", "owner", "evaluator", "coordinator"):
            yield who, address


def test_every_page_carries_the_headers():
    world = access.make_world()
    seen = 0
    for who, address in pages(world):
        response = world.clients[who].get(address)
        policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
        assert policy >= (SANDBOXED if address.startswith(OUTSIDE) else PUBLIC), address
        assert "unsafe-inline" not in response["Content-Security-Policy"], address
        assert "nonce" not in response["Content-Security-Policy"], address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["X-Frame-Options"] == "DENY", address
        # A guest's address holds the key to the order: no other site learns it.
        referrer = "same-origin" if address.startswith(("/orders/", "/gifts/")) else "strict-origin-when-cross-origin"
        assert response["Referrer-Policy"] == referrer, address
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", address
        allowed = response["Permissions-Policy"].partition(",")[0]
        cameras = {"camera=()"} | ({"camera=(self)"} if address == SCANNER else set())
        assert allowed in cameras, address
        seen += 1
    assert seen > 200


def test_pages_hold_no_inline_script_and_no_inline_style():
    world = access.make_world()
    for who, address in pages(world):
        response = world.clients[who].get(address)
        if response.streaming or not response["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        assert " style=" not in html, address
        assert "<style" not in html, address
        assert " onclick=" not in html, address
        for script in html.split("<script")[1:]:
            head = script.split(">")[0]
            assert "src=" in head or "application/json" in head or "application/ld+json" in head, address


@pytest.mark.parametrize("path", ["/cms/", "/admin/"])
def test_staff_tools_have_a_policy_of_their_own(path):
    client = access.signed_in(factories.staff(), second_factor=True)
    user = client.get("/account/").wsgi_request.user
    user.is_superuser = True
    user.save()
    response = client.get(path, follow=True)
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy
    assert "//ajax.googleapis" not in response.content.decode()


def test_a_forged_host_is_refused(client):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400


def test_cookies_are_closed(client):
    user = factories.person()
    response = client.post("/account/login/", {"login": user.email, "password": factories.PASSWORD})
    assert response.status_code == 302
    for cookie in response.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
    assert "sessionid" in response.cookies
