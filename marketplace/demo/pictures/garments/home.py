"""For the home: a folded blanket, a cushion, a kitchen towel."""

from ..cloth import cloth
from ..pen import INK, area, dark, dot, light, line, mirrored, mix, stitch


def blanket(main: str, accent: str) -> str:
    """Hung over a rail, in bands and diamonds."""
    edge = dark(main)
    body = mirrored(
        (600, 300),
        [
            ((760, 300), (880, 298), (930, 306)),
            ((938, 600), (930, 900), (936, 1200)),
            ((820, 1214), (700, 1216), (600, 1216)),
        ],
    )
    folds = (
        "M800 320C780 600 830 900 810 1200M620 320C640 600 590 900 610 1200M420 320C400 600 440 900 420 1200"
        "M300 340C310 600 290 900 300 1180"
    )
    inside = "".join(
        f'<path d="M200 {y}H1000" stroke="{color}" stroke-width="{width}"/>'
        for y, color, width in ((420, accent, 46), (480, accent, 10), (1010, accent, 10), (1070, accent, 46))
    )
    for row, y in enumerate((600, 740, 880)):
        for x in range(210 + row % 2 * 70, 1010, 140):
            color = accent if row != 1 else mix(accent, main, 0.45)
            inside += f'<path d="M{x} {y - 56}l62 56-62 56-62-56z" fill="{color}"/><path d="M{x} {y - 24}l28 24-28 24-28-24z" fill="{main}"/>'
    fringe = "".join(
        line(f"M{x} 1208l{(x // 16 % 3 - 1) * 4} 62", mix(main, accent, 0.3), 6, 1) for x in range(276, 932, 16)
    )
    rail = line("M180 300H1020", "#7a4a2b", 30, 1) + line("M180 292H1020", light("#7a4a2b", 0.3), 6, 0.8)
    return cloth(
        body,
        main,
        "waffle",
        folds=folds,
        under=fringe + rail,
        inside=inside,
        over=line("M270 306C500 330 760 330 930 306", edge, 4, 0.3),
    )


def cushion(main: str, accent: str) -> str:
    edge = dark(main)
    body = (
        "M280 470C300 440 340 450 380 462C520 480 680 480 820 462C860 450 900 440 920 470C940 500 926 540 916 580"
        "C900 700 900 840 916 960C926 1000 940 1040 920 1070C900 1100 860 1090 820 1078C680 1060 520 1060 380 1078"
        "C340 1090 300 1100 280 1070C260 1040 274 1000 284 960C300 840 300 700 284 580C274 540 260 500 280 470Z"
    )
    folds = "M300 490C360 540 400 560 460 570M900 490C840 540 800 560 740 570M300 1050C360 1000 400 980 470 970M900 1050C840 1000 800 980 730 970"
    rays = "".join(
        f'<path d="M600 940L{600 + dx} {940 - dy}" stroke="{accent}" stroke-width="20" stroke-linecap="round"/>'
        for dx, dy in (
            (-250, 60),
            (-220, 150),
            (-160, 230),
            (-80, 280),
            (0, 300),
            (80, 280),
            (160, 230),
            (220, 150),
            (250, 60),
        )
    )
    inside = rays + dot(600, 940, 96, accent) + area("M240 944H960V1100H240Z", main)
    inside += f'<path d="M360 968H840M420 1004H780" stroke="{accent}" stroke-width="12"/>'
    tassels = "".join(
        line(f"M{x} {y}l{dx * k} {dy * 3}", accent, 7, 1)
        for x, y, dx, dy in ((276, 470, -14, -14), (924, 470, 14, -14), (276, 1074, -14, 14), (924, 1074, 14, 14))
        for k in (1, 2, 3)
    )
    return cloth(
        body, main, "canvas", folds=folds, under=tassels, inside=inside, over=stitch(body, edge, 3, "12 8", 0.5)
    )


def towel(main: str, accent: str) -> str:
    edge = dark(main)
    body = mirrored(
        (600, 330),
        [
            ((660, 340), (730, 380), (770, 420)),
            ((800, 700), (810, 960), (816, 1230)),
            ((740, 1244), (670, 1246), (600, 1246)),
        ],
    )
    folds = (
        "M600 340C560 600 540 900 520 1230M640 350C680 600 700 900 720 1230M560 360C480 600 460 900 440 1200"
        "M600 420C610 700 600 1000 610 1240"
    )
    inside = "".join(
        f'<path d="M340 {y}H860" stroke="{accent}" stroke-width="{w}"/>'
        for y, w in ((1000, 34), (1056, 10), (1084, 10), (1150, 34))
    )
    inside += "".join(
        f'<path d="M{x} 300V1300" stroke="{accent}" stroke-opacity=".25" stroke-width="8"/>'
        for x in range(380, 840, 70)
    )
    hook = line("M600 330C560 290 570 240 610 240C640 240 648 270 630 290", "#7a4a2b", 14, 1) + dot(
        604, 226, 30, "#7a4a2b", dark("#7a4a2b"), 4
    )
    hook += line("M580 344C588 318 612 318 620 344", mix(main, INK, 0.2), 12, 1)
    return cloth(
        body,
        main,
        "canvas",
        folds=folds,
        under=hook,
        inside=inside,
        over=stitch("M400 1224C500 1238 700 1238 802 1222", edge),
    )
