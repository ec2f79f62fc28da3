"""Searching the public register: what an address asks for, and the certificates that answer it."""

from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict

from catalog.catalogue.models import ProductKind
from certification import citymap, fulltext
from certification.models import Certificate, CertifiedProduct
from certification.rules import Claim
from certification.selectors import changed_certificates
from certification.words import CertificateStatus, PublicStatus
from marketplace.core import clock

PER_PAGE = 50
MOST_COUNTED = 1000
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Query:
    """What the register is asked for; empty values ask for nothing. `after` is the number before the first shown."""

    q: str = ""
    status: str = ""
    claim: str = ""
    kind: str = ""
    neighborhood: str = ""
    criteria: str = ""
    year: str = ""
    after: str = ""

    @property
    def narrows(self) -> bool:
        return self.start() != Query()

    def start(self) -> "Query":
        return replace(self, after="")

    def address(self, **changes) -> str:
        """As the address part after "?", in a fixed order."""
        asked = replace(self, **changes)
        return urlencode([(item.name, value) for item in fields(asked) if (value := getattr(asked, item.name))])


def parse(data: QueryDict) -> Query:
    """Read what can be read; unknown values are dropped."""
    place = citymap.find(data.get("neighborhood", ""))
    return Query(
        q=" ".join(data.get("q", "").replace("\x00", "").split())[:80],
        status=_one_of(data.get("status", ""), PublicStatus.values),
        claim=_one_of(data.get("claim", ""), list(Claim)),
        kind=_one_of(data.get("kind", ""), ProductKind.values),
        neighborhood=place.name if place else "",
        criteria=_number(data.get("criteria", ""), range(1, 10_000)),
        year=_number(data.get("year", ""), YEARS),
        after=data.get("after", "").replace("\x00", "")[:20],
    )


def register(query: Query = Query()) -> QuerySet[Certificate]:
    """The certificates asked for, ended ones included, the newest first."""
    rows = Certificate.objects.select_related("criteria").order_by("-pk")
    before = _after(query.after)
    found = fulltext.matching(query.q, _marks(query), before)
    if found is not None:
        rows = rows.filter(pk__in=found)
    if query.status:
        rows = rows.filter(has_status(query.status))
    return rows if before is None else rows.filter(pk__lt=before)


def _after(number: str) -> int | None:
    """The id below which the page begins; 0, so that nothing follows, after a number that does not exist."""
    if not number:
        return None
    return Certificate.objects.filter(number=number).values_list("pk", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Page:
    """`total` counts all that were asked for; MOST_COUNTED + 1 stands for more."""

    rows: list[Certificate]
    total: int
    more: bool


def page(query: Query) -> Page:
    """One page with the products that each certificate covers; what fits on it is not counted again."""
    covered = Prefetch("products", queryset=CertifiedProduct.objects.order_by("title", "pk"))
    found = list(register(query).prefetch_related(covered)[: PER_PAGE + 1])
    more = len(found) > PER_PAGE
    whole = not more and not query.after
    total = len(found) if whole else register(query.start())[: MOST_COUNTED + 1].count()
    return Page(found[:PER_PAGE], total, more)


def _marks(query: Query) -> list[str]:
    asked = {
        "claim": query.claim, "kind": query.kind, "place": query.neighborhood, "version": query.criteria,
        "year": query.year,
    }  # fmt: skip
    return [fulltext.mark(name, value) for name, value in asked.items() if value]


def has_status(status: str) -> Q:
    """What the register shows as this today, as selectors.register_rows decides it row by row."""
    if status in (PublicStatus.WITHDRAWN, PublicStatus.SUPERSEDED):
        return Q(status=status)
    today = clock.today()
    if status == PublicStatus.EXPIRED:
        # Said by what it is not, so that a database walks from the newest instead of sorting all that ran out.
        return ~Q(status__in=[CertificateStatus.WITHDRAWN, CertificateStatus.SUPERSEDED]) & Q(valid_until__lt=today)
    changed = Q(pk__in=changed_certificates())
    if status == PublicStatus.VALID:
        return Q(status=CertificateStatus.VALID, valid_from__lte=today, valid_until__gte=today) & ~changed
    not_begun = Certificate.objects.filter(status=CertificateStatus.VALID, valid_from__gt=today)
    # As a list, hardly ever with anything in it: within one condition it would cost a walk through all rows.
    resting = Q(pk__in=list(not_begun.values_list("pk", flat=True))) | changed
    return Q(status=CertificateStatus.SUSPENDED, valid_until__gte=today) | resting


def _one_of(value: str, choices: list) -> str:
    return value if value in choices else ""


def _number(value: str, known: range) -> str:
    return value if value.isascii() and value.isdigit() and len(value) < 5 and int(value) in known else ""
