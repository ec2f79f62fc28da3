"""Connected Express accounts, the links to their onboarding, and to their own dashboard at Stripe."""

from __future__ import annotations

from typing import Any

from .call import Call, emit, find, page
from .errors import ApiError, bad_param, no_such
from .params import choice, mapping, merged_metadata, metadata, read, text
from .store import Obj, new_id

LINK_SECONDS = 300
DUE = ["external_account", "individual.first_name", "individual.last_name", "tos_acceptance.date"]
VERIFICATION = ["individual.verification.document"]
CAPABILITIES = ("card_payments", "transfers", "tax_reporting_us_1099_k")
FIELDS = {
    "type": choice("express"), "country": choice("US"), "email": text, "capabilities": mapping,
    "business_type": choice("individual", "company", "non_profit"), "business_profile": mapping,
    "metadata": metadata, "settings": mapping, "default_currency": choice("usd"), "individual": mapping,
    "company": mapping, "controller": mapping,
}  # fmt: skip
CHANGING = ("charges_enabled", "payouts_enabled", "details_submitted", "requirements")


def requirements(due: list[str], disabled_reason: str | None, *, past_due: bool = True) -> dict[str, Any]:
    """Stripe's `requirements` hash for what is still asked."""
    return {
        "alternatives": [], "current_deadline": None, "currently_due": due, "disabled_reason": disabled_reason,
        "errors": [], "eventually_due": due, "past_due": due if past_due else [], "pending_verification": [],
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
    account_id = new_id("acct", 16)
    business = sent.get("business_profile") or {}
    account: Obj = {
        "id": account_id,
        "object": "account",
        "business_profile": {
            "annual_revenue": None, "estimated_worker_count": None, "mcc": None,
            "minority_owned_business_designation": None, "name": None, "product_description": None,
            "support_address": None, "support_email": None, "support_phone": None, "support_url": None,
            "url": None, **business,
        },
        "business_type": sent.get("business_type"),
        "capabilities": dict.fromkeys(wanted, "inactive"),
        "charges_enabled": False,
        "controller": {
            "fees": {"payer": "application_express"}, "is_controller": True, "losses": {"payments": "application"},
            "requirement_collection": "stripe", "stripe_dashboard": {"type": "express"}, "type": "application",
        },
        "country": sent.get("country", "US"),
        "created": call.now,
        "default_currency": "usd",
        "details_submitted": False,
        "email": sent.get("email"),
        "external_accounts": {
            "object": "list", "data": [], "has_more": False, "url": f"/v1/accounts/{account_id}/external_accounts",
        },
        "future_requirements": requirements([], None),
        "metadata": sent.get("metadata") or {},
        "payouts_enabled": False,
        "requirements": requirements(list(DUE), "requirements.past_due"),
        "settings": _settings(business.get("name")),
        "tos_acceptance": {"date": None, "ip": None, "user_agent": None},
        "type": "express",
    }  # fmt: skip
    call.store.put(account)
    emit(call, "account.updated", account, previous={}, account=account["id"])
    return account


def _settings(name: str | None) -> Obj:
    return {
        "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
        "card_payments": {
            "decline_on": {"avs_failure": False, "cvc_failure": False}, "statement_descriptor_prefix": None,
            "statement_descriptor_prefix_kana": None, "statement_descriptor_prefix_kanji": None,
        },
        "dashboard": {"display_name": name, "timezone": "America/Los_Angeles"},
        "payments": {
            "statement_descriptor": None, "statement_descriptor_kana": None, "statement_descriptor_kanji": None,
        },
        "payouts": {
            "debit_negative_balances": True, "schedule": {"delay_days": 2, "interval": "daily"},
            "statement_descriptor": None,
        },
    }  # fmt: skip


def get(call: Call, id: str) -> Obj:
    """GET /v1/accounts/<id>. Stripe answers 403 for an account that is not the platform's."""
    found = call.store.get(id, "account")
    if found is None:
        raise no_access(id)
    return found


def no_access(id: str) -> ApiError:
    """What Stripe answers for an account that is none of the platform's: 403."""
    return ApiError(
        f"The provided key does not have access to account '{id}' (or that account does not exist).",
        status=403,
        code="account_invalid",
    )


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


def create_login_link(call: Call, id: str) -> Obj:
    """POST /v1/accounts/<id>/login_links: the maker's own dashboard, once its onboarding is done."""
    read(call.params, {})
    account = get(call, id)
    if not account["details_submitted"]:
        raise ApiError("Cannot create a login link for an account that has not completed onboarding.")
    login_id = new_id("lael", 32)
    expires = call.now + LINK_SECONDS
    call.store.put(
        {
            "id": login_id, "object": "_login", "created": call.now, "expires_at": expires, "used": False,
            "account": id,
        }
    )  # fmt: skip
    return {"object": "login_link", "created": call.now, "url": f"{call.config.public_url}/express/{login_id}"}


def _bank(account_id: str) -> Obj:
    nothing = requirements([], None)
    asked = {name: nothing[name] for name in ("currently_due", "errors", "past_due", "pending_verification")}
    return {
        "id": new_id("ba"), "object": "bank_account", "account": account_id, "account_holder_name": None,
        "account_holder_type": None, "account_type": None, "available_payout_methods": ["standard"],
        "bank_name": "STRIPE TEST BANK", "country": "US", "currency": "usd", "default_for_currency": True,
        "fingerprint": new_id("x", 16)[2:], "future_requirements": asked, "last4": "6789", "metadata": {},
        "requirements": asked, "routing_number": "110000000", "status": "new",
    }  # fmt: skip


def set_enabled(call: Call, id: str, enabled: bool) -> Obj:
    """Complete an account's onboarding, or disable it (onboarding page and test hook)."""
    account = find(call, "account", id)
    before = {name: account[name] for name in CHANGING}
    account["requirements"] = requirements([], None if enabled else "platform_paused")
    if enabled:
        _submit(call, account)
    return _switch(call, account, before, transfers=enabled, payouts=enabled)


def require(call: Call, id: str, due: list[str], *, past_due: bool) -> Obj:
    """Stripe asks for something more: payouts stop at once, transfers too where it is overdue."""
    account = find(call, "account", id)
    before = {name: account[name] for name in CHANGING}
    reason = "requirements.past_due" if past_due else "action_required.requested_capabilities"
    account["requirements"] = requirements(due, reason if due else None, past_due=past_due)
    _submit(call, account)
    return _switch(call, account, before, transfers=not (due and past_due), payouts=not due)


def _submit(call: Call, account: Obj) -> None:
    account["details_submitted"] = True
    banks = account["external_accounts"]["data"]
    if not banks:
        banks.append(_bank(account["id"]))
        account["tos_acceptance"] = {"date": call.now, "ip": "203.0.113.7", "user_agent": None}


def _switch(call: Call, account: Obj, before: Obj, *, transfers: bool, payouts: bool) -> Obj:
    state = "active" if transfers else "inactive"
    account["capabilities"] = dict.fromkeys(account["capabilities"], state)
    account["charges_enabled"] = account["capabilities"].get("card_payments") == "active"
    account["payouts_enabled"] = payouts
    call.store.put(account)
    emit(call, "account.updated", account, previous=before, account=account["id"])
    if payouts:
        call.store.schedule("pay_out", account["id"], 0)
    return account
