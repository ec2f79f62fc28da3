"""How often one network address or one e-mail address may apply, counted in the cache by a keyed hash."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

# (what is counted, how many, within how many seconds): a library or a family shares one network address.
LIMITS = (("network", 20, 3600), ("email", 10, 86_400))


def too_many(request, email: str) -> bool:
    """Count this application; True when a limit is passed."""
    seen = {"network": get_adapter(request).get_client_ip(request), "email": email.strip().lower()}
    passed = [_count(kind, seen[kind], seconds) > most for kind, most, seconds in LIMITS]  # each is counted
    return any(passed)


def _count(kind: str, value: str, seconds: int) -> int:
    # Hashed, so that no address of a person lies in the cache.
    key = f"training-{kind}-{salted_hmac('training.limits', value).hexdigest()[:32]}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return 1
