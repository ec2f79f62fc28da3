"""The demo's certificates and applications in every state, on the way that people take."""

import io
import random
from datetime import timedelta
from decimal import Decimal
from operator import itemgetter

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from certification.cases import findings_for
from certification.models import Application, ProductionStep
from certification.rules import Claim, Outcome, StepKind, outcomes
from certification.services import applications, certificates, evidence, review
from certification.words import EvidenceKind, Reason
from makers.models import Operator, Workplace
from makers.services import save_workplace
from marketplace.core import clock

from .catalog import Piece, street_of
from .mills import mills_of
from .people import person

EVALUATOR, DECIDER = "evaluator@laoriginal.example", "decider@laoriginal.example"
SHARES = {
    StepKind.CONCEPT: 6, StepKind.PATTERN: 7, StepKind.SAMPLE: 7, StepKind.MATERIAL: 16, StepKind.KNITTING: 24,
    StepKind.CUTTING: 14, StepKind.PRINTING: 12, StepKind.SEWING: 32, StepKind.LASTING: 26, StepKind.CASTING: 24,
    StepKind.ASSEMBLING: 24, StepKind.FINISHING: 12, StepKind.PACKING: 2,
}  # fmt: skip
STEPS = {
    "garment": ("concept", "pattern", "sample", "material", "cutting", "sewing", "finishing", "packing"),
    "printed_garment": ("concept", "pattern", "sample", "material", "cutting", "sewing", "printing", "finishing"),
    "knitwear": ("concept", "pattern", "sample", "material", "knitting", "sewing", "finishing"),
    "footwear": ("concept", "pattern", "sample", "material", "cutting", "sewing", "lasting", "finishing"),
    "bag": ("concept", "pattern", "sample", "material", "cutting", "sewing", "finishing"),
    "hat": ("concept", "pattern", "sample", "material", "cutting", "sewing", "finishing"),
    "jewellery": ("concept", "pattern", "sample", "material", "casting", "assembling", "finishing"),
    "home_textile": ("concept", "pattern", "sample", "material", "cutting", "sewing", "finishing"),
    "other": ("concept", "pattern", "sample", "material", "assembling", "finishing"),
}
# How many of the first pieces stay on the way, and how many of the last certificates end.
UNDERWAY = (
    ("draft", 2), ("submitted", 3), ("evaluating", 2), ("needs_info", 2), ("evaluated", 2), ("refused", 3),
    ("taken_back", 1),
)  # fmt: skip
ENDED = (("expired", 4), ("suspended", 3), ("withdrawn", 3), ("changed", 1), ("renewed", 2), ("expiring", 6))
LATER = ("suspended", "withdrawn", "changed", "renewed")  # something happens after the certificate was issued


def certify_pieces(pieces: list[Piece], draw: random.Random) -> None:
    """Bring every piece to its state; the middle of the list simply is certified."""
    states = [state for state, number in UNDERWAY for _ in range(number)]
    ended = [state for state, number in ENDED for _ in range(number)]
    states += ["valid"] * (len(pieces) - len(states) - len(ended)) + ended
    order = list(pieces)
    draw.shuffle(order)
    acts = []
    for piece, state in zip(order, states, strict=True):
        acts.append((_days_ago(state, draw), _bring_to, piece, state))
        if state in LATER:
            acts.append((draw.randint(1, 3), _afterwards, piece, state))
    # As time went by, so that the numbers of certificates rise with their days.
    for days, act, piece, state in sorted(acts, key=itemgetter(0), reverse=True):
        with transaction.atomic(), clock.at(clock.now() - timedelta(days=days)):
            act(piece, state, draw)


def _bring_to(piece: Piece, state: str, draw: random.Random) -> None:
    elsewhere = state == "refused"
    _describe(piece, draw, sewn_elsewhere=elsewhere or draw.random() < 0.12)
    case = applications.start_application(user=piece.owner, product=piece.product, claims=[Claim.DESIGNED])
    if state == "draft":
        return
    _prove(piece, case)
    case = _claim(piece, case, everything=elsewhere)
    case = applications.submit(user=piece.owner, application=case)
    _judge(piece, case, state)


def _days_ago(state: str, draw: random.Random) -> int:
    fixed = {"expired": (372, 430), "expiring": (320, 352), "renewed": (350, 360), "refused": (20, 60)}
    low, high = fixed.get(state, (3, 290) if state in ("valid", "suspended", "withdrawn", "changed") else (1, 16))
    return draw.randint(low, high)


def _describe(piece: Piece, draw: random.Random, *, sewn_elsewhere: bool) -> None:
    place = piece.product.maker.workplaces.order_by("pk").first()
    outside = _outside_workplace(piece) if sewn_elsewhere else None
    kinds = [StepKind(kind) for kind in STEPS[piece.plan.kind.product_kind]]
    total = sum(SHARES[kind] for kind in kinds)
    shares = [Decimal(SHARES[kind] * 100 // total) for kind in kinds]
    shares[kinds.index(StepKind.FINISHING)] += 100 - sum(shares)
    since = sorted((draw.randint(40, 900) for _ in kinds), reverse=True)
    rows = []
    for kind, share, days in zip(kinds, shares, since, strict=True):
        step = ProductionStep(kind=kind, cost_share=share, started_on=clock.today() - timedelta(days=days))
        if kind is StepKind.MATERIAL:
            step.elsewhere_by, step.elsewhere_place = draw.choice(mills_of(piece.plan.kind))
        else:
            step.workplace = (
                outside if outside and kind in (StepKind.SEWING, StepKind.ASSEMBLING, StepKind.CUTTING) else place
            )
        rows.append(step)
    applications.save_steps(user=piece.owner, product=piece.product, steps=rows)


def _outside_workplace(piece: Piece) -> Workplace:
    """A contractor in Vernon, which mail calls Los Angeles and which is not the City."""
    maker = piece.product.maker
    line1 = "4305 S Santa Fe Ave"
    known = Workplace.objects.filter(maker=maker, operated_by=Operator.CONTRACTOR).first()
    return known or save_workplace(
        user=piece.owner,
        workplace=Workplace(
            maker=maker, name=street_of(line1), operated_by=Operator.CONTRACTOR, contractor_name="Soto Street Sewing",
            line1=line1, city="Vernon", zip_code="90058", garment_registration="GMR-30817",
        ),
    )  # fmt: skip


def _prove(piece: Piece, case: Application) -> None:
    kinds = {StepKind.CUTTING: EvidenceKind.CUTTING_TICKET, StepKind.PATTERN: EvidenceKind.PATTERN_FILE}
    steps = piece.product.production_steps.select_related("workplace")
    for step in steps:
        kind = kinds.get(StepKind(step.kind), EvidenceKind.PHOTO)
        words = f"{piece.product.maker.name} · {piece.product.title} · {step.kind} · {step.pk}"
        evidence.add_evidence(user=piece.owner, application=case, kind=kind, upload=_ticket(words), step=step)
    for place in {step.workplace for step in steps if step.workplace}:
        upload = _ticket(f"City business tax certificate · {place} · {case.pk}")
        evidence.add_evidence(
            user=piece.owner, application=case, kind=EvidenceKind.BUSINESS_RECORD, upload=upload, workplace=place
        )


def _claim(piece: Piece, case: Application, *, everything: bool) -> Application:
    """Claim what the findings leave possible, as a sensible maker does."""
    results = outcomes(findings_for(case, list(Claim)))
    claims = [claim for claim, outcome in results.items() if everything or outcome is not Outcome.FAILS]
    return applications.change_claims(user=piece.owner, application=case, claims=claims or [Claim.DESIGNED])


def _judge(piece: Piece, case: Application, state: str) -> Application:
    """Take a submitted case as far as its state says."""
    evaluator, decider = person(EVALUATOR), person(DECIDER)
    if state == "submitted":
        return case
    if state == "taken_back":
        return applications.withdraw_application(user=piece.owner, application=case, reason="Not ready yet.")
    case = review.start_evaluation(user=evaluator, application=case)
    if state == "evaluating":
        return case
    if state == "needs_info":
        question = "Which of your two tables is the cutting table? The photo shows an office."
        return review.ask_maker(user=evaluator, application=case, question=question)
    _check(case, evaluator)
    if state == "refused":
        reason = "Cutting and sewing happen in Vernon, which is not the City of Los Angeles."
        reasons = [Reason.OUTSIDE_AREA]
        review.recommend(
            user=evaluator, application=case, recommendation="refuse", reason=reason, reasons=reasons
        )  # fmt: skip
        return review.refuse(user=decider, application=case, reason=reason, reasons=reasons)
    case = _recommend(case, evaluator)
    if state == "evaluated":
        return case
    return review.grant(
        user=decider, application=case, claims=case.recommended_claims, reason="As recommended.",
        reasons=case.recommended_reasons,
    )  # fmt: skip


def _check(case: Application, evaluator) -> None:
    for item in case.evidence.all():
        evidence.judge_evidence(user=evaluator, evidence=item, accept=True)
    for step in case.facts["steps"]:
        if "workplace" in step:
            _look_at(case, step, evaluator)


def _recommend(case: Application, evaluator) -> Application:
    results = outcomes(findings_for(case), [Claim(claim) for claim in case.claims])
    granted = [claim for claim, outcome in results.items() if outcome is Outcome.QUALIFIES]
    words = "Every step that the claims rest on is documented and lies inside the City."
    reasons = [] if granted == case.claims else [Reason.OUTSIDE_AREA]
    return review.recommend(
        user=evaluator, application=case, recommendation="grant", claims=granted, reason=words, reasons=reasons
    )


def _look_at(case: Application, step: dict, evaluator) -> None:
    """Each workplace is looked at once, at its address."""
    if case.maker.workplaces.filter(pk=step["workplace"], checks__isnull=False).exists():
        return
    review.check_workplace(
        user=evaluator, application=case, workplace_id=step["workplace"], inside=step["city"] != "Vernon",
        record_accepted=True, reason="Address found on the City's map; tax certificate seen.",
    )  # fmt: skip


def _afterwards(piece: Piece, state: str, draw: random.Random) -> None:
    decider, case = person(DECIDER), piece.product.applications.get()
    if state == "suspended":
        reason = "The contractor's invoice names another address. The badge rests until it is explained."
        certificates.suspend(user=decider, certificate=case.certificate, reason=reason, reasons=[Reason.CONTRADICTION])
    elif state == "withdrawn":
        reason = "Sewing moved out of the City without notice."
        certificates.withdraw(user=decider, certificate=case.certificate, reason=reason, reasons=[Reason.CHANGED])
    elif state == "changed":
        steps = list(piece.product.production_steps.order_by("position"))
        step = next(step for step in steps if step.kind == StepKind.PATTERN)
        step.elsewhere_by, step.elsewhere_place, step.workplace = "Freelance pattern maker", "Pasadena, CA", None
        applications.save_steps(user=piece.owner, product=piece.product, steps=steps)
    elif state == "renewed":
        _renew(piece, case)


def _renew(piece: Piece, old: Application) -> None:
    case = applications.start_application(user=piece.owner, product=piece.product, claims=old.claims)
    _prove(piece, case)
    case = applications.submit(user=piece.owner, application=case)
    _judge(piece, case, "valid")


def _ticket(words: str) -> SimpleUploadedFile:
    """A picture of a filled-in ticket; the words make every file a different one."""
    picture = Image.new("RGB", (420, 260), "#f6f1e4")
    pen = ImageDraw.Draw(picture)
    for line, start in enumerate(range(0, len(words), 44)):
        pen.text((20, 24 + 22 * line), words[start : start + 44], fill="#222222")
    for row in range(6):
        pen.line((20, 130 + row * 20, 400, 130 + row * 20), fill="#b9ae94")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=70)
    return SimpleUploadedFile("ticket.jpg", buffer.getvalue(), content_type="image/jpeg")
