"""Making staff accounts: verified address and groups, so that nobody stops at e-mail confirmation."""

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.db import transaction

from .models import User


@transaction.atomic
def create_user(*, email: str, password: str, name: str = "", **fields) -> User:
    """A person with a verified e-mail address."""
    user = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def create_staff(*, email: str, password: str, name: str, groups=(), superuser: bool = False) -> User:
    """A member of the staff in the named groups. Raises Group.DoesNotExist for a name that no group has."""
    user = create_user(email=email, password=password, name=name, is_staff=True, is_superuser=superuser)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return user


@transaction.atomic
def enrol_second_factor(*, user: User, secret: str = "") -> str:
    """Turn on one-time codes for `user`; returns the secret (a new one, unless given) for the authenticator app."""
    secret = secret or generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def verified_addresses(user: User) -> list[str]:
    """The addresses that this person proved to read, in lower case."""
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return [email.lower() for email in rows]
