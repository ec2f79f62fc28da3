"""What a maker gives of itself, and what staff decide about it.

Bank account, identity and tax number lie at Stripe; here is kept only on which day Stripe said that it has them.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from certification.permissions import has_conflict
from makers.models import Maker
from makers.permissions import can_manage_members
from makers.permissions import require as require_maker
from marketplace.core import clock
from marketplace.payments.models import MakerAccount
from marketplace.payments.onboarding import look_at

from . import permissions, workflow
from .letters import tell
from .models import SellerAnswer, SellerCheck
from .words import LONGEST_TEXT, CheckAction, Side

FACTS = (
    "person", "email", "phone", "private_phone", "line1", "line2", "city", "state", "zip_code", "at_home", "supplier",
)  # fmt: skip
# Parts of the names that Stripe gives to what it still asks for (account.requirements).
_IDENTITY = ("verification", "id_number", "ssn", "tax_id", "document")


@dataclass(frozen=True, slots=True)
class Seen:
    """What Stripe says of a maker's account: it pays out to a bank; it asks for no identity or tax number."""

    bank: bool
    identity: bool


def seen_at_stripe(maker: Maker) -> Seen:
    """Ask Stripe; never inside a transaction. Raises GatewayError, Unreachable."""
    return seen_in(look_at(maker))


def seen_in(account: MakerAccount | None) -> Seen:
    """What an account proves, as Stripe told it."""
    if account is None:
        return Seen(bank=False, identity=False)
    asked = any(word in name for name in account.requirements for word in _IDENTITY)
    return Seen(bank=account.payouts_enabled, identity=account.details_submitted and not asked)


def check_of(maker: Maker) -> SellerCheck | None:
    """The check of a maker with what was given and verified, where there ever was one."""
    rows = SellerCheck.objects.select_related("maker", "answer", "verified_answer")
    return rows.filter(maker=maker).first()


@transaction.atomic
def give_facts(*, user, check: SellerCheck, seen: Seen, **facts) -> SellerAnswer:
    """An owner gives the facts of FACTS; they are verified within ten days. A suspension ends at once.

    Raises PermissionDenied, ValidationError (also while Stripe still asks for something), WrongMoment.
    """
    require_maker(can_manage_members(user, check.maker))
    _require_seen(seen)
    answer = SellerAnswer(check_of=check, given_by=user, at=clock.now(), **{name: facts[name] for name in FACTS})
    answer.full_clean()
    answer.save()
    tell(workflow.perform(
        check=check, action=CheckAction.ANSWER, side=Side.MAKER, actor=user, answer=answer, **_days(seen)
    ))  # fmt: skip
    return answer


@transaction.atomic
def confirm_facts(*, user, check: SellerCheck) -> None:
    """An owner certifies that nothing changed since it was verified. Raises PermissionDenied, WrongMoment."""
    require_maker(can_manage_members(user, check.maker))
    tell(workflow.perform(check=check, action=CheckAction.CONFIRM, side=Side.MAKER, actor=user))


@transaction.atomic
def ask_anew(*, maker: Maker) -> None:
    """Another person has the business now: what was given of the one before does not hold any more.

    Nothing happens where nothing was given, or the maker has to answer anyway.
    """
    check = check_of(maker)
    if check is not None and CheckAction.ASK_ANEW in workflow.possible(check, Side.CLOCK):
        tell(workflow.perform(
            check=check, action=CheckAction.ASK_ANEW, side=Side.CLOCK, answer=None, verified_answer=None
        ))  # fmt: skip


@transaction.atomic
def verify_facts(*, user, check: SellerCheck, seen: Seen, words: str) -> None:
    """Staff looked at what was given, and it is right; `words` say how that was found out.

    Raises PermissionDenied, ValidationError, WrongMoment.
    """
    _require_judge(user, check)
    words = _said(words, _("Say how you found out that it is right."))
    _require_seen(seen)
    row = SellerCheck.objects.select_for_update().get(pk=check.pk)
    tell(workflow.perform(
        check=check, action=CheckAction.VERIFY, side=Side.STAFF, actor=user, words=words,
        verified_answer=row.answer, **_days(seen),
    ))  # fmt: skip


@transaction.atomic
def send_back(*, user, check: SellerCheck, words: str) -> None:
    """Staff refuse what was given, with reasons that the maker reads; it has ten days to give it anew.

    Raises PermissionDenied, ValidationError, WrongMoment.
    """
    _require_judge(user, check)
    words = _said(words, _("Say what is not right and how to mend it; the maker reads it."))
    tell(workflow.perform(
        check=check, action=CheckAction.SEND_BACK, side=Side.STAFF, actor=user, words=words, verified_answer=None
    ))  # fmt: skip


def _require_judge(user, check: SellerCheck) -> None:
    permissions.require(user, permissions.VERIFY)
    if has_conflict(user, check.maker):
        raise PermissionDenied


def _require_seen(seen: Seen) -> None:
    if not seen.bank:
        raise ValidationError(_("Stripe does not pay out to a bank account yet. Finish the account under “Payouts”."))
    if not seen.identity:
        raise ValidationError(_("Stripe still asks for an identity or a tax number. Give it there, under “Payouts”."))


def _days(seen: Seen) -> dict:
    return {"bank_seen_on": clock.today(), "identity_seen_on": clock.today()} if seen.bank and seen.identity else {}


def _said(words: str, missing: str) -> str:
    words = (words or "").replace("\x00", "").strip()[:LONGEST_TEXT]
    if not words:
        raise ValidationError({"words": missing})
    return words
