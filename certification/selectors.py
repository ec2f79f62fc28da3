"""Reads of certification: what is valid now, what the public sees, what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from marketplace.core import clock

from .cases import case_of
from .facts import facts_of, fingerprint
from .models import Application, AuditEntry, Certificate, CertifiedProduct, SiteVisit
from .rules import Claim, PlaceSource, Proof, Step, StepKind, Verdict
from .texts import STEPS
from .words import CertificateStatus, PublicStatus, VisitStatus


def valid_certificates(day: date | None = None) -> QuerySet[Certificate]:
    """Certificates whose status and days hold on `day` (today); the facts are compared by the badge function."""
    day = day or clock.today()
    return Certificate.objects.filter(status=CertificateStatus.VALID, valid_from__lte=day, valid_until__gte=day)


def certified_products(day: date | None = None) -> QuerySet[CertifiedProduct]:
    """Products that a certificate covers on `day` (today); the facts are compared by the badge function."""
    day = day or clock.today()
    return CertifiedProduct.objects.filter(
        certificate__status=CertificateStatus.VALID, certificate__valid_from__lte=day, certificate__valid_until__gte=day
    )


def covered_products(application: Application) -> list[int]:
    """Ids of the product applied for and of those that are, or were, certified with it."""
    certified = CertifiedProduct.objects.filter(certificate__application__product=application.product_id)
    return sorted({application.product_id, *certified.values_list("product_id", flat=True)})


def is_certified(day: date | None = None, *, claim: str = "") -> Exists:
    """A condition for querysets of rows with a `product_id`: covered on `day` (today), for `claim` if given."""
    rows = certified_products(day).filter(product=OuterRef("product_id"))
    return Exists(rows.filter(certificate__claims__icontains=f'"{claim}"') if claim else rows)


def unchanged(certificates: Iterable[Certificate]) -> set[int]:
    """The ids of those certificates whose certified facts are still the live ones; two queries."""
    certificates = list(certificates)
    facts = facts_of(item.product_id for item in certificates if item.product_id)
    return {
        item.pk
        for item in certificates
        if item.product_id is None or fingerprint(facts[item.product_id]) == item.fingerprint
    }


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A certificate as the public register shows it today."""

    certificate: Certificate
    status: PublicStatus
    reason: str


def register_rows(certificates: Iterable[Certificate]) -> list[RegisterRow]:
    """Status and reason of each certificate as of now; a constant number of queries."""
    certificates = list(certificates)
    same = unchanged(item for item in certificates if item.status == CertificateStatus.VALID)
    today = clock.today()
    return [_register_row(item, item.pk in same, today) for item in certificates]


def _register_row(certificate: Certificate, same: bool, today: date) -> RegisterRow:
    running = certificate.status in (CertificateStatus.VALID, CertificateStatus.SUSPENDED)
    if running and today > certificate.valid_until:
        return RegisterRow(certificate, PublicStatus.EXPIRED, "")
    if running and today < certificate.valid_from:  # only where a server's clock went back
        return RegisterRow(certificate, PublicStatus.SUSPENDED, _("It does not begin before its first day."))
    if certificate.status == CertificateStatus.VALID and not same:
        reason = _("The product has changed since it was certified; the badge rests until it has been looked at.")
        return RegisterRow(certificate, PublicStatus.SUSPENDED, reason)
    return RegisterRow(certificate, PublicStatus(certificate.status), certificate.status_reason)


def register(*, query: str = "", status: str = "", claim: str = "") -> QuerySet[Certificate]:
    """The public register, newest first, ended ones included; unknown filter values are ignored."""
    rows = Certificate.objects.select_related("criteria").order_by("-issued_at", "-pk")
    words = query.replace("\x00", "").strip()[:80]
    if words:
        rows = rows.filter(
            Q(number__icontains=words) | Q(maker_name__icontains=words) | Q(product_description__icontains=words)
        )
    today = clock.today()
    running = Q(status__in=[CertificateStatus.VALID, CertificateStatus.SUSPENDED])
    if status == PublicStatus.EXPIRED:
        rows = rows.filter(running, valid_until__lt=today)
    elif status == PublicStatus.VALID:
        rows = rows.filter(status=status, valid_from__lte=today, valid_until__gte=today)
    elif status == PublicStatus.SUSPENDED:
        rows = rows.filter(status=status, valid_until__gte=today)
    elif status in PublicStatus.values:
        rows = rows.filter(status=status)
    if claim in set(Claim):
        rows = rows.filter(claims__in=_lists_with(claim))
    return rows


def _lists_with(claim: str) -> list[list[str]]:
    """Every list of claims, in the programme's order, that names this one."""
    lists = (list(chosen) for size in (1, 2, 3) for chosen in combinations([item.value for item in Claim], size))
    return [chosen for chosen in lists if claim in chosen]


@dataclass(frozen=True, slots=True)
class PassportStep:
    """One stop of the origin passport, in words for people."""

    inside: bool
    area: str
    label: str
    place: str
    known: str


@dataclass(frozen=True, slots=True)
class Passport:
    """Who did what where, as certified; places without street addresses."""

    certificate: Certificate
    steps: tuple[PassportStep, ...]

    @property
    def inside_count(self) -> int:
        return sum(step.inside for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)


def passport_of(product: Product) -> Passport | None:
    """The passport behind the product's newest valid certificate."""
    row = certified_products().filter(product=product).select_related("certificate__criteria").order_by("-pk").first()
    return passport(row.certificate) if row else None


def passport(certificate: Certificate) -> Passport:
    return Passport(certificate, tuple(_passport_step(step) for step in certificate.public_steps))


def _passport_step(step: dict) -> PassportStep:
    return PassportStep(
        inside=step["inside"],
        area=_("City of Los Angeles") if step["inside"] else _("Outside L.A."),
        label=str(STEPS[StepKind(step["kind"])]),
        place=step["place"],
        known=_known(step["known"]),
    )


def _known(word: str) -> str:
    return {
        "declared": _("declared"),
        "documented": _("documented"),
        "registered": _("documented, in the City's register"),
        "visited": _("seen on a visit"),
    }[word]


def public_steps(application: Application) -> list[dict]:
    """The steps of a judged application without street addresses, as the certificate keeps them."""
    facts = {str(step["id"]): step for step in application.facts["steps"]}
    visits = SiteVisit.objects.filter(application__maker=application.maker, status=VisitStatus.DONE)
    seen = {(visit.address, kind) for visit in visits for kind in visit.steps_seen}
    return [
        _public_step(step, facts[step.key], step.site is not None and (step.site.address, str(step.kind)) in seen)
        for step in case_of(application).steps
    ]


def _public_step(step: Step, facts: dict, visited: bool) -> dict:
    inside = step.site is not None and step.site.place.verdict is Verdict.INSIDE
    known = "visited" if visited else _how_known(step)
    return {"kind": str(step.kind), "inside": inside, "place": _public_place(facts), "known": known}


def _public_place(facts: dict) -> str:
    if "workplace" not in facts:
        return ", ".join(part for part in (facts["elsewhere_by"], facts["elsewhere_place"]) if part)
    who = facts["contractor_name"] if facts["operated_by"] == "contractor" else facts["workplace_name"]
    return f"{who}, {facts['city']} {facts['zip_code'][:5]}"


def _how_known(step: Step) -> str:
    if step.proof is not Proof.ACCEPTED:
        return "declared"
    registered = step.site is not None and step.site.place.source is PlaceSource.REGISTER
    return "registered" if registered else "documented"


def applications_for(user) -> QuerySet[Application]:
    """Applications of the makers this person works for, and those filed by them."""
    rows = Application.objects.select_related("product", "maker").order_by("-pk")
    return rows.filter(Q(maker__memberships__user=user) | Q(created_by=user)).distinct()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An entry of the trail; `times` counts those that follow each other and say the same."""

    entry: AuditEntry
    times: int


def history(application: Application) -> list[HistoryRow]:
    """The trail of a case, newest first; a maker's nine files in a row are one line."""
    entries = AuditEntry.objects.filter(application=application).select_related("private__actor")
    runs = [list(run) for _key, run in groupby(entries, key=_same_line)]
    return [HistoryRow(run[0], len(run)) for run in runs]


def _same_line(entry: AuditEntry) -> tuple:
    private = entry.kept
    return entry.verb, private and private.actor_id, private.reason if private else entry.number
