"""Makers that are public: those with a page of their own, or with a certificate on the register."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from ninja import Field, Query, Router, Schema

from catalog.search.selectors import for_sale
from certification.models import Certificate
from makers.models import Maker
from makers.stories.models import MakerPage

from . import shapes

router = Router(tags=["makers"])


class Asked(Schema):
    neighborhood: shapes.Text = Field("", description="As the maker names it, whatever its capitals.")
    after: shapes.Text = Field("", max_length=140, description="The slug at which the page before ended.")
    limit: int = Field(50, ge=1, le=shapes.MOST)


@router.get("/", response={200: shapes.MakerPage} | shapes.NOT_UNDERSTOOD, url_name="makers")
def makers(request, asked: Query[Asked]):
    """By slug."""
    rows = public_makers().filter(slug__gt=asked.after).order_by("slug")
    if asked.neighborhood:
        rows = rows.filter(neighborhood__iexact=asked.neighborhood)
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    return {"items": [line(item) for item in shown], "next": shown[-1].slug if len(found) > len(shown) else None}


@router.get("/{slug:slug}/", response={200: shapes.MakerWhole} | shapes.NOT_FOUND, url_name="maker")
def maker(request, slug: str):
    """One maker in its own words."""
    item = public_makers().annotate(issued=Count("certificates", distinct=True)).filter(slug=slug).first()
    if item is None:
        raise Http404
    return line(item) | {
        "about": item.about,
        "about_es": item.about_es,
        "products": for_sale().filter(maker=item.pk).count(),
        "certificates": item.issued,
    }


def public_makers() -> QuerySet[Maker]:
    pages = MakerPage.objects.live().public().filter(maker=OuterRef("pk"))
    certificates = Certificate.objects.filter(maker=OuterRef("pk"))
    return Maker.objects.filter(Q(Exists(pages)) | Q(Exists(certificates)))


def line(item: Maker) -> dict:
    return {
        "slug": item.slug,
        "name": item.name,
        "neighborhood": item.neighborhood,
        "url": shapes.below_site(item.get_absolute_url()),
    }
