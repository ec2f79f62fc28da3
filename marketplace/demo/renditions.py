"""The renditions of the demo's drawings, made in several processes before any row names them."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile

from marketplace.core.uploads import clean_picture
from marketplace.pictures.rendering import is_complete, key_of, render, size_of
from marketplace.pictures.shapes import MIDDLE, Use


def render_all(paths: Iterable[Path], workers: int = 2) -> None:
    """What is there already is left."""
    with ProcessPoolExecutor(workers) as pool:
        for _done in pool.map(_render, paths, chunksize=4):
            pass


def _render(path: Path) -> None:
    """Scenes go through the CMS, which makes them anew; what comes of that is the same each time."""
    data, use = path.read_bytes(), Use.PIECE
    if path.name.startswith("scene-"):
        data, use = clean_picture(ContentFile(data)).read(), Use.STORY
    if not is_complete(key_of(data, MIDDLE), use=use, size=size_of(BytesIO(data))):
        render(data, use=use, focal=MIDDLE)
