"""Errors in the shape and with the HTTP statuses that Stripe answers."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer other than 2xx.

    `keep` says that what was written before the error stays (a declined charge is a fact);
    `stored` says that an idempotent repeat gets this same answer (Stripe does not store
    answers to requests whose parameters were malformed).
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        type: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        keep: bool = False,
        stored: bool = True,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.keep = keep
        self.stored = stored
        self.error: dict[str, Any] = {"type": type, "message": message}
        if code:
            self.error["code"] = code
            self.error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        if param:
            self.error["param"] = param
        self.error.update(extra or {})

    @property
    def body(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        return {"error": self.error}


def bad_param(message: str, param: str, code: str | None = None) -> ApiError:
    """A malformed parameter: 400, not stored under the idempotency key."""
    return ApiError(message, param=param, code=code, stored=False)


def missing_param(param: str) -> ApiError:
    """A required parameter that was not sent."""
    return bad_param(f"Missing required param: {param}.", param, "parameter_missing")


def no_such(noun: str, object_id: str, *, param: str = "id", status: int = 404) -> ApiError:
    """An id that names nothing: 404 for the object of the address, 400 for one in a parameter."""
    return ApiError(f"No such {noun}: '{object_id}'", status=status, code="resource_missing", param=param)


def card_error(
    message: str,
    *,
    code: str,
    param: str | None = None,
    decline_code: str | None = None,
    keep: bool = False,
    extra: dict[str, Any] | None = None,
) -> ApiError:
    """A card that cannot be used or was declined: 402."""
    more = dict(extra or {})
    if decline_code:
        more["decline_code"] = decline_code
    return ApiError(message, status=402, type="card_error", code=code, param=param, keep=keep, extra=more)
