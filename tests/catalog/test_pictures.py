"""The demo's drawn pictures."""

from io import BytesIO

import pytest
from PIL import Image

from marketplace.demo.pictures import (
    WALLS,
    Job,
    draw_all,
    draw_garment,
    draw_scene,
    draw_worn,
    garment_kinds,
    scene_names,
    worn_kinds,
)
from marketplace.demo.plan import planned_pieces

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


@pytest.mark.parametrize("kind", worn_kinds())
def test_what_is_worn_shows_someone_new_with_the_next_number(kind):
    pictures = [draw_worn(kind, ("#2b2f63",), "bone", SMALL, who="woman", shadow="none", seed=seed) for seed in (2, 4)]

    assert opened(pictures[0]).size == SMALL
    assert (pictures[0] == pictures[1]) == (kind in ("ring", "cushion")), "these lie beside a thing"


@pytest.mark.parametrize("kind", ["tee", "dress"])
def test_children_are_drawn_smaller_than_grown_people(kind):
    def height_of_the_head(who):
        """Rows, of a thousand, that are not wall above the piece."""
        picture = opened(draw_worn(kind, ("#17131f",), "bone", (400, 500), who=who, shadow="none", seed=2))
        column = picture.convert("L").crop((198, 0, 202, 500)).resize((1, 500)).tobytes()
        return next(row for row, value in enumerate(column) if value < 190)

    assert height_of_the_head("child") > height_of_the_head("woman")


def test_nearly_every_piece_of_the_demo_is_seen_at_its_size():
    bare = {piece.drawing for piece in planned_pieces() if not piece.is_worn}

    assert bare <= {"belt", "sandal"}
    assert all(piece.pictures[len(piece.colors)].endswith("-worn.webp") for piece in planned_pieces() if piece.is_worn)


def test_clothes_of_children_are_worn_by_children():
    worn = {piece.who for piece in planned_pieces() if piece.category[0] == "kids"}

    assert worn == {"child"}
    assert {piece.worn_words for piece in planned_pieces() if piece.who == "child"} == {
        "worn by a drawn child, 3 ft 9 in"
    }


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
