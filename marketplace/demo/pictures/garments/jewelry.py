"""Earrings, a ring, a necklace: metal is the main color, a stone the accent."""

import math

from ..pen import dark, light, line, mix

_BROWN, _GLEAM = "#2a1606", "#fff6d8"


def _stone(path: str, color: str, facets: tuple[str, ...]) -> str:
    """A cut stone: facets from light to dark."""
    shades = (("#ffffff", 0.28), ("#ffffff", 0.1), ("#000000", 0.14), ("#000000", 0.3))
    cut = "".join(
        f'<path d="{facet}" fill="{tone}" opacity="{share}"/>'
        for facet, (tone, share) in zip(facets, shades, strict=False)
    )
    return f'<path d="{path}" fill="{color}"/>{cut}'


def earrings(main: str, accent: str) -> str:
    deep, gleam = mix(main, _BROWN, 0.6), mix(main, _GLEAM, 0.75)
    stone = _stone(
        "M0 862l66 118-66 130-66-130z", accent,
        ("M0 862l-66 118 66 22z", "M0 862l66 118-66 22z", "M0 1110l-66-130 66 22z", "M0 1110l66-130-66 22z"),
    )  # fmt: skip

    def one(x: int) -> str:
        return (
            f'<g transform="translate({x} 0)">'
            f'<path d="M-44 470c-6-70 60-78 52-14c-4 34-8 50-8 82" fill="none" stroke="{main}" stroke-width="12"/>'
            f'<circle cy="690" r="150" fill="none" stroke="{deep}" stroke-width="36"/>'
            f'<circle cy="690" r="150" fill="none" stroke="{main}" stroke-width="30"/>'
            f'<path d="M-112 612A138 138 0 0 1 40 556" fill="none" stroke="{gleam}" stroke-width="10" stroke-linecap="round"/>'
            f'<circle cy="850" r="16" fill="{deep}"/>{stone}</g>'
        )

    return one(400) + one(800)


def ring(main: str, accent: str) -> str:
    deep, gleam = mix(main, _BROWN, 0.6), mix(main, _GLEAM, 0.8)
    band = (
        f'<ellipse cx="600" cy="860" rx="250" ry="262" fill="none" stroke="{deep}" stroke-width="74"/>'
        f'<ellipse cx="600" cy="856" rx="250" ry="262" fill="none" stroke="{main}" stroke-width="64"/>'
        f'<ellipse cx="600" cy="868" rx="226" ry="236" fill="none" stroke="{mix(main, _BROWN, 0.35)}" stroke-width="14"/>'
        f'<path d="M372 760C400 680 460 630 520 614" fill="none" stroke="{gleam}" stroke-width="16" stroke-linecap="round"/>'
        f'<path d="M830 960C800 1040 740 1090 680 1104" fill="none" stroke="{gleam}" stroke-width="10" stroke-opacity=".7" stroke-linecap="round"/>'
    )
    setting = f'<path d="M470 560L520 640H680L730 560Z" fill="{main}" stroke="{deep}" stroke-width="6"/>'
    stone = _stone(
        "M460 500L530 430H670L740 500L600 640Z", accent,
        ("M460 500L530 430L560 500Z", "M530 430H670L640 500H560Z", "M670 430L740 500H640Z", "M560 500H640L740 500L600 640Z"),
    )  # fmt: skip
    claws = line("M470 566L486 500M730 566L714 500", main, 14, 1)
    return band + setting + stone + claws


def necklace(main: str, accent: str) -> str:
    deep, gleam = mix(main, _BROWN, 0.55), mix(main, _GLEAM, 0.8)
    beads = []
    for index in range(49):
        turn = math.pi * (0.06 + 0.88 * index / 48)
        x, y = 600 - 330 * math.cos(turn), 320 + 560 * math.sin(turn) ** 1.15
        beads.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="15" fill="{main}" stroke="{deep}" stroke-width="4"/>'
            f'<circle cx="{x - 5:.0f}" cy="{y - 5:.0f}" r="4.500" fill="{gleam}"/>'
        )
    pendant = (
        f'<circle cx="600" cy="916" r="26" fill="none" stroke="{main}" stroke-width="12"/>'
        f'<path d="M470 1010a130 130 0 0 1 260 0z" fill="{main}" stroke="{deep}" stroke-width="6"/>'
        f'<path d="M500 1010a100 100 0 0 1 200 0z" fill="{accent}"/><path d="M500 1010a100 100 0 0 1 100-100v100z" fill="{light(accent, 0.25)}"/>'
        + "".join(
            f'<path d="M{x} 1022v{length}" stroke="{main}" stroke-width="12" stroke-linecap="round"/>'
            for x, length in ((490, 36), (545, 62), (600, 78), (655, 62), (710, 36))
        )
        + f'<path d="M470 1012h260" stroke="{dark(main)}" stroke-width="8" stroke-linecap="round"/>'
    )
    return "".join(beads) + pendant
