"""The demo's people: one sign-in per role, printed when the demo starts."""

import time

from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from certification.permissions import DECIDERS, EVALUATORS
from makers.training.permissions import COORDINATORS
from marketplace.duties.permissions import COMPLIANCE
from marketplace.shopdesk.permissions import SHOP_STAFF
from marketplace.tax.permissions import BOOKKEEPERS
from marketplace.users.models import User
from marketplace.users.services import create_staff, create_user, enrol_second_factor

PASSWORD = "made in los angeles"
SECOND_FACTOR = "LAORIGINALDEMO234567LAORIGINALDE"
COORDINATOR, DIRECTOR = "coordinator@laoriginal.example", "director@laoriginal.example"
BOOKKEEPER = "books@laoriginal.example"
SHOP_DESK = "shop@laoriginal.example"
STAFF = {
    "evaluator@laoriginal.example": ("Elena Marsh", (EVALUATORS,), False),
    "decider@laoriginal.example": ("Dov Castellano", (DECIDERS,), False),
    COORDINATOR: ("Marcus Bell", (COORDINATORS,), False),
    BOOKKEEPER: ("Priya Nair", (BOOKKEEPERS, COMPLIANCE), False),
    SHOP_DESK: ("Sofia Tran", (SHOP_STAFF,), False),
    DIRECTOR: ("Ruth Alvarado", (EVALUATORS, DECIDERS), True),
}
ANA = "ana@laoriginal.example"
SHOPPER = "shopper@laoriginal.example"
SHOPPERS = {SHOPPER: "Casey Rivera", "lee@laoriginal.example": "Lee Abrams", "noor@laoriginal.example": "Noor Haddad"}
ROLES = (
    ("Shopper", SHOPPER),
    ("Maker", ANA),
    ("Evaluator", "evaluator@laoriginal.example"),
    ("Decision maker", "decider@laoriginal.example"),
    ("Training coordinator", COORDINATOR),
    ("Bookkeeper", BOOKKEEPER),
    ("Shop staff", SHOP_DESK),
    ("Director (everything)", DIRECTOR),
)


def create_people() -> None:
    """Staff with a second factor, and shoppers."""
    for email, (name, groups, superuser) in STAFF.items():
        user = create_staff(email=email, password=PASSWORD, name=name, groups=groups, superuser=superuser)
        enrol_second_factor(user=user, secret=SECOND_FACTOR)
    for email, name in SHOPPERS.items():
        create_user(email=email, password=PASSWORD, name=name)


def person(email: str) -> User:
    return User.objects.get(email=email)


def one_time_code() -> str:
    """The code that an authenticator app would show now for the demo's staff and Ana."""
    return format_hotp_value(hotp_value(SECOND_FACTOR, int(time.time()) // TOTP_PERIOD))
