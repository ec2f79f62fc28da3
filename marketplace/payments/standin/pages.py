"""Pages that people see: the bank's 3-D Secure page, a maker's onboarding, a receipt; and stripe.js."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from . import accounts, balance, intents
from .api import Reply
from .call import Call, find
from .errors import ApiError
from .refunds import dollars
from .store import Obj

ASSETS = Path(__file__).parent / "assets"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"


def asset(name: str) -> Reply:
    """stripe.js or stripe.css, for pages of any origin."""
    path = ASSETS / name
    return Reply(
        200, path.read_text(encoding="utf-8"),
        {
            "Content-Type": TYPES[path.suffix], "Cache-Control": "no-cache",
            "Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*",
        },
    )  # fmt: skip


def _page(title: str, body: str, status: int = 200) -> Reply:
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/stripe.css"></head>'
        f'<body class="standin-page"><main><p class="standin-mark">Stand-in for Stripe, test mode</p>'
        f"<h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
    return Reply(status, html, {**headers, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def _to(address: str) -> Reply:
    return Reply(303, "", {"Location": address, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def with_query(address: str, **more: str) -> str:
    """An address with parameters added to those that it has."""
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query))


def _choices(action: str, *buttons: tuple[str, str]) -> str:
    shown = "".join(
        f'<button name="outcome" value="{value}" id="{value}">{escape(label)}</button>' for value, label in buttons
    )
    return f'<form method="post" action="{action}">{shown}</form>'


def _challenge(call: Call, challenge_id: str) -> tuple[Obj, Obj] | None:
    try:
        challenge = find(call, "_challenge", challenge_id)
        return challenge, find(call, "payment_intent", challenge["intent"])
    except ApiError:
        return None


def show_challenge(call: Call, challenge_id: str) -> Reply:
    """The bank asks whether it is really you."""
    found = _challenge(call, challenge_id)
    if found is None:
        return _page("This page is not here", "<p>Go back to the shop and pay again.</p>", 404)
    text = f"<p>Confirm your payment of {dollars(found[1]['amount'])} to LA Original.</p>"
    buttons = _choices(f"/3ds/{escape(challenge_id)}", ("complete", "Complete"), ("fail", "Fail"))
    return _page("3-D Secure", text + buttons)


def answer_challenge(call: Call, challenge_id: str, outcome: str) -> Reply:
    """Complete or fail the challenge, then go back to the shop."""
    found = _challenge(call, challenge_id)
    if found is None:
        return _page("This page is not here", "<p>Go back to the shop and pay again.</p>", 404)
    return_url = found[1]["_return_url"]
    intent = intents.authenticate(call, challenge_id, outcome == "complete")
    if not return_url:
        return _page("Done", "<p>You may close this page and go back to the shop.</p>")
    good = intent["status"] in ("succeeded", "processing")
    return _to(
        with_query(
            return_url, payment_intent=intent["id"], payment_intent_client_secret=intent["client_secret"],
            redirect_status="succeeded" if good else "failed",
        )
    )  # fmt: skip


def show_onboarding(call: Call, link_id: str) -> Reply:
    """A maker's onboarding, once per link; an old or used link goes to the refresh address."""
    link = call.store.get(link_id, "_link")
    if link is None:
        return _page("This page is not here", "<p>Ask the shop for a new link.</p>", 404)
    if link["used"] or link["expires_at"] < call.now:
        return _to(link["refresh_url"])
    call.store.put({**link, "used": True})
    text = "<p>Name, bank account and terms would be asked for here.</p>"
    buttons = _choices(
        f"/connect/onboard/{escape(link_id)}", ("complete", "Complete with test data"),
        ("partly", "Leave the identity check open"), ("later", "Do it later"),
    )  # fmt: skip
    return _page("Get paid", text + buttons)


def answer_onboarding(call: Call, link_id: str, outcome: str) -> Reply:
    """Enable the account, or leave it as it is; back to the shop."""
    link = call.store.get(link_id, "_link")
    if link is None or not link["used"]:
        return _page("This page is not here", "<p>Ask the shop for a new link.</p>", 404)
    if outcome == "complete":
        accounts.set_enabled(call, link["account"], True)
    if outcome == "partly":
        accounts.require(call, link["account"], list(accounts.VERIFICATION), past_due=False)
    return _to(link["return_url"])


def show_dashboard(call: Call, login_id: str) -> Reply:
    """A maker's own account: balance and payouts, opened once by a login link."""
    login = call.store.get(login_id, "_login")
    if login is None or login["used"] or login["expires_at"] < call.now:
        return _page("This page is not here", "<p>Ask the shop for a new link.</p>", 404)
    call.store.put({**login, "used": True})
    theirs = call.of(login["account"])
    sums = balance.totals(theirs)
    rows = "".join(
        f"<li>{dollars(item['amount'])}, {escape(item['status'])}</li>"
        for item in call.store.select("payout", account=login["account"], newest_first=True, limit=20)
    )
    text = (
        f"<p>Available {dollars(sums['available'])}, on the way {dollars(sums['pending'])}.</p>"
        f"<h2>Payouts</h2><ul>{rows or '<li>None yet.</li>'}</ul>"
    )
    return _page("Your account", text)


def receipt(call: Call, charge_id: str) -> Reply:
    """What was charged."""
    charge = call.store.get(charge_id, "charge")
    if charge is None or not charge["paid"]:
        return _page("This page is not here", "", 404)
    card = charge["payment_method_details"]["card"]
    text = f"<p>{dollars(charge['amount'])} from {escape(card['brand'])} •••• {escape(card['last4'])}</p>"
    return _page("Receipt", text)
