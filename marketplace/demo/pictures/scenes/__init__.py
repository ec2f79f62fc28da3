"""Posters of Los Angeles and of its trades, 8:5, flat color with a little grain."""

import random
from functools import lru_cache

from PIL import Image, ImageChops

from ..walls import Size, render
from . import city, trades

SCENES = {
    "workshop-street": city.workshop_street,
    "skyline": city.skyline,
    "river-bridge": city.river_bridge,
    "market": city.market,
    "hillside": city.hillside,
    "harbor": city.harbor,
    "storefront": city.storefront,
    "sewing-machine": trades.sewing_machine,
    "sunray-pleat": trades.sunray_pleat,
    "garment-rack": trades.garment_rack,
    "cutting-table": trades.cutting_table,
    "thread-cones": trades.thread_cones,
    "dye-vats": trades.dye_vats,
    "shoe-bench": trades.shoe_bench,
    "screen-print": trades.screen_print,
}


def draw(name: str, size: Size) -> Image.Image:
    width, height = size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 1600 1000"'
        f' preserveAspectRatio="xMidYMid slice">{SCENES[name]()}</svg>'
    )
    return ImageChops.multiply(render(svg).convert("RGB"), _grain(size))


@lru_cache(maxsize=2)
def _grain(size: Size) -> Image.Image:
    """Paper grain as a factor near white, the same in every run."""
    noise = Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1]))
    return noise.point(lambda value: 255 - value * 14 // 255).convert("RGB")
