"""How often one network address may do something without an account, counted in the cache by a keyed hash."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def passed_limit(request, what: str, *, most: int, seconds: int) -> bool:
    """Count one more `what` from this network address; True where more than `most` came within `seconds`."""
    address = get_adapter(request).get_client_ip(request)
    # Hashed, so that no address of a person lies in the cache.
    key = f"limit-{what}-{salted_hmac('core.limits', address).hexdigest()[:32]}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return False
