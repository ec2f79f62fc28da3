"""What a page says of itself to machines, as schema.org in JSON-LD: the same facts that people read on it."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext

from catalog.search.product_page import ProductPage
from certification.badge.badges import Badge
from makers.models import Maker
from marketplace.aftersale.reviews import Reviews
from marketplace.core import clock

from .offers import absolute, country_of, pictures_of

_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
SHOWN_REVIEWS = 5


def as_json(data: dict) -> str:
    """JSON that can't end the script element that it stands in."""
    return json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False).translate(_UNSAFE)


def product(page: ProductPage, reviews: Reviews) -> dict:
    """A piece with its offers; one without a badge says nothing of being sold or certified."""
    item = page.product
    data = {
        "@type": "Product",
        "@id": f"{settings.SITE_ADDRESS}{item.get_absolute_url()}#product",
        "name": item.label,
        "description": " ".join(strip_tags(item.text).split()),
        "image": list(pictures_of(page.listing)) if page.listing else [],
        "sku": str(item.pk),
        "brand": {"@type": "Brand", "name": item.maker.name},
        "material": item.fibre_content,
        "countryOfOrigin": country_of(item),
        "color": ", ".join(color.name for color in page.colors),
    }
    if page.badge:
        data |= {"hasCertification": certification(page.badge), "offers": _offers(page)}
    if reviews.count:
        data |= _reviews(reviews)
    return {name: value for name, value in data.items() if value}


def certification(badge: Badge) -> dict:
    return {
        "@type": "Certification",
        "name": f"LA Original: {badge.claims_label}",
        "certificationIdentification": badge.number,
        "certificationStatus": "https://schema.org/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": settings.MARK_OWNER},
        "validFrom": badge.valid_from.isoformat(),
        "expires": badge.valid_until.isoformat(),
        "url": settings.SITE_ADDRESS + badge.get_absolute_url(),
    }


def _offers(page: ProductPage) -> dict:
    """All choices of the color in view; prices before tax, as on the page."""
    item = page.product
    data = {
        "priceCurrency": "USD",
        "availability": f"https://schema.org/{'InStock' if page.can_buy else 'OutOfStock'}",
        "itemCondition": "https://schema.org/NewCondition",
        "url": settings.SITE_ADDRESS + item.get_absolute_url(),
        "seller": {"@type": "Organization", "name": item.maker.legal_name or item.maker.name},
        "shippingDetails": {
            "@type": "OfferShippingDetails",
            "shippingDestination": {"@type": "DefinedRegion", "addressCountry": "US"},
        },
        "hasMerchantReturnPolicy": {
            "@type": "MerchantReturnPolicy",
            "applicableCountry": "US",
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": item.maker.return_days,
        },
    }
    if page.low is None:
        return {}
    if page.low == page.high:
        return {"@type": "Offer", "price": str(page.low)} | data
    prices = {"lowPrice": str(page.low), "highPrice": str(page.high), "offerCount": len(page.choices)}
    return {"@type": "AggregateOffer"} | prices | data


def _reviews(reviews: Reviews) -> dict:
    return {
        "aggregateRating": {
            "@type": "AggregateRating", "ratingValue": f"{reviews.average:.1f}", "reviewCount": reviews.count,
        },
        "review": [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": review.name or gettext("A buyer")},
                "datePublished": review.written_at.date().isoformat(),
                "reviewBody": review.text,
                "reviewRating": {"@type": "Rating", "ratingValue": review.stars, "bestRating": 5},
            }
            for review in reviews.rows[:SHOWN_REVIEWS]
        ],
    }  # fmt: skip


def breadcrumbs(steps: list[tuple[str, str]]) -> dict:
    """Names with addresses; the last is the page itself and may have none."""
    items = [
        {"@type": "ListItem", "position": number, "name": name} | ({"item": absolute(address)} if address else {})
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def site() -> dict:
    """The marketplace, who runs it, and where its search is."""
    shop = settings.SITE_ADDRESS + reverse("catalogue:index")
    return {
        "@type": "WebSite",
        "name": "LA Original",
        "url": settings.SITE_ADDRESS,
        "description": str(settings.SITE_DESCRIPTION),
        "publisher": {"@type": "Organization", "name": settings.SHOP_OPERATOR, "url": settings.SITE_ADDRESS},
        "potentialAction": {
            "@type": "SearchAction", "target": f"{shop}?q={{words}}", "query-input": "required name=words",
        },
    }  # fmt: skip


def maker(found: Maker, about: str, address: str, picture: str) -> dict:
    data = {
        "@type": "Organization",
        "name": found.name,
        "legalName": found.legal_name,
        "description": about,
        "url": absolute(address),
        "image": absolute(picture) if picture else "",
        "address": {
            "@type": "PostalAddress", "addressLocality": "Los Angeles", "addressRegion": "CA", "addressCountry": "US",
        },
        "location": {"@type": "Place", "name": found.neighborhood},
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}


def article(page, picture: str) -> dict:
    """A story page."""
    data = {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "url": absolute(page.get_url()),
        "image": absolute(picture) if picture else "",
        "datePublished": page.first_published_at.isoformat() if page.first_published_at else "",
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "author": {"@type": "Organization", "name": "LA Original"},
        "publisher": {"@type": "Organization", "name": "LA Original"},
        "about": {"@type": "Organization", "name": page.maker.name} if page.maker else None,
    }
    return {name: value for name, value in data.items() if value}


def event(page, makers: list[Maker], picture: str) -> dict:
    """An event page; moments in Los Angeles time, as the page says them."""
    data = {
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "url": absolute(page.get_url()),
        "image": absolute(picture) if picture else "",
        "startDate": page.starts_at.astimezone(clock.LOS_ANGELES).isoformat(),
        "endDate": page.ends_at.astimezone(clock.LOS_ANGELES).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if page.is_canceled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": page.place,
            "address": {
                "@type": "PostalAddress", "streetAddress": page.address, "addressRegion": "CA",
                "addressCountry": "US",
            },
        },
        "organizer": [{"@type": "Organization", "name": maker.name} for maker in makers]
        or {"@type": "Organization", "name": "LA Original", "url": settings.SITE_ADDRESS},
    }  # fmt: skip
    return {name: value for name, value in data.items() if value}
