"""Reviews: a buyer says of a delivered line how the piece is; shown at once, hidden only by staff with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Avg, Count, Max
from django.utils.translation import gettext as _

from catalog.order.models import Line, MakerOrder, Order, ParcelLine
from makers import permissions
from marketplace.core import clock, outbox
from marketplace.payments.permissions import REFUND, has
from marketplace.pictures.selectors import hang
from marketplace.pictures.services import keep
from marketplace.pictures.shapes import Use

from .access import Access
from .models import Review, ReviewPhoto
from .saying import clean_photos, said
from .words import MOST_PHOTOS, REVIEW_AFTER, REVIEW_EDITABLE

SHOWN = 12


@dataclass(frozen=True)
class Reviews:
    """What a product page shows."""

    count: int
    average: float | None
    rows: Sequence[Review]


def shown_name(name: str) -> str:
    """First name and initial: "Sam S."."""
    words = name.split()
    if not words:
        return ""
    return f"{words[0]} {words[-1][0]}."[:80] if len(words) > 1 else words[0][:80]


def delivered_at(line: Line) -> datetime | None:
    """When its last parcel left; None where no piece of it did."""
    return ParcelLine.objects.filter(line=line).aggregate(at=Max("parcel__shipped_at"))["at"]


def can_review(line: Line) -> bool:
    """Whether a day went by since it left, and nobody wrote about it."""
    left = delivered_at(line)
    return left is not None and left + REVIEW_AFTER <= clock.now() and not Review.objects.filter(line=line).exists()


def can_edit(review: Review) -> bool:
    return clock.now() <= review.written_at + REVIEW_EDITABLE and review.hidden_at is None


def _stars(stars) -> int:
    if type(stars) is not int or not 1 <= stars <= 5:
        raise ValidationError({"stars": _("Choose one to five stars.")})
    return stars


def write_review(*, access: Access, line: Line, stars: int, text: str, photos: Sequence = ()) -> Review:
    """One review for a delivered line. Raises PermissionDenied, ValidationError."""
    _require_line(access, line)
    stars, text, pictures = _stars(stars), said(text, "text"), clean_photos(photos)
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=access.order.pk)
        if not can_review(line):
            raise ValidationError(_("A piece can be reviewed once, from the day after it was shipped."))
        review = Review.objects.create(
            line=line, product_id=line.product.parent_id or line.product_id, stars=stars, text=text,
            name=shown_name(_name_of(access)), written_at=clock.now(),
        )  # fmt: skip
        _keep(review, pictures)
        outbox.post(topic="aftersale.tell_review", key=f"review:{review.pk}", payload={"review": review.pk})
    return review


@transaction.atomic
def edit_review(*, access: Access, review: Review, stars: int, text: str, photos: Sequence = ()) -> Review:
    """Other stars or words within 30 days; pictures are added. Raises PermissionDenied, ValidationError."""
    _require_line(access, review.line)
    stars, text = _stars(stars), said(text, "text")
    row = Review.objects.select_for_update().get(pk=review.pk)
    if not can_edit(row):
        raise ValidationError(_("A review can be changed for 30 days, and not once it was hidden."))
    pictures = clean_photos(photos, most=MOST_PHOTOS - row.photos.count())
    row.stars, row.text, row.edited_at = stars, text, clock.now()
    row.save(update_fields=["stars", "text", "edited_at"])
    _keep(row, pictures)
    return row


def _keep(review: Review, pictures: Sequence) -> None:
    for picture in pictures:
        photo = ReviewPhoto(review=review)
        photo.file.save("review.jpg", picture, save=False)
        photo.save(force_insert=True)
        keep(name=photo.file.name, use=Use.REVIEW)


def _require_line(access: Access, line: Line) -> None:
    if line.order_id != access.order.pk or line.product is None:
        raise PermissionDenied


def _name_of(access: Access) -> str:
    address = access.order.shipping_address
    return access.user.name if access.user else (address.last_name if address else "")


@transaction.atomic
def answer_review(*, user, review: Review, answer: str) -> Review:
    """The maker answers once. Raises PermissionDenied, ValidationError."""
    permissions.require(permissions.can_edit_maker(user, review.product.maker))
    words = said(answer, "answer", _("Write your answer."))
    row = Review.objects.select_for_update().get(pk=review.pk)
    if row.answered_at or row.hidden_at:
        raise ValidationError(_("A review is answered once, while it is shown."))
    row.answer, row.answered_at, row.answered_by = words, clock.now(), user
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    return row


@transaction.atomic
def report_review(*, review: Review, reason: str) -> None:
    """Anyone asks the staff to look at a review; it stays until they did. Raises ValidationError."""
    words = said(reason, "reason", _("Say what is wrong with it."))[:500]
    if Review.objects.filter(pk=review.pk, reported_at=None).update(reported_at=clock.now(), report=words):
        outbox.post(
            topic="aftersale.tell_review_report", key=f"review:{review.pk}:reported", payload={"review": review.pk}
        )


def hide_review(*, user, review: Review, reason: str) -> Review:
    """Staff hide it and say why; nothing is deleted. Raises PermissionDenied, ValidationError."""
    permissions.require(has(user, REFUND) and not permissions.can_edit_maker(user, review.product.maker))
    words = said(reason, "reason", _("Say why it is hidden."))[:500]
    review.hidden_at, review.hidden_by, review.hidden_reason = clock.now(), user, words
    review.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    return review


def show_review(*, user, review: Review) -> Review:
    """Staff show a hidden one again. Raises PermissionDenied."""
    permissions.require(has(user, REFUND) and not permissions.can_edit_maker(user, review.product.maker))
    review.hidden_at, review.hidden_by, review.hidden_reason = None, None, ""
    review.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    return review


def reviews_of(product) -> Reviews:
    """Shown reviews of a product, the newest first; two questions, pictures included, or one where there is none."""
    shown = Review.objects.filter(product=product, hidden_at=None)
    sums = shown.aggregate(count=Count("pk"), average=Avg("stars"))
    rows = list(shown.prefetch_related("photos")[:SHOWN]) if sums["count"] else []
    hang_photos(rows)
    return Reviews(sums["count"], sums["average"], rows)


def hang_photos(reviews: Iterable[Review]) -> None:
    """Give the photos of these reviews what is needed to show them, as `.shot`; one query where there are any."""
    hang([photo for review in reviews for photo in review.photos.all()], lambda photo: photo.file.name)


def reviewable(part: MakerOrder) -> dict[int, bool]:
    """Line id -> whether it was reviewed, for the lines whose review can be written or changed now."""
    rows = ParcelLine.objects.filter(parcel__maker_order=part)
    parcels = rows.values_list("line").annotate(Max("parcel__shipped_at"))
    done = {review.line_id: can_edit(review) for review in Review.objects.filter(line__maker_order=part)}
    now = clock.now()
    return {line: line in done for line, at in parcels if done.get(line, at + REVIEW_AFTER <= now)}
