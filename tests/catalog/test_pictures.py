"""The demo's drawn pictures."""

from io import BytesIO

import pytest
from PIL import Image

from marketplace.demo.pictures import WALLS, Job, draw_all, draw_garment, draw_scene, garment_kinds, scene_names

SMALL = (120, 150)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", garment_kinds())
def test_every_kind_can_be_drawn_and_leaves_room_for_the_badge(kind):
    with_piece = opened(draw_garment(kind, ("#2b2f63",), "bone", SMALL, shadow="none"))
    empty_rows = with_piece.convert("L").crop((12, 132, 108, 148))
    low, high = empty_rows.getextrema()

    assert with_piece.size == SMALL
    assert with_piece.format == "WEBP"
    assert low > 120, "the lowest part of the picture is wall"
    assert high - low < 100


def test_colors_and_walls_matter():
    pictures = {draw_garment("tee", (color,), wall, SMALL) for color in ("#c63a2f", "#2b2f63") for wall in WALLS}

    assert len(pictures) == 2 * len(WALLS)


@pytest.mark.parametrize("name", scene_names())
def test_scenes(name):
    assert opened(draw_scene(name, (160, 100))).size == (160, 100)


def test_there_are_enough_kinds_and_scenes():
    assert len(garment_kinds()) >= 16
    assert len(scene_names()) >= 12


def test_many_at_once_and_only_what_is_missing(tmp_path):
    jobs = [
        Job(path=tmp_path / "a" / "tee.webp", kind="tee", colors=("#c63a2f", "#ffffff"), size=SMALL),
        Job(path=tmp_path / "a" / "close.webp", kind="jeans", colors=("#2f4672",), close=True, size=SMALL),
        Job(path=tmp_path / "b" / "market.webp", scene="market", size=(160, 100)),
    ]

    paths = draw_all(jobs)
    before = [path.stat().st_mtime_ns for path in paths]
    draw_all(jobs)

    assert [path.stat().st_mtime_ns for path in paths] == before
    assert all(opened(path.read_bytes()).format == "WEBP" for path in paths)
