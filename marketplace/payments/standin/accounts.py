"""Connected Express accounts and the links to their onboarding."""

from __future__ import annotations

from typing import Any

from .call import Call, emit, find, page
from .errors import ApiError, bad_param, no_such
from .params import choice, mapping, merged_metadata, metadata, read, text
from .store import Obj, new_id

LINK_SECONDS = 300
DUE = ["external_account", "individual.first_name", "individual.last_name", "tos_acceptance.date"]
CAPABILITIES = ("card_payments", "transfers")
FIELDS = {
    "type": choice("express"), "country": choice("US"), "email": text, "capabilities": mapping,
    "business_type": choice("individual", "company", "non_profit"), "business_profile": mapping,
    "metadata": metadata, "settings": mapping, "default_currency": choice("usd"), "individual": mapping,
    "company": mapping, "controller": mapping,
}  # fmt: skip


def requirements(due: list[str], disabled_reason: str | None) -> dict[str, Any]:
    """Stripe's `requirements` hash for what is still asked."""
    return {
        "alternatives": [], "current_deadline": None, "currently_due": due, "disabled_reason": disabled_reason,
        "errors": [], "eventually_due": due, "past_due": due, "pending_verification": [],
    }  # fmt: skip


def create(call: Call) -> Obj:
    """POST /v1/accounts: an Express account, not enabled until its onboarding is complete."""
    sent = read(call.params, FIELDS)
    if sent.get("type") != "express" and not sent.get("controller"):
        raise bad_param("Only Express accounts are supported: send type=express.", "type")
    wanted = sent.get("capabilities") or {}
    for name in wanted:
        if name not in CAPABILITIES:
            raise bad_param(f"Unsupported capability: {name}", f"capabilities[{name}]")
    account: Obj = {
        "id": new_id("acct", 16),
        "object": "account",
        "business_profile": {
            "annual_revenue": None, "estimated_worker_count": None, "mcc": None,
            "minority_owned_business_designation": None, "name": None, "product_description": None,
            "support_address": None, "support_email": None, "support_phone": None, "support_url": None,
            "url": None, **(sent.get("business_profile") or {}),
        },
        "business_type": sent.get("business_type"),
        "capabilities": dict.fromkeys(wanted, "inactive"),
        "charges_enabled": False,
        "country": sent.get("country", "US"),
        "created": call.now,
        "default_currency": "usd",
        "details_submitted": False,
        "email": sent.get("email"),
        "external_accounts": {"object": "list", "data": [], "has_more": False, "url": ""},
        "future_requirements": requirements([], None),
        "metadata": sent.get("metadata") or {},
        "payouts_enabled": False,
        "requirements": requirements(DUE, "requirements.past_due"),
        "type": "express",
    }  # fmt: skip
    account["external_accounts"]["url"] = f"/v1/accounts/{account['id']}/external_accounts"
    call.store.put(account)
    emit(call, "account.updated", account, previous={}, account=account["id"])
    return account


def get(call: Call, id: str) -> Obj:
    """GET /v1/accounts/<id>. Stripe answers 403 for an account that is not the platform's."""
    found = call.store.get(id, "account")
    if found is None:
        raise ApiError(
            f"The provided key does not have access to account '{id}' (or that account does not exist).",
            status=403,
            code="account_invalid",
        )
    return found


def update(call: Call, id: str) -> Obj:
    """POST /v1/accounts/<id>: email, metadata, business profile, requested capabilities."""
    account = get(call, id)
    sent = read(call.params, {name: FIELDS[name] for name in ("email", "metadata", "business_profile")})
    if "metadata" in sent:
        account["metadata"] = merged_metadata(account["metadata"], sent["metadata"])
    if "email" in sent:
        account["email"] = sent["email"]
    account["business_profile"].update(sent.get("business_profile") or {})
    call.store.put(account)
    emit(call, "account.updated", account, previous={}, account=id)
    return account


def list_all(call: Call) -> Obj:
    """GET /v1/accounts."""
    return page(call, "account", "/v1/accounts")


def create_link(call: Call) -> Obj:
    """POST /v1/account_links: a single-use address of the onboarding page, good for five minutes."""
    fields = {
        "account": text, "refresh_url": text, "return_url": text, "collection_options": mapping,
        "type": choice("account_onboarding", "account_update"), "collect": choice("currently_due", "eventually_due"),
    }  # fmt: skip
    sent = read(call.params, fields, required=("account", "type", "refresh_url", "return_url"))
    if call.store.get(sent["account"], "account") is None:
        raise no_such("account", sent["account"], param="account", status=400)
    for name in ("refresh_url", "return_url"):
        if not sent[name].startswith(("http://", "https://")):
            raise bad_param("Not a valid URL", name, "url_invalid")
    link_id = new_id("aclk", 32)
    expires = call.now + LINK_SECONDS
    call.store.put(
        {
            "id": link_id, "object": "_link", "created": call.now, "expires_at": expires, "used": False,
            "account": sent["account"], "return_url": sent["return_url"], "refresh_url": sent["refresh_url"],
        }
    )  # fmt: skip
    url = f"{call.config.public_url}/connect/onboard/{link_id}"
    return {"object": "account_link", "created": call.now, "expires_at": expires, "url": url}


def set_enabled(call: Call, id: str, enabled: bool) -> Obj:
    """Complete an account's onboarding, or disable it (onboarding page and test hook)."""
    account = find(call, "account", id)
    before = {name: account[name] for name in ("charges_enabled", "payouts_enabled", "details_submitted")}
    state = "active" if enabled else "inactive"
    account["capabilities"] = dict.fromkeys(account["capabilities"], state)
    account["charges_enabled"] = enabled and account["capabilities"].get("card_payments") == "active"
    account["payouts_enabled"] = enabled
    account["details_submitted"] = account["details_submitted"] or enabled
    account["requirements"] = requirements([], None if enabled else "platform_paused")
    call.store.put(account)
    emit(call, "account.updated", account, previous=before, account=id)
    return account
