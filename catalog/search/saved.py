"""Saved searches: lists of the shop that a shopper keeps, and hears of when something new fits."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from marketplace.core import clock, outbox
from marketplace.users.models import User

from . import params
from .browse import matching
from .models import SavedSearch
from .params import Params
from .questions import answer
from .summary import chips_of

STOP_SALT = "search.stop"
MOST_SAVED = 50
MOST_TOLD = 12


def is_saved(user, asked: Params) -> bool:
    return SavedSearch.objects.filter(user=user, query=_query(asked)).exists()


def asked_of(saved: SavedSearch) -> Params:
    """What it asks for, whether there is such a maker or place now or not: without it the list would be another."""
    return params.parse(QueryDict(saved.query))


def words_of(saved: SavedSearch, labels: dict[str, str]) -> str:
    """What the list is narrowed by, in the reader's language; `labels` are those of the categories."""
    chips = chips_of(asked_of(saved), labels)
    return ", ".join(str(label) for label, _address in chips) or _("the whole shop")


@transaction.atomic
def save_search(*, user, asked: Params, language: str, tell: bool) -> SavedSearch:
    """Keep this list for the shopper; once more changes only whether to tell. Raises ValidationError."""
    query = _query(asked)
    if not query or len(query) > SavedSearch._meta.get_field("query").max_length:
        raise ValidationError(_("Choose a filter or type a word first, then save the search."))
    mine = User.objects.select_for_update().get(pk=user.pk).saved_searches
    if mine.exclude(query=query).count() >= MOST_SAVED:
        raise ValidationError(_("You have 50 saved searches. Remove one first."))
    defaults = {"tell": tell, "language": language, "told_until": clock.now()}
    return mine.update_or_create(query=query, defaults=defaults)[0]


@transaction.atomic
def forget_search(*, user, pk: int) -> None:
    """Raises SavedSearch.DoesNotExist, for another person's too."""
    SavedSearch.objects.get(user=user, pk=pk).delete()


@transaction.atomic
def choose_letters(*, user, shown: Collection[int], wanted: Collection[int]) -> None:
    """Letters for those of the shopper's searches in `shown` that are in `wanted`, and none for the rest of them.

    A search that gets letters anew hears of pieces from now on, not of those that came while it was silent.
    """
    mine = SavedSearch.objects.filter(user=user, pk__in=shown)
    mine.filter(tell=True).exclude(pk__in=wanted).update(tell=False)
    mine.filter(tell=False, pk__in=wanted).update(tell=True, told_until=clock.now())


def stop_token(saved: SavedSearch) -> str:
    """What the letters of a search carry: whoever reads one may end them, without signing in."""
    return Signer(salt=STOP_SALT).sign(saved.pk)


def of_stop_token(token: str) -> SavedSearch:
    """Raises SavedSearch.DoesNotExist, for a token that we did not make too."""
    try:
        pk = Signer(salt=STOP_SALT).unsign(token)
    except BadSignature as error:
        raise SavedSearch.DoesNotExist from error
    return SavedSearch.objects.get(pk=pk)


def stop_letters(saved: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=saved.pk).update(tell=False)


def tell_of_new() -> None:
    """Queue a letter for each saved search in which something new is for sale. Each is asked and noted by itself."""
    for saved in SavedSearch.objects.filter(tell=True).order_by("pk").iterator():
        _tell(saved)


@transaction.atomic
def _tell(saved: SavedSearch) -> None:
    row = SavedSearch.objects.select_for_update().filter(pk=saved.pk, tell=True).first()
    if row is None:
        return
    now, asked = clock.now(), asked_of(row)
    rows = matching(asked, answer(asked.q).ids if asked.q else None)
    new = rows.filter(listed_at__gt=row.told_until, listed_at__lte=now).order_by("-listed_at", "-pk")
    found = list(new.values_list("pk", flat=True)[:MOST_TOLD])
    if not found:
        return
    key = f"search-{row.pk}-{row.told_until.isoformat()}"
    outbox.post(topic="search.tell", key=key, payload={"search": row.pk, "pieces": found})
    row.told_until = now
    row.save(update_fields=["told_until"])


def _query(asked: Params) -> str:
    return asked.start().query_string()
