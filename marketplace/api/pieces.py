"""Pieces on sale: what the shop lists at this moment, each with the certificate behind its badge."""

from django.http import Http404
from ninja import Field, Query, Router, Schema

from catalog.catalogue.models import Listing
from catalog.search.questions import answer
from catalog.search.selectors import for_sale, with_badges
from certification.rules import Claim
from certification.selectors import is_certified

from . import shapes
from .makers import line as maker_line

router = Router(tags=["products"])


class Asked(Schema):
    q: shapes.Text = Field("", description="Words of title, maker or description; they may be cut short.")
    claim: Claim | None = None
    kind: shapes.Kind | None = None
    maker: shapes.Text = Field("", max_length=140, description="A maker's slug.")
    after: shapes.Id | None = Field(None, description="The id at which the page before ended.")
    limit: int = Field(50, ge=1, le=shapes.MOST)


@router.get("/", response={200: shapes.PiecePage} | shapes.NOT_UNDERSTOOD, url_name="products")
def products(request, asked: Query[Asked]):
    """The newest first. A page may hold fewer than `limit`; only `next` says whether it was the last."""
    rows = for_sale().select_related("maker").order_by("-pk")
    if asked.q:
        rows = rows.filter(pk__in=answer(asked.q).ids)
    if asked.claim:
        rows = rows.filter(is_certified(claim=asked.claim.value))
    if asked.kind:
        rows = rows.filter(kind=asked.kind.value)
    if asked.maker:
        rows = rows.filter(maker_slug=asked.maker)
    if asked.after:
        rows = rows.filter(pk__lt=asked.after)
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    items = [_piece(row) for row in with_badges(shown)]
    return {"items": items, "next": shown[-1].pk if len(found) > len(shown) else None}


@router.get(
    "/{int:pk}/", response={200: shapes.PieceWhole} | shapes.NOT_FOUND | shapes.NOT_UNDERSTOOD, url_name="product"
)
def product(request, pk: shapes.Id):
    """One piece; 404 as soon as its certificate ends."""
    rows = with_badges(for_sale().select_related("maker", "product").filter(pk=pk))
    if not rows:
        raise Http404
    item = rows[0].product
    return _piece(rows[0]) | {
        "description": item.description,
        "description_es": item.description_es,
        "origin": item.origin_statement,
        "fiber_content": item.fibre_content,
        "care": item.care,
    }


def _piece(row: Listing) -> dict:
    return {
        "id": row.pk, "title": row.title, "title_es": row.title_es, "kind": row.kind,
        "maker": maker_line(row.maker), "price": row.price, "price_max": row.price_max, "in_stock": row.in_stock > 0,
        "certificate": row.badge.number, "claims": list(row.badge.claims), "valid_until": row.badge.valid_until,
        "url": shapes.address("catalogue:detail", row.slug, row.pk),
    }  # fmt: skip
