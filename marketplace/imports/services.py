"""Writes about imports: take a file in as a dry run, apply it, try pictures again, forget old files."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files import File
from django.db import transaction

from makers import permissions
from makers.models import Maker
from marketplace.core import clock, outbox
from marketplace.core.uploads import shown_name

from .comparing import plan_for
from .known import known_pieces, titles_of
from .layouts import Catalog, read_catalog
from .models import Import, ImportPiece, SourcePicture
from .pictures import send_for_pictures
from .pieces import FileRefused, as_rows
from .reading import LARGEST_FILE, open_sheet

KEPT = timedelta(days=30)
_AT_ONCE = 100
_PAUSE = timedelta(seconds=2)


def start_import(*, user, maker: Maker, upload) -> Import:
    """Read a file and write down what applying it would do; the shop stays as it is.

    Raises PermissionDenied, FileRefused.
    """
    permissions.require(permissions.can_edit_maker(user, maker))
    if upload.size > LARGEST_FILE:
        raise FileRefused("too_large")
    catalog = read_catalog(open_sheet(upload.file))
    batch = Import(
        maker=maker, user=user, format=catalog.format, name=shown_name(upload.name), notes=as_rows(catalog.notes),
        uploaded_at=clock.now(),
    )  # fmt: skip
    pieces = list(_compared(batch, catalog))
    upload.seek(0)
    batch.file.save("import", File(upload.file), save=False)
    try:
        with transaction.atomic():
            batch.save()
            ImportPiece.objects.bulk_create(pieces, batch_size=500)
    except Exception:
        batch.file.delete(save=False)
        raise
    return batch


@transaction.atomic
def apply_import(*, user, batch: Import) -> bool:
    """Have the dry run done in the background, one piece after the other; False where it was started before.

    Raises PermissionDenied.
    """
    permissions.require(permissions.can_edit_maker(user, batch.maker))
    started = Import.objects.filter(pk=batch.pk, applied_at=None).update(applied_at=clock.now(), user=user)
    if not started:
        return False
    pieces = list(batch.pieces.filter(is_work=True).values_list("pk", flat=True))
    # In portions, so that letters and payments of the meantime come in between.
    for number, portion in enumerate(_portions(pieces)):
        messages = [("imports.piece", f"import-piece-{pk}", {"piece": pk}) for pk in portion]
        outbox.post_all(messages, after=_PAUSE * number)
    return True


@transaction.atomic
def retry_pictures(*, user, batch: Import) -> int:
    """Send for all pictures of this import again that could not be had; returns how many. Raises PermissionDenied."""
    permissions.require(permissions.can_edit_maker(user, batch.maker))
    failed = SourcePicture.objects.filter(batch=batch).exclude(error="")
    count = failed.update(error="", tried_at=None)
    send_for_pictures(batch.pk)
    return count


def forget_files() -> None:
    """Every day: a file is not needed once its pieces were read; it goes after 30 days, the report stays."""
    for batch in Import.objects.filter(uploaded_at__lt=clock.now() - KEPT).exclude(file=""):
        batch.file.delete(save=False)
        batch.file = ""
        batch.save(update_fields=["file"])


def _compared(batch: Import, catalog: Catalog) -> Iterator[ImportPiece]:
    """One row for each piece of the file, with its outcome as of now."""
    titles = titles_of(batch.maker)
    taken: set[int] = set()
    for portion in _portions(catalog.pieces):
        known = known_pieces(batch.maker, batch.format, portion)
        for piece in portion:
            found = known.get(piece.key)
            if found and found.product.pk in taken:
                piece.refuse("taken")
            taken |= {found.product.pk} if found else set()
            plan = plan_for(piece, found, titles)
            yield ImportPiece(
                batch=batch, row=piece.row, title=piece.title, content=piece.as_json(), outcome=plan.outcome,
                findings=as_rows(plan.findings), changes=plan.changes, is_work=plan.is_work,
                product=found.product if found else None,
            )  # fmt: skip


def _portions(items: list) -> Iterator[list]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
