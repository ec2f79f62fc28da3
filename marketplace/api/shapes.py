"""What answers look like: the schema that `/api/v1/openapi.json` publishes. No field is private."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from ninja import Field, Schema
from pydantic import BeforeValidator

from catalog.catalogue.models import ProductKind
from certification.rules import Claim
from certification.words import PublicStatus

MOST = 200
Status = Enum("Status", {item.name: item.value for item in PublicStatus}, type=str)
Kind = Enum("Kind", {item.name: item.value for item in ProductKind}, type=str)
Language = Enum("Language", {"EN": "en", "ES": "es"}, type=str)


def _no_controls(value):
    return " ".join(value.replace("\x00", " ").split()) if isinstance(value, str) else value


Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, BeforeValidator(_no_controls), Field(max_length=80)]


class Problem(Schema):
    """RFC 9457, as application/problem+json."""

    class Fault(Schema):
        name: str
        detail: str

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class Reason(Schema):
    code: str
    text: str


class CertificateLine(Schema):
    number: str
    status: Status = Field(description="As of now: it ends with the last day in Los Angeles, or when facts change.")
    product: str
    products: list[str] = Field(description="Every piece it covers.")
    maker: str
    claims: list[Claim]
    criteria: int = Field(description="The version it was judged by.")
    valid_from: date
    valid_until: date = Field(description="Inclusive, in Los Angeles.")
    reasons: list[Reason] = Field(description="From the program's list; for suspended and withdrawn ones.")
    reason: str = Field(description="In words; empty where it is valid or has run out.")
    url: str


class PassportLine(Schema):
    number: int
    kind: str
    inside: bool = Field(description="In the City of Los Angeles.")
    place: str
    neighborhood: str
    since: date | None
    known: str = Field(description="declared, documented, registered or visited")


class CertificateWhole(CertificateLine):
    issued_at: datetime
    status_changed_at: datetime
    badge: str
    criteria_url: str
    steps: list[PassportLine]


class MakerLine(Schema):
    slug: str
    name: str
    neighborhood: str
    url: str


class MakerWhole(MakerLine):
    about: str
    about_es: str
    products: int = Field(description="Certified pieces on sale now.")
    certificates: int = Field(description="All that were ever issued to it.")


class Piece(Schema):
    id: int
    title: str
    title_es: str
    kind: Kind
    maker: MakerLine
    price: Decimal = Field(description="US dollars; the lowest of its variants.")
    price_max: Decimal
    in_stock: bool
    certificate: str
    claims: list[Claim]
    valid_until: date
    url: str


class PieceWhole(Piece):
    description: str
    description_es: str
    origin: str
    fiber_content: str
    care: str


class CertificatePage(Schema):
    items: list[CertificateLine]
    next: str | None


class MakerPage(Schema):
    items: list[MakerLine]
    next: str | None


class PiecePage(Schema):
    items: list[Piece]
    next: int | None


NOT_FOUND = {404: Problem}
NOT_UNDERSTOOD = {422: Problem}


def address(name: str, *arguments, language: str = "en") -> str:
    with translation.override(language):
        return settings.SITE_ADDRESS + reverse(name, args=arguments)


def below_site(path: str) -> str:
    return settings.SITE_ADDRESS + path
