"""Puts pieces before walls, and draws many pictures at once in several processes."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

from .garments import KINDS, Kind
from .scenes import SCENES, draw
from .walls import Size, render, wall
from .worn import draw_with_person

PICTURE: Size = (720, 900)
SCENE: Size = (1280, 800)
_TOP, _BOTTOM, _SIDE = 0.09, 0.82, 0.11  # the badge lies on the lowest 16 % of a card


def garment_kinds() -> tuple[str, ...]:
    return tuple(KINDS)


def scene_names() -> tuple[str, ...]:
    return tuple(SCENES)


def draw_garment(
    kind: str,
    colors: tuple[str, ...],
    wall_name: str,
    size: Size = PICTURE,
    *,
    shadow: str = "leaves",
    seed: int = 1,
    close: bool = False,
) -> bytes:
    """A piece in its colors (main, and an accent where two are given) as WebP; `close` shows a part of it."""
    what = KINDS[kind]
    main, accent = (*colors, what.accent)[:2]
    body = what.draw(main, accent)
    ground = wall(wall_name, size, shadow, seed)
    piece, place = _close(what, body, size) if close else _whole(what, body, size)
    _cast_shadow(ground, piece, place)
    ground.paste(piece, place, piece)
    return _webp(ground)


def draw_worn(
    kind: str,
    colors: tuple[str, ...],
    wall_name: str,
    size: Size = PICTURE,
    *,
    who: str,
    shadow: str = "leaves",
    seed: int = 1,
) -> bytes:
    """A piece on a person, or beside one, as WebP; `who` is woman, man or child."""
    main, accent = (*colors, KINDS[kind].accent)[:2]
    body, box, floor = draw_with_person(kind, (main, accent), who, seed)
    ground = wall(wall_name, size, shadow, seed)
    if floor is not None:
        _lay_floor(ground, round((floor - box[1]) / box[3] * size[1]))
    picture = _framed(body, box, size)
    _cast_shadow(ground, picture, (0, 0))
    ground.paste(picture, (0, 0), picture)
    return _webp(ground)


def draw_scene(name: str, size: Size = SCENE) -> bytes:
    """A poster of the city or of a trade as WebP."""
    return _webp(draw(name, size))


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to draw into `path`: a garment, with a person where `who` is given, or a scene where `scene` is."""

    path: Path
    kind: str = ""
    colors: tuple[str, ...] = ()
    wall: str = "bone"
    shadow: str = "leaves"
    seed: int = 1
    close: bool = False
    who: str = ""
    scene: str = ""
    size: Size | None = None

    def draw(self) -> bytes:
        if self.scene:
            return draw_scene(self.scene, self.size or SCENE)
        if self.who:
            return draw_worn(
                self.kind,
                self.colors,
                self.wall,
                self.size or PICTURE,
                who=self.who,
                shadow=self.shadow,
                seed=self.seed,
            )
        return draw_garment(
            self.kind,
            self.colors,
            self.wall,
            self.size or PICTURE,
            shadow=self.shadow,
            seed=self.seed,
            close=self.close,
        )


def draw_all(jobs: Iterable[Job], workers: int = 2) -> list[Path]:
    """Draw what is not there yet; paths in the order of the jobs."""
    jobs = list(jobs)
    missing = [job for job in jobs if not job.path.exists()]
    if workers < 2 or len(missing) < 2:
        for job in missing:
            _write(job)
    else:
        with ProcessPoolExecutor(workers) as pool:
            for _done in pool.map(_write, missing, chunksize=4):
                pass
    return [job.path for job in jobs]


def _write(job: Job) -> None:
    job.path.parent.mkdir(parents=True, exist_ok=True)
    waiting = job.path.with_suffix(".part")
    waiting.write_bytes(job.draw())
    waiting.replace(job.path)


def _whole(what: Kind, body: str, size: Size) -> tuple[Image.Image, tuple[int, int]]:
    """The piece cut out of its sheet and fitted between the margins."""
    width, height = size
    sheet = render(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 1200 1500">{body}</svg>'
    )
    piece = sheet.crop(sheet.getbbox())
    room_x, room_y = width * (1 - 2 * _SIDE) * what.fill, height * (_BOTTOM - _TOP) * min(what.fill, 1)
    scale = min(room_x / piece.width, room_y / piece.height)
    piece = piece.resize((round(piece.width * scale), round(piece.height * scale)), Image.Resampling.LANCZOS)
    middle = height * (_TOP + _BOTTOM) / 2
    return piece, ((width - piece.width) // 2, round(middle - piece.height / 2))


def _close(what: Kind, body: str, size: Size) -> tuple[Image.Image, tuple[int, int]]:
    """A part of the sheet over the whole frame."""
    return _framed(body, what.close, size), (0, 0)


def _framed(body: str, box: tuple[float, float, float, float], size: Size) -> Image.Image:
    view = " ".join(str(part) for part in box)
    return render(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="{view}">{body}</svg>'
    )


def _lay_floor(ground: Image.Image, top: int) -> None:
    """The floor is the wall's paint in shade, darkest where both meet."""
    width, height = ground.size
    shade = Image.linear_gradient("L").transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((width, height - top))
    ground.paste(Image.new("RGB", shade.size, "#1a1430"), (0, top), shade.point(lambda value: 26 + round(value * 0.16)))


def _cast_shadow(ground: Image.Image, piece: Image.Image, place: tuple[int, int]) -> None:
    """A soft shadow to the lower right, blurred at a quarter of the size because it is soft anyway."""
    width, height = ground.size
    small = (width // 4, height // 4)
    mask = Image.new("L", ground.size)
    mask.paste(piece.getchannel("A"), (place[0] + width // 50, place[1] + height // 48))
    mask = (
        mask.resize(small).filter(ImageFilter.GaussianBlur(width / 200)).resize(ground.size, Image.Resampling.BICUBIC)
    )
    ground.paste(Image.new("RGB", ground.size, "#1a1430"), (0, 0), mask.point(lambda value: round(value * 0.4)))


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=82, method=3)
    return out.getvalue()
