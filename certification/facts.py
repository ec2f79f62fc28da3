"""What is certified of a product, read from the rows as they are now, and the fingerprint of it.

Facts are plain data: name and kind of the product, the maker, and each step with its workplace. Price, stock,
pictures and descriptions are no part of them, so changing those leaves a certificate alone. A product that is made
the same way as another, the lead of its line, has the lead's steps.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from catalog.catalogue.models import Product
from makers.models import Workplace

from .models import LineMember, ProductionStep

WORKPLACE_FIELDS = (
    "line1", "line2", "city", "state", "zip_code", "operated_by", "contractor_name", "register_account",
    "garment_registration", "works_alone", "coordinates_from",
)  # fmt: skip
NOT_CERTIFIED = {"id", "workplace_name"}


def facts_of(product_ids: Iterable[int]) -> dict[int, dict]:
    """The certified facts of each product, as JSON data; three queries whatever the number."""
    ids = set(product_ids)
    leads = dict(LineMember.objects.filter(product__in=ids).values_list("product_id", "lead_id"))
    steps = defaultdict(list)
    for step in ProductionStep.objects.filter(product__in=ids | set(leads.values())).select_related("workplace"):
        steps[step.product_id].append(_step(step))
    products = Product.objects.filter(pk__in=ids).select_related("maker")
    return {product.pk: _product(product, steps[leads.get(product.pk, product.pk)]) for product in products}


def line_of(product: Product) -> list[dict]:
    """The products made the same way as `product`, as JSON data: id, title, kind."""
    members = LineMember.objects.filter(lead=product).select_related("product")
    return [{"id": item.product_id, "title": item.product.title, "kind": item.product.kind} for item in members]


def fingerprint(facts: dict) -> str:
    """SHA-256 of the certified part of one product's facts, as 64 hexadecimal digits."""
    steps = [{name: value for name, value in step.items() if name not in NOT_CERTIFIED} for step in facts["steps"]]
    facts = {name: value for name, value in facts.items() if name != "line"}
    certified = json.dumps({**facts, "steps": steps}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(certified.encode()).hexdigest()


def _product(product: Product, steps: list[dict]) -> dict:
    maker = product.maker
    return {
        "title": product.title,
        "kind": product.kind,
        "maker": maker.name if maker else "",
        "legal_name": maker.legal_name if maker else "",
        "steps": steps,
    }


def _step(step: ProductionStep) -> dict:
    facts = {
        "id": step.pk,
        "kind": step.kind,
        "started_on": step.started_on.isoformat() if step.started_on else "",
        "cost_share": f"{step.cost_share:.2f}",
        "elsewhere_place": step.elsewhere_place,
        "elsewhere_by": step.elsewhere_by,
    }
    return facts | workplace_facts(step.workplace) if step.workplace else facts


def workplace_facts(place: Workplace) -> dict:
    """What is certified of a workplace; coordinates as text in degrees, empty where unknown."""
    facts = {"workplace": place.pk, "workplace_name": place.name}
    facts |= {name: getattr(place, name) for name in WORKPLACE_FIELDS}
    for name in ("latitude", "longitude"):
        value = getattr(place, name)
        facts[name] = "" if value is None else f"{value:.6f}"
    return facts
