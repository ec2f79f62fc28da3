"""The background's part of an import: one piece in one transaction, wholly or not at all."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation

from catalog.catalogue import services as catalogue
from catalog.catalogue.models import Product
from catalog.search.listing import refresh_after_commit
from makers.models import Maker
from marketplace.core import clock

from .comparing import Plan, plan_for
from .kind_words import kind_of
from .known import Known, known_pieces
from .models import ImportPiece, Outcome, Source, SourcePicture
from .pictures import send_for_pictures
from .pieces import Finding, Piece, as_rows


def apply_piece(payload: dict) -> None:
    """Outbox handler: do what the dry run said, as the shop is now; a second call finds it done."""
    with transaction.atomic():
        row = ImportPiece.objects.select_for_update(of=("self",)).select_related("batch__maker").filter(
            pk=payload["piece"], done_at=None
        ).first()  # fmt: skip
        if row is None:
            return
        # Two files of one maker may name the same piece, so they take turns.
        Maker.objects.select_for_update(no_key=True).get(pk=row.batch.maker_id)
        with translation.override(row.batch.maker.language):
            _try(row)
        row.done_at = clock.now()
        row.save(update_fields=["done_at", "outcome", "findings", "changes", "product"])


def _try(row: ImportPiece) -> None:
    """Apply it; what the services refuse leaves the piece out and is said."""
    try:
        with transaction.atomic():
            _apply(row)
    except PermissionDenied:
        _leave_out(row, Finding("no_member", row.row))
    except ValidationError as error:
        _leave_out(row, Finding("refused", row.row, params={"words": " ".join(error.messages)[:500]}))


def _leave_out(row: ImportPiece, finding: Finding) -> None:
    row.outcome = Outcome.LEFT_OUT
    row.findings = [*row.findings, *as_rows([finding])]


def _apply(row: ImportPiece) -> None:
    batch, piece = row.batch, Piece.from_json(row.content)
    if batch.user is None:
        raise PermissionDenied
    known = known_pieces(batch.maker, batch.format, [piece]).get(piece.key)
    plan = plan_for(piece, known, set())
    if plan.outcome == Outcome.LEFT_OUT:  # what was there at the dry run is gone
        row.outcome, row.findings = plan.outcome, [*row.findings, *as_rows(plan.findings)]
        return
    product = _create(row, piece, plan) if known is None else _update(row, known, plan)
    _remember(row, piece, product)
    for picture in plan.pictures:
        SourcePicture.objects.get_or_create(
            product=product, address=picture.address,
            defaults={
                "batch": batch, "alt": picture.alt or piece.title[:200], "color": picture.color, "row": picture.row,
            },
        )  # fmt: skip
    if plan.pictures:
        send_for_pictures(batch.pk)
    row.product = product
    refresh_after_commit([product])


def _create(row: ImportPiece, piece: Piece, plan: Plan) -> Product:
    return catalogue.create_draft(
        user=row.batch.user, maker=row.batch.maker, kind=kind_of(piece.type, piece.title), variants=plan.variants or [],
        **plan.texts,
    )  # fmt: skip


def _update(row: ImportPiece, known: Known, plan: Plan) -> Product:
    product, user = known.product, row.batch.user
    if plan.texts:
        product = catalogue.edit_description(user=user, product=product, **plan.texts)
    if plan.variants is not None:
        catalogue.save_variants(user=user, product=product, variants=plan.variants)
    return product


def _remember(row: ImportPiece, piece: Piece, product: Product) -> None:
    """What the file said, for the next one; under the key that is known, or a new one."""
    where = {"maker": row.batch.maker, "format": row.batch.format}
    known = Source.objects.filter(**where, product=product, key__in=piece.keys)
    if not known.update(last=row.content):
        Source.objects.create(**where, key=piece.key, product=product, last=row.content)
