"""Painted stucco of the city, with the shadow of something outside the picture."""

import math
import random
from functools import lru_cache
from io import BytesIO

import resvg_py
from PIL import Image, ImageChops, ImageFilter

from .pen import mix, rgb

Size = tuple[int, int]

WALLS = {
    "blush": "#eec9c0",
    "sky": "#c3d9e6",
    "sage": "#c9d6bd",
    "sand": "#e8d6b4",
    "lilac": "#d3cbe6",
    "bone": "#e2e0da",
    "marigold": "#f0c35a",
    "clay": "#d99a7c",
    "teal": "#8fbdb6",
}
SHADOWS = ("leaves", "window", "branch", "none")


def wall(name: str, size: Size, shadow: str = "leaves", seed: int = 1) -> Image.Image:
    """A wall in one of the colors; the costly parts are drawn once per process and size."""
    color = WALLS[name]
    corners = Image.new("RGB", (2, 2))
    corners.putdata([rgb(mix(color, "#ffffff", 0.36)), rgb(mix(color, "#ffffff", 0.12)),
                     rgb(color), rgb(mix(color, "#1b1830", 0.1))])  # fmt: skip
    paint = corners.resize(size, Image.Resampling.BICUBIC)
    flip = seed % 2 == 1
    paint = ImageChops.multiply(paint, _turned(_stucco(size), flip))
    if shadow == "none":
        return paint
    dark = Image.new("RGB", size, mix(color, "#1b1830", 0.42))
    return Image.composite(dark, paint, _turned(_shadow(shadow, size), flip))


def render(svg: str) -> Image.Image:
    """SVG to pixels; nothing we draw uses fonts, and looking for them takes longer than drawing."""
    return Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))))


def _turned(picture: Image.Image, flip: bool) -> Image.Image:
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if flip else picture


@lru_cache(maxsize=4)
def _stucco(size: Size) -> Image.Image:
    """Light over rough plaster, as a factor near white."""
    width, height = size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 1200 1500">'
        '<filter id="s" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise"'
        ' baseFrequency=".035 .04" numOctaves="4" seed="3"/><feDiffuseLighting surfaceScale="1.5"'
        ' lighting-color="#fff"><feDistantLight azimuth="225" elevation="62"/></feDiffuseLighting></filter>'
        '<rect x="-20" y="-20" width="1240" height="1540" filter="url(#s)"/></svg>'
    )
    plaster = render(svg).convert("RGB")
    return Image.blend(Image.new("RGB", size, "#ffffff"), plaster, 0.42)


@lru_cache(maxsize=16)
def _shadow(name: str, size: Size) -> Image.Image:
    """How much of the shadow's color lies on each point."""
    width, height = size
    path = {"leaves": _leaves, "window": _window, "branch": _branch}[name]()
    rule = "evenodd" if name == "window" else "nonzero"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 1200 1500">'
        f'<rect width="1200" height="1500"/><path d="{path}" fill="#fff" fill-rule="{rule}"/></svg>'
    )
    mask = render(svg).convert("L").filter(ImageFilter.GaussianBlur(width / 130))
    return mask.point(lambda value: round(value * 0.22))


def _leaves() -> str:
    return _frond(1260, -60, math.pi - 0.6, 900, 5) + _frond(1260, 420, math.pi - 0.2, 720, 14)


def _frond(x: float, y: float, angle: float, length: float, seed: int) -> str:
    """A long leaf of many blades, hanging into the picture."""
    chance, out, blades = random.Random(seed), [], 30
    for index in range(blades):
        part = index / blades
        base_x = x + length * part * math.cos(angle) - 60 * math.sin(part * 2.2) * math.sin(angle)
        base_y = y + length * part * math.sin(angle) + 120 * part * part
        for side in (-1, 1):
            turn = angle + side * (1.15 - 0.55 * part) + chance.uniform(-0.07, 0.07)
            reach = length * 0.36 * math.sin(math.pi * (0.12 + 0.86 * part)) ** 0.8
            end_x, end_y = base_x + reach * math.cos(turn), base_y + reach * math.sin(turn) + reach * 0.22
            off_x, off_y = -math.sin(turn) * 7, math.cos(turn) * 7
            mid_x, mid_y = (base_x + end_x) / 2, (base_y + end_y) / 2 - reach * 0.05
            out.append(
                f"M{base_x:.0f},{base_y:.0f}Q{mid_x + off_x:.0f},{mid_y + off_y:.0f} {end_x:.0f},{end_y:.0f}"
                f"Q{mid_x - off_x:.0f},{mid_y - off_y:.0f} {base_x:.0f},{base_y:.0f}Z"
            )
    return "".join(out)


def _window() -> str:
    """Everything but the panes through which the sun comes in."""
    panes = "M-50-50H1250V1550H-50Z"
    for column in range(2):
        for row in range(3):
            left, top = 420 + column * 330, 60 + row * 330 - column * 70
            panes += f"M{left} {top}l290-62v285l-290 62Z"
    return panes


def _branch() -> str:
    """A twig with round leaves from the upper right."""
    chance, out = random.Random(8), ["M1260 40C1050 90 850 190 640 400L628 394C830 170 1040 60 1260 10Z"]
    for index in range(64):
        part = index / 64
        x, y = 1250 - 640 * part, 30 + 380 * part * part
        turn, reach = chance.uniform(0, math.tau), chance.uniform(30, 150)
        leaf_x, leaf_y = x + reach * math.cos(turn), y + reach * math.sin(turn)
        out.append(
            f"M{leaf_x:.0f} {leaf_y:.0f}q{chance.randint(20, 46)} {chance.randint(-40, -12)} {chance.randint(64, 100)}"
            f" {chance.randint(-6, 26)}q-44 34 -{chance.randint(64, 90)} 0Z"
        )
    return "".join(out)
