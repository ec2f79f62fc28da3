"""What applying a piece of a file would do: its words, variants and pictures against the shop and the file before.

The file wins only where it says something else than it said last time. So the same file again changes nothing, and
neither what was sold here nor what was edited here is undone by it.
"""

from dataclasses import dataclass, field
from typing import Any

from catalog.catalogue.services import MOST_VARIANTS, Variant
from certification.rules.origin_words import us_claims

from .color_samples import sample_of
from .known import Known, KnownVariant
from .models import Outcome
from .pieces import Finding, PictureRow, Piece, VariantRow
from .words import ERROR, MESSAGES


@dataclass
class Plan:
    """`texts` and `variants` are for the services of the catalogue, `pictures` those to fetch."""

    outcome: str
    texts: dict[str, Any] = field(default_factory=dict)
    variants: list[Variant] | None = None
    pictures: list[PictureRow] = field(default_factory=list)
    changes: list[dict[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    is_work: bool = False

    def note(self, what: str, before: object, after: object, name: str = "") -> None:
        self.changes.append({"what": what, "name": name, "before": str(before)[:200], "after": str(after)[:200]})


def plan_for(piece: Piece, known: Known | None, titles: set[str]) -> Plan:
    """`known` is the piece of the shop, `titles` the small-letter names of all pieces of the maker."""
    if piece.is_refused:
        return Plan(Outcome.LEFT_OUT, findings=piece.findings)
    plan = _new(piece, titles) if known is None else _known(piece, known)
    plan.findings = [*piece.findings, *plan.findings]
    if any(MESSAGES[item.code][0] == ERROR for item in plan.findings):
        return Plan(Outcome.LEFT_OUT, findings=plan.findings)
    _warn_of_claims(piece, plan)
    return plan


def _new(piece: Piece, titles: set[str]) -> Plan:
    plan = Plan(Outcome.NEW, is_work=True, pictures=piece.pictures)
    plan.texts = {"title": piece.title, "description": piece.description or "", "weight_oz": piece.weight_oz}
    plan.variants = [offer for row in piece.variants if (offer := _offer(plan, row))]
    if piece.title.casefold() in titles:
        plan.findings.append(Finding("same_name", piece.row))
    return plan


def _known(piece: Piece, known: Known) -> Plan:
    plan = Plan(Outcome.SAME)
    last = Piece.from_json(known.last) if known.last else None
    _compare_texts(plan, piece, known, last)
    _compare_variants(plan, piece, known, last)
    plan.pictures = [row for row in piece.pictures if row.address not in known.addresses]
    if plan.pictures:
        plan.note("pictures", "", len(plan.pictures))
    if plan.changes:
        plan.outcome = Outcome.CHANGED
    plan.is_work = bool(plan.changes) or known.last != piece.as_json()
    return plan


def _compare_texts(plan: Plan, piece: Piece, known: Known, last: Piece | None) -> None:
    product = known.product
    if _is_news(piece.title, last and last.title, product.title):
        plan.texts["title"] = piece.title
        plan.note("title", product.title, piece.title)
        if known.is_certified:
            plan.findings.append(Finding("name_certified", piece.row))
    if piece.description and _is_news(piece.description, last and last.description, product.description):
        plan.texts["description"] = piece.description
        plan.note("description", product.description, piece.description)
    if piece.weight_oz and _is_news(piece.weight_oz, last and last.weight_oz, product.weight_oz):
        plan.texts["weight_oz"] = piece.weight_oz
        plan.note("weight", f"{product.weight_oz or 0} oz", f"{piece.weight_oz} oz")


def _is_news(said: Any, last: Any, here: Any) -> bool:
    """Whether the file says something that neither it said before nor the shop says now."""
    return _plain(said) not in (_plain(last), _plain(here))


def _plain(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _compare_variants(plan: Plan, piece: Piece, known: Known, last: Piece | None) -> None:
    """All variants as they will be, where one of them changes; what is not in the file stays."""
    before = {row.key: row for row in last.variants} if last else {}
    there = {item.key: item for item in known.variants}
    count = len(plan.changes)
    offers: list[Variant | None] = []
    for row in piece.variants:
        item = there.pop(row.key, None)
        if item is None or (not item.is_public and _says_new(row, before.get(row.key))):
            plan.note("variant", "", row.price or "", _label(row))
            offers.append(_offer(plan, row, item))
        elif item.is_public:
            offers.append(_changed(plan, row, item, before.get(row.key)))
    left = [item for item in there.values() if item.is_public]
    if len(plan.changes) == count:
        return
    if left:
        plan.findings.append(Finding("variants_stay", piece.row, params={"names": ", ".join(map(_label, left))[:200]}))
    plan.variants = [offer for offer in offers if offer] + [_kept(item) for item in left]
    if len(plan.variants) > MOST_VARIANTS:
        params = {"count": len(plan.variants), "most": MOST_VARIANTS}
        plan.findings.append(Finding("too_many_variants", piece.row, params=params))


def _says_new(row: VariantRow, last: VariantRow | None) -> bool:
    return last is None or (row.price, row.stock) != (last.price, last.stock)


def _changed(plan: Plan, row: VariantRow, item: KnownVariant, last: VariantRow | None) -> Variant:
    price, stock = item.price, item.stock
    if row.price is not None and _is_news(row.price, last and last.price, item.price):
        plan.note("price", item.price, row.price, _label(row))
        price = row.price
    if row.stock is not None and _is_news(row.stock, last and last.stock, item.stock):
        stock = _free_stock(plan, row, item)
        if stock != item.stock:
            plan.note("stock", item.stock, stock, _label(row))
    return Variant(id=item.id, size=item.size, color=item.color, color_hex=item.sample, price=price, stock=stock)


def _free_stock(plan: Plan, row: VariantRow, item: KnownVariant) -> int:
    """Never below what shoppers hold."""
    if row.stock is None or row.stock >= item.held:
        return row.stock or 0
    params = {"held": item.held, "stock": row.stock, "variant": _label(row)}
    plan.findings.append(Finding("stock_held", row.row, params=params))
    return item.held


def _offer(plan: Plan, row: VariantRow, item: KnownVariant | None = None) -> Variant | None:
    """A variant that is not on sale so far."""
    if row.price is None:
        plan.findings.append(Finding("price_missing", row.row))
        return None
    if row.stock is None:
        plan.findings.append(Finding("stock_missing", row.row))
    stock = max(row.stock or 0, item.held if item else 0)
    return Variant(
        id=item.id if item else None, size=row.size, color=row.color, color_hex=sample_of(row.color),
        price=row.price, stock=stock,
    )  # fmt: skip


def _kept(item: KnownVariant) -> Variant:
    return Variant(
        id=item.id, size=item.size, color=item.color, color_hex=item.sample, price=item.price, stock=item.stock
    )


def _label(item: VariantRow | KnownVariant) -> str:
    return " · ".join(part for part in (item.color, item.size) if part)


def _warn_of_claims(piece: Piece, plan: Plan) -> None:
    """Words that hold a listing once it is public; only where this file brings them."""
    texts = [str(plan.texts[name]) for name in ("title", "description") if plan.texts.get(name)]
    words = list(dict.fromkeys(word.strip(" .") for text in texts for word in us_claims(text)))
    if words:
        plan.findings.append(Finding("us_claim", piece.row, params={"words": ", ".join(words)[:200]}))
