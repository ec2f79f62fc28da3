"""Pictures as pages show them: one question to the database for any number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F

from . import drawing
from .models import Picture
from .shapes import FORMATS, MIDDLE, PLAIN, SHAPES, Size, file_name, plain_size, sizes


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture ready to be shown; without a key it is its own file, without a width even its size is unknown.

    `shares` are the keys of what was drawn from it for other sites, by owner.
    """

    name: str
    key: str = ""
    width: int = 0
    height: int = 0
    blur: str = ""
    focal: Size = MIDDLE
    shares: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, facts: Mapping) -> "Shot":
        """From a row that keeps what `facts` gave."""
        return cls(
            facts["name"], facts.get("key", ""), facts["width"], facts["height"], facts.get("blur", "")
        )  # fmt: skip

    @property
    def facts(self) -> dict:
        return {"name": self.name, "key": self.key, "width": self.width, "height": self.height, "blur": self.blur}

    def address(self, shape: str) -> str:
        """The one address for readers that choose none: letters, feeds, other sites."""
        if not self.key:
            return default_storage.url(self.name)
        return self._url(plain_size(SHAPES[shape], (self.width, self.height)), PLAIN)

    def size(self, shape: str) -> Size:
        """Width and height of that address, so that the page keeps its place free."""
        own = SHAPES[shape]
        if not self.width:
            across, down = own.ratio or (1, 1)
            return own.plain, own.plain * down // across
        return plain_size(own, (self.width, self.height))

    def smallest(self, shape: str) -> str:
        """The address of the least of its files, where a page takes one address only."""
        if not self.key:
            return default_storage.url(self.name)
        return self._url(sizes(SHAPES[shape], (self.width, self.height))[0], "webp")

    def sources(self, shape: str) -> list[tuple[str, str]]:
        """(content type, srcset) for each format, the best first."""
        if not self.key:
            return []
        found = sizes(SHAPES[shape], (self.width, self.height))
        return [
            (kind, ", ".join(f"{self._url(item, ending)} {item[0]}w" for item in found))
            for ending, kind in FORMATS.items()
        ]

    def drawn_for(self, owner: str, words: drawing.Words) -> str:
        """The key of what was drawn for the owner with these words; empty until it is there."""
        key = self.shares.get(owner, "")
        return key if key and key == drawing.drawn_key(self.key, words) else ""

    def _url(self, size: Size, ending: str) -> str:
        return default_storage.url(file_name(self.key, size, ending))


def drawn_address(key: str) -> str:
    """Where what was drawn lies; empty without a key."""
    return default_storage.url(drawing.drawn_name(key)) if key else ""


def shots(names: Iterable[str]) -> dict[str, Shot]:
    """A shot for each of the names of files, with what was drawn from it; empty names are left out."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    rows = Picture.objects.filter(name__in=wanted).annotate(owner=F("shares__owner"), drawn=F("shares__key"))
    known: dict[str, Shot] = {}
    for row in rows:
        shares = {**known[row.name].shares} if row.name in known else {}
        if row.owner:
            shares[row.owner] = row.drawn
        known[row.name] = Shot(row.name, row.key, row.width, row.height, row.blur, row.focal, shares)
    return {name: known.get(name) or Shot(name) for name in wanted}


def hang(owners: Iterable[Any], name_of: Callable[[Any], str]) -> None:
    """Give each owner its picture as `.shot`, None where it has none."""
    names = [(owner, name_of(owner)) for owner in owners]
    found = shots(name for _owner, name in names)
    for owner, name in names:
        owner.shot = found.get(name)
