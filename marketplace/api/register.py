"""Certificates: the register's search as data."""

from django.http import Http404
from django.utils import translation
from ninja import Field, Query, Router, Schema

from certification import citymap
from certification.models import Certificate
from certification.register import search
from certification.rules import Claim
from certification.selectors import RegisterRow, register_rows
from certification.words import Reason

from . import shapes

router = Router(tags=["register"])


class Asked(Schema):
    q: shapes.Text = Field("", description="Number, piece or maker; words may be cut short.")
    status: shapes.Status | None = None
    claim: Claim | None = None
    kind: shapes.Kind | None = None
    neighborhood: shapes.Text = Field("", description="Where in the City a step is done, such as Boyle Heights.")
    criteria: int | None = Field(None, ge=1, le=9999)
    year: int | None = Field(None, ge=2000, le=2099, description="Of the first day.")
    after: shapes.Text = Field("", description="The number at which the page before ended.")
    limit: int = Field(50, ge=1, le=shapes.MOST)
    lang: shapes.Language = Field(shapes.Language.EN, description="For reasons in words.")

    def as_query(self) -> search.Query:
        given = {name: getattr(self, name) for name in ("status", "claim", "kind")}
        return search.Query(
            q=self.q, neighborhood=self.neighborhood, after=self.after, criteria=str(self.criteria or ""),
            year=str(self.year or ""), **{name: value.value if value else "" for name, value in given.items()},
        )  # fmt: skip


@router.get("/", response={200: shapes.CertificatePage} | shapes.NOT_UNDERSTOOD, url_name="certificates")
def certificates(request, asked: Query[Asked]):
    """The newest first, ended ones included."""
    if asked.neighborhood and citymap.find(asked.neighborhood) is None:
        return {"items": [], "next": None}
    rows = search.register(asked.as_query()).prefetch_related("products")
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    with translation.override(asked.lang.value):
        items = [_line(row) for row in register_rows(shown)]
    return {"items": items, "next": shown[-1].number if len(found) > len(shown) else None}


@router.get(
    "/{certificate:number}/", url_name="certificate",
    response={200: shapes.CertificateWhole} | shapes.NOT_FOUND | shapes.NOT_UNDERSTOOD,
)  # fmt: skip
def certificate(request, number: str, lang: shapes.Language = shapes.Language.EN):
    """One certificate with its origin passport."""
    item = Certificate.objects.select_related("criteria").prefetch_related("products").filter(number=number).first()
    if item is None:
        raise Http404
    with translation.override(lang.value):
        [row] = register_rows([item])
        return _line(row) | {
            "issued_at": item.issued_at,
            "status_changed_at": item.status_changed_at,
            "badge": shapes.address("badge", item.number),
            "criteria_url": shapes.address("register:criteria", item.criteria.number),
            "steps": [_step(number, step) for number, step in enumerate(item.public_steps, 1)],
        }


def _line(row: RegisterRow) -> dict:
    item = row.certificate
    codes = item.status_reasons if row.reasons else []
    return {
        "number": item.number,
        "status": row.status.value,
        "product": item.product_description,
        "products": sorted(covered.title for covered in item.products.all()),
        "maker": item.maker_name,
        "claims": item.claims,
        "criteria": item.criteria.number,
        "valid_from": item.valid_from,
        "valid_until": item.valid_until,
        "reasons": [{"code": code, "text": str(Reason(code).label)} for code in codes],
        "reason": row.reason,
        "url": shapes.address("register:verify", item.number),
    }


def _step(number: int, step: dict) -> dict:
    return {
        "number": number, "kind": step["kind"], "inside": step["inside"], "place": step["place"],
        "neighborhood": step.get("neighborhood", ""), "since": step.get("since") or None, "known": step["known"],
    }  # fmt: skip
